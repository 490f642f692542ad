"""The table of tools."""

from pathlib import Path

import pytest

from trayapp.connect.edit import Entry, Item
from trayapp.connect.patch import FORMS, Setting
from trayapp.connect.places import candidates
from trayapp.connect.tools import BY_ID, TOOLS, Environment, Tool

NAMED = {
    "claude-code", "claude-code-vscode", "claude-desktop", "agent-sdk", "python-sdk",
    "typescript-sdk", "cline", "roo-code", "kilo-code", "continue", "zed", "aider", "opencode",
    "llm", "langchain", "pydantic-ai", "vercel-ai-sdk", "goose", "copilot-cli", "copilot-byok",
    "litellm", "shell", "cursor", "jetbrains", "codex", "windsurf",
}  # fmt: skip
"""Everything that users asked for."""

WITH_V1 = {"opencode", "continue", "vercel-ai-sdk", "copilot-byok"}
"""Tools that append less than `/v1/messages` to the address they are given."""


def addresses(tool: Tool) -> list[str]:
    """Every value of a tool that holds the address."""
    values = [value for _, value in tool.variables]
    values += [setting.value for target in tool.targets for setting in target.address]
    return [value for value in values if "{base}" in value]


def test_every_tool_is_told_of() -> None:
    """Also those that cannot be connected, with the reason."""
    assert set(BY_ID) >= NAMED
    assert len(BY_ID) == len(TOOLS)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.id)
def test_a_tool_says_what_its_way_needs(tool: Tool) -> None:
    """A file to edit, variables to copy, or words."""
    assert tool.way != "file" or tool.targets
    assert tool.way not in {"variables", "hand"} or len(tool.variables) > 1
    assert tool.way not in {"hand", "impossible"} or len(tool.words) > 40
    assert tool.shares is None or tool.shares in BY_ID


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.id)
def test_an_address_ends_as_the_tool_wants_it(tool: Tool) -> None:
    """A doubled or missing `/v1` is the commonest mistake of all."""
    assert all(("/v1" in value) == (tool.id in WITH_V1) for value in addresses(tool))
    assert bool(addresses(tool)) == (tool.way != "impossible")


def test_a_place_in_the_file_may_be_of_three_kinds() -> None:
    """A key, an item with a name and a value, or one text."""
    assert Environment(("env",)).setting("A", "1") == Setting(("env", "A"), "1")
    assert Environment(("v",), "items").setting("A", "1").place == ("v", Item("name", "A"), "value")
    assert Environment(("s",), "entries").setting("A", "1") == Setting(("s", Entry("A=")), "A=1")


@pytest.mark.parametrize("system", ["linux", "darwin", "win32", "freebsd14"])
def test_every_file_is_somewhere_on_every_system(system: str) -> None:
    """Each below the user's folder, in a format that can be edited."""
    for tool in TOOLS:
        for target in tool.targets:
            found = candidates(target, system, {}, Path("/h"))
            assert target.form in FORMS
            assert all(path.is_relative_to("/h") for path in found)
            assert found or tool.id == "env-file"
