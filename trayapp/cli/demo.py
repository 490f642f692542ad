"""`sluice demo`: a simulated API, an engine, a tray and invented tools, live in this terminal.

Everything is in a temporary home and on free ports; it needs no key and no network, and
leaves nothing behind.
"""

import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.children import Child, ChildError, Stop
from trayapp.cli.photograph import photograph
from trayapp.cli.screen import Screen
from trayapp.cli.status import draw
from trayapp.cli.tool import admission
from trayapp.cli.traffic import HABITS, Traffic
from trayapp.clock import Clock
from trayapp.desktop import display
from trayapp.home import Home
from trayapp.model.errors import NoEngine

LIMITS = ("--rpm", "10", "--itpm", "5000", "--otpm", "2400")
"""Small enough that the sample traffic moves the meters within a minute."""

_KEY = "SLUICE_DEMO_KEY"
_TICK = 0.25


def run(told: Told) -> int:
    """Show the demo for the seconds that were asked for, or until Ctrl-C; 1 if a child died.

    Where pictures are asked for they come first, and without seconds they are all.
    """
    if told.screenshots is not None:
        failed = photograph(told.screenshots)
        if failed or told.seconds is None:
            return failed
    stop = Stop()
    with stop.on_signals(), tempfile.TemporaryDirectory(prefix="sluice-demo-") as folder:
        try:
            with _running(Path(folder), stop) as demo:
                if demo:
                    demo.show(told.seconds)
        except (ChildError, NoEngine) as error:
            print(f"sluice: {error.message}", file=sys.stderr)
            return 1
    print("The demo is over; nothing of it is left.")
    return 0


class Demo:
    """A running engine with traffic."""

    def __init__(
        self, control: Control, children: list[Child], tray: Child | None, stop: Stop
    ) -> None:
        self._control = control
        self._children = children
        self._tray = tray
        self._stop = stop
        self._clock = Clock()

    def show(self, seconds: float | None) -> None:
        """Draw the meters until it is time, or a stop is wished here or by the tray's Quit.

        Raises `ChildError`.
        """
        end = None if seconds is None else self._clock.monotonic() + seconds
        with Screen(sys.stdout) as screen:
            while not self._is_over and (end is None or self._clock.monotonic() < end):
                draw(self._control, screen, self._clock)
                for child in self._children:
                    child.check()
                self._control.wait(_TICK)

    @property
    def _is_over(self) -> bool:
        if self._tray is None or self._stop:
            return bool(self._stop)
        if self._tray.is_done:
            return True
        self._tray.check()
        return False


@contextmanager
def _running(folder: Path, stop: Stop) -> Iterator[Demo | None]:
    """Start all parts in order and stop them in the reverse; None if a stop came first."""
    with ExitStack() as parts:
        simulator = _child(parts, stop, folder, ["simulate", "--port", "0", *LIMITS], {})
        api = simulator.ready(stop).get("base_url")
        if not api:
            yield None
            return
        home = Home.locate(str(folder / "home"), os.environ)
        key = {_KEY: f"sk-ant-demo-{secrets.token_urlsafe(24)}"}
        arguments = [
            "serve", "--home", str(home.given), "--port", "0", "--upstream", str(api),
            "--key-env", _KEY, "--allow-loopback-upstream", "--drain", "1",
        ]  # fmt: skip
        engine = _child(parts, stop, folder, arguments, key)
        base_url = engine.ready(stop).get("base_url")
        if not base_url:
            yield None
            return
        control = parts.enter_context(Control(home))
        traffic = Traffic(str(base_url), _admit(control), seed=7)
        parts.callback(traffic.join, 3.0)  # after the engine stopped: no stream goes on by then
        parts.callback(engine.stop, stop)
        parts.callback(traffic.stop)
        tray = _tray(parts, stop, folder, home)
        traffic.start()
        print(f"A simulated API answers at {api}, Sluice at {base_url}. Ctrl-C ends it.")
        yield Demo(control, [simulator, engine], tray, stop)


def _tray(parts: ExitStack, stop: Stop, folder: Path, home: Home) -> Child | None:
    """The icon, with its panel open; None where nothing can be drawn."""
    if display.why_none(os.environ):
        return None
    return _child(parts, stop, folder, ["--home", str(home.given), "--show"], {}, "tray")


def _child(
    parts: ExitStack, stop: Stop, folder: Path, arguments: list[str], extra: dict[str, str],
    name: str = "",
) -> Child:  # fmt: skip
    log = folder / f"{name or arguments[0]}.log"
    child = Child(arguments, log, {**os.environ, **extra}, name)
    parts.callback(child.stop, stop)
    return child


def _admit(control: Control) -> dict[str, str]:
    """Let the invented tools in; their tokens by name."""
    tokens = {}
    for habit in HABITS:
        token, command = admission(habit.name, habit.kind, cache=habit.kind != "interactive")
        answer = control.ask(command)
        if not answer.ok:
            raise ChildError(f"The engine refused a tool: {answer.message}")
        tokens[habit.name] = token
    return tokens
