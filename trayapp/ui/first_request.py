"""First run, step three: the first request arrives, and with it what the plan allows."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trayapp.model.connecting import Standing
from trayapp.ui.copying import Copying
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import Face
from trayapp.ui.labels import Label
from trayapp.ui.ring import RingWidget
from trayapp.ui.wording import connecting, first_run


class RequestPage(QWidget):
    """Waits for a request of one tool."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._tool: Standing | None = None
        self._before = 0
        self._heading = Label(desk.look, "heading", wraps=True)
        self._ring = RingWidget(desk.look, 18)
        self._told = Label(desk.look, "body", wraps=True)
        self._plan = Label(desk.look, "body", "secondary", wraps=True)
        self._copying = Copying(desk.look)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(self._ring)
        row.addWidget(self._told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._heading)
        column.addWidget(self._copying)
        column.addLayout(row)
        column.addWidget(self._plan)
        column.addStretch(1)

    @property
    def has_arrived(self) -> bool:
        """Whether one came since `begin`."""
        name = self._tool.name if self._tool else None
        return connecting.requests_of(self._desk.snapshot, name) > self._before

    def begin(self, tool: Standing, variables: tuple[tuple[str, str], ...], token: str) -> None:
        """Wait for *tool*, which may still have to be given *variables*."""
        self._tool = tool
        self._before = connecting.requests_of(self._desk.snapshot, tool.name)
        self._copying.show_values(variables, token)
        self._copying.setVisible(bool(variables))

    def forget(self) -> None:
        """The token cannot be copied any more."""
        self._copying.show_values((), "")

    def say(self) -> None:
        """What has arrived, and what it taught."""
        if self._tool is None:
            return
        tr, snapshot = self._desk.look.voice, self._desk.present()
        arrived = self.has_arrived
        self._heading.say(tr("Ask {tool} anything", tool=self._tool.title))
        self._ring.show_face(Face("healthy", 24) if arrived else Face("stale", 15))
        said = connecting.first_request(tr, self._tool, is_connected=True, heard=arrived)
        self._told.say(said)
        self._plan.say(first_run.learned(tr, snapshot) if arrived else "")
