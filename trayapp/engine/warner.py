"""Runs the user's own command for each warning: fixed JSON on its stdin, no shell, bounded time."""

import asyncio
import datetime as dt
import os
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec

from trayapp.engine.problems import Problems
from trayapp.meter.sentences import sentence
from trayapp.model.snapshot import Notice

PATIENCE_S = 10.0
"""How long a command may run before it is ended."""
WAITING = 16
"""Warnings that wait for their turn; the oldest are dropped, the newest say what is."""
PROBLEM = "warning_command"
PASSED_ON = (
    "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "TMPDIR", "DISPLAY",
    "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
    "SYSTEMROOT", "USERPROFILE", "APPDATA", "PATHEXT",
)  # fmt: skip
"""All of the environment that a command gets: what a desktop needs, and no key that is in it."""

Start = Callable[[Coroutine[Any, Any, None], str], object]


class Message(msgspec.Struct, frozen=True):
    """What a command reads, one line of JSON; fields may be added, these stay."""

    event: str
    """`begun` or `ended`."""
    id: int
    rule: str
    level: str
    pool: str | None
    meter: str | None
    since: str
    ended_at: str | None
    message: str
    """The warning in one English sentence."""
    facts: dict[str, float | str | None]


class Warner:
    """One command at a time, in the order of the warnings; *command* empty: none at all."""

    def __init__(self, command: tuple[str, ...], problems: Problems, start: Start) -> None:
        self.command = command
        self._problems = problems
        self._start = start
        self._waiting: deque[Notice] = deque(maxlen=WAITING)
        self._is_running = False

    def adopt(self, command: tuple[str, ...]) -> None:
        """Run this command from now on."""
        self.command = command

    def tell(self, notice: Notice) -> None:
        """Give *notice* to the command, soon."""
        if not self.command:
            return
        self._waiting.append(notice)
        if not self._is_running:
            self._is_running = True
            self._start(self._run_all(), "warning command")

    async def _run_all(self) -> None:
        try:
            while self._waiting and self.command:
                fault = await run(self.command, line_of(self._waiting.popleft()))
                if fault is None:
                    self._problems.clear(PROBLEM)
                else:
                    self._problems.open(PROBLEM, fault)
        finally:
            self._is_running = False


def line_of(notice: Notice) -> bytes:
    """Return what the command reads of *notice*."""
    message = Message(
        event="begun" if notice.ended_at is None else "ended",
        id=notice.id,
        rule=notice.rule,
        level=notice.level,
        pool=notice.pool,
        meter=notice.meter,
        since=_text(notice.since),
        ended_at=None if notice.ended_at is None else _text(notice.ended_at),
        message=sentence(notice),
        facts=notice.facts,
    )
    return msgspec.json.encode(message) + b"\n"


async def run(command: tuple[str, ...], line: bytes, patience: float = PATIENCE_S) -> str | None:
    """Run *command* with *line* on its stdin; None, or what went wrong in a sentence."""
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    try:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        return f"The command of [warnings] in config.toml cannot be run: {error.strerror}."
    try:
        await asyncio.wait_for(process.communicate(line), patience)
    except TimeoutError:
        return (
            f"The command of [warnings] in config.toml was ended: it ran for {patience:g} s."
            " Let it return at once and do what takes long in the background."
        )
    finally:
        await _end(process)
    if process.returncode:
        return f"The command of [warnings] in config.toml failed (exit code {process.returncode})."
    return None


async def _end(process: asyncio.subprocess.Process) -> None:
    """Leave nothing behind of *process*, also where the engine stops meanwhile."""
    if process.returncode is None:
        process.kill()
        await process.wait()


def _text(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
