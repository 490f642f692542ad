"""Settings, Tools and tokens: who may use the stored keys, and a token for one more."""

import hashlib
import secrets
from typing import get_args

import msgspec
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from trayapp.model.command import AddTool, Answer, ListTools, RevokeTool
from trayapp.model.exchange import DEFAULT_NAME, Kind
from trayapp.model.preferences import Preferences
from trayapp.model.secret import TOKEN_PREFIX
from trayapp.ui.buttons import Button, CopyButton
from trayapp.ui.copying import masked
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Elided, Label
from trayapp.ui.look import Look
from trayapp.ui.settings_rows import Change, Page
from trayapp.ui.speech import later
from trayapp.ui.wording import connecting

KINDS: tuple[Kind, ...] = get_args(Kind)


class Listed(msgspec.Struct, frozen=True):
    """A tool as the engine lists it."""

    name: str
    kind: Kind
    cache: bool = True
    upstream: str = DEFAULT_NAME


class ToolsPage(Page):
    """Every tool with a token; a token is shown once, when it is made."""

    def __init__(self, desk: Desk, change: Change) -> None:
        caption = later("A tool gets a token of this machine; the real key stays with Sluice.")
        super().__init__(desk.look, later("Tools and tokens"), caption, (), change)
        self._desk = desk
        self._token = ""
        self._tools: tuple[Listed, ...] = ()
        self._upstreams: tuple[str, ...] = ()
        self._place = QVBoxLayout()
        self.shown: list[_Tool] = []
        self.none = Label(desk.look, "body", "secondary")
        self.name = QLineEdit()
        self.kind, self.upstream = QComboBox(), QComboBox()
        self.kind.addItems([""] * len(KINDS))
        self.kind.setCurrentIndex(KINDS.index("normal"))
        self.cache = QCheckBox()
        self.cache.setChecked(True)
        self.make = Button(clicked=self._make)
        self.token = Label(desk.look, "code")
        self.copy = CopyButton(desk.look, lambda: self._token)
        self.told = Label(desk.look, "caption", "secondary", wraps=True)
        self.name.textChanged.connect(lambda _text: self.say())
        self._arrange()

    def ask(self) -> None:
        """Ask who there is."""
        self._desk.ask(ListTools(), self._listed)

    def say(self) -> None:
        """Every text, in the language of now."""
        super().say()
        tr, up = self.look.voice, self._desk.link.is_up
        self.none.say(tr("No tool has a token yet."))
        self.none.setVisible(not self._tools)
        self.name.setPlaceholderText(tr("Name of a tool"))
        self.name.setAccessibleName(tr("Name of a tool"))
        self.kind.setAccessibleName(tr("Goes"))
        self.upstream.setAccessibleName(tr("Upstream"))
        for at, kind in enumerate(KINDS):
            self.kind.setItemText(at, connecting.kind(tr, kind))
        self.cache.setText(tr("Repeats may come from the response cache"))
        self.make.setText(tr("New token"))
        self.make.setEnabled(up and bool(self.name.text().strip()))
        self.token.setVisible(bool(self._token))
        self.copy.setVisible(bool(self._token))
        for each in self.shown:
            each.say(can_revoke=up)

    def show_preferences(self, preferences: Preferences, *, can_change: bool) -> None:
        """Offer the upstreams there are."""
        super().show_preferences(preferences, can_change=can_change)
        names = tuple(preferences.named())
        if names != self._upstreams:
            self._upstreams = names
            self.upstream.clear()
            self.upstream.addItems([*names])
        self.upstream.setVisible(len(names) > 1)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Forget the token: it can be copied only while this is open."""
        self._token = ""
        self.told.say("")
        self.say()
        super().hideEvent(event)

    def _listed(self, answer: Answer) -> None:
        if not answer.ok:
            return
        tools = tuple(msgspec.convert(answer.value or [], list[Listed]))
        if tools != self._tools:
            self._tools = tools
            for old in self.shown:
                self._place.removeWidget(old)
                old.hide()
                old.deleteLater()
            self.shown = [_Tool(self.look, each, self) for each in tools]
            for each in self.shown:
                self._place.addWidget(each)
        self.say()

    def _make(self) -> None:
        token = TOKEN_PREFIX.decode() + secrets.token_urlsafe(32)
        name, kind = self.name.text().strip(), KINDS[self.kind.currentIndex()]
        digest = hashlib.sha256(token.encode()).hexdigest()
        upstream = self.upstream.currentText() or DEFAULT_NAME
        tool = AddTool(name, kind, self.cache.isChecked(), digest, upstream)

        def heard(answer: Answer) -> None:
            self._token = token if answer.ok else ""
            self.token.say(masked(self._token))
            tr = self.look.voice
            words = tr("Copy the token now: it is not shown again.")
            self._tell(answer, words)
            if answer.ok:
                self.name.clear()

        self._desk.ask(tool, heard)

    def revoke(self, name: str) -> None:
        """Let *name* in no more."""
        tr = self.look.voice
        words = tr("“{name}” may enter no more.", name=name)
        self._desk.ask(RevokeTool(name), lambda answer: self._tell(answer, words))

    def _tell(self, answer: Answer, words: str) -> None:
        self.told.say(
            words if answer.ok else answer.message, "secondary" if answer.ok else "critical"
        )
        self.ask()
        self.say()

    def _arrange(self) -> None:
        first, second, third = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.name, 1)
        first.addWidget(self.upstream)
        first.addWidget(self.make)
        second.addWidget(self.kind)
        second.addWidget(self.cache)
        second.addStretch(1)
        third.addWidget(self.token)
        third.addWidget(self.copy)
        third.addStretch(1)
        self.column.addWidget(self.none)
        self.column.addLayout(self._place)
        for line in (first, second, third):
            self.column.addLayout(line)
        self.column.addWidget(self.told)
        self.column.addStretch(1)


class _Tool(QWidget):
    """One tool: its name, how it goes, and an end to it."""

    def __init__(self, look: Look, tool: Listed, page: ToolsPage) -> None:
        super().__init__()
        self._look, self._tool = look, tool
        self._name = Elided(look)
        self._words = Label(look, "caption", "tertiary")
        self.revoke = Button(clicked=lambda: page.revoke(tool.name), small=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.addWidget(self._name, 1)
        line.addWidget(self._words)
        line.addWidget(self.revoke)

    def say(self, *, can_revoke: bool) -> None:
        """In the language of now."""
        tr, tool = self._look.voice, self._tool
        self._name.say(tool.name)
        parts = [connecting.kind(tr, tool.kind)]
        parts += [] if tool.cache else [tr("without cache")]
        parts += [] if tool.upstream == DEFAULT_NAME else [tool.upstream]
        self._words.say(" · ".join(parts))
        self.revoke.setText(tr("Revoke"))
        self.revoke.setAccessibleName(tr("Revoke “{name}”", name=tool.name))
        self.revoke.setEnabled(can_revoke)
