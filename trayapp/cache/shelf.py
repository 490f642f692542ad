"""An answer between its row on disk and the form a caller wants; for another thread than the loop."""

from collections.abc import Callable, Sequence

import msgspec

from trayapp.cache.folded import as_message
from trayapp.cache.kept import Kept, packed, unpacked
from trayapp.cache.sealing import NONCE_BYTES, Seal
from trayapp.cache.spoken import as_stream


class Row(msgspec.Struct, frozen=True):
    """One answer on its way to disk."""

    key: bytes
    sealed: bytes
    kept_at: float


def opened(seal: Seal, key: bytes, sealed: object) -> Kept | None:
    """Return what was kept under *key*; None where *sealed* is not what was written for it."""
    content = seal.unseal(key, sealed) if isinstance(sealed, bytes) else None
    return None if content is None else unpacked(content)


def told(kept: Kept, *, stream: bool) -> Kept | None:
    """Return *kept* in the form that is asked for; None where it cannot be told in that."""
    if kept.stream is stream:
        return kept
    body = as_stream(kept.body) if stream else as_message(kept.body)
    return None if body is None else msgspec.structs.replace(kept, stream=stream, body=body)


def rows(
    seal: Seal, answers: Sequence[tuple[bytes, Kept]], chance: Callable[[int], bytes]
) -> list[Row]:
    """Return *answers* as they go to disk; *chance* gives bytes that nobody gave before."""
    return [
        Row(key, seal.seal(key, packed(kept), chance(NONCE_BYTES)), kept.at)
        for key, kept in answers
    ]
