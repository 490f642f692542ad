"""Whether this desktop shows tray icons, and when that changes.

On D-Bus it is a StatusNotifier host that shows them. Qt picks the way once for each icon, so an
icon that was made before the host came never gets there: it has to be made anew, a little after.
"""

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

from trayapp.desktop.bus import Body, Bus, Service

WATCHER = Service(
    "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher", "org.kde.StatusNotifierWatcher"
)
_PROPERTIES = Service(WATCHER.name, WATCHER.path, "org.freedesktop.DBus.Properties")
SETTLES_MS = 300
"""A host that just came is not ready to take icons at once."""
LOOKS_MS = 3000
"""How often to look for a tray of the older kind, which tells nobody that it came."""
LOOKS = 100
"""Five minutes: a desktop that has none by then will hardly get one."""


class Host(QObject):
    """Signals: *came* when an icon made now will be shown; *looked* each time it was looked for."""

    came = Signal()
    looked = Signal()

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._looks = 0
        self._owner = ""
        self._has_icon = False
        self._settling = QTimer(self, interval=SETTLES_MS, singleShot=True)
        self._settling.timeout.connect(self.came)
        self._looking = QTimer(self, interval=LOOKS_MS)
        self._looking.timeout.connect(self._look)

    @property
    def is_there(self) -> bool:
        """Whether a tray icon would be seen, as far as Qt can tell."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def watch(self) -> None:
        """Look from now on; an icon was made just before."""
        self._has_icon = self.is_there
        self._bus.watch(WATCHER.name, self._watcher_changed)
        self._bus.listen(WATCHER, "StatusNotifierHostRegistered", lambda _body: self._arrived())
        if not self._has_icon:
            self._looking.start()

    def _watcher_changed(self, owner: str) -> None:
        if self._owner:  # whoever had our icon is gone, and the icon with it
            self._has_icon = False
        self._owner = owner
        if owner:
            asked = (WATCHER.interface, "IsStatusNotifierHostRegistered")
            self._bus.call(_PROPERTIES, "Get", "ss", asked, self._told)
        else:
            self._looks = 0
            self._looking.start()

    def _told(self, answer: Body | None) -> None:
        if answer is not None and answer[0][1]:
            self._arrived()

    def _arrived(self) -> None:
        self._looking.stop()
        if not self._has_icon:
            self._has_icon = True
            self._settling.start()

    def _look(self) -> None:
        self._looks += 1
        if self.is_there:
            self._arrived()
        elif self._looks >= LOOKS:
            self._looking.stop()
        self.looked.emit()
