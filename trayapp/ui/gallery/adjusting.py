"""The settings of an invented user, and who has a token there."""

import msgspec

from trayapp.model.command import Answer, Command, ListTools, ReadPreferences, Settings
from trayapp.model.preferences import Preferences, UpstreamPreferences, WarningPreferences

PREFERENCES = Preferences(
    upstreams={
        "work": UpstreamPreferences(),
        "local": UpstreamPreferences(
            "http://127.0.0.1:11434", "compatible", "none", allow_loopback=True
        ),
    },
    warnings=WarningPreferences(off=("calm",), quiet_hours="22:00-08:00"),
)
FILE = "~/.config/sluice/config.toml"
TOOLS = (
    {"name": "Claude Code", "kind": "interactive", "cache": False},
    {"name": "nightly", "kind": "batch"},
    {"name": "notebook", "kind": "normal", "upstream": "local"},
)


def told(command: Command) -> Answer:
    """What the engine would answer."""
    return _told(command, None)


def mistaken(command: Command) -> Answer:
    """What it would answer with a file that it could not read."""
    return _told(command, f"{FILE}, line 12: “pacing.hold_second” is not known.")


def silent(_command: Command) -> Answer:
    """What nobody answers."""
    return Answer(0, ok=False, message="The engine is not running.")


def _told(command: Command, fault: str | None) -> Answer:
    match command:
        case ReadPreferences():
            settings = Settings(PREFERENCES, FILE, fault)
            return Answer(0, ok=True, value=msgspec.to_builtins(settings))
        case ListTools():
            return Answer(0, ok=True, value=TOOLS)
        case _:
            return Answer(0, ok=True)
