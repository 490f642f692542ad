"""What all windows have in common: when they draw, where they stand, and their shortcuts."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from trayapp.ui.desk import Desk
from trayapp.ui.shortcuts import Shortcuts

REST = 250
"""Milliseconds between two drawings."""


class Window(QWidget):
    """A window of the desk's. A real one says its texts and draws the Snapshot in `draw`.

    `draw` is called when the window is shown, at most four times a second while it is visible
    and something changed, each second where `counts` is true, and never while it is hidden.
    """

    counts = False
    """Whether it shows ages or countdowns."""

    def __init__(self, desk: Desk, name: str, size: tuple[int, int] | None = None) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName(name)
        self._size = size
        self._stood = False
        self._due = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._after_rest)
        self.shortcuts = Shortcuts(self, desk)
        desk.changed.connect(self.refresh)
        desk.look.changed.connect(self.refresh)
        desk.seconds.tick.connect(self._on_second)

    def draw(self) -> None:
        """Say every text and show the desk's state, as they are now."""

    def refresh(self) -> None:
        """Draw soon, if anyone can see it."""
        if not self.isVisible():
            return
        if self._rest.isActive():
            self._due = True
            return
        self._rest.start()
        self.draw()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Draw what is now, in the place where the window stood."""
        self._restore()
        self.draw()
        self.shortcuts.follow()
        if self.counts:
            self._desk.seconds.want(self)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Draw no more."""
        self._desk.seconds.leave(self)
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Remember the place."""
        if self._size is not None:
            self._desk.memory.keep_place(self._place(), self.saveGeometry())
        super().closeEvent(event)

    def _restore(self) -> None:
        if self._size is None or self._stood:
            return
        self._stood = True
        if not self.restoreGeometry(self._desk.memory.place(self._place())):
            self.resize(*self._size)

    def _place(self) -> str:
        """Where this window's place is kept: with another set of screens it has another."""
        return f"{self.objectName()}/{self.screen().name()}"

    def _on_second(self) -> None:
        if self.counts:
            self.refresh()

    def _after_rest(self) -> None:
        if self._due:
            self._due = False
            self.refresh()
