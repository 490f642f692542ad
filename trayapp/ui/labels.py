"""Texts that stand still: headings, titles, bodies and captions in our colours."""

from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from trayapp.ui import fonts
from trayapp.ui.colours import Colours, Tone
from trayapp.ui.look import Look

Role = Literal["heading", "title", "body", "caption", "code"]
Shade = Literal["text", "secondary", "tertiary", "accent"]


def font_of(role: Role) -> QFont:
    """The font of a text's *role*."""
    match role:
        case "heading":
            return fonts.heading()
        case "title":
            return fonts.strong()
        case "body":
            return fonts.body()
        case "caption":
            return fonts.caption()
        case "code":
            return fonts.code()


def colour_of(shade: Shade | Tone, colours: Colours) -> str:
    """A text's colour: by how much it matters, or by a level."""
    match shade:
        case "text" | "secondary" | "tertiary" | "accent":
            colour: str = getattr(colours, shade)
            return colour
        case _:
            return colours.shades(shade).text


class Label(QLabel):
    """A text of some *role*; it wraps where *wraps*, and follows the look by itself."""

    def __init__(
        self, look: Look, role: Role = "body", shade: Shade | Tone = "text", *,
        wraps: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wraps)
        self._look = look
        self._shade: Shade | Tone = shade
        self._role: Role = role
        look.changed.connect(self._follow)
        self._follow()

    def say(self, text: str, shade: Shade | Tone | None = None) -> None:
        """Show *text*, in another *shade* where one is given; nothing is drawn where all is the same."""
        if text != self.text():
            self.setText(text)
        if shade is not None and shade != self._shade:
            self._shade = shade
            self._follow()

    def _follow(self) -> None:
        self.setFont(font_of(self._role))
        palette = QPalette(self.palette())
        colour = QColor(colour_of(self._shade, self._look.colours))
        palette.setColor(QPalette.ColorRole.WindowText, colour)
        self.setPalette(palette)


class Elided(Label):
    """A text on one line: where it is too long it ends in dots, and the tooltip says it all."""

    def __init__(
        self, look: Look, role: Role = "body", shade: Shade | Tone = "text",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(look, role, shade, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its line; its width is what is left."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw as much as fits."""
        painter = QPainter(self)
        fits = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip("" if fits == self.text() else self.text())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), fits)
