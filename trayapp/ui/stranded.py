"""Which tools point at nobody: looked up once each time the engine is down for good."""

from PySide6.QtCore import QObject

from trayapp.model.connecting import ConnectAnswer, ListTools
from trayapp.ui.desk import Desk
from trayapp.ui.wording.connecting import pointing


class Stranded(QObject):
    """Keeps the desk's `stranded` true; a restart under way strands nobody."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._is_down = False
        desk.changed.connect(self._look)

    def _look(self) -> None:
        is_down = self._desk.link.state == "down"
        if is_down == self._is_down:
            return
        self._is_down = is_down
        if is_down:
            self._desk.connector.ask(ListTools(), self._heard)
        else:
            self._desk.strand(())

    def _heard(self, answer: ConnectAnswer) -> None:
        if self._is_down:
            self._desk.strand(tuple(each.title for each in pointing(answer.standings)))
