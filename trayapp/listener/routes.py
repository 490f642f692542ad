"""Which of the API's paths a request is for, and what it may carry there."""

import re
from urllib.parse import unquote_to_bytes

import msgspec

from trayapp.model.errors import Refused
from trayapp.model.exchange import Route

MEGABYTE = 1024 * 1024

_PLAIN = re.compile(rb"/[A-Za-z0-9_\-/.]*")
"""Targets without an escape or a query, nearly all there are; `.` and `//` are looked at below."""
_FORBIDDEN_ESCAPES = re.compile(
    rb"%(?:[01][0-9a-f]|7f|2f|5c|2e|25|3b)|%(?![0-9A-Fa-f]{2})", re.IGNORECASE
)
"""Escapes that would turn into a separator, a dot, a control or a second escape; and broken ones."""
_NEEDLESS_ESCAPE = re.compile(rb"%(?:[46][1-9a-f]|[57][0-9a]|3[0-9]|2d|5f|7e)", re.IGNORECASE)
"""Letters, digits, `-`, `_` and `~`: with or without the escape it is the same path (RFC 3986)."""
_FORBIDDEN_BYTES = re.compile(rb"[\x00-\x20\x7f-\xff;\\#]")
_FORBIDDEN_IN_QUERY = re.compile(rb"[\x00-\x20\x7f-\xff#]")

READ = frozenset({b"GET", b"HEAD"})
METHODS = frozenset({b"GET", b"HEAD", b"POST", b"PUT", b"PATCH", b"DELETE"})
"""What any route may be asked with; the rest is answered 405 before anything else is looked at."""


class Rule(msgspec.Struct, frozen=True):
    """What a route takes: methods, the content type of a body, its size, and whether it is held."""

    route: Route
    methods: frozenset[bytes]
    media: bytes = b"application/json"
    size: int = 32 * MEGABYTE
    streamed: bool = False
    names_model: bool = False
    """Its body is read for the model that it names."""


class Place(msgspec.Struct, frozen=True):
    """Where a request goes: its rule, and the target that upstream is asked for."""

    rule: Rule
    target: bytes


_POST = frozenset({b"POST"})
_ALL = METHODS
MESSAGES = Rule(Route.MESSAGES, _POST, names_model=True)
COUNT_TOKENS = Rule(Route.COUNT_TOKENS, _POST, names_model=True)
BATCHES = Rule(
    Route.BATCHES,
    frozenset({b"GET", b"HEAD", b"POST", b"DELETE"}),
    size=256 * MEGABYTE,
    streamed=True,
)
FILES = Rule(
    Route.FILES,
    frozenset({b"GET", b"HEAD", b"POST", b"DELETE"}),
    media=b"multipart/form-data",
    size=500 * MEGABYTE,
    streamed=True,
)
MODELS = Rule(Route.MODELS, READ)
HELLO = Rule(Route.HELLO, READ)
OTHER = Rule(Route.OTHER, _ALL, names_model=True)

_EXACT = {
    b"/v1/messages": MESSAGES,
    b"/v1/messages/count_tokens": COUNT_TOKENS,
    b"/api/hello": HELLO,
}
_UNDER = ((b"/v1/messages/batches", BATCHES), (b"/v1/files", FILES), (b"/v1/models", MODELS))
_USUAL = {
    target: Place(MESSAGES, target) for target in (b"/v1/messages", b"/v1/messages?beta=true")
}
_BARE = (b"/messages", b"/models", b"/files", b"/complete", b"/chat")
"""First segments that are taken to be the API's when a caller left out `/v1`."""


def place_of(target: bytes) -> Place | None:
    """Return where an origin-form *target* leads, None where we have nothing.

    Raises `Refused` 404 for a target that another parser could read in another way.
    """
    usual = _USUAL.get(target)
    if usual is not None:
        return usual
    path, mark, query = target.partition(b"?")
    _check(path)
    if query and _FORBIDDEN_IN_QUERY.search(query):
        raise _nowhere()
    path = _with_one_v1(_NEEDLESS_ESCAPE.sub(_unescaped, path))
    rule = _EXACT.get(path) or _rule_under(path)
    return None if rule is None else Place(rule, path + mark + query)


def _check(path: bytes) -> None:
    if _PLAIN.fullmatch(path) and b"//" not in path and b"/." not in path:
        return
    if (
        not path.startswith(b"/")
        or _FORBIDDEN_BYTES.search(path)
        or _FORBIDDEN_ESCAPES.search(path)
        or b"//" in path
        or any(part in {b".", b".."} for part in unquote_to_bytes(path).split(b"/"))
    ):
        raise _nowhere()


def _unescaped(escape: re.Match[bytes]) -> bytes:
    return unquote_to_bytes(escape[0])


def _with_one_v1(path: bytes) -> bytes:
    if path.startswith(b"/v1/v1/"):
        return path[3:]
    if path.startswith(_BARE) and (b"/" + path.split(b"/", 2)[1]) in _BARE:
        return b"/v1" + path
    return path


def _rule_under(path: bytes) -> Rule | None:
    for prefix, rule in _UNDER:
        if path == prefix or path.startswith(prefix + b"/"):
            return rule
    return OTHER if path.startswith(b"/v1/") and len(path) > 4 else None


def check_carriage(
    rule: Rule, method: bytes, headers: dict[bytes, bytes], length: int | None
) -> None:
    """Refuse a method, content type, encoding or announced size that *rule* does not take."""
    if method not in rule.methods:
        raise Refused(405, "invalid_request_error", "This method is not possible here.", "method")
    if (
        b"content-encoding" in headers
        and headers[b"content-encoding"].strip().lower() != b"identity"
    ):
        raise Refused(
            415, "invalid_request_error", "Send the body as JSON, not compressed.", "encoding"
        )
    if method in READ or (method == b"DELETE" and not length):
        if length and length > MEGABYTE:
            raise _too_large(length, MEGABYTE)
        return
    _check_media(rule, headers.get(b"content-type", b""), length)
    if length is not None and length > rule.size:
        raise _too_large(length, rule.size)


def _check_media(rule: Rule, given: bytes, length: int | None) -> None:
    if given == rule.media:
        return
    media = given.partition(b";")[0].strip().lower()
    if media == rule.media or (length == 0 and not media):
        return
    wanted = "multipart/form-data" if rule.media != b"application/json" else "JSON"
    raise Refused(415, "invalid_request_error", f"Send the body as {wanted}.", "content_type")


def _nowhere() -> Refused:
    return Refused(404, "not_found_error", "Sluice has no such path.", "path")


def _too_large(length: int, size: int) -> Refused:
    return Refused(
        413,
        "request_too_large",
        f"The body is {-(-length // MEGABYTE)} MB; the API takes {size // MEGABYTE} MB.",
        "size",
    )
