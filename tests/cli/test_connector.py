"""`sluice connector`: one question, one answer."""

import io
import sys
from pathlib import Path

import msgspec
import pytest

from trayapp.cli import main
from trayapp.model.connecting import (
    ConnectAnswer,
    ConnectAsk,
    ConnectTool,
    DisconnectTool,
    ListTools,
    PreviewTool,
)

pytestmark = pytest.mark.slow

TOKEN = "sk-ant-sluice-" + "t" * 43


class Asker:
    """What the tray does, in this process."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.user = folder / "user"
        self.user.mkdir()
        self._home = folder / "h"
        self._patch = patch
        patch.setenv("HOME", str(self.user))
        for name in ("XDG_CONFIG_HOME", "CLAUDE_CONFIG_DIR"):
            patch.delenv(name, raising=False)

    def ask(self, ask: ConnectAsk) -> ConnectAnswer:
        return self.say(msgspec.json.encode(ask))

    def say(self, question: bytes) -> ConnectAnswer:
        said = io.TextIOWrapper(io.BytesIO())
        self._patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(question)))
        self._patch.setattr(sys, "stdout", said)
        assert main(["connector", "--home", str(self._home)]) == 0
        return msgspec.json.decode(said.buffer.getvalue(), type=ConnectAnswer)


@pytest.fixture
def asker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asker:
    return Asker(tmp_path, monkeypatch)


def test_a_tool_is_connected_as_it_was_looked_at(asker: Asker) -> None:
    """The token goes down, and no answer holds it."""
    looked = asker.ask(PreviewTool("claude-code", TOKEN)).preview
    assert looked is not None
    ask = ConnectTool("claude-code", TOKEN, "interactive", cache=False, seen=looked.seen)
    answer = asker.ask(ask)
    settings = asker.user / ".claude" / "settings.json"
    connected = settings.read_text()
    undone = asker.ask(DisconnectTool("claude-code"))

    assert answer.done is not None
    assert (answer.done.standing.status, answer.done.standing.name) == ("connected", "Claude Code")
    assert TOKEN in connected
    assert TOKEN not in repr((looked, answer, undone))
    assert undone.done is not None
    assert undone.done.exact
    assert not settings.exists()


def test_all_tools_are_told(asker: Asker) -> None:
    """Also those that cannot be connected."""
    standings = asker.ask(ListTools()).standings

    assert {"claude-code", "cursor"} <= {each.tool for each in standings}


def test_what_is_refused_is_an_answer(asker: Asker) -> None:
    """A sentence for the window."""
    assert "not connected" in asker.ask(DisconnectTool("zed")).error
    assert "not a question" in asker.say(b"{").error
