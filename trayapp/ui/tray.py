"""The tray icon: the tightest meter's face, its words, its menu; there as soon as a host is."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QSystemTrayIcon

from trayapp.desktop.autostart import Autostart
from trayapp.desktop.host import Host
from trayapp.ui import icons
from trayapp.ui import tray_wording as wording
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import Face, Gauge, moves
from trayapp.ui.menu import TrayMenu

STEP_MS = 1000
"""The icon changes at most once a second; so often it is looked at while something moves."""
CALM_MS = 60_000
"""How often it is looked at while nothing does: a window's reading grows old."""

_CLICKS = frozenset(
    {QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick}
)


class Tray(QObject):
    """One icon, made anew for each host that comes."""

    def __init__(
        self, desk: Desk, host: Host, parent: QObject | None = None,
        *, login: Autostart | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._desk = desk
        self._gauge = Gauge()
        self.face = Face("unknown")
        self.drawn = 0
        self._icon: QSystemTrayIcon | None = None
        self._tooltip = ""
        self._menu = TrayMenu(desk, self.open, login)
        self._again = QTimer(self, singleShot=True)
        self._again.timeout.connect(self._look)
        desk.changed.connect(self._changed)
        desk.look.changed.connect(self._look)
        host.came.connect(self._make)
        self._make()
        self._look()

    def open(self) -> bool:
        """Bring the panel to the front, where there is one."""
        if "panel" not in self._desk.names:
            return False
        self._desk.open("panel")
        return True

    def message(self, title: str, body: str) -> None:
        """Show a note by the icon itself, where the desktop has no service for notes."""
        if self._icon is not None and self._icon.supportsMessages():
            self._icon.showMessage(title, body, self._icon.icon())

    def hide(self) -> None:
        """Leave the panel of the desktop."""
        self._again.stop()
        if self._icon is not None:
            self._icon.hide()

    def _make(self) -> None:
        """An icon for the host of now; one made before it came would never be shown there."""
        old, self._icon = self._icon, QSystemTrayIcon(self)
        if old is not None:
            old.hide()
            old.deleteLater()
        self._icon.activated.connect(self._activated)
        self._icon.setContextMenu(self._menu.menu)
        self._icon.setToolTip(self._tooltip)
        self._paint()
        self._icon.show()

    def _changed(self) -> None:
        """Look soon, but never twice within a second."""
        if self._again.isActive() and self._again.interval() == STEP_MS:
            return
        self._look()

    def _look(self) -> None:
        snapshot, link, now = self._desk.present(), self._desk.link, self._desk.now()
        face = self._gauge.look(snapshot, link, now)
        if face != self.face:
            # A percent more is another face only where it is shown.
            is_seen = (face.state, face.step) != (self.face.state, self.face.step)
            self.face = face
            if is_seen:
                self._paint()
        self._menu.draw()
        self._speak(
            wording.tooltip(self._desk.look.voice, snapshot, link, now, self._desk.stranded)
        )
        self._again.start(STEP_MS if moves(snapshot, link, now) else CALM_MS)

    def _speak(self, words: str) -> None:
        if words != self._tooltip:
            self._tooltip = words
            if self._icon is not None:
                self._icon.setToolTip(words)

    def _paint(self) -> None:
        if self._icon is not None:
            self.drawn += 1
            self._icon.setIcon(icons.icon(self.face, icons.SETS["neutral"]))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason not in _CLICKS:
            return
        panel = self._desk.made("panel")
        if "panel" not in self._desk.names:
            self._menu.menu.popup(QCursor.pos())
        elif panel is not None and panel.isVisible():
            panel.close()
        else:
            self.open()
