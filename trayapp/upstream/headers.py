"""What is passed on and what is stripped, both ways.

A request's `anthropic-*` and unknown headers pass untouched: clients and the API agree on them
without us (gateway rules, Claude Code's LLM gateway page). An answer passes by a list instead:
what an upstream or its proxy adds beside the API's own headers is not ours to repeat.
"""

from collections.abc import Callable

from trayapp.model.exchange import CredentialForm, Headers
from trayapp.model.secret import TOKEN_PREFIX, Secret

_HOP_BY_HOP = frozenset(
    {
        b"connection",
        b"keep-alive",
        b"proxy-authenticate",
        b"proxy-authorization",
        b"proxy-connection",
        b"te",
        b"trailer",
        b"transfer-encoding",
        b"upgrade",
        b"http2-settings",
    }
)
_OURS_TO_SET = frozenset(
    {b"host", b"content-length", b"accept-encoding", b"expect", b"x-api-key", b"authorization"}
)
_NEVER_SENT = frozenset(
    {
        b"cookie",
        b"cookie2",
        b"forwarded",
        b"via",
        b"host-override",
        b"x-sluice",
        b"x-upstream",
        b"x-original-url",
        b"x-original-host",
        b"x-rewrite-url",
        b"x-real-ip",
        b"x-client-ip",
        b"x-http-method",
        b"x-http-method-override",
        b"x-method-override",
        b"http-method-override",
        b"x-original-method",
        b"x-envoy-original-path",
        b"x-host",
    }
)
"""Cookies, and what could tell an upstream to act for another host, method or address."""
_NOT_PASSED_ON = _HOP_BY_HOP | _OURS_TO_SET | _NEVER_SENT
_PREFIXES_NOT_PASSED_ON = (b"x-sluice-", b"x-forwarded-", b"sec-fetch-", b"access-control-")

_ANSWERED = frozenset(
    {
        b"content-type",
        b"content-encoding",
        b"content-disposition",
        b"content-language",
        b"content-range",
        b"accept-ranges",
        b"date",
        b"request-id",
        b"retry-after",
        b"retry-after-ms",
        b"cache-control",
        b"etag",
        b"last-modified",
    }
)
_ANSWERED_PREFIXES = (b"anthropic-", b"x-", b"retry-after-")
_NEVER_ANSWERED = (b"x-sluice-", b"x-accel-", b"x-sendfile")
"""Names that are ours to say, or that a proxy before us could take for orders."""

_NOBODY: frozenset[bytes] = frozenset()
_LIST = b"anthropic-beta"
_KNOWN_NAMES = 256
_NAME_SIZE = 64


class Names(dict[bytes, bool]):
    """A judgement of header names: clients and the API say the same few dozen over and over."""

    def __init__(self, judge: Callable[[bytes], bool]) -> None:
        super().__init__()
        self._judge = judge

    def __missing__(self, name: bytes) -> bool:
        verdict = self._judge(name)
        if len(self) < _KNOWN_NAMES and len(name) <= _NAME_SIZE:
            self[name] = verdict
        return verdict


def passed_on(headers: Headers, host: bytes) -> list[tuple[bytes, bytes]]:
    """Return the headers upstream gets, but for the credential: the caller's without what was for us.

    Nothing goes up twice: lines of betas become one list, exact repeats one line.
    """
    named = _named_by_connection(headers)
    passed = [
        field
        for field in headers
        if is_passed_on(field[0]) and TOKEN_PREFIX not in field[1] and field[0] not in named
    ]
    if len({name for name, _ in passed}) != len(passed):
        passed = _without_repeats(passed)
    return [(b"host", host), *passed, (b"accept-encoding", b"identity")]


def credential_fields(credential: Secret, form: CredentialForm) -> list[tuple[bytes, bytes]]:
    """Return the one credential upstream gets, in its form; nothing where it wants none."""
    if form == "none":
        return []
    if form == "bearer":
        return [(b"authorization", b"Bearer " + credential.reveal())]
    return [(b"x-api-key", credential.reveal())]


def incoming(headers: Headers) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer that the caller gets; framing is added by the wire."""
    passed = [field for field in headers if _ANSWERS[field[0]]]
    named = _named_by_connection(headers)
    return [field for field in passed if field[0] not in named] if named else passed


def is_passed_on(name: bytes) -> bool:
    """Tell whether a request's field goes upstream as the caller sent it.

    Many servers read `x_api_key` as `x-api-key`, so a name with `_` is judged as one with `-`.
    """
    name = name.replace(b"_", b"-")
    return name not in _NOT_PASSED_ON and not name.startswith(_PREFIXES_NOT_PASSED_ON)


def _is_answered(name: bytes) -> bool:
    return name in _ANSWERED or (
        name.startswith(_ANSWERED_PREFIXES) and not name.startswith(_NEVER_ANSWERED)
    )


_ANSWERS = Names(_is_answered)


def _without_repeats(fields: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    once = dict.fromkeys(fields)
    betas = b",".join(value for name, value in once if name == _LIST)
    joined = [(name, betas if name == _LIST else value) for name, value in once]
    return list(dict.fromkeys(joined))


def value_of(headers: Headers, name: bytes) -> bytes | None:
    """Return the first value of *name* (in lower case), None where it is absent."""
    for field, value in headers:
        if field == name:
            return value
    return None


def _named_by_connection(headers: Headers) -> frozenset[bytes]:
    values = [value for name, value in headers if name == b"connection"]
    if not values:
        return _NOBODY
    names = [name.strip().lower() for value in values for name in value.split(b",")]
    # The API's own fields are never of one hop: what asks for a beta is not undone on the way.
    return frozenset(name for name in names if not name.startswith(b"anthropic-"))
