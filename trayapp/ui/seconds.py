"""One tick a second for all windows, on the second, and none while nothing shown counts."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from shiboken6 import isValid

from trayapp.clock import Timekeeper


class Seconds(QObject):
    """*tick* comes each second while anyone wants it."""

    tick = Signal()

    def __init__(self, clock: Timekeeper, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._wanting: set[int] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_time)

    @property
    def is_running(self) -> bool:
        """Whether a tick is due."""
        return self._timer.isActive()

    def want(self, who: QObject) -> None:
        """*who* shows something that counts, until `leave` or its end."""
        name = id(who)
        if name not in self._wanting:
            self._wanting.add(name)
            who.destroyed.connect(lambda: self._leave(name))
        if not self._timer.isActive():
            self._wait()

    def leave(self, who: QObject) -> None:
        """Nothing that *who* shows counts any more."""
        self._leave(id(who))

    def _leave(self, name: int) -> None:
        self._wanting.discard(name)
        if not self._wanting and isValid(self._timer):  # a window may end after the desk has
            self._timer.stop()

    def _wait(self) -> None:
        self._timer.start(1000 - self._clock.now().microsecond // 1000)

    def _on_time(self) -> None:
        if self._wanting:
            self._wait()
            self.tick.emit()
