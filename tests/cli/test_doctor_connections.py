"""Every connected tool is looked at: where it points, and whether it is let in."""

import io
import sys
from pathlib import Path

import msgspec
import pytest

from tests.fakes.control import SNAPSHOT
from trayapp.cli import main
from trayapp.cli.doctor_connections import connected, judged
from trayapp.home import Home
from trayapp.model.connecting import Standing

BASE = SNAPSHOT.base_url
ZED = Standing("zed", "Zed", "connected", "/z.json", BASE, "Zed")


@pytest.mark.parametrize(
    ("changed", "base", "admitted", "state", "words", "remedy"),
    [
        ({}, BASE, {"Zed"}, "ok", "with a token as “Zed”, by /z.json", ""),
        ({"own_key": True, "file": None}, BASE, set(), "ok", "here with its own key.", ""),
        ({}, None, {"Zed"}, "failed", "where no engine runs", "sluice serve"),
        ({}, None, {"Zed"}, "failed", "gets no answer", "sluice disconnect zed"),
        ({}, "http://127.0.0.1:9", {"Zed"}, "failed", "listens at http://127.0.0.1:9", "connect"),
        ({}, BASE, set(), "failed", "revoked", "sluice connect zed"),
        ({"sentence": "Is ignored."}, BASE, {"Zed"}, "failed", "Is ignored.", ""),
        ({"status": "gone", "sentence": "Is gone."}, BASE, {"Zed"}, "failed", "Is gone.", "zed"),
    ],
)
def test_a_tool_is_judged(
    changed: dict[str, object], base: str | None, admitted: set[str], state: str, words: str,
    remedy: str,
) -> None:  # fmt: skip
    """It must point at the engine that runs, with a token that is known, or say what to do."""
    finding = judged(msgspec.structs.replace(ZED, **changed), base, admitted)

    assert finding.state == state
    assert words in finding.words
    assert remedy in finding.remedy


@pytest.mark.slow
@pytest.mark.parametrize("said", [(), ("--keep-key",)])
def test_connected_tools_are_found(
    said: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was connected is looked at without an engine, and nothing else is."""
    monkeypatch.setenv("HOME", str(tmp_path / "user"))
    (tmp_path / "user").mkdir()
    monkeypatch.delenv("CLAUDE_CONFIG_DIR", raising=False)
    monkeypatch.setattr(sys, "stdout", io.StringIO())
    home = Home.locate(str(tmp_path / "h"), {})
    home.prepare()
    before = list(connected(home, None))

    main(["connect", "claude-code", "--yes", *said, "--home", str(home.given)])
    (finding,) = connected(home, None)

    assert (before, finding.subject, finding.state) == ([], "Claude Code", "failed")
