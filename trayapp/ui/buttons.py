"""Buttons: the platform's own, the one primary of a window, links, and *Copy*."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring

HEIGHT, SMALL = 28, 24
COPIED_FOR = 2000
"""Milliseconds for which *Copy* says that it did."""


class Button(QPushButton):
    """The platform's button at our height."""

    def __init__(
        self, text: str = "", clicked: Callable[[], object] | None = None, *,
        small: bool = False, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._height = SMALL if small else HEIGHT
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its text with 12 on both sides."""
        icon = 0 if self.icon().isNull() else self.iconSize().width() + 6
        width = self.fontMetrics().horizontalAdvance(self.text()) + icon
        return QSize(width + 24, max(self._height, self.fontMetrics().height() + 8))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Its text is never cut."""
        return self.sizeHint()


class PrimaryButton(Button):
    """The one button of a window that does what the window is for."""

    def __init__(
        self, look: Look, text: str = "", clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, clicked, parent=parent)
        self._look = look
        self.setDefault(True)
        self.setFont(fonts.strong())
        look.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        palette = QPalette(QGuiApplication.palette())
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.Button, QColor(self._look.colours.accent))
            on_accent = QColor(self._look.colours.on_accent)
            palette.setColor(group, QPalette.ColorRole.ButtonText, on_accent)
        self.setPalette(palette)


class LinkButton(QPushButton):
    """Words in the accent's colour that do something; 24 high, so that it can be hit."""

    def __init__(
        self, look: Look, text: str = "", clicked: Callable[[], object] | None = None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(text, parent)
        self._look = look
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as its text with 6 on both sides."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 12, max(SMALL, metrics.height() + 4))

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Its text is never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The words, underlined below the pointer, and a ring around them with the focus."""
        painter = QPainter(self)
        colours = self._look.colours
        font = self.font()
        font.setUnderline(self.isEnabled() and self.underMouse())
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if self.isEnabled() else colours.tertiary))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), colours.accent)


class CopyButton(Button):
    """Puts what *text* gives into the clipboard, and says so for two seconds."""

    def __init__(
        self, look: Look, text: Callable[[], str], *, small: bool = False,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("", self.copy, small=small, parent=parent)
        self._look = look
        self._source = text
        self._back = QTimer(self)
        self._back.setSingleShot(True)
        self._back.setInterval(COPIED_FOR)
        self._back.timeout.connect(self.say)
        look.changed.connect(self.say)
        self.say()

    def linger(self, milliseconds: int) -> None:
        """How long to say it."""
        self._back.setInterval(milliseconds)

    def copy(self) -> None:
        """Copy, and say so."""
        QGuiApplication.clipboard().setText(self._source())
        self._back.start()
        self.say()

    def say(self) -> None:
        """Show the word of now."""
        tr = self._look.voice
        self.setText(tr("Copied") if self._back.isActive() else tr("Copy"))
        self.setMinimumWidth(self._widest((tr("Copied"), tr("Copy"))))

    def _widest(self, words: tuple[str, ...]) -> int:
        return max(self.fontMetrics().horizontalAdvance(word) for word in words) + 24
