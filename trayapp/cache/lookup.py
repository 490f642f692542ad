"""What the response cache says of one request, and how it is told to the caller (RFC 9211)."""

import msgspec

from trayapp.cache.kept import Kept

HIT = b"sluice; hit"
MISS = b"sluice; fwd=miss"
ASKED_ANEW = b"sluice; fwd=request"
"""The request itself did not want what is kept."""
STORED = b"; stored"
COLLAPSED = b"; collapsed"


class Lookup(msgspec.Struct, frozen=True):
    """The *kept* answer, or under which *key* one may be kept; neither where it is not ours.

    *shared*: identical requests may wait for the same answer. *age* in seconds.
    """

    status: bytes
    key: bytes | None = None
    kept: Kept | None = None
    age: float = 0.0
    shared: bool = False


def bypass(detail: str) -> Lookup:
    """Nothing was looked up, and nothing will be kept; *detail* says why in a word."""
    return Lookup(b"sluice; fwd=bypass; detail=" + detail.encode())
