"""What a client of the control socket may say, and the frames that go both ways.

One JSON value a line. First each side says `Hello`; then the engine sends a `SnapshotFrame`
at once and on every change, and answers each `Ask` with an `Answer` of the same *id*.
Secrets go down only, and client tokens only as digests.
"""

from typing import Any

import msgspec

from trayapp.model.exchange import DEFAULT_NAME, Kind
from trayapp.model.history import ListRequests, SumRequests
from trayapp.model.jobs import JobCommand
from trayapp.model.preferences import Preferences
from trayapp.model.snapshot import Snapshot

PROTOCOL = 1
FRAME_LIMIT = 8 * 1024 * 1024


class Hello(msgspec.Struct, frozen=True):
    """The first line each way."""

    protocol: int
    version: str


class AddTool(msgspec.Struct, frozen=True, tag="add_tool"):
    """Let a tool in; only the SHA-256 of its token is told."""

    name: str
    kind: Kind
    cache: bool
    digest: str
    upstream: str = DEFAULT_NAME
    """The upstream that its requests go to, by name."""


class RevokeTool(msgspec.Struct, frozen=True, tag="revoke_tool"):
    """Let a tool in no more, from its next request on."""

    name: str


class ListTools(msgspec.Struct, frozen=True, tag="list_tools"):
    """Ask which tools are known."""


class Pause(msgspec.Struct, frozen=True, tag="pause"):
    """Hold every request from now on."""


class Resume(msgspec.Struct, frozen=True, tag="resume"):
    """Hold requests no longer than the limits ask for."""


class SendNow(msgspec.Struct, frozen=True, tag="send_now"):
    """Let a held request go at once; it may be refused and slow the others."""

    id: str


class CancelHold(msgspec.Struct, frozen=True, tag="cancel_hold"):
    """End a held request; its caller is told so."""

    id: str


class KeyChanged(msgspec.Struct, frozen=True, tag="key_changed"):
    """Read the key of upstream *name* again: it was stored or removed. The key itself is not told."""

    name: str


class Recognize(msgspec.Struct, frozen=True, tag="recognize"):
    """Ask whether a caller's connection comes from this port: proof of who has accepted it."""

    local_port: int


class CacheStats(msgspec.Struct, frozen=True, tag="cache_stats"):
    """Ask how much the response cache holds."""


class ClearCache(msgspec.Struct, frozen=True, tag="clear_cache"):
    """Forget every answer that is kept."""


Setting = str | int | float | bool | list[str] | None
"""A value in `config.toml`; None takes its key out."""


class ReadPreferences(msgspec.Struct, frozen=True, tag="read_preferences"):
    """Ask for the `Settings` that hold."""


class ChangePreferences(msgspec.Struct, frozen=True, tag="change_preferences"):
    """Change dotted keys of `config.toml`; all of them or, with the reason, none."""

    changes: dict[str, Setting]


class Settings(msgspec.Struct, frozen=True):
    """The answer to `ReadPreferences`: what holds, in which file, and what is wrong with it."""

    preferences: Preferences
    path: str
    fault: str | None = None


class Stop(msgspec.Struct, frozen=True, tag="stop"):
    """Drain and end the engine."""


Command = (
    AddTool
    | RevokeTool
    | ListTools
    | ListRequests
    | SumRequests
    | Pause
    | Resume
    | SendNow
    | CancelHold
    | KeyChanged
    | Recognize
    | CacheStats
    | ClearCache
    | ReadPreferences
    | ChangePreferences
    | Stop
    | JobCommand
)


class Ask(msgspec.Struct, frozen=True):
    """A command or query with the number its answer will carry."""

    id: int
    ask: Command


class Answer(msgspec.Struct, frozen=True):
    """Done, or a refusal in words."""

    id: int
    ok: bool
    message: str = ""
    value: Any = None


class SnapshotFrame(msgspec.Struct, frozen=True):
    """A whole Snapshot on its way up."""

    snapshot: Snapshot
