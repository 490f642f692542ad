"""Where tools keep their settings."""

from pathlib import Path

import pytest

from trayapp.connect.places import candidates, managed_by_organization, target_of
from trayapp.connect.tools import BY_ID

HOME = Path("/h")


@pytest.mark.parametrize(
    ("tool", "system", "environ", "files"),
    [
        ("claude-code", "linux", {}, ["/h/.claude/settings.json"]),
        ("claude-code", "linux", {"CLAUDE_CONFIG_DIR": "/c"}, ["/c/settings.json"]),
        ("claude-code", "linux", {"CLAUDE_CONFIG_DIR": "c"}, ["/h/.claude/settings.json"]),
        ("zed", "linux", {"XDG_CONFIG_HOME": "/x"}, ["/x/zed/settings.json"]),
        ("zed", "darwin", {"XDG_CONFIG_HOME": "/x"}, ["/h/.config/zed/settings.json"]),
        ("zed", "win32", {"APPDATA": "/r"}, ["/r/Zed/settings.json"]),
        ("claude-code-vscode", "darwin", {},
         ["/h/Library/Application Support/Code/User/settings.json"]),
        ("claude-code-vscode", "win32", {}, ["/h/AppData/Roaming/Code/User/settings.json"]),
        ("opencode", "freebsd14", {}, [
            "/h/.config/opencode/opencode.jsonc", "/h/.config/opencode/config.json",
            "/h/.config/opencode/opencode.json"]),
        ("shell", "linux", {"SHELL": "/usr/bin/zsh", "ZDOTDIR": "/z"}, ["/z/.zshrc"]),
        ("shell", "linux", {"SHELL": "/bin/bash"}, ["/h/.bashrc"]),
        ("shell", "darwin", {"SHELL": "/bin/bash"}, ["/h/.bash_profile"]),
        ("shell", "linux", {"SHELL": "/usr/local/bin/fish"}, ["/h/.config/fish/config.fish"]),
        ("shell", "linux", {"SHELL": "/bin/odd"}, ["/h/.bashrc"]),
        ("shell", "win32", {}, ["/h/Documents/PowerShell/profile.ps1"]),
    ],
)  # fmt: skip
def test_a_file_is_where_the_tool_looks(
    tool: str, system: str, environ: dict[str, str], files: list[str]
) -> None:
    """Variables that move it are obeyed as the tool obeys them."""
    target = target_of(BY_ID[tool], environ)

    assert [path.as_posix() for path in candidates(target, system, environ, HOME)] == files


def test_an_organization_may_decide() -> None:
    """Claude Code's managed settings stand above the user's."""
    assert managed_by_organization(BY_ID["claude-code"], "linux") == Path(
        "/etc/claude-code/managed-settings.json"
    )
    assert "ClaudeCode" in str(managed_by_organization(BY_ID["claude-code-vscode"], "darwin"))
    assert managed_by_organization(BY_ID["zed"], "linux") is None
    assert managed_by_organization(BY_ID["agent-sdk"], "linux") is None
