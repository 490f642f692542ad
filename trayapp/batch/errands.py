"""What the engine and its worker say to each other: errands down, results up, one JSON a line.

Each errand has a number that its results carry. A batch's results are many `Line`s and a last
`Done`; everything else is one result.
"""

from typing import Literal

import msgspec

from trayapp.model.usage import Usage

Verdict = Literal["accepted", "refused", "unclear", "unreachable"]


class TryKey(msgspec.Struct, frozen=True, tag="try_key"):
    """Ask the models endpoint of *url* with *key*; *proxy* and *ca_file* as in `[network]`."""

    url: str
    key: str
    proxy: str | None = None
    ca_file: str | None = None

    def __repr__(self) -> str:
        return f"TryKey({self.url!r}, ***)"


class Begin(msgspec.Struct, frozen=True, tag="begin"):
    """Run errands from now on, by the relay at *url*."""

    url: str
    token: str

    def __repr__(self) -> str:
        return f"Begin({self.url!r}, ***)"


class Ask(msgspec.Struct, frozen=True, tag="ask"):
    """Send a Messages body."""

    id: int
    body: msgspec.Raw


class Drop(msgspec.Struct, frozen=True, tag="drop"):
    """Cut an errand short; it has no result then."""

    id: int


class Count(msgspec.Struct, frozen=True, tag="count"):
    """Count the input tokens of a Messages body."""

    id: int
    body: msgspec.Raw


class Submit(msgspec.Struct, frozen=True, tag="submit"):
    """Create a Message Batch; *body* is the endpoint's."""

    id: int
    body: msgspec.Raw


class Look(msgspec.Struct, frozen=True, tag="look"):
    """Ask how a batch stands."""

    id: int
    batch: str


class Since(msgspec.Struct, frozen=True, tag="since"):
    """List the batches that were created at *created_at* (RFC 3339) or later."""

    id: int
    created_at: str


class Fetch(msgspec.Struct, frozen=True, tag="fetch"):
    """Get the results of a batch; *most* of them, where only the first are asked for."""

    id: int
    batch: str
    most: int | None = None


class Abort(msgspec.Struct, frozen=True, tag="abort"):
    """Cancel a batch."""

    id: int
    batch: str


Errand = Ask | Drop | Count | Submit | Look | Since | Fetch | Abort
Down = TryKey | Begin | Errand


class Tried(msgspec.Struct, frozen=True, tag="tried"):
    """What came of a key: *status* is upstream's, *cause* in our words what kept us from one."""

    verdict: Verdict
    status: int | None = None
    cause: str = ""


class Said(msgspec.Struct, frozen=True, tag="said"):
    """A whole answer."""

    id: int
    text: str
    model: str | None = None
    stop_reason: str | None = None
    usage: Usage | None = None
    cached: bool = False


class Failed(msgspec.Struct, frozen=True, tag="failed"):
    """No answer: *status* None where no answer of HTTP came; *ours*: Sluice refused, not upstream."""

    id: int
    message: str
    status: int | None = None
    kind: str = ""
    retry_after: float | None = None
    final: bool = False
    """The same would fail again."""
    ours: bool = False


class BatchIs(msgspec.Struct, frozen=True, tag="batch"):
    """How one batch stands; *rows* over all its states."""

    id: int
    batch: str
    status: str
    rows: int
    created_at: str


class Batches(msgspec.Struct, frozen=True, tag="batches"):
    """The batches that were listed."""

    id: int
    batches: tuple[BatchIs, ...]


class Line(msgspec.Struct, frozen=True, tag="line"):
    """One result of a batch: *outcome* is succeeded, errored, canceled or expired."""

    id: int
    custom_id: str
    outcome: str
    said: Said | None = None
    message: str = ""


class Done(msgspec.Struct, frozen=True, tag="done"):
    """An errand has ended; *tokens* where it counted."""

    id: int
    tokens: int | None = None


Up = Said | Failed | BatchIs | Batches | Line | Done
