"""Activity's lower part: one request in full."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trayapp.model.history import Record
from trayapp.ui.buttons import CopyButton
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Elided, Label
from trayapp.ui.wording import requests, whys


class Why(QWidget):
    """Three columns on a request, and what else is known of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        look = desk.look
        self.record: Record | None = None
        self.title = Label(look, "title")
        self._which = Elided(look, "caption", "secondary")
        self.copy = CopyButton(look, self._details, small=True)
        self.columns = [
            (Label(look, "caption"), Label(look, "caption", "secondary", wraps=True))
            for _ in range(3)
        ]
        self.facts = Elided(look, "caption", "tertiary")
        self._arrange()

    def show_record(self, record: Record | None) -> None:
        """Show *record*; with none the pane is away."""
        self.record = record
        self.setVisible(record is not None)
        if record is None:
            return
        tr = self._desk.look.voice
        self.title.say(whys.heading(tr, record))
        time = requests.moment(tr, record.at, self._desk.now())
        which = tr(
            "{tool}, {time}, request {id}",
            tool=record.tool or requests.NONE, time=time, id=record.request_id,
        )  # fmt: skip
        self._which.say(which)
        for (title, text), part in zip(self.columns, whys.parts(tr, record), strict=True):
            font = title.font()
            font.setBold(True)
            title.setFont(font)
            title.say(part.title)
            text.say(part.text)
        self.facts.say(whys.facts(tr, record))
        self.copy.setAccessibleName(tr("Copy details"))
        self.setAccessibleName(whys.heading(tr, record))

    def _details(self) -> str:
        return "" if self.record is None else whys.details(self._desk.look.voice, self.record)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.title)
        head.addWidget(self._which, 1)
        head.addWidget(self.copy)
        three = QHBoxLayout()
        three.setSpacing(24)
        for title, text in self.columns:
            column = QVBoxLayout()
            column.setSpacing(1)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            text.setMinimumHeight(2 * text.fontMetrics().lineSpacing())
            column.addWidget(title)
            column.addWidget(text, 1)
            three.addLayout(column, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 8, 16, 10)
        whole.setSpacing(4)
        whole.addLayout(head)
        whole.addLayout(three)
        whole.addWidget(self.facts)
