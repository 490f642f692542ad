"""The requests that wait, each with *Send now* and *Cancel*."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trayapp.ui.buttons import LinkButton
from trayapp.ui.labels import Elided, Label
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring
from trayapp.ui.panel_section import PanelSection
from trayapp.ui.wording.holds import Waiting

Do = Callable[[str], object]
"""Told the id of the request."""


class HeldRow(QWidget):
    """One held request: S sends it now, Delete cancels it."""

    def __init__(self, look: Look, send: Do, cancel: Do) -> None:
        super().__init__()
        self._look = look
        self._waiting: Waiting | None = None
        self._send, self._cancel = send, cancel
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._tool = Label(look)
        self._model = Elided(look, "body", "tertiary")
        self._goes = Label(look)
        self._why = Elided(look, "caption", "secondary")
        self._now = LinkButton(look, clicked=self.send)
        self._stop = LinkButton(look, clicked=self.cancel)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(8)
        upper.addWidget(self._tool)
        upper.addWidget(self._model, 1)
        upper.addWidget(self._goes)
        lower.setSpacing(4)
        lower.addWidget(self._why, 1)
        lower.addWidget(self._now)
        lower.addWidget(self._stop)
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(upper)
        both.addLayout(lower)
        look.changed.connect(self._name_buttons)
        self._name_buttons()

    def show_waiting(self, waiting: Waiting) -> None:
        """Show *waiting*; each text is drawn again only where it is another."""
        if waiting == self._waiting:
            return
        self._waiting = waiting
        self._tool.say(waiting.tool)
        self._model.say(waiting.model)
        self._goes.say(waiting.goes)
        self._why.say(waiting.why)
        self.setAccessibleName(waiting.spoken)
        for button in (self._now, self._stop):
            button.setAccessibleName(f"{button.text()}: {waiting.tool}")

    def send(self) -> None:
        """Send it now."""
        if self._waiting is not None:
            self._send(self._waiting.id)

    def cancel(self) -> None:
        """End it."""
        if self._waiting is not None:
            self._cancel(self._waiting.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The two keys."""
        match event.key():
            case Qt.Key.Key_S:
                self.send()
            case Qt.Key.Key_Delete:
                self.cancel()
            case _:
                super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ring of the focus."""
        if self.hasFocus():
            focus_ring(QPainter(self), QRectF(self.rect()), self._look.colours.accent)

    def _name_buttons(self) -> None:
        tr = self._look.voice
        self._now.setText(tr("Send now"))
        warns = tr("Sends this request at once. It may be refused with 429 and slow the others.")
        self._now.setToolTip(warns)
        self._now.setAccessibleDescription(warns)
        self._stop.setText(tr("Cancel"))


class HeldBox(PanelSection):
    """All that are shown, and in words how many there are."""

    def __init__(self, look: Look, send: Do, cancel: Do) -> None:
        super().__init__(look)
        self._send, self._cancel = send, cancel
        self._title = Label(look, "title")
        self._count = Elided(look, "caption", "secondary")
        self._below = Label(look, "caption", "secondary", wraps=True)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count, 1)
        self.column.addLayout(head)
        self.column.addWidget(self._below)
        self.rows: dict[str, HeldRow] = {}

    def show_all(self, waiting: tuple[Waiting, ...], total: int, below: str) -> None:
        """Show *waiting* of *total*; *below* says how many more there are, or that none wait."""
        tr = self._look.voice
        self._title.say(tr("Held"))
        self._count.say(tr("{n} requests", total) if total else "")
        self._below.say(below)
        self._below.setVisible(bool(below))
        wanted = [each.id for each in waiting]
        for gone in set(self.rows) - set(wanted):
            row = self.rows.pop(gone)
            self.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for each in waiting:
            if each.id not in self.rows:
                self.rows[each.id] = HeldRow(self._look, self._send, self._cancel)
                self.column.insertWidget(self.column.count() - 1, self.rows[each.id])
                self.rows[each.id].show()
            self.rows[each.id].show_waiting(each)
