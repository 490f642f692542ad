"""Our own refusals and failures, in Anthropic's error shape so that every SDK understands them."""

import msgspec

from trayapp.model.errors import NotServing, Refused, SluiceError, UpstreamFailure, UpstreamSaid
from trayapp.model.exchange import Headers

_BARE_GUARDS: Headers = (
    (b"cache-control", b"no-store"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
"""On every answer of our own: nothing to store, to sniff, or to show in a page."""

GUARDS: Headers = ((b"content-type", b"application/json"), *_BARE_GUARDS)
"""The same for one with a body."""

KINDS = {
    400: "invalid_request_error",
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    405: "invalid_request_error",
    408: "invalid_request_error",
    413: "request_too_large",
    414: "invalid_request_error",
    415: "invalid_request_error",
    429: "rate_limit_error",
    431: "invalid_request_error",
    501: "invalid_request_error",
    504: "timeout_error",
    505: "invalid_request_error",
    529: "overloaded_error",
}
"""The API's error type of each status we use; anything else is `api_error`."""


class _Error(msgspec.Struct):
    type: str
    message: str


class _Envelope(msgspec.Struct):
    error: _Error
    request_id: str
    type: str = "error"


class Reply(msgspec.Struct, frozen=True):
    """A whole answer of our own."""

    status: int
    headers: Headers
    body: bytes


def envelope(status: int, message: str, request_id: str, kind: str | None = None) -> bytes:
    """Return the API's error body; *message* is one of our fixed sentences, never input."""
    error = _Error(kind or KINDS.get(status, "api_error"), message)
    return msgspec.json.encode(_Envelope(error, request_id))


def refusal(status: int, message: str, request_id: str, kind: str | None = None) -> Reply:
    """Return a refusal at the door: retrying the same request cannot help."""
    return Reply(
        status,
        (*GUARDS, (b"x-should-retry", b"false"), (b"x-sluice-request-id", request_id.encode())),
        envelope(status, message, request_id, kind),
    )


def failure(error: SluiceError, request_id: str) -> Reply:
    """Return what the caller is told of *error*; only passing troubles invite a retry."""
    if isinstance(error, Refused):
        return refusal(error.status, error.message, request_id, error.kind)
    if isinstance(error, UpstreamSaid):
        return Reply(
            error.status,
            (*GUARDS, _advice(error), (b"x-sluice-request-id", request_id.encode())),
            error.body,
        )
    return Reply(
        error.status,
        (*GUARDS, _advice(error), (b"x-sluice-request-id", request_id.encode())),
        envelope(error.status, error.message, request_id),
    )


def _advice(error: SluiceError) -> tuple[bytes, bytes]:
    if isinstance(error, NotServing) and error.retry_after is not None:
        return b"retry-after", b"%d" % error.retry_after
    passing = isinstance(error, UpstreamFailure) and error.may_retry
    return b"x-should-retry", b"true" if passing else b"false"


def hello() -> Reply:
    """Return the empty 200 that Claude Code looks for at its start."""
    return Reply(200, _BARE_GUARDS, b"")
