"""The pages of Settings that are rows and little else: pacing, cache, warnings, general, files."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout

from trayapp.desktop.autostart import Autostart
from trayapp.model.command import Answer, ClearCache
from trayapp.model.preferences import Preferences
from trayapp.model.snapshot import Rule
from trayapp.ui.buttons import Button, CopyButton
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Elided, Label
from trayapp.ui.language import LANGUAGES
from trayapp.ui.settings_rows import NAMES, Change, Field, Page
from trayapp.ui.speech import later
from trayapp.ui.theme import Setting as ThemeSetting

RULES: tuple[tuple[Rule, str], ...] = (
    ("level", later("A limit is nearly used")),
    ("slope", later("A limit runs out soon at this pace")),
    ("budget", later("A budget is nearly spent")),
    ("storm", later("Throttled or overloaded often")),
    ("long_hold", later("A request is held long")),
    ("extra_usage", later("A login begins to cost money")),
    ("other_model", later("Another model answered than was asked")),
    ("calm", later("One calm line a day")),
)
THEMES: tuple[tuple[ThemeSetting, str], ...] = (
    ("system", later("As the system")), ("light", later("Light")), ("dark", later("Dark")),
)  # fmt: skip


def pacing(desk: Desk, change: Change) -> Page:
    """How long requests may wait, and limits for servers that tell none."""
    stated = later("Only where the server tells no limits itself.")
    return Page(
        desk.look,
        later("Pacing and holds"),
        later("Requests wait for their turn by themselves. There is little to set."),
        (
            Field(
                "pacing.longest_hold", later("Longest hold, seconds"), "number",
                later("From 1 to 540; empty: as long as the tool itself waits."),
            ),
            Field("upstream.requests_per_minute", later("Requests a minute"), "number", stated),
            Field("upstream.input_tokens_per_minute", later("Input tokens a minute"), "number"),
            Field("upstream.output_tokens_per_minute", later("Output tokens a minute"), "number"),
        ),
        change,
    )  # fmt: skip


class CachePage(Page):
    """What is kept of answers, and a way to forget it."""

    def __init__(self, desk: Desk, change: Change) -> None:
        super().__init__(
            desk.look,
            later("Cache"),
            later("What was asked exactly so before is answered at once, and costs nothing."),
            (
                Field("cache.enabled", later("Keep answers"), "switch"),
                Field("cache.megabytes", later("At most, MB"), "number"),
                Field("cache.minutes", later("For how many minutes"), "number"),
            ),
            change,
        )
        self._desk = desk
        self.clear = Button(clicked=self._clear)
        self.told = Label(desk.look, "caption", "secondary", wraps=True)
        self.column.addWidget(self.clear)
        self.column.addWidget(self.told)
        self.column.addStretch(1)

    def say(self) -> None:
        """Every text, in the language of now."""
        super().say()
        tr = self.look.voice
        self.clear.setText(tr("Forget every answer"))
        self.clear.setEnabled(self._desk.link.is_up)

    def _clear(self) -> None:
        def heard(answer: Answer) -> None:
            tr = self.look.voice
            words = tr("Everything is forgotten.") if answer.ok else answer.message
            self.told.say(words, "secondary" if answer.ok else "critical")

        self._desk.ask(ClearCache(), heard)


class WarningsPage(Page):
    """Which rules speak, when, and what may be spent."""

    def __init__(self, desk: Desk, change: Change) -> None:
        super().__init__(
            desk.look,
            later("Warnings"),
            later(
                "Once for each episode, and once more when it is over. Wording is fixed: numbers "
                "and names, never prompts. Spend cap and key trouble are always told."
            ),
            (
                Field("warnings.calm_at", later("The calm line comes at")),
                Field("warnings.quiet_hours", later("Quiet hours"), hint=later("Such as 22:00-07:00")),
                Field(
                    "warnings.command", later("Program to run"), "list",
                    later("It reads each warning as JSON. Separate arguments by commas."),
                ),
                Field("budget.day", later("Budget a day, USD"), "number"),
                Field("budget.month", later("Budget a month, USD"), "number"),
                Field(
                    "budget.action", later("Once it is spent"), "choice",
                    options=(("warn", later("Warn")), ("stop", later("Stop requests"))),
                ),
            ),
            change,
        )  # fmt: skip
        self._change = change
        self.rules = {rule: QCheckBox() for rule, _ in RULES}
        self._off: tuple[Rule, ...] = ()
        for at, box in enumerate(self.rules.values()):
            box.clicked.connect(lambda _on: self._turned())
            self.column.insertWidget(2 + at, box)
        self.column.addStretch(1)

    def say(self) -> None:
        """Every text, in the language of now."""
        super().say()
        for rule, text in RULES:
            self.rules[rule].setText(self.look.voice(text))

    def show_preferences(self, preferences: Preferences, *, can_change: bool) -> None:
        """Also which rules speak."""
        super().show_preferences(preferences, can_change=can_change)
        self._off = preferences.warnings.off
        for rule, box in self.rules.items():
            box.setChecked(rule not in self._off)
            box.setEnabled(can_change)

    def _turned(self) -> None:
        others: list[str] = [rule for rule in self._off if rule not in self.rules]
        off = [str(rule) for rule, box in self.rules.items() if not box.isChecked()]
        self._change("warnings.off", (others + off) or None)


class GeneralPage(Page):
    """How windows look and speak, start at login, and where tools and the API are reached."""

    def __init__(self, desk: Desk, change: Change, login: Autostart | None) -> None:
        super().__init__(
            desk.look,
            later("General"),
            later("A new port answers before the old one closes; streams go on."),
            (
                Field("listener.port", later("Port"), "number"),
                Field(
                    "listener.hosts", later("Further host names"), "list",
                    later("Such as host.docker.internal; separate them by commas."),
                ),
                Field("network.proxy", later("Proxy"), hint=later("http://host:port; none: empty")),
                Field("network.ca_file", later("File of further CAs")),
            ),
            change,
        )  # fmt: skip
        self._desk, self._login = desk, login
        self.language, self.theme = QComboBox(), QComboBox()
        self.at_login = QCheckBox()
        self._names = Label(desk.look), Label(desk.look)
        self._fault = Label(desk.look, "caption", "critical", wraps=True)
        for at, (name, box) in enumerate(
            zip(self._names, (self.language, self.theme), strict=True)
        ):
            name.setFixedWidth(NAMES)
            line = QHBoxLayout()
            line.addWidget(name)
            line.addWidget(box, 1)
            self.column.insertLayout(2 + at, line)
        self.column.insertWidget(4, self.at_login)
        self.column.insertWidget(5, self._fault)
        self._fault.hide()
        self.column.addStretch(1)
        self.language.addItems([""] * (1 + len(LANGUAGES)))
        self.theme.addItems([""] * len(THEMES))
        self.language.activated.connect(
            lambda at: desk.look.choose_language(["system", *LANGUAGES][at])
        )
        self.theme.activated.connect(lambda at: desk.look.choose_theme(THEMES[at][0]))
        self.at_login.clicked.connect(self._turn_login)

    def say(self) -> None:
        """Every text, in the language of now."""
        super().say()
        tr, look = self.look.voice, self.look
        for label, box, text in zip(
            self._names, (self.language, self.theme), (tr("Language"), tr("Theme")), strict=True
        ):
            label.say(text)
            box.setAccessibleName(text)
        for at, text in enumerate((tr("As the system"), *LANGUAGES.values())):
            self.language.setItemText(at, text)
        for at, (_, text) in enumerate(THEMES):
            self.theme.setItemText(at, tr(text))
        self.language.setCurrentIndex(["system", *LANGUAGES].index(look.language))
        self.theme.setCurrentIndex([name for name, _ in THEMES].index(look.theme.setting))
        self.at_login.setText(tr("Start at login"))
        self.at_login.setVisible(self._login is not None)
        self.at_login.setChecked(self._login is not None and self._login.is_on)

    def _turn_login(self, on: bool) -> None:  # noqa: FBT001 - as Qt calls it
        if self._login is None:
            return
        try:
            self._login.turn(on=on)
        except OSError as error:
            self._fault.say(f"{error.strerror or error}.")
        else:
            self._fault.say("")
        self._fault.setVisible(bool(self._fault.text()))
        self.say()


class FilesPage(Page):
    """Where everything is, and how long it is kept."""

    def __init__(
        self, desk: Desk, change: Change, open_file: Callable[[QUrl], object] | None = None
    ) -> None:
        super().__init__(
            desk.look,
            later("Files"),
            later("Edit config.toml by hand if you like: what you write there stays as it is."),
            (
                Field("history.days", later("Days of history"), "number"),
                Field(
                    "storage.key", later("Key of the files"), "choice",
                    later("From the next start on."),
                    options=(("keyring", later("System keyring")), ("file", later("A file"))),
                ),
            ),
            change,
        )  # fmt: skip
        self._open = open_file or QDesktopServices.openUrl
        self.path = ""
        self._file = Elided(desk.look, "code", "secondary")
        self.open_file = Button(clicked=lambda: self._open(QUrl.fromLocalFile(self.path)))
        self.open_folder = Button(
            clicked=lambda: self._open(QUrl.fromLocalFile(str(Path(self.path).parent)))
        )
        line = QHBoxLayout()
        line.addWidget(self._file, 1)
        line.addWidget(CopyButton(desk.look, lambda: self.path))
        buttons = QHBoxLayout()
        for button in (self.open_file, self.open_folder):
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.column.insertLayout(2, line)
        self.column.insertLayout(3, buttons)
        self.column.addStretch(1)

    def show_path(self, path: str) -> None:
        """Where the settings are."""
        self.path = path
        self._file.say(path)
        for button in (self.open_file, self.open_folder):
            button.setEnabled(bool(path))

    def say(self) -> None:
        """Every text, in the language of now."""
        super().say()
        tr = self.look.voice
        self.open_file.setText(tr("Open file"))
        self.open_folder.setText(tr("Open folder"))
