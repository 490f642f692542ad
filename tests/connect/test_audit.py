"""How a tool stands."""

import pytest

from trayapp.connect.audit import connected, unconnected
from trayapp.connect.patch import digest, patched
from trayapp.connect.record import Connection, Edit
from trayapp.connect.tools import BY_ID
from trayapp.model.connecting import CONNECTED, Status

BASE = "http://127.0.0.1:7429"
CLAUDE = BY_ID["claude-code"]
AFTER = patched(b"{}", "json", CLAUDE.targets[0].address, BASE, "")
EDIT = Edit("/f", "json", digest(AFTER.content), AFTER.steps, digest(b"{}"))


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (AFTER.content, "connected"),
        (AFTER.content + b"\n// mine", "connected"),
        (AFTER.content.replace(BASE.encode(), b"https://mine"), "changed"),
        (b"{}", "gone"),
        (None, "gone"),
        (b"{", "unreadable"),
    ],
)
def test_a_connected_tool_is_judged_by_its_file(content: bytes | None, status: Status) -> None:
    """The sentence says what to do wherever it does not stand as it should."""
    standing = connected(CLAUDE, Connection("claude-code", BASE, "2026", edit=EDIT), content)

    assert standing.status == status
    assert standing.status in CONNECTED
    assert bool(standing.sentence) == (content != AFTER.content)
    assert (standing.file, standing.base_url, standing.name) == ("/f", BASE, "claude-code")


def test_a_tool_with_a_token_goes_by_its_name() -> None:
    """The one it has in the register; without a file there is nothing to look into."""
    record = Connection("llm", BASE, "2026", name="llm 2", digest="d")
    standing = connected(BY_ID["llm"], record, None)

    assert (standing.status, standing.name, standing.file) == ("connected", "llm 2", None)


@pytest.mark.parametrize(
    ("tool", "refusal", "shared", "status"),
    [
        ("claude-code", "", None, "ready"),
        ("claude-code", "It is a link.", None, "refused"),
        ("claude-code-vscode", "", "Claude Code", "shared"),
        ("llm", "", None, "variables"),
        ("cline", "", None, "hand"),
        ("cursor", "", None, "impossible"),
    ],
)
def test_a_tool_that_is_not_connected_says_how_it_could_be(
    tool: str, refusal: str, shared: str | None, status: Status
) -> None:
    """Or why it cannot."""
    standing = unconnected(BY_ID[tool], "/f", refusal, shared)

    assert standing.status == status
    assert standing.sentence
    assert refusal in standing.sentence
