"""The tray's process: what it is made of, and how it begins and ends."""

import signal
import socket
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox

from trayapp.clock import Clock
from trayapp.desktop import bus
from trayapp.desktop.autostart import autostart
from trayapp.desktop.host import Host
from trayapp.desktop.instance import Instance
from trayapp.desktop.notes import Notes
from trayapp.desktop.session import Session
from trayapp.home import Home
from trayapp.ui.bridge import Bridge
from trayapp.ui.connector import Connector, of_home
from trayapp.ui.desk import Desk
from trayapp.ui.herald import Herald
from trayapp.ui.keeper import Keeper, Start
from trayapp.ui.memory import Memory
from trayapp.ui.speech import Tr
from trayapp.ui.stranded import Stranded
from trayapp.ui.tray import Tray
from trayapp.ui.welcome import is_due
from trayapp.ui.windows import WINDOWS

TAKEN = 75
WITHOUT_TRAY_MS = 1500
"""At login a desktop's tray may come a moment after us."""


def run(home: Home, start: Start, environ: Mapping[str, str], *, show: bool = False) -> int:
    """Be the tray of *home* until the user quits; *start* starts an engine. The exit code.

    Where another tray runs already it comes to the front, and this one ends with 0.
    """
    application = QApplication(["sluice"])
    application.setApplicationName("Sluice")
    application.setDesktopFileName("sluice")
    application.setQuitOnLastWindowClosed(False)
    instance = Instance(home.data / "tray.lock", home.control_socket.with_suffix(".tray"))
    if not instance.claim():
        if instance.was_heard:
            return 0
        _say("another tray runs for this home and does not answer.")
        return TAKEN
    app = App(application, home, start, environ)
    instance.called.connect(app.come_forward)
    app.on_leave = lambda: setattr(instance, "is_leaving", True)
    app.begin(show=show)
    try:
        return application.exec()
    finally:
        app.end()
        instance.release()


class App(QObject):
    """All parts of a running tray."""

    def __init__(
        self, application: QApplication, home: Home, start: Start, environ: Mapping[str, str]
    ) -> None:
        super().__init__()
        self.on_leave: Callable[[], None] = lambda: None
        self._application = application
        self._bus = bus.Bus(bus.session_address(environ), self)
        self._machine = bus.Bus(bus.system_address(environ), self)
        self._host = Host(self._bus, self)
        self._notes = Notes(self._bus, self)
        self._session = Session(self._machine, self)
        self.desk = Desk(
            Bridge(self), Clock(), WINDOWS, Memory(home.data / "desk.ini"), parent=self,
            connector=Connector(of_home(home), self, storing=of_home(home, "key", "set"),
                removing=of_home(home, "key", "remove")),
        )  # fmt: skip
        self.desk.changed.connect(self._welcome)
        self._stranded = Stranded(self.desk, self)
        login = autostart(command_of(home), environ)
        self.desk.login = login
        self.tray = Tray(self.desk, self._host, self, login=login)
        self._herald = Herald(self.desk, self._notes, self.tray.message, self)
        self._keeper = Keeper(self.desk, home, start, self)
        self._signals = Signals(self.leave, self)
        self.desk.leaving.connect(self.ask_to_leave)
        self._session.woke.connect(self.desk.changed)
        self._session.ending.connect(self.leave)
        self._is_leaving = self._is_asking = False

    def begin(self, *, show: bool) -> None:
        """Start everything; with *show* the panel opens at once."""
        self._signals.listen()
        self._host.watch()
        self._bus.open()
        self._machine.open()
        self._keeper.begin()
        self._host.came.connect(lambda: self.desk.set_tray(is_there=True))
        if show:
            self.tray.open()
        if self._host.is_there:
            self.desk.set_tray(is_there=True)
        else:
            QTimer.singleShot(WITHOUT_TRAY_MS, self, self._without_tray)

    def come_forward(self) -> None:
        """Another start was tried: show what is here."""
        self.tray.open()

    def ask_to_leave(self) -> None:
        """Quit, unless requests are in flight and the user would rather wait for them."""
        if self._is_asking:
            return
        self._is_asking = True
        number = self._at_stake()
        is_meant = not number or _confirmed(self.desk.look.voice, number)
        self._is_asking = False
        if is_meant and not self._is_leaving:
            self.leave()

    def leave(self) -> None:
        """Quit: windows and icon go at once, an engine of ours when it has drained. Twice: now."""
        if self._is_leaving:
            self._application.quit()
            return
        self._is_leaving = True
        self.on_leave()
        self.tray.hide()
        self.desk.close_all()
        self._keeper.leave(self._application.quit)

    def end(self) -> None:
        """Hang up everywhere."""
        self._signals.restore()
        self.desk.bridge.close()
        self.desk.memory.close()
        self._bus.close()
        self._machine.close()

    def _welcome(self) -> None:
        """Who has neither a key nor a tool is shown how to begin, once."""
        if is_due(self.desk) and self.desk.made("first_run") is None and not self._is_leaving:
            self.desk.open("first_run")

    def _without_tray(self) -> None:
        """Nothing shows our icon: be there as a window, which says what to do."""
        if not self._host.is_there:
            self.desk.set_tray(is_there=False)
            if not self.tray.open():
                _say("this desktop shows no tray icons; Sluice runs without one.")

    def _at_stake(self) -> int:
        """The requests that would be cut: none where the engine stays."""
        snapshot = self.desk.snapshot
        if snapshot is None or not self.desk.link.is_up or snapshot.owner != "tray":
            return 0
        return snapshot.diagnostics.in_flight


def command_of(home: Home) -> list[str]:
    """What starts a tray of *home*: the command that was installed, else this interpreter."""
    where = ["--home", str(home.given)] if home.given else []
    script = Path(sys.executable).with_name("sluice.exe" if sys.platform == "win32" else "sluice")
    if script.exists():
        return [str(script), *where]
    return [sys.executable, "-P", "-m", "trayapp", *where]


def _say(words: str) -> None:
    print(f"sluice: {words}", file=sys.stderr)  # noqa: T201 - to the terminal that started it


def _confirmed(tr: Tr, number: int) -> bool:
    box = QMessageBox()
    box.setWindowTitle("Sluice")
    box.setIcon(QMessageBox.Icon.Question)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("{n} requests are in flight.", number))
    box.setInformativeText(tr("Quitting waits up to 30 s for them, then breaks them off."))
    leave = box.addButton(tr("Quit Sluice"), QMessageBox.ButtonRole.DestructiveRole)
    stay = box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(stay)
    box.setEscapeButton(stay)
    box.exec()
    return box.clickedButton() is leave


class Signals(QObject):
    """Ctrl-C, SIGTERM and a closed terminal, brought to Qt's loop by a socket that wakes it."""

    def __init__(self, act: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._act = act
        self._before: dict[int, Any] = {}
        self._ours, self._theirs = socket.socketpair()
        self._ours.setblocking(False)
        self._theirs.setblocking(False)
        kind = QSocketNotifier.Type.Read
        self._notifier = QSocketNotifier(self._ours.fileno(), kind, self)
        self._notifier.activated.connect(self._woken)

    def listen(self) -> None:
        """Quit on a signal from now on, instead of dying of it."""
        signal.set_wakeup_fd(self._theirs.fileno())
        for number in (signal.SIGINT, signal.SIGTERM, *_hangup()):
            self._before[number] = signal.signal(number, lambda *_: None)

    def restore(self) -> None:
        """Let signals do what they did before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    def _woken(self) -> None:
        for _ in self._ours.recv(64):
            self._act()


def _hangup() -> list[signal.Signals]:
    return [] if sys.platform == "win32" else [signal.SIGHUP]
