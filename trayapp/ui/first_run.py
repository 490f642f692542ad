"""First run: a key, a tool, the first request; each can be skipped."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from trayapp.model.connecting import Standing
from trayapp.ui.buttons import Button, LinkButton, PrimaryButton
from trayapp.ui.desk import Desk
from trayapp.ui.first_key import KeyPage
from trayapp.ui.first_request import RequestPage
from trayapp.ui.first_tool import ToolPage
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.note import Note
from trayapp.ui.steps import Steps
from trayapp.ui.welcome import SEEN
from trayapp.ui.window import Window

SIZE = (560, 448)
KEY, TOOL, REQUEST = range(3)


class FirstRun(Window):
    """Three pages, one after another."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "first_run", SIZE)
        self.setMinimumSize(*SIZE)
        self.at = KEY
        self.note = Note(desk.look, lambda _name: desk.wanted.emit())
        self._steps = Steps(desk.look)
        self.key = KeyPage(desk, self.draw)
        self.tool = ToolPage(desk, self.draw)
        self.request = RequestPage(desk)
        self._pages = QStackedWidget()
        for page in (_scrolling(self.key), self.tool, self.request):
            self._pages.addWidget(page)
        self.skip = LinkButton(desk.look, clicked=self.skip_step)
        self.back = Button(clicked=self._go_back)
        self.next = PrimaryButton(desk.look, clicked=self._go_on)
        self._arrange()

    def draw(self) -> None:
        """Say every text, on the page of now."""
        tr = self._desk.look.voice
        self.setWindowTitle(tr("Welcome – Sluice"))
        self._ground()
        self._steps.show_steps((tr("Key"), tr("Tool"), tr("First request")), self.at)
        self._pages.setCurrentIndex(self.at)
        self.note.show_matter(self._matter())
        for page in (self.key, self.tool, self.request):
            page.say()
        self.skip.setText(tr("Skip for now"))
        self.skip.setVisible(not (self.at == REQUEST and self.request.has_arrived))
        self.back.setText(tr("Back"))
        self.back.setEnabled(self.at != KEY)
        self.next.setText(self._next_words())
        self.next.setEnabled(self._can_go_on())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.next.isEnabled():
            self.next.click()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """It was seen; no token stays to be copied."""
        self._desk.memory.keep(SEEN, "seen")
        self.tool.forget()
        self.request.forget()
        super().closeEvent(event)

    def skip_step(self) -> None:
        """Leave this step as it is."""
        if self.at == KEY:
            self._show_tools()
        else:
            self.close()

    def _next_words(self) -> str:
        tr = self._desk.look.voice
        if self.at == KEY:
            return tr("Next: connect a tool")
        if self.at == TOOL:
            return tr("Next") if self.tool.is_connected else tr("Connect it")
        return tr("Done")

    def _can_go_on(self) -> bool:
        match self.at:
            case 0:
                return self.key.is_done and not self.key.is_busy
            case 1:
                return self.tool.is_connected or self.tool.can_apply
            case _:
                return True

    def _go_on(self) -> None:
        if self.at == KEY:
            self._show_tools()
        elif self.at == REQUEST:
            self.close()
        elif self.tool.is_connected and self.tool.chosen is not None:
            self._wait_for(self.tool.chosen)
        else:
            self.tool.apply(self._wait_for)

    def _show_tools(self) -> None:
        self.at = TOOL
        self.tool.begin(keeps_key=self.key.whose == "own")
        self.draw()

    def _wait_for(self, standing: Standing) -> None:
        self.at = REQUEST
        self.request.begin(standing, self.tool.variables, self.tool.token)
        self.draw()

    def _go_back(self) -> None:
        self.at -= 1
        if self.at == TOOL:
            self.tool.begin(keeps_key=self.key.whose == "own")
        self.draw()

    def _matter(self) -> Matter | None:
        if self._desk.link.is_up:
            return None
        tr = self._desk.look.voice
        if self._desk.link.state == "starting":
            return Matter(tr("Starting the engine…"), tone="stale", state="unknown")
        return Matter(
            tr("The engine is not running"), tone="critical", state="down",
            offers=(Offer("start", tr("Start engine")),),
        )  # fmt: skip

    # -- how it looks

    def _ground(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(self._desk.look.colours.card))
        self.setPalette(palette)

    def _arrange(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 14, 24, 12)
        inner.setSpacing(14)
        inner.addWidget(self._steps)
        inner.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.note)
        whole.addLayout(inner, 1)
        whole.addWidget(self._footer())

    def _footer(self) -> QWidget:
        footer = _Footer(self._desk)
        row = QHBoxLayout(footer)
        row.setContentsMargins(18, 12, 24, 12)
        row.setSpacing(8)
        row.addWidget(self.skip)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        return footer


def _scrolling(page: QWidget) -> QScrollArea:
    """A page that may come to be higher than the window."""
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(page)
    return area


class _Footer(QWidget):
    """The buttons' ground: a line above, the window's colour."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._look = desk.look
        self._look.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.colours.window))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._look.colours.line))
