"""Where a tool keeps its settings on this system, as its own documentation has it."""

from collections.abc import Mapping
from pathlib import Path, PurePath

from trayapp.connect.tools import System, Target, Tool


def target_of(tool: Tool, environ: Mapping[str, str]) -> Target:
    """The file to edit; of a shell's profile, that of the shell in use."""
    shell = PurePath(environ.get("SHELL", "pwsh")).name
    same = [target for target in tool.targets if target.shell == shell]
    return (same or list(tool.targets))[0]


def candidates(
    target: Target, system: str, environ: Mapping[str, str], home: Path
) -> tuple[Path, ...]:
    """Where the file may be, in the order in which the tool looks."""
    known: System = "darwin" if system == "darwin" else "win32" if system == "win32" else "linux"
    roots = {
        "home": str(home),
        "config": _given(environ, "XDG_CONFIG_HOME") or str(home / ".config"),
        "claude": _given(environ, "CLAUDE_CONFIG_DIR") or str(home / ".claude"),
        "zsh": _given(environ, "ZDOTDIR") or str(home),
        "support": str(home / "Library" / "Application Support"),
        "roaming": environ.get("APPDATA") or str(home / "AppData" / "Roaming"),
    }
    return tuple(Path(name.format_map(roots)) for name in target.files[known])


def managed_by_organization(tool: Tool, system: str) -> Path | None:
    """The file by which an organization decides for the user, where the tool has one."""
    if tool.agent != "claude-code" or not tool.targets:
        return None
    roots = {
        "darwin": "/Library/Application Support/ClaudeCode",
        "win32": r"C:\Program Files\ClaudeCode",
    }
    return Path(roots.get(system, "/etc/claude-code")) / "managed-settings.json"


def _given(environ: Mapping[str, str], name: str) -> str | None:
    """A folder that a variable names; what is not absolute is not what the tool would take."""
    value = environ.get(name, "")
    return value if PurePath(value).is_absolute() else None
