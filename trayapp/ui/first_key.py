"""First run, step one: whose key is used."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trayapp.ui.buttons import Button
from trayapp.ui.card import Card
from trayapp.ui.copying import Copying
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label

Whose = Literal["ours", "own", "server"]
ORDER: tuple[Whose, ...] = ("ours", "own", "server")
SETTINGS = (
    ("[upstream]", 'url = "http://127.0.0.1:11434"'),
    ("", "allow_loopback = true"),
)


class KeyPage(QWidget):
    """Three choices; *changed* is called when another is made, or a key was stored."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._changed = changed
        self._heading = Label(desk.look, "heading", wraps=True)
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.key.setClearButtonEnabled(True)
        self.store = Button(clicked=self._store)
        self._told = Label(desk.look, "caption", "secondary", wraps=True)
        self._busy = self._stored = self._failed = False
        self._words = ""
        self._lines = Copying(desk.look)
        self._lines.show_values(SETTINGS, "")
        self.cards = {
            "ours": Card(desk.look, self._entry()),
            "own": Card(desk.look),
            "server": Card(desk.look, self._lines),
        }
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._heading)
        for name in ORDER:
            self._group.addButton(self.cards[name].radio)
            column.addWidget(self.cards[name])
        column.addStretch(1)
        self.cards["ours"].radio.setChecked(True)
        self.key.textChanged.connect(lambda _text: self.say())
        self._group.buttonToggled.connect(lambda _button, chosen: chosen and self._changed())

    @property
    def whose(self) -> Whose:
        """The choice."""
        return next((name for name in ORDER if self.cards[name].radio.isChecked()), "ours")

    @property
    def is_busy(self) -> bool:
        """Whether a key is being tried."""
        return self._busy

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to do on this page."""
        return self.whose != "ours" or self._stored or self._has_key()

    def say(self) -> None:
        """Every text, in the language of now."""
        tr = self._desk.look.voice
        self._heading.say(tr("Whose key should Sluice use?"))
        self.cards["ours"].say(
            tr("A key I give to Sluice"),
            tr("Kept in the system keyring, never in a file, never shown again."),
        )
        self.cards["own"].say(
            tr("The key or login my tool already has"),
            tr("Passed on untouched, stored nowhere. Claude Code’s login works this way."),
        )
        self.cards["server"].say(
            tr("A server on this machine or a gateway"),
            tr(
                "Anything that speaks the Messages API: a model runner, a gateway. Write these "
                "lines into config.toml, with its address."
            ),
        )
        self.key.setPlaceholderText("sk-ant-…")
        self.key.setAccessibleName(tr("API key"))
        self.store.setText(tr("Test and store"))
        self.store.setEnabled(bool(self.key.text().strip()) and not self._busy)
        self.key.setEnabled(not self._busy)
        self._say_outcome()

    def _say_outcome(self) -> None:
        tr = self._desk.look.voice
        if self._busy:
            self._told.say(tr("Testing the key…"), "secondary")
        elif self._failed:
            self._told.say(self._words, "critical")
        elif self._stored:
            self._told.say(tr("The key works and is stored."), "healthy")
        elif self._has_key():
            self._told.say(tr("A key is stored already. Another one replaces it."), "healthy")
        else:
            self._told.say("")
        self._told.setVisible(bool(self._told.text()))

    def _has_key(self) -> bool:
        snapshot = self._desk.snapshot
        return snapshot is not None and any(key.present for key in snapshot.keys)

    def _store(self) -> None:
        key = self.key.text().strip()
        if not key or self._busy:
            return
        self._busy, self._failed = True, False
        self.key.clear()
        self._desk.connector.store_key(key, self._heard)
        self.say()
        self._changed()

    def _heard(self, is_stored: bool, words: str) -> None:  # noqa: FBT001 - as the connector says it
        self._busy, self._words = False, words
        self._stored, self._failed = self._stored or is_stored, not is_stored
        self.say()
        self._changed()

    def _entry(self) -> QWidget:
        entry = QWidget()
        row = QHBoxLayout()
        row.addWidget(self.key, 1)
        row.addWidget(self.store)
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self._told)
        return entry
