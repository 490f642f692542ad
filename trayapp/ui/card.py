"""A choice with room for more: a radio button, what it means, and what it asks for."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QRadioButton, QVBoxLayout, QWidget

from trayapp.ui import fonts
from trayapp.ui.labels import Label
from trayapp.ui.look import Look


class Card(QWidget):
    """One of several; what is in *more* shows only while it is the chosen one."""

    def __init__(self, look: Look, more: QWidget | None = None) -> None:
        super().__init__()
        self._look = look
        self.radio = QRadioButton()
        self.radio.setFont(fonts.strong())
        self._caption = Label(look, "caption", "secondary", wraps=True)
        self._more = more
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 12, 10)
        column.setSpacing(4)
        column.addWidget(self.radio)
        inner = QVBoxLayout()
        inner.setContentsMargins(24, 0, 0, 0)
        inner.setSpacing(6)
        inner.addWidget(self._caption)
        if more is not None:
            inner.addWidget(more)
            more.hide()
        column.addLayout(inner)
        self.radio.toggled.connect(self._toggled)
        look.changed.connect(self._follow)
        self._follow()

    def say(self, title: str, caption: str) -> None:
        """The choice, and what it means."""
        self.radio.setText(title)
        self.radio.setAccessibleDescription(caption)
        self._caption.say(caption)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The frame; the chosen one on the selection's ground."""
        colours, chosen = self._look.colours, self.radio.isChecked()
        painter = QPainter(self)
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.line), 1))
        painter.setBrush(QColor(colours.selection if chosen else colours.card))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)

    def _follow(self) -> None:
        """A ring that can be seen: the style makes it of the ground's colour, which is too dark."""
        palette = QPalette(QGuiApplication.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(self._look.colours.border))
        self.radio.setPalette(palette)
        self.update()

    def _toggled(self, chosen: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._more is not None:
            self._more.setVisible(chosen)
        self.update()
