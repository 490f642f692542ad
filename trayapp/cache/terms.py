"""May this request be answered from the response cache, or be kept there: who asks, and how."""

import msgspec

from trayapp.model.exchange import Caller, Headers

_CONTROL = b"cache-control"


class Terms(msgspec.Struct, frozen=True):
    """What a request allows: a kept answer of at most *max_age* seconds, none if *fresh*."""

    fresh: bool = False
    keep: bool = True
    max_age: float | None = None


USUAL = Terms()


def passed_over(caller: Caller) -> str | None:
    """Why no answer of this caller's is kept or comes from here; None where it may.

    Who talks to a person asks again in order to get another answer.
    """
    if caller.own:
        return "own-credential"
    if caller.kind == "interactive":
        return "interactive"
    return None if caller.cache else "tool"


def terms_of(headers: Headers) -> Terms:
    """Read a request's `cache-control` (RFC 9111 5.2.1): no-cache, no-store, max-age."""
    values = [value for name, value in headers if name == _CONTROL]
    if not values:
        return USUAL
    words = [word.strip().lower() for word in b",".join(values).split(b",")]
    store = b"no-store" not in words
    fresh = not store or b"no-cache" in words
    ages = [_age(word) for word in words if word.startswith(b"max-age=")]
    youngest = min(ages, default=None)
    return Terms(fresh or youngest == 0, store, youngest)


def _age(word: bytes) -> float:
    """Seconds; what cannot be read is the strictest (RFC 9111 4.2.1)."""
    digits = word.removeprefix(b"max-age=").strip(b'" ')
    return float(digits) if digits.isdigit() and len(digits) < 10 else 0.0
