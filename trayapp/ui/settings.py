"""Settings: what the user may set, page by page; a change holds at once."""

from collections.abc import Mapping

import msgspec
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout

from trayapp.desktop.autostart import Autostart
from trayapp.model.command import Answer, ChangePreferences, ReadPreferences, Setting, Settings
from trayapp.model.preferences import Preferences
from trayapp.ui.choices import Choice, Choices
from trayapp.ui.desk import Desk
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.note import Note
from trayapp.ui.settings_keys import KeysPage
from trayapp.ui.settings_pages import CachePage, FilesPage, GeneralPage, WarningsPage, pacing
from trayapp.ui.settings_rows import Page
from trayapp.ui.settings_tools import ToolsPage
from trayapp.ui.speech import later
from trayapp.ui.window import Window

SIZE, LEAST = (720, 560), (640, 480)
SIDE = 176
LOOK_MS = 2000
"""Settings may change on disk while they are looked at."""
TITLES: Mapping[str, str] = {
    "keys": later("Keys"),
    "tools": later("Tools and tokens"),
    "pacing": later("Pacing and holds"),
    "cache": later("Cache"),
    "warnings": later("Warnings"),
    "general": later("General"),
    "files": later("Files"),
}


class SettingsWindow(Window):
    """A list of pages, and one of them. It holds no truth: the engine and its file do."""

    def __init__(self, desk: Desk, login: Autostart | None = None) -> None:
        super().__init__(desk, "settings", SIZE)
        self.setMinimumSize(*LEAST)
        self._fault: str | None = None
        self.tools = ToolsPage(desk, self.change)
        self.files = FilesPage(desk, self.change)
        self.pages: dict[str, Page] = {
            "keys": KeysPage(desk, self.change),
            "tools": self.tools,
            "pacing": pacing(desk, self.change),
            "cache": CachePage(desk, self.change),
            "warnings": WarningsPage(desk, self.change),
            "general": GeneralPage(desk, self.change, login),
            "files": self.files,
        }
        self.pages["pacing"].column.addStretch(1)
        self._preferences = Preferences()
        self.note = Note(desk.look, self._help)
        self.choices = Choices(desk.look)
        self.choices.setFixedWidth(SIDE)
        self._stack = QStackedWidget()
        self.choices.currentItemChanged.connect(lambda *_: self._turn())
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.ask)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the settings, now and as long as this is open."""
        super().showEvent(event)
        self.ask()
        self._look.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Look no more."""
        self._look.stop()
        super().hideEvent(event)

    def draw(self) -> None:
        """Say every text, and show what holds."""
        tr, up = self._desk.look.voice, self._desk.link.is_up
        self.setWindowTitle(tr("Settings – Sluice"))
        self.choices.setAccessibleName(tr("Pages"))
        self.choices.offer(tuple(Choice(name, tr(text)) for name, text in TITLES.items()))
        self._ground()
        for page in self.pages.values():
            page.show_preferences(self._preferences, can_change=up)
            page.say()
        self.note.show_matter(self._matter())

    def ask(self) -> None:
        """Ask the engine what holds."""
        self._desk.ask(ReadPreferences(), self._heard)
        self.tools.ask()

    def change(self, key: str, value: Setting) -> None:
        """Have *key* changed; where that is refused its row says why."""

        def heard(answer: Answer) -> None:
            where = {**self.pages["keys"].rows}
            for page in self.pages.values():
                where |= page.rows
            name = key
            if key.startswith("upstreams."):
                name = f"upstream.{key.rpartition('.')[2]}"
            if name in where:
                where[name].refuse("" if answer.ok else answer.message)
            elif not answer.ok:
                self._fault = answer.message
            self.draw()
            self.ask()

        self._desk.ask(ChangePreferences({key: value}), heard)

    def _heard(self, answer: Answer) -> None:
        if not answer.ok:
            return
        told = msgspec.convert(answer.value, Settings, strict=False)
        self._preferences, self._fault = told.preferences, told.fault
        self.files.show_path(told.path)
        self.draw()

    def _turn(self) -> None:
        names = [*self.pages]
        if self.choices.chosen in names:
            self._stack.setCurrentIndex(names.index(self.choices.chosen))

    def _matter(self) -> Matter | None:
        tr, link = self._desk.look.voice, self._desk.link
        if not link.is_up and link.state != "starting":
            body = tr("Settings can be read, not changed, until it runs.")
            title = tr("The engine is not running")
            return Matter(title, body, "critical", "down", (Offer("start", tr("Start engine")),))
        if self._fault:
            title = tr("The settings file has a mistake")
            return Matter(
                title, self._fault, "warning", "warning", (Offer("open", tr("Open file")),)
            )
        return None

    def _help(self, name: str) -> None:
        if name == "start":
            self._desk.wanted.emit()
        else:
            self.files.open_file.click()

    def _ground(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(self._desk.look.colours.card))
        self.setPalette(palette)
        side = QPalette(self.choices.palette())
        side.setColor(QPalette.ColorRole.Base, QColor(self._desk.look.colours.window))
        self.choices.setPalette(side)
        self.choices.viewport().setAutoFillBackground(True)

    def _arrange(self) -> None:
        for page in self.pages.values():
            scrolled = QScrollArea()
            scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
            scrolled.setWidgetResizable(True)
            scrolled.setWidget(page)
            self._stack.addWidget(scrolled)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.choices)
        both.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.note)
        whole.addLayout(both, 1)
