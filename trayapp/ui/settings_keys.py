"""Settings, Keys: every upstream, where it is, and the key that is kept for it."""

import re

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from trayapp.model.exchange import DEFAULT_NAME
from trayapp.model.preferences import DEFAULT_UPSTREAM, Preferences
from trayapp.ui.buttons import Button
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.settings_rows import CREDENTIALS, UPSTREAM_KINDS, Change, Field, Page, value_of
from trayapp.ui.speech import later

NAME = r"[a-z0-9][a-z0-9_-]{0,63}"
"""No dots: they part the keys of `config.toml`."""


class KeysPage(Page):
    """One upstream at a time; its key is tried before it is stored, and never shown again."""

    def __init__(self, desk: Desk, change: Change) -> None:
        fields = (
            Field("upstream.url", later("Address")),
            Field("upstream.kind", later("What answers there"), "choice", options=UPSTREAM_KINDS),
            Field("upstream.credential", later("Sends its key as"), "choice", options=CREDENTIALS),
            Field("upstream.allow_loopback", later("It runs on this machine"), "switch"),
        )
        super().__init__(
            desk.look,
            later("Keys"),
            later("Kept in the system keyring, never in a file, never shown again."),
            fields,
            lambda key, value: change(self._dotted(key), value),
        )
        self._desk = desk
        self._tell = change
        self._busy = False
        self._names: tuple[str, ...] = ()
        self._preferences = Preferences()
        self.upstreams = QComboBox()
        self.upstreams.activated.connect(lambda _at: self._chosen())
        self.remove = Button(clicked=self._remove)
        self.status = Label(desk.look, "caption", "secondary", wraps=True)
        self.key = QLineEdit()
        self.key.setEchoMode(QLineEdit.EchoMode.Password)
        self.store, self.forget = Button(clicked=self._store), Button(clicked=self._forget)
        self.new_name = QLineEdit()
        self.add = Button(clicked=self._add)
        self._line(2, self.upstreams, self.remove)
        self._line(3, self.key, self.store, self.forget)
        self.column.insertWidget(4, self.status)
        self._line(self.column.count(), self.new_name, self.add)
        self.column.addStretch(1)
        self.key.textChanged.connect(lambda _text: self.say())
        self.new_name.textChanged.connect(lambda _text: self.say())

    @property
    def chosen(self) -> str:
        """The upstream that is looked at."""
        at = self.upstreams.currentIndex()
        return self._names[at] if 0 <= at < len(self._names) else DEFAULT_NAME

    def say(self) -> None:
        """Every text, in the language of now."""
        super().say()
        tr, up = self.look.voice, self._desk.link.is_up
        self.upstreams.setAccessibleName(tr("Upstream"))
        self.remove.setText(tr("Remove upstream"))
        self.remove.setEnabled(up and self.chosen != DEFAULT_NAME)
        self.key.setPlaceholderText("sk-ant-…")
        self.key.setAccessibleName(tr("API key"))
        self.key.setEnabled(not self._busy)
        self.store.setText(tr("Test and store"))
        self.store.setEnabled(bool(self.key.text().strip()) and not self._busy)
        self.forget.setText(tr("Remove key"))
        self.forget.setEnabled(self._has_key() and not self._busy)
        self.new_name.setPlaceholderText(tr("Name of another upstream or key, such as: work"))
        self.new_name.setAccessibleName(tr("Name"))
        self.add.setText(tr("Add"))
        self.add.setEnabled(up and bool(self.new_name.text().strip()))
        if not self.status.text() or self.status.property("standing"):
            self._stand()

    def show_preferences(self, preferences: Preferences, *, can_change: bool) -> None:
        """Show the chosen upstream."""
        self._preferences = preferences
        names = tuple(preferences.named())
        if names != self._names:
            before, self._names = self.chosen, names
            self.upstreams.clear()
            self.upstreams.addItems([*names])
            self.upstreams.setCurrentIndex(names.index(before) if before in names else 0)
        for key, row in self.rows.items():
            row.show_value(value_of(preferences, self._dotted(key)))
            row.editor.setEnabled(can_change)

    # -- what is done

    def _dotted(self, key: str) -> str:
        if self.chosen == DEFAULT_NAME:
            return key
        return key.replace("upstream.", f"upstreams.{self.chosen}.", 1)

    def _chosen(self) -> None:
        for row in self.rows.values():
            row.refuse("")
        self.show_preferences(self._preferences, can_change=self._desk.link.is_up)
        self.status.say("")
        self.say()

    def _add(self) -> None:
        tr, name = self.look.voice, self.new_name.text().strip()
        if name in self._names or not re.fullmatch(NAME, name):
            self._told(tr("A name is new, and has only a-z, 0-9 and dashes."), well=False)
            return
        self.new_name.clear()
        self._tell(f"upstreams.{name}.url", DEFAULT_UPSTREAM)

    def _remove(self) -> None:
        self._tell(f"upstreams.{self.chosen}", None)

    def _store(self) -> None:
        key = self.key.text().strip()
        self._busy = True
        self.key.clear()
        tr = self.look.voice
        self._told(tr("Testing the key…"), well=True)
        self._desk.connector.store_key(key, self._heard, self.chosen)
        self.say()

    def _forget(self) -> None:
        self._busy = True
        self._desk.connector.remove_key(self.chosen, self._heard)
        self.say()

    def _heard(self, is_done: bool, words: str) -> None:  # noqa: FBT001 - as the connector says it
        self._busy = False
        self._told(words, well=is_done)
        self.say()

    def _told(self, words: str, *, well: bool) -> None:
        self.status.setProperty("standing", False)
        self.status.say(words, "secondary" if well else "critical")

    def _stand(self) -> None:
        tr = self.look.voice
        keys = (
            {} if self._desk.snapshot is None else {k.upstream: k for k in self._desk.snapshot.keys}
        )
        key = keys.get(self.chosen)
        words = tr("No key is stored.")
        if key is not None and key.refused:
            words = tr("The key is refused. Store another.")
        elif key is not None and key.present:
            words = tr("A key is stored. Another one replaces it.")
        elif value_of(self._preferences, self._dotted("upstream.credential")) == "none":
            words = tr("This server wants no key.")
        self.status.setProperty("standing", True)
        self.status.say(words, "critical" if key is not None and key.refused else "secondary")

    def _has_key(self) -> bool:
        snapshot = self._desk.snapshot
        keys = snapshot.keys if snapshot else ()
        return any(key.present for key in keys if key.upstream == self.chosen)

    def _line(self, at: int, *widgets: QWidget) -> None:
        line = QHBoxLayout()
        for widget in widgets:
            line.addWidget(widget, 0 if isinstance(widget, Button) else 1)
        self.column.insertLayout(at, line)
