"""One request on its travel: who asks, for what, and with which credential."""

import enum
from collections.abc import Awaitable
from typing import Literal, Protocol

import msgspec

from trayapp.model.secret import Secret

DEFAULT_NAME = "anthropic"
"""What the default upstream is called, where upstreams and keys go by name."""

Headers = tuple[tuple[bytes, bytes], ...]
"""Header fields in their order; names in lower case, values as they came."""

Kind = Literal["interactive", "normal", "batch"]
"""How a tool is weighed against others; see `pacing`."""

CredentialForm = Literal["bearer", "x-api-key", "none"]
"""The header a caller used for its credential, and so the one upstream gets; a server may want none."""


class Route(enum.Enum):
    """Which part of the API a path belongs to."""

    MESSAGES = "messages"
    COUNT_TOKENS = "count_tokens"
    BATCHES = "batches"
    FILES = "files"
    MODELS = "models"
    HELLO = "hello"
    OTHER = "other"


class Caller(msgspec.Struct, frozen=True):
    """Who asks: a connected tool (by its token), or a program with its own credential."""

    name: str
    kind: Kind = "normal"
    own: bool = False
    cache: bool = True
    upstream: str = DEFAULT_NAME
    """Where its requests go, by name."""


class Receiver(Protocol):
    """What watches or takes a body: a tap, a sink, a connection."""

    def feed(self, data: bytes) -> None:
        """Take the next bytes, as they came."""

    def end(self, whole: bool) -> None:  # noqa: FBT001 - the one thing there is to say at an end
        """Learn that no more comes; *whole* is false when the body was cut."""


class Flow(Protocol):
    """A source of bytes that can be asked to wait."""

    def pause(self) -> None:
        """Stop reading: the other side is slower."""

    def resume(self) -> None:
        """Go on reading."""


class Sink(Receiver, Protocol):
    """Where an answer goes: the caller's connection."""

    flow: Flow | None

    def start(
        self, status: int, headers: Headers, length: int | None, *, waits: bool = False
    ) -> None:
        """Send the head; *length* None when the body's size is not known yet.

        *waits*: with the first piece of the body, or at `flush`.
        """

    def flush(self) -> None:
        """Send a head that waits."""


class BodySource(Flow, Protocol):
    """A request body that is streamed through instead of held in memory."""

    length: int | None

    def pour(self, receiver: Receiver) -> Awaitable[None]:
        """Feed the body to *receiver* until its end; raises `Refused` when it is cut or too large."""


class Request(msgspec.Struct):
    """A request that was let in; the body's bytes are the caller's own, never rewritten."""

    id: str
    route: Route
    method: bytes
    target: bytes
    headers: Headers
    caller: Caller
    credential: Secret
    form: CredentialForm
    origin: bytes
    """How the caller addressed us, `http://host:port`; for URLs in answers."""
    arrived: float
    """Monotonic seconds."""
    body: bytes | BodySource = b""
    model: str = ""
    stream: bool = False
    cache_status: bytes = b""
    """What the response cache says of it (RFC 9211); empty where it was not asked."""
