"""`sluice status`: what a running engine says of itself."""

import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import msgspec

from trayapp.ages import aged
from trayapp.cli import wording
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.screen import Screen
from trayapp.clock import Clock
from trayapp.home import Home


def run(told: Told) -> int:
    """Print the state once, or until Ctrl-C."""
    clock = Clock()
    with Control(Home.locate(told.home, os.environ)) as control:
        if told.watch:
            return _watch(control, clock)
        now = clock.now()
        snapshot = aged(control.snapshot, now)
        if told.json:
            print(msgspec.json.encode(snapshot).decode())
        elif told.line:
            print(wording.line(snapshot, now.astimezone()))
        else:
            print("\n".join(wording.status(snapshot, now.astimezone())))
    return 0


def _watch(control: Control, clock: Clock) -> int:
    for number in (
        signal.SIGINT,
        signal.SIGTERM,
    ):  # a shell's background job is born deaf to Ctrl-C
        signal.signal(number, _interrupt)
    try:
        with Screen(sys.stdout) as screen:
            while True:
                draw(control, screen, clock)
                control.wait(1.0)  # a second without news is one in which the ages grew
    except KeyboardInterrupt:
        return 0


def draw(control: Control, screen: Screen, clock: Clock) -> None:
    """Show the last Snapshot as it reads now."""
    now = clock.now().astimezone()
    snapshot = aged(control.snapshot, now, control.waited)
    screen.show(wording.status(snapshot, now), wording.line(snapshot, now))


def _interrupt(_number: int, _frame: FrameType | None) -> NoReturn:
    """Leave as by Ctrl-C, so that the terminal gets its cursor back."""
    raise KeyboardInterrupt
