"""A note: what is the matter, what it means, and the buttons that help, on a tinted ground."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trayapp.ui.buttons import Button, LinkButton, PrimaryButton
from trayapp.ui.gauge import Face
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.ring import RingWidget

GLYPH = 18


class Note(QWidget):
    """Shows one `Matter`; *do* is told the name of what was clicked."""

    def __init__(
        self, look: Look, do: Callable[[str], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._do = do
        self._matter: Matter | None = None
        self._ring = RingWidget(look, GLYPH)
        self._title = Label(look, "title", wraps=True)
        self._body = Label(look, "caption", "secondary", wraps=True)
        self._more = Label(look, "caption", "secondary")
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(8)
        self._buttons.addStretch(1)
        self._shown: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.hide()
        self._arrange()
        look.changed.connect(self.update)

    @property
    def matter(self) -> Matter | None:
        """What is shown; None where nothing is the matter."""
        return self._matter

    def show_matter(self, matter: Matter | None) -> None:
        """Show *matter*, or nothing; what is shown already is not drawn again."""
        if matter == self._matter:
            return
        before, self._matter = self._matter, matter
        self.setVisible(matter is not None)
        if matter is None:
            return
        self._ring.show_face(Face(matter.state, 24))
        self._title.say(matter.title)
        self._body.say(matter.body)
        self._body.setVisible(bool(matter.body))
        self._more.say(matter.more)
        self._more.setVisible(bool(matter.more))
        if before is None or before.offers != matter.offers:
            self._offer(matter.offers)
        self._buttons.setContentsMargins(0, 4 if matter.offers else 0, 0, 0)
        self.setAccessibleName(f"{matter.title}. {matter.body} {matter.more}".strip())
        self.update()

    def buttons(self) -> list[QWidget]:
        """Its buttons in their order."""
        return list(self._shown)

    def relay(self) -> None:
        """Arrange its parts now, so that its height is the one it will have."""
        self._whole.activate()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground: the tint, and a line below."""
        if self._matter is None:
            return
        colours = self._look.colours
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.shades(self._matter.tone).tint))
        painter.fillRect(0, self.height() - 1, self.width(), 1, QColor(colours.line))

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._title)
        words.addWidget(self._body)
        words.addLayout(self._buttons)
        words.addWidget(self._more)
        whole = self._whole = QHBoxLayout(self)
        whole.setContentsMargins(16, 10, 16, 10)
        whole.setSpacing(10)
        whole.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(words, 1)

    def _offer(self, offers: tuple[Offer, ...]) -> None:
        for old in self._shown:
            self._buttons.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._shown = [self._button(offer) for offer in offers]
        for at, button in enumerate(self._shown):
            self._buttons.insertWidget(at, button)
            button.show()  # Qt would do so later, and the window's height is reckoned now

    def _button(self, offer: Offer) -> QWidget:
        def clicked(name: str = offer.name) -> None:
            self._do(name)

        if offer.primary:
            return PrimaryButton(self._look, offer.text, clicked)
        if offer.quiet:
            return LinkButton(self._look, offer.text, clicked)
        return Button(offer.text, clicked, small=True)
