"""`sluice connect` and `disconnect`: a tool's settings, changed after a look, and put back."""

import os
import sys
from pathlib import Path

import msgspec

from trayapp.cli import arrival, connect_words
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.connections import address, connections, door
from trayapp.clock import Clock
from trayapp.connect.connections import Connections, tool_named
from trayapp.connect.tools import Tool
from trayapp.home import Home
from trayapp.meter.tools import new_token
from trayapp.model.snapshot import Snapshot

USAGE = 2
NO_TERMINAL = "sluice: There is no terminal to ask at, so nothing was changed. To go ahead: --yes"
AT_A_TERMINAL_S = 120.0
"""How long a person at a terminal is kept waiting for the first request, who can end it."""


def run(told: Told) -> int:
    """Connect, disconnect or list; 1 where it is refused."""
    home = Home.locate(told.home, os.environ)
    home.prepare()
    known = connections(home)
    if told.verb == "disconnect":
        return _disconnect(told, home, known)
    if told.list:
        return _list(known, as_json=told.json)
    return _connect(told, home, known, tool_named(told.name))


def _list(known: Connections, *, as_json: bool) -> int:
    standings = known.standings()
    if as_json:
        print(msgspec.json.encode(standings).decode())
    else:
        print("\n".join(connect_words.listing(standings)))
    return 0


def _connect(told: Told, home: Home, known: Connections, tool: Tool) -> int:
    file = Path(told.file) if told.file else None
    token = "" if told.keep_key else new_token()
    base, before = address(home)
    preview = known.preview(tool, base, token, file)
    print("\n".join(connect_words.preview(preview)))
    if preview.refusal:
        print(f"sluice: {preview.refusal}", file=sys.stderr)
        return 0 if preview.standing.status == "connected" else 1
    if not told.yes and (code := _asked("Connect it?")) is not None:
        return code
    done = known.connect(
        tool, base, token, since=Clock().now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        door=door(home), kind=told.as_kind or tool.kind, cache=not told.no_cache,
        seen=preview.seen or None, file=file,
    )  # fmt: skip
    print("\n".join(connect_words.connected(preview, done, token)))
    for line in connect_words.next_steps(before, token):
        print(line)
    return _first_request(told, home, before, done.standing.name)


def _first_request(told: Told, home: Home, before: Snapshot | None, name: str | None) -> int:
    """Wait for it where somebody looks on, or as long as was asked for."""
    seconds = told.wait if told.wait is not None else AT_A_TERMINAL_S * sys.stdout.isatty()
    if not seconds:
        return 0
    if before is None or name is None:
        return 0 if told.wait is None else 1
    print(f"Waiting for the first request from “{name}”; Ctrl-C stops waiting.", flush=True)
    try:
        with Control(home) as control:
            seen = arrival.awaited(control, name, seconds, Clock(), before=before)
    except KeyboardInterrupt:
        print()
        return 0
    print(arrival.words(name, seconds, seen=seen))
    return 0 if seen or told.wait is None else 1


def _disconnect(told: Told, home: Home, known: Connections) -> int:
    tool = tool_named(told.name)
    standing = known.standing(tool)
    for line in connect_words.before_undo(standing):
        print(line)
    if not told.yes and (code := _asked("Disconnect it?")) is not None:
        return code
    done = known.disconnect(tool, door(home))
    print("\n".join(connect_words.disconnected(standing, done)))
    return 0


def _asked(question: str) -> int | None:
    """None where the answer is yes; otherwise the exit code."""
    if not sys.stdin.isatty():
        print(NO_TERMINAL, file=sys.stderr)
        return USAGE
    try:
        answer = input(f"{question} [y/N] ")
    except EOFError:
        answer = ""
    if answer.strip().casefold() in {"y", "yes"}:
        return None
    print("Nothing was changed.")
    return 1
