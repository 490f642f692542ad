"""A streamed request body on its way to upstream."""

from typing import Protocol

from trayapp.model.exchange import Flow
from trayapp.wire.framing import LAST_CHUNK, chunk


class Carrier(Protocol):
    """The connection as an upload sees it."""

    blocked: bool
    """Bytes wait for the system to take them."""

    def write(self, data: bytes) -> None:
        """Send bytes of the request."""

    def complete(self) -> None:
        """Learn that the request is."""

    def abort(self) -> None:
        """Close at once."""


class Upload:
    """A streamed request body on its way up; a `Receiver`."""

    def __init__(self, connection: Carrier, *, chunked: bool) -> None:
        self._connection = connection
        self._chunked = chunked
        self._flow: Flow | None = None

    @property
    def flow(self) -> Flow | None:
        """The body's source, paused while upstream reads slowly."""
        return self._flow

    @flow.setter
    def flow(self, flow: Flow | None) -> None:
        self._flow = flow
        if flow is not None and self._connection.blocked:
            flow.pause()

    def feed(self, data: bytes) -> None:
        """Send the next bytes."""
        self._connection.write(chunk(data) if self._chunked else data)

    def end(self, whole: bool) -> None:  # noqa: FBT001 - the one thing there is to say at an end
        """End the request, or give it up where its body was cut."""
        if not whole:
            self._connection.abort()
            return
        if self._chunked:
            self._connection.write(LAST_CHUNK)
        self._connection.complete()
