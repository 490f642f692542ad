"""What is said of tools that are pointed at the relay: between the rooms, and to the tray.

The tray asks in a process of its own (`sluice connector`): one `ConnectAsk` on stdin, one answer
on stdout. So files are never touched by the window, nor by an engine that may run elsewhere,
and it works when no engine runs. A token goes down only.
"""

from typing import Literal

import msgspec

from trayapp.model.exchange import Kind

Status = Literal[
    "connected", "shared", "ready", "variables", "hand", "impossible",
    "changed", "gone", "unreadable", "refused",
]  # fmt: skip
"""How a tool stands: connected (also *shared*, with another one), or how it could be connected.
*changed*: somebody changed our lines since, *gone*: none of them is left, *unreadable*: the file
cannot be read now, *refused*: the file must not be changed."""

CONNECTED: frozenset[Status] = frozenset({"connected", "changed", "gone", "unreadable"})
"""Those of which a record is kept, so that there is something to disconnect."""


class DiffLine(msgspec.Struct, frozen=True):
    """One line of a difference: `+`, `-` or a space, and its numbers before and after."""

    sign: str
    text: str
    old: int | None = None
    new: int | None = None


class Standing(msgspec.Struct, frozen=True):
    """How one tool stands; *sentence* is for people and says what to do, where there is something."""

    tool: str
    title: str
    status: Status
    file: str | None = None
    base_url: str | None = None
    """Where it points, if it is connected."""
    name: str | None = None
    """What its requests are called in the Snapshot."""
    since: str | None = None
    own_key: bool = False
    """Whether it keeps the key or login it has, so that no token of ours lets it in."""
    sentence: str = ""


class Preview(msgspec.Struct, frozen=True):
    """What connecting a tool would do. *refusal*: nothing, and why not."""

    standing: Standing
    kind: Kind = "normal"
    lines: tuple[DiffLine, ...] = ()
    added: int = 0
    removed: int = 0
    variables: tuple[tuple[str, str], ...] = ()
    """What is to be copied, with `{token}` where the token goes."""
    notes: tuple[str, ...] = ()
    refusal: str = ""
    seen: str = ""
    """What the file was when the difference was made; applied only while it is still that."""


class Done(msgspec.Struct, frozen=True):
    """What was done. *exact*: the file is byte for byte what it was."""

    standing: Standing
    exact: bool = True
    backup: str | None = None
    notes: tuple[str, ...] = ()


class ListTools(msgspec.Struct, frozen=True, tag="list"):
    """Ask how every tool stands."""


class PreviewTool(msgspec.Struct, frozen=True, tag="preview"):
    """Ask what connecting *tool* would change; *token* is empty where it keeps the key it has."""

    tool: str
    token: str = ""
    base_url: str | None = None


class ConnectTool(msgspec.Struct, frozen=True, tag="connect"):
    """Connect *tool*; *token* is empty where it keeps the key it has."""

    tool: str
    token: str
    kind: Kind
    cache: bool
    seen: str
    base_url: str | None = None


class DisconnectTool(msgspec.Struct, frozen=True, tag="disconnect"):
    """Undo what was done to *tool*."""

    tool: str


ConnectAsk = ListTools | PreviewTool | ConnectTool | DisconnectTool


class ConnectAnswer(msgspec.Struct, frozen=True):
    """One of these, or *error*: a sentence."""

    standings: tuple[Standing, ...] = ()
    preview: Preview | None = None
    done: Done | None = None
    error: str = ""
