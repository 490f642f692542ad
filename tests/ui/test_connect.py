"""Connect: a tool is looked at, connected, heard of, and put back."""

import msgspec
import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from trayapp.model.connecting import (
    ConnectAnswer,
    ConnectAsk,
    ConnectTool,
    DisconnectTool,
    Done,
    ListTools,
    PreviewTool,
    Standing,
)
from trayapp.model.snapshot import Snapshot, ToolTotals
from trayapp.ui.connect import ConnectWindow
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import connections
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.gallery.stage import still
from trayapp.ui.link import Link
from trayapp.ui.look import Look


class Tools:
    """What answers for the tools: connects and disconnects by its own list."""

    def __init__(self) -> None:
        self.standings = dict(connections.BY_ID)
        self.heard: list[ConnectAsk] = []
        self.refusal = ""
        self.exact = True

    def answer(self, ask: ConnectAsk) -> ConnectAnswer | None:
        self.heard.append(ask)
        match ask:
            case ListTools():
                return ConnectAnswer(tuple(self.standings.values()))
            case PreviewTool():
                return connections.told(ask)
            case _ if self.refusal:
                return ConnectAnswer(error=self.refusal)
            case ConnectTool(tool=tool):
                return self._became(tool, status="connected", base_url=connections.BASE)
            case DisconnectTool(tool=tool):
                return self._became(tool, status="ready", base_url=None)

    def _became(self, tool: str, **changed: object) -> ConnectAnswer:
        old = self.standings[tool]
        self.standings[tool] = new = msgspec.structs.replace(old, name=old.title, **changed)
        return ConnectAnswer(tuple(self.standings.values()), done=Done(new, self.exact))

    @property
    def undone(self) -> list[str]:
        return [ask.tool for ask in self.heard if isinstance(ask, DisconnectTool)]


@pytest.fixture
def tools() -> Tools:
    return Tools()


def desk_of(tools: Tools, snapshot: Snapshot | None = RUNNING, state: str = "connected") -> Desk:
    link = msgspec.convert({"state": state, "since": NOW}, Link)
    return still(NOW, snapshot, link, Look(system=["en"]), tools=tools.answer)


def opened(qtbot: QtBot, desk: Desk, tool: str = "opencode") -> ConnectWindow:
    window = ConnectWindow(desk)
    qtbot.addWidget(window)
    window.show()
    window.tools.choose(tool)
    return window


def standing(window: ConnectWindow) -> Standing:
    chosen = window.chosen
    assert chosen is not None
    return chosen


def test_a_tool_is_looked_at_before_anything_changes(qtbot: QtBot, tools: Tools) -> None:
    """The difference is asked for with the token that would be written."""
    window = opened(qtbot, desk_of(tools))

    asked = [ask for ask in tools.heard if isinstance(ask, PreviewTool)][-1]
    assert asked.tool == "opencode"
    assert asked.token.startswith("sk-ant-sluice-")
    assert len(asked.token) == 57
    assert window.pane.diff.count() == len(connections.LINES)
    assert (window.apply.text(), window.apply.isEnabled()) == ("Apply change", True)


def test_a_tool_is_connected_and_put_back(qtbot: QtBot, tools: Tools) -> None:
    """*Apply* becomes *Undo*, and the token of the difference is the one that is stored."""
    window = opened(qtbot, desk_of(tools))
    window.pane.form.cache.setChecked(True)

    window.apply.click()
    connected, undo = standing(window).status, window.undo.isVisible()
    window.undo.click()

    previewed = [ask for ask in tools.heard if isinstance(ask, PreviewTool)]
    (stored,) = [ask for ask in tools.heard if isinstance(ask, ConnectTool)]
    assert stored.token in {ask.token for ask in previewed}
    assert (stored.kind, stored.cache, connected, undo) == ("interactive", True, "connected", True)
    assert (standing(window).status, tools.undone) == ("ready", ["opencode"])


def test_a_tool_may_keep_its_key(qtbot: QtBot, tools: Tools) -> None:
    """Then no token is made, and what a token rules is not asked."""
    window = opened(qtbot, desk_of(tools))
    form = window.pane.form

    form.key.setCurrentIndex(1)
    form.key.activated.emit(1)
    window.apply.click()

    (stored,) = [ask for ask in tools.heard if isinstance(ask, ConnectTool)]
    assert stored.token == ""
    assert (form.token.isHidden(), form.kind.isHidden()) == (True, True)


def test_a_refusal_is_told_and_looked_at_again(qtbot: QtBot, tools: Tools) -> None:
    """Somebody saved the file in between: the difference is made anew."""
    window = opened(qtbot, desk_of(tools))
    tools.refusal = "The file was changed by another program just now."
    before = len(tools.heard)

    window.apply.click()

    assert [type(ask) for ask in tools.heard[before:]] == [ConnectTool, PreviewTool]
    assert window._said == tools.refusal
    assert standing(window).status == "ready"


def test_first_request_is_seen(qtbot: QtBot, tools: Tools) -> None:
    """Requests from before do not count."""
    early = (ToolTotals("opencode", "interactive", 3),)
    desk = desk_of(tools, msgspec.structs.replace(RUNNING, tools=early))
    window = opened(qtbot, desk)
    window.apply.click()
    before = window._heard(standing(window))

    later = (ToolTotals("opencode", "interactive", 4),)
    desk.bridge._show(msgspec.structs.replace(RUNNING, tools=later))

    assert (before, window._heard(standing(window))) == (False, True)


def test_variables_stay_to_be_copied(qtbot: QtBot, tools: Tools) -> None:
    """After the tool was let in they can be copied until the window closes, and never after."""
    window = opened(qtbot, desk_of(tools), "python-sdk")
    text = window.apply.text()
    window.apply.click()
    (stored,) = [ask for ask in tools.heard if isinstance(ask, ConnectTool)]
    window.pane.copying.buttons[1].click()
    copied = QGuiApplication.clipboard().text()

    window.close()

    assert (text, copied) == ("Let it in", stored.token)
    assert window.pane.copying.buttons == []
    assert window._token == ""


def test_what_is_not_possible_offers_nothing(qtbot: QtBot, tools: Tools) -> None:
    """There is a reason, and no button."""
    window = opened(qtbot, desk_of(tools), "cursor")

    assert (window.apply.isHidden(), window.undo.isHidden()) == (True, True)


def test_without_an_engine_tools_are_not_stranded(qtbot: QtBot, tools: Tools) -> None:
    """Who points at nobody is named, with both remedies, and disconnecting works."""
    desk = desk_of(tools, None, "down")
    wanted: list[bool] = []
    desk.wanted.connect(lambda: wanted.append(True))
    window = opened(qtbot, desk, "opencode")
    matter = window.note.matter
    assert matter is not None
    can_apply = window.apply.isEnabled()

    window._help("start")
    window._help("disconnect")

    assert "“Claude Code”, “Zed”" in matter.body
    assert [offer.text for offer in matter.offers] == ["Start engine", "Disconnect tools"]
    assert (can_apply, wanted, tools.undone) == (False, [True], ["claude-code", "zed"])
    assert window.note.matter is not None
    assert "none goes without" in window.note.matter.body


def test_a_disconnect_that_is_refused_stops_the_rest(qtbot: QtBot, tools: Tools) -> None:
    """The reason stays to be read."""
    window = opened(qtbot, desk_of(tools, None, "down"), "zed")
    tools.refusal = "It is read-only."

    window._help("disconnect")

    assert tools.undone == ["claude-code"]
    assert window._said == "It is read-only."


def test_a_file_that_was_changed_since_is_told(qtbot: QtBot, tools: Tools) -> None:
    """It is not byte for byte what it was."""
    tools.exact = False
    window = opened(qtbot, desk_of(tools), "zed")

    window.undo.click()

    assert "only Sluice’s lines" in window._said


def test_an_answer_that_comes_late_is_not_shown(qtbot: QtBot, tools: Tools) -> None:
    """Another tool is looked at by then."""
    window = opened(qtbot, desk_of(tools), "cursor")
    shown = window._preview

    window._asked += 1
    window._ask_preview(connections.BY_ID["opencode"], begins=False)
    window.tools.choose("cursor")

    assert shown is not None
    assert standing(window).tool == "cursor"


def test_slow_disks_are_told_of(qtbot: QtBot) -> None:
    """After a moment without an answer it says what it waits for."""
    desk = still(NOW, RUNNING, Link("connected", NOW), Look(system=["en"]))
    window = ConnectWindow(desk)
    qtbot.addWidget(window)
    window.show()
    before = window._looking.text()

    window.late.stop()
    window.draw()

    assert (before, window._looking.text()) == ("", "Looking for settings files…")
