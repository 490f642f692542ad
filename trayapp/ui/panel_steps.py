"""Three steps to the first meter, where nothing was ever sent."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trayapp.ui import fonts
from trayapp.ui.buttons import Button
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.panel_section import PanelSection


class _Number(QWidget):
    """A number in a circle; the step to take next has the accent's colour."""

    def __init__(self, look: Look, number: int) -> None:
        super().__init__()
        self._look = look
        self._number = number
        self.setFixedSize(22, 22)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Circle and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._look.colours
        colour = QColor(colours.accent if self._number == 1 else colours.tertiary)
        painter.setPen(QPen(colour, 1.25))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.setFont(fonts.caption())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class Steps(PanelSection):
    """What to do first; each step has a button where there is a window for it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.look)
        self._desk = desk
        self.column.setSpacing(14)
        self._title = Label(desk.look, "heading")
        self.column.addWidget(self._title)
        self._texts: list[tuple[Label, Label]] = []
        self._key = self._step(1, "settings")
        self._tool = self._step(2, "connect")
        self._step(3, "")

    def draw(self) -> None:
        """Say every text."""
        tr = self._desk.look.voice
        self._title.say(tr("Three steps to the first meter"))
        said = (
            (tr("Add a key"), tr("or keep the key or login your tool already has")),
            (tr("Connect a tool"), tr("Sluice shows the change before it makes it")),
            (tr("Send one request"), tr("limits are learned from its answer")),
        )
        for (title, caption), (first, second) in zip(self._texts, said, strict=True):
            title.say(first)
            caption.say(second)
        if self._key is not None:
            self._key.setText(tr("Add key…"))
        if self._tool is not None:
            self._tool.setText(tr("Connect…"))

    def _step(self, number: int, window: str) -> Button | None:
        look = self._desk.look
        title, caption = Label(look, "title"), Label(look, "caption", "secondary", wraps=True)
        self._texts.append((title, caption))
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(title)
        words.addWidget(caption)
        row = QHBoxLayout()
        row.setSpacing(10)
        row.addWidget(_Number(look, number), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.addLayout(row)
        if window not in self._desk.names:
            return None
        button = Button(clicked=self._opens(window), small=True)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        return button

    def _opens(self, window: str) -> Callable[[], object]:
        return lambda: self._desk.open(window)
