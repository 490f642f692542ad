"""What the session does to us: the machine woke up, the user logs out."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from trayapp.desktop.bus import Body, Bus, Service

LOGIND = Service(
    "org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager"
)


class Session(QObject):
    """Signals: *woke* after a sleep; *ending* when the user logs out or shuts down.

    *bus* is the machine's; where there is none, a wake is only noticed by its next second.
    """

    woke = Signal()
    ending = Signal()

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        bus.listen(LOGIND, "PrepareForSleep", self._sleep)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.commitDataRequest.connect(self.ending)

    def _sleep(self, body: Body) -> None:
        """True before the sleep, False after it."""
        if not body[0]:
            self.woke.emit()
