"""What every window is given: the engine's state, the way to ask it, and the other windows."""

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from trayapp.ages import aged
from trayapp.clock import Timekeeper
from trayapp.desktop.autostart import Autostart
from trayapp.model.command import Command
from trayapp.model.snapshot import Snapshot
from trayapp.ui.bridge import Bridge, Done
from trayapp.ui.connector import Connector
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.memory import Memory
from trayapp.ui.seconds import Seconds

Make = Callable[["Desk"], QWidget]
"""Makes a window; called once, when it is first opened."""


class Desk(QObject):
    """The one thing windows know. It holds no truth: the Snapshot is the engine's.

    Signals: *changed* when there is another Snapshot or another link; *wanted* when the user
    asks for an engine now (*Start engine*, *Now*); *leaving* when the user wants to quit.
    `window.py` says when a window draws: on *changed*, and anew on `look.changed`.
    """

    changed = Signal()
    wanted = Signal()
    leaving = Signal()

    def __init__(
        self, bridge: Bridge, clock: Timekeeper, windows: Mapping[str, Make],
        memory: Memory | None = None, look: Look | None = None, parent: QObject | None = None,
        *, connector: Connector | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.bridge = bridge
        self.clock = clock
        self.memory = memory or Memory()
        self.look = look or Look(self.memory)
        self.seconds = Seconds(clock, self)
        self.connector = connector or Connector(parent=self)
        self.link = Link("starting", clock.now())
        self.has_tray: bool | None = None
        """Whether the desktop shows our icon; None until that is known."""
        self.stranded: tuple[str, ...] = ()
        """Titles of the tools that point here and get no answer, while no engine runs."""
        self.login: Autostart | None = None
        """What starts us at login, where this system has a way."""
        self._makes = windows
        self._made: dict[str, QWidget] = {}
        self._received = clock.elapsed()
        bridge.changed.connect(self._take)

    @property
    def snapshot(self) -> Snapshot | None:
        """The last Snapshot as it was sent; None until the first one."""
        return self.bridge.snapshot

    def present(self) -> Snapshot | None:
        """The last Snapshot as it reads now: ages counted on, buckets refilled by their model."""
        if self.snapshot is None:
            return None
        waited = self.clock.elapsed() - self._received  # a bucket refills while the laptop sleeps
        return aged(self.snapshot, self.clock.now(), waited)

    def now(self) -> dt.datetime:
        """The wall clock in the user's own zone, as `figures` wants it."""
        return self.clock.now().astimezone()

    def stand(self, link: Link) -> None:
        """Take note of how we stand with the engine."""
        if link != self.link:
            self.link = link
            self.changed.emit()

    def set_tray(self, *, is_there: bool) -> None:
        """Take note of whether the desktop shows our icon."""
        if is_there != self.has_tray:
            self.has_tray = is_there
            self.changed.emit()

    def strand(self, titles: tuple[str, ...]) -> None:
        """Take note of which tools get no answer now."""
        if titles != self.stranded:
            self.stranded = titles
            self.changed.emit()

    def ask(self, command: Command, done: Done | None = None) -> None:
        """Say *command*; *done* hears the answer, at once a refusal where no engine runs."""
        self.bridge.ask(command, done)

    # -- the windows, by name

    @property
    def names(self) -> tuple[str, ...]:
        """The windows there are; what is not among them is offered nowhere."""
        return tuple(self._makes)

    def open(self, name: str) -> QWidget:
        """Show the window *name* in front of the others, made now if it never was."""
        window = self._made.get(name)
        if window is None:
            window = self._made[name] = self._makes[name](self)
        window.show()
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.raise_()
        window.activateWindow()
        return window

    def made(self, name: str) -> QWidget | None:
        """The window *name* if it was ever opened."""
        return self._made.get(name)

    def close_all(self) -> None:
        """Close every window; each keeps its place and size by itself."""
        for window in self._made.values():
            window.close()

    def _take(self, _snapshot: Snapshot) -> None:
        self._received = self.clock.elapsed()
        self.changed.emit()
