"""A day with the tray: a real one on a screen and a desktop of its own, with a real engine."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest

from tests.fakes import screen
from tests.fakes.desktop import Desktop, desktop
from trayapp.home import Home

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not screen.is_possible(), reason="Xvfb is not installed"),
]

ROOT = Path(__file__).parents[2]
PATIENCE = 15.0
TICK = 0.02
COUNT = """
from PySide6.QtWidgets import QApplication
application = QApplication([])
image = application.primaryScreen().grabWindow(0).toImage()
points = ((x, y) for x in range(image.width()) for y in range(40))
print(sum(image.pixelColor(*point).name() == "#808894" for point in points))
"""
"""Looks at the top of a screen, as only a process of that screen can."""


class Day:
    """One user's session: its home, its desktop, the trays that were started in it."""

    def __init__(self, display: str, shown: Desktop, home: Path) -> None:
        self.shown = shown
        self.home = Home.locate(str(home), {})
        self.home.prepare()
        self.home.config_file.write_text("[listener]\nport = 0\n")
        self.environ = {
            **os.environ,
            "DISPLAY": display,
            "DBUS_SESSION_BUS_ADDRESS": shown.address,
            "DBUS_SYSTEM_BUS_ADDRESS": "",
            "SLUICE_HOME": str(home),
            "LANG": "C.UTF-8",
        }
        self.environ.pop("QT_QPA_PLATFORM", None)
        self.trays: list[subprocess.Popen[str]] = []

    def start(self) -> subprocess.Popen[str]:
        """Say `sluice`."""
        tray = subprocess.Popen(
            [sys.executable, "-P", "-m", "trayapp"], cwd=ROOT,
            env={**self.environ, "PYTHONPATH": str(ROOT)}, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        self.trays.append(tray)
        return tray

    def sees_icon(self, number: int = 1) -> bool:
        """Wait for the *number*th icon that the panel was given."""
        return self.shown.wait(lambda: len(self.shown.items) >= number)

    def says(self, words: str) -> bool:
        """Wait until the icon has *words* under the pointer."""
        return until(lambda: words in self.shown.tooltip()[0])

    def ring(self) -> int:
        """How many pixels of the whole screen have the colour of a ring without a reading."""
        seen = subprocess.run(
            [sys.executable, "-c", COUNT], env=self.environ, check=True, capture_output=True,
            timeout=PATIENCE,
        )  # fmt: skip
        return int(seen.stdout)

    @property
    def engine(self) -> int | None:
        """The process id of the engine that answers, None where none does."""
        holder = msgspec.json.decode(self.home.lock_file.read_bytes() or b"{}")
        return holder.get("pid") if holder.get("base_url") else None

    def end(self) -> None:
        """Let nothing outlive the test."""
        for tray in self.trays:
            tray.terminate()
            tray.communicate(timeout=PATIENCE)
        if self.home.lock_file.exists() and (engine := self.engine):
            os.kill(engine, signal.SIGKILL)


def until(true: Callable[[], bool]) -> bool:
    """Wait until it is so; whether it came to be in time."""
    pause = threading.Event()
    for _ in range(round(PATIENCE / TICK)):
        if true():
            return True
        pause.wait(TICK)
    return False


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    with screen.screen() as name:
        yield name


@pytest.fixture
def day(display: str, tmp_path: Path) -> Iterator[Day]:
    """Nothing runs yet; the panel and the notification service are there."""
    with desktop() as shown:
        shown.show_panel()
        shown.show_notifications()
        made = Day(display, shown, tmp_path / "home")
        yield made
        made.end()


def test_icon_menu_and_quit(day: Day) -> None:
    """The icon is drawn for each size, the menu has no dead entry, and Quit ends the engine too."""
    tray = day.start()
    assert day.sees_icon()
    assert day.says("0 in flight")
    widths, menu, engine = set(day.shown.icon()), day.shown.menu(), day.engine
    again = day.start()
    raised = again.communicate(timeout=PATIENCE)[0], again.returncode
    day.shown.choose("Quit Sluice")
    said = tray.communicate(timeout=PATIENCE)[0]

    assert {16, 22, 24, 32, 48} <= widths
    assert [label for label, row in menu.items() if not row.get("enabled", True)] == []
    assert {"Pause all requests", "Copy base URL", "Quit Sluice"} <= set(menu)
    assert raised == ("", 0)
    assert engine is not None
    assert (tray.returncode, said, day.engine) == (0, "", None)


def test_killed_engine_comes_back(day: Day) -> None:
    """It is started again within moments, and the desktop is told that answers were cut off."""
    tray = day.start()
    assert day.sees_icon()
    assert day.says("0 in flight")
    first = day.engine
    assert first is not None
    os.kill(first, signal.SIGKILL)
    told = day.shown.wait(lambda: len(day.shown.notes) > 0)
    second = day.engine
    tray.terminate()
    tray.communicate(timeout=PATIENCE)

    assert told
    assert day.shown.notes[0].title == "The engine was started again"
    assert second not in {None, first}
    assert (tray.returncode, day.engine) == (0, None)


def test_killed_tray_leaves_the_engine(day: Day) -> None:
    """Streams go on through a crash of the tray, and the next tray joins the same engine."""
    tray = day.start()
    assert day.sees_icon()
    assert day.says("0 in flight")
    engine = day.engine
    tray.kill()
    tray.communicate(timeout=PATIENCE)
    alone = day.engine
    following = day.start()
    assert day.sees_icon(2)
    assert day.says("0 in flight")
    joined = day.engine
    following.terminate()
    following.communicate(timeout=PATIENCE)

    assert engine is not None
    assert (alone, joined, day.engine) == (engine, engine, None)


@pytest.mark.skipif(shutil.which("trayer") is None, reason="trayer is not installed")
def test_tray_of_the_older_kind(day: Day) -> None:
    """Where the panel embeds windows (XEMBED), the ring is drawn there as well."""
    day.shown.hide_panel()
    tray = day.start()
    assert until(lambda: day.home.lock_file.exists() and day.engine is not None)
    before = day.ring()
    panel = subprocess.Popen(
        ["trayer", "--edge", "top", "--align", "right", "--height", "32"], env=day.environ,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    after = until(lambda: day.ring() > 0)
    panel.terminate()
    panel.wait(PATIENCE)
    tray.terminate()
    tray.communicate(timeout=PATIENCE)

    assert (before, after, tray.returncode) == (0, True, 0)


def test_panel_that_comes_late_and_goes(day: Day) -> None:
    """At login the tray may be there before its host, and a host that restarts loses every icon."""
    day.shown.hide_panel()
    tray = day.start()
    assert until(lambda: day.home.lock_file.exists() and day.engine is not None)
    before = list(day.shown.items)
    day.shown.show_panel()
    came = day.sees_icon()
    day.shown.hide_panel()
    day.shown.show_panel()
    again = day.sees_icon()
    tray.terminate()
    tray.communicate(timeout=PATIENCE)

    assert before == []
    assert (came, again, tray.returncode) == (True, True, 0)
