"""`sluice tool`: who may use the stored key. A token is made here, shown once, and not kept."""

import os
import sys
from sqlite3 import Connection
from typing import Any

import msgspec

from trayapp import settings
from trayapp.cli.arguments import Told
from trayapp.cli.either import by_whoever_has
from trayapp.db import offline
from trayapp.home import Home
from trayapp.meter import roll, tools
from trayapp.meter.ledger import SCHEMA
from trayapp.model.command import AddTool, Command, ListTools, RevokeTool
from trayapp.model.exchange import DEFAULT_NAME, Kind

NO_TOOLS = "No tool connected yet."


def run(told: Told) -> int:
    """Add, list or revoke; on the home itself when no engine has it, else by the engine."""
    home = Home.locate(told.home, os.environ)
    home.prepare()
    match told.action:
        case "add":
            check_upstream(home, told.upstream or DEFAULT_NAME)
            token, command = admission(
                told.name,
                told.kind,
                cache=not told.no_cache,
                upstream=told.upstream or DEFAULT_NAME,
            )
            carry_out(home, command)
            print(token)
            print(_hint(told.name), file=sys.stderr)
        case "revoke":
            carry_out(home, RevokeTool(told.name))
            print(f"“{told.name}” may enter no more.", file=sys.stderr)
        case _:
            _list(carry_out(home, ListTools()), as_json=told.json)
    return 0


def admission(
    name: str, kind: Kind, *, cache: bool, upstream: str = DEFAULT_NAME
) -> tuple[str, AddTool]:
    """A fresh token, and the command that lets it in; only its digest leaves this process."""
    token = tools.new_token()
    return token, AddTool(name, kind, cache, tools.digest(token.encode()), upstream)


def check_upstream(home: Home, name: str) -> None:
    """Raise `ToolError` where the settings name no upstream *name*."""
    if name == DEFAULT_NAME:
        return
    known = settings.load(home.config_file).named()
    if name not in known:
        names = ", ".join(f"“{each}”" for each in known)
        raise tools.ToolError(
            f"There is no upstream “{name}” in the settings; there is {names}. "
            f"Add one as [upstreams.{name}] in {home.config_file}."
        )


def carry_out(home: Home, command: Command) -> Any:
    """Do *command* here or by the engine; raises where it is refused."""
    return by_whoever_has(home, command, lambda: _here(home, command))


def _here(home: Home, command: Command) -> Any:
    with offline(home.meter_db, SCHEMA) as connection:
        value = _done(connection, command)
        roll.write(home.tools_file, roll.of(connection))
        return value


def _done(connection: Connection, command: Command) -> Any:
    match command:
        case AddTool():
            return tools.add(connection, command)
        case RevokeTool(name=name):
            return tools.revoke(connection, name)
        case _:
            return tools.listed(connection)


def _list(value: Any, *, as_json: bool) -> None:
    listed = msgspec.convert(value, list[tools.Tool])
    if as_json:
        print(msgspec.json.encode(listed).decode())
    elif not listed:
        print(NO_TOOLS)
    for tool in () if as_json else listed:
        cache = "cached" if tool.cache else "not cached"
        way = "" if tool.upstream == DEFAULT_NAME else f"  to {tool.upstream}"
        print(f"{tool.name:<24} {tool.kind:<12} {cache:<11} since {tool.created_at[:10]}{way}")


def _hint(name: str) -> str:
    return (
        f"“{name}” may enter. This token is shown only now: give it to the tool as its API key,\n"
        "and Sluice's address (sluice status) as its base URL."
    )
