"""Settings: every page shows what holds, changes it at once, and says why it could not."""

import hashlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from tests.fakes.bridge import FakeBridge
from tests.fakes.clock import FakeClock
from trayapp.model.command import (
    AddTool,
    Answer,
    ChangePreferences,
    ClearCache,
    Command,
    ListTools,
    ReadPreferences,
    RevokeTool,
    Setting,
    Settings,
)
from trayapp.model.errors import Misconfigured
from trayapp.model.snapshot import Key
from trayapp.settings import parse
from trayapp.settings_edit import edited
from trayapp.ui.desk import Desk
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.settings import SettingsWindow
from trayapp.ui.settings_keys import KeysPage
from trayapp.ui.settings_pages import CachePage, GeneralPage, WarningsPage
from trayapp.ui.settings_rows import Form, said, typed, value_of
from trayapp.ui.windows import WINDOWS

FILE = "/srv/sluice/config.toml"
MINE = '# mine\n[upstreams.work]\n[warnings]\noff = ["calm"]\n'


class Engine:
    """What answers: one settings file, by the rules of the real one, and who has a token."""

    def __init__(self) -> None:
        self.text = MINE
        self.fault: str | None = None
        self.tools: list[dict[str, object]] = [{"name": "nightly", "kind": "batch"}]
        self.added: list[AddTool] = []
        self.cleared = 0
        snapshot = msgspec.structs.replace(RUNNING, keys=(Key("anthropic", present=True),))
        self.bridge = FakeBridge(snapshot)
        self.bridge.reply = self.answer
        self.desk = Desk(self.bridge, FakeClock(), WINDOWS, look=Look(system=["en"]))
        self.desk.stand(Link("connected", NOW))

    def answer(self, command: Command) -> Answer:
        value: object = None
        match command:
            case ReadPreferences():
                told = Settings(parse(self.text.encode(), FILE), FILE, self.fault)
                value = msgspec.json.decode(msgspec.json.encode(told))
            case ChangePreferences(changes=changes):
                try:
                    text = edited(self.text, changes)
                    parse(text.encode(), FILE)
                except Misconfigured as error:
                    return Answer(1, ok=False, message=error.message)
                self.text = text
            case ListTools():
                value = self.tools
            case AddTool():
                self.added.append(command)
                self.tools.append({"name": command.name, "kind": command.kind})
            case RevokeTool(name=name):
                self.tools = [tool for tool in self.tools if tool["name"] != name]
            case ClearCache():
                self.cleared += 1
        return Answer(1, ok=True, value=value)


@pytest.fixture
def engine(qtbot: QtBot) -> Engine:
    return Engine()


@pytest.fixture
def window(qtbot: QtBot, engine: Engine) -> SettingsWindow:
    made = SettingsWindow(engine.desk)
    qtbot.addWidget(made)
    made.show()
    return made


def enter(window: SettingsWindow, page: str, key: str, text: str) -> None:
    """Type *text* as a user does."""
    editor = window.pages[page].rows[key].editor
    assert isinstance(editor, QLineEdit)
    editor.clear()
    QTest.keyClicks(editor, text)
    editor.setModified(True)
    editor.editingFinished.emit()


def test_every_page_is_shown_when_it_is_chosen(window: SettingsWindow) -> None:
    """The list leads to seven pages, each with its heading."""
    for name, page in window.pages.items():
        window.choices.choose(name)

        assert page.isVisible(), name


@pytest.mark.parametrize(
    ("page", "key", "text", "wanted"),
    [
        ("pacing", "pacing.longest_hold", "60", "longest_hold = 60"),
        ("cache", "cache.minutes", "1.5", "minutes = 1.5"),
        ("warnings", "budget.day", "10", "day = 10"),
        ("general", "listener.hosts", "a, b", 'hosts = ["a", "b"]'),
        ("files", "history.days", "30", "days = 30"),
        ("keys", "upstream.url", "https://example.com", 'url = "https://example.com"'),
    ],
)
def test_what_is_typed_holds_at_once(
    window: SettingsWindow, engine: Engine, page: str, key: str, text: str, wanted: str
) -> None:
    """The file has it, and keeps its owner's comment."""
    enter(window, page, key, text)

    assert wanted in engine.text
    assert engine.text.startswith("# mine\n")
    assert window.pages[page].rows[key].fault == ""


def test_what_is_not_valid_keeps_the_old_value_and_says_why(
    window: SettingsWindow, engine: Engine
) -> None:
    """The sentence stands below the field until something valid is typed."""
    row = window.pages["general"].rows["listener.port"]
    enter(window, "general", "listener.port", "70000")
    window.choices.choose("general")
    why = row.fault

    assert "must be a whole number from 0 to 65535" in why
    assert isinstance(row.editor, QLineEdit)
    assert row.editor.text() == "7429"
    assert engine.text == MINE


def test_switch_and_choice_are_taken(window: SettingsWindow, engine: Engine) -> None:
    """A click is a change."""
    switch = window.pages["cache"].rows["cache.enabled"].editor
    choice = window.pages["warnings"].rows["budget.action"].editor
    assert isinstance(switch, QCheckBox)
    assert isinstance(choice, QComboBox)
    switch.click()
    choice.activated.emit(1)

    assert "enabled = false" in engine.text
    assert 'action = "stop"' in engine.text


def test_rules_are_turned_off_and_on(window: SettingsWindow, engine: Engine) -> None:
    """A rule without its tick is one in the list of those that are off."""
    page = window.pages["warnings"]
    assert isinstance(page, WarningsPage)
    page.rules["calm"].click()
    page.rules["storm"].click()

    assert parse(engine.text.encode(), FILE).warnings.off == ("storm",)


def test_change_on_disk_is_seen(window: SettingsWindow, engine: Engine) -> None:
    """A file that another program wrote is shown, and its mistake told."""
    engine.text = "[listener]\nport = 8000\n"
    engine.fault = f"{FILE}, line 2: wrong."
    window.ask()
    editor = window.pages["general"].rows["listener.port"].editor

    assert isinstance(editor, QLineEdit)
    assert editor.text() == "8000"
    assert window.note.matter is not None
    assert window.note.matter.body == engine.fault


def test_without_an_engine_pages_are_read_only(window: SettingsWindow, engine: Engine) -> None:
    """What was known stays, and the note offers to start one."""
    engine.bridge.is_open = False
    engine.desk.stand(Link("down", NOW))
    window.draw()

    rows = [row for page in window.pages.values() for row in page.rows.values()]
    assert not any(row.editor.isEnabled() for row in rows)
    assert window.note.matter is not None
    assert window.note.matter.offers[0].name == "start"


def test_another_upstream_is_added_changed_and_removed(
    window: SettingsWindow, engine: Engine
) -> None:
    """Its fields are those of its own table, never the default's."""
    page = window.pages["keys"]
    assert isinstance(page, KeysPage)
    page.new_name.setText("local")
    page.add.click()
    page.upstreams.setCurrentIndex(page.upstreams.findText("local"))
    page.upstreams.activated.emit(page.upstreams.currentIndex())
    enter(window, "keys", "upstream.url", "https://local.example")
    added = parse(engine.text.encode(), FILE)
    page.remove.click()

    assert added.upstreams["local"].url == "https://local.example"
    assert added.upstream.url == "https://api.anthropic.com"
    assert "local" not in parse(engine.text.encode(), FILE).upstreams
    assert page.chosen == "anthropic"


@pytest.mark.parametrize("name", ["Bad Name!", "a.b", "work", "anthropic"])
def test_name_that_is_none_or_taken_is_told(
    window: SettingsWindow, engine: Engine, name: str
) -> None:
    """Nothing is written, and what was typed stays to be mended."""
    page = window.pages["keys"]
    assert isinstance(page, KeysPage)
    page.new_name.setText(name)
    page.add.click()

    assert page.status.text().startswith("A name is new")
    assert (page.new_name.text(), engine.text) == (name, MINE)


def test_key_is_stored_for_the_upstream_that_is_looked_at(
    window: SettingsWindow, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The field forgets it at once, and what came of it is told."""
    asked: list[tuple[str, str]] = []
    page = window.pages["keys"]
    assert isinstance(page, KeysPage)

    def store(key: str, done: object, upstream: str) -> None:
        asked.append((key, upstream))
        page._heard(False, "https://x does not accept this key.")

    monkeypatch.setattr(engine.desk.connector, "store_key", store)
    page.upstreams.setCurrentIndex(1)
    page.upstreams.activated.emit(1)
    page.key.setText(" sk-ant-api03-x ")
    page.store.click()

    assert asked == [("sk-ant-api03-x", "work")]
    assert page.key.text() == ""
    assert page.status.text() == "https://x does not accept this key."


def test_token_is_made_once_copied_and_revoked(window: SettingsWindow, engine: Engine) -> None:
    """Only its digest leaves the window, and closing the window forgets it."""
    page = window.tools
    window.choices.choose("tools")
    page.name.setText("script")
    page.make.click()
    page.copy.click()
    token = QGuiApplication.clipboard().text()
    digest = hashlib.sha256(token.encode()).hexdigest()
    shown = [each.revoke.accessibleName() for each in page.shown]
    page.revoke("nightly")
    window.close()
    page.copy.click()

    assert [(each.name, each.digest) for each in engine.added] == [("script", digest)]
    assert token.startswith("sk-ant-sluice-")
    assert shown == ["Revoke “nightly”", "Revoke “script”"]
    assert [tool["name"] for tool in engine.tools] == ["script"]
    assert QGuiApplication.clipboard().text() == ""


def test_cache_is_cleared_and_the_folder_opened(window: SettingsWindow, engine: Engine) -> None:
    """Buttons do what they say."""
    cache, files = window.pages["cache"], window.files
    assert isinstance(cache, CachePage)
    opened: list[QUrl] = []
    files._open = opened.append
    cache.clear.click()
    files.open_folder.click()

    assert engine.cleared == 1
    assert [url.toLocalFile() for url in opened] == [str(Path(FILE).parent)]


class Login:
    """Start at login, as a system that may refuse."""

    is_on = False

    def turn(self, *, on: bool) -> None:
        if on:
            raise OSError(13, "Permission denied")


def test_login_that_cannot_be_turned_on_says_why(qtbot: QtBot, engine: Engine) -> None:
    """The tick goes back, and the page says what the system said."""
    window = SettingsWindow(engine.desk, Login())
    qtbot.addWidget(window)
    window.show()
    page = window.pages["general"]
    assert isinstance(page, GeneralPage)
    page.at_login.click()

    assert not page.at_login.isChecked()
    assert not page._fault.isHidden()


def test_language_is_chosen_where_it_is_read(window: SettingsWindow, engine: Engine) -> None:
    """Every page speaks it from then on."""
    page = window.pages["general"]
    assert isinstance(page, GeneralPage)
    page.language.activated.emit(2)
    window.draw()

    assert engine.desk.look.language == "zh_CN"
    assert window.windowTitle().startswith("设置")


KEYS = st.sampled_from(
    [
        ("pacing", "pacing.longest_hold"), ("cache", "cache.megabytes"),
        ("warnings", "warnings.quiet_hours"), ("general", "listener.hosts"),
        ("general", "network.proxy"), ("files", "history.days"),
    ]
)  # fmt: skip


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(KEYS, st.text(max_size=12)), max_size=4))
def test_whatever_is_typed_the_file_stays_good(
    window: SettingsWindow, engine: Engine, rows: list[tuple[tuple[str, str], str]]
) -> None:
    """A value is taken or refused; the file can be read either way, and its owner's words stay."""
    for (page, key), text in rows:
        row = window.pages[page].rows[key]
        assert isinstance(row.editor, QLineEdit)
        row.editor.setText(text)
        row.editor.setModified(True)
        row.editor.editingFinished.emit()
        held = value_of(parse(engine.text.encode(), FILE), key)

        assert row.fault or said(held) == row.editor.text()
    assert engine.text.startswith("# mine\n")


@pytest.mark.parametrize(
    ("text", "form", "value"),
    [
        (" ", "line", None), ("12", "number", 12), ("1.5", "number", 1.5), ("x", "number", "x"),
        ("a, ,b", "list", ["a", "b"]), ("12", "line", "12"),
    ],
)  # fmt: skip
def test_what_is_typed_is_meant(text: str, form: Form, value: Setting) -> None:
    """Nothing takes the key out; what is no number is left for the engine to refuse."""
    assert typed(text, form) == value
