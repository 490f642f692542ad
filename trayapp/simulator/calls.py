"""A request as this room sees it, and the plain reply to one."""

from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import parse_qsl

import msgspec

from trayapp.model.exchange import Headers
from trayapp.simulator.errors import ApiError

MIB = 1024 * 1024
_ROOM = 64 * 1024
"""What multipart framing may add to a file."""


class Call(msgspec.Struct, frozen=True):
    """Method, path and query, headers by lower-case name (the last of each), body."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def origin(self) -> str:
        """How the caller addressed us."""
        return f"http://{self.headers.get('host', 'localhost')}"

    def with_body(self, body: bytes) -> Self:
        return msgspec.structs.replace(self, body=body)

    def json(self) -> Any:
        """The body as a value; raises `ApiError` 400 when it is not JSON."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise ApiError(400, "The request body is not valid JSON.") from error


class Reply(msgspec.Struct, frozen=True):
    """A whole answer that needs no time."""

    status: int
    body: bytes = b""
    content_type: str = "application/json"
    head: Headers = ()


def call_of(method: bytes, target: bytes, headers: Headers) -> Call:
    """A call from the head of a request."""
    path, _, query = target.decode("latin-1").partition("?")
    fields = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers}
    return Call(method.decode("latin-1"), path, dict(parse_qsl(query)), fields)


def body_limit(path: str, file_bytes: int) -> int:
    """The most bytes a body for *path* may have."""
    if path.startswith("/v1/files"):
        return file_bytes + _ROOM
    return (256 if path.startswith("/v1/messages/batches") else 32) * MIB
