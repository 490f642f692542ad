"""What is chosen for a tool: whose key it uses, when its requests go, whether repeats are cached."""

from collections.abc import Callable
from typing import get_args

from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QWidget

from trayapp.model.exchange import Kind
from trayapp.ui import fonts
from trayapp.ui.buttons import CopyButton
from trayapp.ui.copying import masked
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.wording import connecting

KINDS: tuple[Kind, ...] = get_args(Kind)
_LABELS = 120


class Form(QWidget):
    """Four rows, three of them for a token; *key_chosen*: the user wants the other kind of key."""

    def __init__(self, look: Look, key_chosen: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self._token = ""
        self.key = QComboBox()
        self.key.addItems(["", ""])
        self.key.activated.connect(lambda _at: key_chosen())
        self.token = QLineEdit()
        self.token.setReadOnly(True)
        self.token.setFont(fonts.code())
        self.copy = CopyButton(look, lambda: self._token)
        self.kind = QComboBox()
        self.kind.addItems([""] * len(KINDS))
        self.kind.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kind.currentIndexChanged.connect(lambda _at: self._say_place())
        self._place = Label(look, "caption", "tertiary", wraps=True)
        self.cache = QCheckBox()
        self._names = [Label(look) for _ in range(4)]
        self._arrange()

    @property
    def keeps_key(self) -> bool:
        """Whether the tool keeps the key or login it has."""
        return self.key.currentIndex() == 1

    @property
    def chosen_kind(self) -> Kind:
        """When its requests go."""
        return KINDS[self.kind.currentIndex()]

    def choose(self, kind: Kind) -> None:
        """Begin with what suits the tool: a token, its kind, the cache where repeats are repeats."""
        self.key.setCurrentIndex(0)
        self.kind.setCurrentIndex(KINDS.index(kind))
        self.cache.setChecked(kind != "interactive")

    def show_token(self, token: str) -> None:
        """The token that is made for the tool; shown by its ends, copied whole."""
        self._token = token
        self.token.setText(masked(token))
        own = self.keeps_key
        ruled: tuple[QWidget, ...] = (
            self.token, self.copy, self.kind, self._place, self.cache, *self._names[1:],
        )  # fmt: skip
        for widget in ruled:
            widget.setVisible(not own)

    def say(self) -> None:
        """Every text, in the language of now."""
        tr = self._look.voice
        names = (tr("Key"), tr("Token for it"), tr("Goes"), tr("Answers"))
        for label, name in zip(self._names, names, strict=True):
            label.say(name)
        self.key.setItemText(0, tr("A token from Sluice, which sends its own key"))
        self.key.setItemText(1, tr("The key or login the tool has"))
        for at, kind in enumerate(KINDS):
            self.kind.setItemText(at, connecting.kind(tr, kind))
        self.cache.setText(tr("Repeats may come from the response cache"))
        self.key.setAccessibleName(tr("Key"))
        self.token.setAccessibleName(tr("Token for it"))
        self.kind.setAccessibleName(tr("Goes"))
        self._say_place()

    def _say_place(self) -> None:
        self._place.say(connecting.place(self._look.voice, self.chosen_kind))

    def _arrange(self) -> None:
        token, kind = QHBoxLayout(), QHBoxLayout()
        token.addWidget(self.token, 1)
        token.addWidget(self.copy)
        kind.addWidget(self.kind)
        kind.addWidget(self._place, 1)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        for row, label in enumerate(self._names):
            grid.addWidget(label, row, 0)
        grid.addWidget(self.key, 0, 1)
        grid.addLayout(token, 1, 1)
        grid.addLayout(kind, 2, 1)
        grid.addWidget(self.cache, 3, 1)
