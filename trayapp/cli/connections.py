"""What connecting needs beside the files: the relay's address, and the register of tools."""

import os
from pathlib import Path

import msgspec

from trayapp import settings
from trayapp.cli.ask import Control
from trayapp.cli.tool import carry_out
from trayapp.connect.connections import Connections, Door
from trayapp.home import Home
from trayapp.meter import tools
from trayapp.model.command import AddTool, ListTools, RevokeTool
from trayapp.model.errors import Misconfigured, NoEngine
from trayapp.model.exchange import Kind
from trayapp.model.snapshot import Snapshot

MOST_OF_A_NAME = 9
"""“aider”, “aider 2” … for those whose name somebody has taken by hand."""


def connections(home: Home) -> Connections:
    """The connected tools of *home*."""
    return Connections(home.data, os.environ, Path.home())


def address(home: Home) -> tuple[str, Snapshot | None]:
    """Where tools are to be pointed, and what the engine there says, if one runs."""
    try:
        with Control(home) as control:
            return control.snapshot.base_url, control.snapshot
    except NoEngine:
        port = settings.load(home.config_file).listener.port
        if not port:
            raise Misconfigured(
                f"{home.config_file} asks for any free port, which is another one each time. "
                "Set [listener] port to a number, so that tools find Sluice again."
            ) from None
        return f"http://127.0.0.1:{port}", None


def door(home: Home) -> Door:
    """Lets tools into the register of *home*, by its engine where one runs."""

    def admit(title: str, kind: Kind, cache: bool, token: str) -> str:  # noqa: FBT001 - as `Door` says
        name = _free_name(home, title)
        carry_out(home, AddTool(name, kind, cache, tools.digest(token.encode())))
        return name

    def revoke(name: str) -> None:
        if name in names(home):
            carry_out(home, RevokeTool(name))

    return Door(admit, revoke)


def _free_name(home: Home, title: str) -> str:
    taken = names(home)
    free = (title, *(f"{title} {number}" for number in range(2, MOST_OF_A_NAME + 1)))
    return next((name for name in free if name not in taken), title)


def names(home: Home) -> set[str]:
    """The tools that may enter by a token."""
    listed = msgspec.convert(carry_out(home, ListTools()), list[tools.Tool])
    return {each.name for each in listed}
