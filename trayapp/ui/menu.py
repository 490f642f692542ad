"""The tray icon's menu. Its entries are made once: hosts that draw it themselves keep their ids."""

import contextlib
import datetime as dt
from collections.abc import Callable

from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu

from trayapp.desktop.autostart import Autostart
from trayapp.model.snapshot import Snapshot
from trayapp.ui import icons
from trayapp.ui import tray_wording as wording
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import Face, face_of, is_offline, tightest
from trayapp.ui.shortcuts import copy_base_url, turn_pause
from trayapp.ui.speech import Tr, later

WINDOWS = {
    "activity": later("Activity…"),
    "batch": later("Batch…"),
    "connect": later("Connect a tool…"),
    "settings": later("Settings…"),
}

Act = Callable[[], object]


class TrayMenu:
    """Three meters, the windows there are, and what is done without one.

    Without a panel the meters are lines to read, and nothing offers to open it.
    """

    def __init__(self, desk: Desk, panel: Act, login: Autostart | None = None) -> None:
        self.menu = QMenu()
        self._desk = desk
        self._faces: list[Face | None] = [None] * wording.MOST
        self._meters = [self._add(panel) for _ in range(wording.MOST)]
        self._line = self.menu.addSeparator()
        self._open = self._add(panel)
        self.menu.setDefaultAction(self._open)
        for action in (*self._meters, self._open):
            action.setEnabled("panel" in desk.names)
        self._open.setVisible("panel" in desk.names)
        self._start = self._add(desk.wanted.emit)
        self._disconnect = self._add(lambda: desk.open("connect"))
        self._pause = self._add(lambda: turn_pause(desk))
        self.menu.addSeparator()
        self._windows = {name: self._opens(name) for name in WINDOWS if name in desk.names}
        self._copy = self._add(lambda: copy_base_url(desk))
        # Settings has the same switch, where there are settings.
        self._login = None if "settings" in desk.names else login
        self._at_login = self._add(self._turn_login)
        self._at_login.setCheckable(True)
        self._at_login.setVisible(self._login is not None)
        self.menu.aboutToShow.connect(self._look_at_login)
        self._look_at_login()
        self.menu.addSeparator()
        self._quit = self._add(desk.leaving.emit)
        self.menu.aboutToShow.connect(self.draw)
        self.draw()

    def draw(self) -> None:
        """Say what is true now; an entry is touched only where it says something else."""
        tr, snapshot = self._desk.look.voice, self._desk.present()
        self._draw_meters(tr, snapshot, self._desk.now())
        is_paused = snapshot is not None and snapshot.paused
        _say(self._open, tr("Open Sluice"))
        _say(self._pause, tr("Resume requests") if is_paused else tr("Pause all requests"))
        self._pause.setEnabled(self._desk.link.is_up)
        self._draw_remedies(tr)
        for name, action in self._windows.items():
            _say(action, tr(WINDOWS[name]))
        _say(self._copy, tr("Copy base URL"))
        self._copy.setEnabled(snapshot is not None)
        _say(self._at_login, tr("Start at login"))
        _say(self._quit, tr("Quit Sluice"))

    def _draw_remedies(self, tr: Tr) -> None:
        """While no engine runs: start it, or put the tools that point here back."""
        number = len(self._desk.stranded)
        _say(self._start, tr("Start engine"))
        self._start.setVisible(self._desk.link.state in {"down", "restarting"})
        _say(self._disconnect, tr("Disconnect {n} tools…", number))
        self._disconnect.setVisible(bool(number) and "connect" in self._desk.names)

    def _draw_meters(self, tr: Tr, snapshot: Snapshot | None, now: dt.datetime) -> None:
        known = snapshot is not None and self._desk.link.is_up
        readings = tightest(snapshot, now)[: wording.MOST] if snapshot and known else []
        for place, (action, reading) in enumerate(zip(self._meters, readings, strict=False)):
            several = snapshot is not None and len(snapshot.pools) > 1
            _say(action, wording.entry(tr, reading, now, several=several))
            offline = snapshot is not None and is_offline(snapshot)
            self._show_face(place, face_of(reading, now, offline=offline))
        for place, action in enumerate(self._meters):
            action.setVisible(place < len(readings))
        self._line.setVisible(bool(readings))

    def _show_face(self, place: int, face: Face) -> None:
        if face != self._faces[place]:
            self._faces[place] = face
            colours = icons.SETS["dark" if self._desk.look.colours.dark else "light"]
            self._meters[place].setIcon(_small(face, colours))

    def _look_at_login(self) -> None:
        """Read what the desktop keeps: its own settings can turn it off as well."""
        if self._login is not None:
            self._at_login.setChecked(self._login.is_on)

    def _turn_login(self) -> None:
        if self._login is None:
            return
        # The check mark is read again: where it could not be written it stays as it was.
        with contextlib.suppress(OSError):
            self._login.turn(on=not self._login.is_on)
        self._look_at_login()

    def _opens(self, name: str) -> QAction:
        return self._add(lambda: self._desk.open(name))

    def _add(self, act: Act) -> QAction:
        action = self.menu.addAction("")
        action.triggered.connect(lambda _checked: act())
        return action


def _small(face: Face, colours: icons.IconColours) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(icons.pixmap(face, 16, ratio, colours))
    return made


def _say(action: QAction, words: str) -> None:
    text = words.replace("&", "&&")
    if action.text() != text:
        action.setText(text)
