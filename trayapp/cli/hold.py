"""`sluice hold`, `pause` and `resume`: what waits, and what the user does about it."""

import os
import sys

import msgspec

from trayapp.cli import wording
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.clock import Clock
from trayapp.home import Home
from trayapp.model.command import CancelHold, Command, Pause, Resume, SendNow
from trayapp.model.snapshot import Snapshot

NOTHING = "Nothing is held. A request waits here when a limit would refuse it."


def run(told: Told) -> int:
    """Ask the running engine; 1 where it refuses."""
    with Control(Home.locate(told.home, os.environ)) as control:
        if told.verb == "hold" and told.action == "list":
            _list(control.snapshot, as_json=told.json)
            return 0
        answer = control.ask(_command(told))
    if not answer.ok:
        print(f"sluice: {answer.message}", file=sys.stderr)
        return 1
    return 0


def _command(told: Told) -> Command:
    match told.verb:
        case "pause":
            return Pause()
        case "resume":
            return Resume()
        case _:
            return SendNow(told.name) if told.action == "send" else CancelHold(told.name)


def _list(snapshot: Snapshot, *, as_json: bool) -> None:
    if as_json:
        print(msgspec.json.encode(snapshot.held).decode())
        return
    now = Clock().now().astimezone()
    for hold in snapshot.held:
        print(f"{hold.id}  {wording.hold_line(hold, now)}")
    if not snapshot.held:
        print(NOTHING, file=sys.stderr)
    elif (more := snapshot.held_total - len(snapshot.held)) > 0:
        print(f"and {more:,} more", file=sys.stderr)
