"""First run: a key or the tool's own, a tool, the first request; each may be skipped."""

from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.test_connect import Tools, desk_of
from trayapp.model.connecting import ConnectTool, PreviewTool
from trayapp.model.snapshot import Key, Meter, Pool, Snapshot, ToolTotals
from trayapp.ui.desk import Desk
from trayapp.ui.first_run import KEY, REQUEST, TOOL, FirstRun
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.link import Link
from trayapp.ui.welcome import SEEN, is_due

FRESH = msgspec.structs.replace(RUNNING, tools=())
MINUTE = tuple(
    Meter(kind, limit=limit)
    for kind, limit in (("requests", 50), ("input_tokens", 40_000), ("output_tokens", 8000))
)
TAUGHT = msgspec.structs.replace(
    FRESH,
    tools=(ToolTotals("opencode", "interactive", 1),),
    pools=(Pool("p", "anthropic", None, "sonnet-5.5", MINUTE, plan="Evaluation"),),
)

Stored = Callable[[bool, str], None]


@pytest.fixture
def tools() -> Tools:
    return Tools()


def opened(qtbot: QtBot, desk: Desk) -> FirstRun:
    window = FirstRun(desk)
    qtbot.addWidget(window)
    window.show()
    return window


def keyring(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Stored]]:
    """What was asked of it."""
    asked: list[tuple[str, Stored]] = []
    monkeypatch.setattr(desk.connector, "store_key", lambda key, done: asked.append((key, done)))
    return asked


def test_a_key_is_tried_and_stored(
    qtbot: QtBot, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The field is empty at once, and *Next* waits for the verdict."""
    desk = desk_of(tools, FRESH)
    asked = keyring(desk, monkeypatch)
    window = opened(qtbot, desk)
    before = window.next.isEnabled()

    window.key.key.setText(" sk-ant-key ")
    window.key.store.click()
    busy, field = window.next.isEnabled(), window.key.key.text()
    asked[0][1](True, "The key is stored.")

    assert [key for key, _ in asked] == ["sk-ant-key"]
    assert (before, busy, field, window.next.isEnabled()) == (False, False, "", True)


def test_a_key_that_is_refused_says_why(
    qtbot: QtBot, tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It can be given again."""
    desk = desk_of(tools, FRESH)
    asked = keyring(desk, monkeypatch)
    window = opened(qtbot, desk)
    window.key.key.setText("sk-ant-key")
    window.key.store.click()

    asked[0][1](False, "It was not stored.")

    assert window.key._told.text() == "It was not stored."
    assert not window.next.isEnabled()


def test_all_the_way(qtbot: QtBot, tools: Tools) -> None:
    """With a key there already, a tool is connected and its first request teaches the plan."""
    keyed = msgspec.structs.replace(FRESH, keys=(Key("anthropic", present=True),))
    desk = desk_of(tools, keyed)
    window = opened(qtbot, desk)

    window.next.click()
    window.tool.tools.choose("opencode")
    QTest.keyClick(window, Qt.Key.Key_Return)
    waiting = window.request.has_arrived
    desk.bridge._show(TAUGHT)
    window.draw()
    plan = window.request._plan.text()
    window.next.click()

    (connected,) = [ask for ask in tools.heard if isinstance(ask, ConnectTool)]
    assert connected.token.startswith("sk-ant-sluice-")
    assert (waiting, window.isVisible()) == (False, False)
    assert plan == ("Learned: plan Evaluation. Sonnet 5.5: 50 requests, 40k in, 8k out a minute.")


def test_a_tool_may_keep_its_own_key(qtbot: QtBot, tools: Tools) -> None:
    """Then no token is made for it."""
    window = opened(qtbot, desk_of(tools, FRESH))

    window.key.cards["own"].radio.click()
    window.next.click()
    window.tool.tools.choose("opencode")

    previewed = [ask for ask in tools.heard if isinstance(ask, PreviewTool)]
    assert {ask.token for ask in previewed} == {""}


def test_a_server_of_ones_own_is_explained(qtbot: QtBot, tools: Tools) -> None:
    """The lines can be copied, and the way goes on."""
    window = opened(qtbot, desk_of(tools, FRESH))

    window.key.cards["server"].radio.click()

    assert len(window.key._lines.buttons) == 2
    assert window.next.isEnabled()


def test_each_step_is_skipped(qtbot: QtBot, tools: Tools) -> None:
    """Escape leaves it all; either way it does not come by itself again."""
    desk = desk_of(tools, FRESH)
    window = opened(qtbot, desk)
    due = is_due(desk)
    seen = [window.at]
    window.skip.click()
    seen.append(window.at)
    window.back.click()
    seen.append(window.at)
    window.skip.click()
    window.skip.click()

    assert (due, seen) == (True, [KEY, TOOL, KEY])
    assert not window.isVisible()
    assert desk.memory.word(SEEN, "") == "seen"
    assert not is_due(desk)


def test_a_refusal_stays_on_the_page(qtbot: QtBot, tools: Tools) -> None:
    """It says why, and looks at the file again."""
    window = opened(qtbot, desk_of(tools, FRESH))
    window.skip.click()
    window.tool.tools.choose("opencode")
    tools.refusal = "The file was changed."

    window.next.click()

    assert window.at == TOOL
    assert window.tool.can_apply


def test_a_tool_that_is_connected_already_is_waited_for(qtbot: QtBot, tools: Tools) -> None:
    """Going back looks at the tools again."""
    window = opened(qtbot, desk_of(tools, FRESH))
    window.skip.click()
    window.tool.tools.choose("zed")

    window.next.click()
    at = window.at
    window.back.click()

    assert (at, window.at) == (REQUEST, TOOL)


def test_without_an_engine_it_says_so(qtbot: QtBot, tools: Tools) -> None:
    """One that is starting is waited for, one that is down can be started."""
    desk = desk_of(tools, None, "starting")
    wanted: list[bool] = []
    desk.wanted.connect(lambda: wanted.append(True))
    window = opened(qtbot, desk)
    starting = window.note.matter

    desk.stand(Link("down", NOW))
    window.draw()
    window.note._do("start")

    assert starting is not None
    assert starting.title == "Starting the engine…"
    assert window.note.matter is not None
    assert window.note.matter.title == "The engine is not running"
    assert wanted == [True]


@pytest.mark.parametrize(
    ("snapshot", "due"),
    [
        (FRESH, True),
        (None, False),
        (RUNNING, False),
        (msgspec.structs.replace(FRESH, keys=(Key("anthropic", present=True),)), False),
    ],
)
def test_it_comes_only_where_nothing_has_begun(
    qtbot: QtBot, tools: Tools, snapshot: Snapshot | None, due: bool
) -> None:
    """A key or a request shows that somebody knows the way."""
    assert is_due(desk_of(tools, snapshot)) is due
