"""Prompts and answers as they lie on disk: sealed by AES-GCM for the one place they belong to."""

import hashlib
import hmac

from trayapp.model.errors import SluiceError

NONCE_BYTES = 12
_PURPOSE = b"sluice batch rows"


class Unreadable(SluiceError):
    """What was sealed does not open: with another data key, or damaged."""


class Seal:
    """One data key at work."""

    def __init__(self, secret: bytes) -> None:
        # 13 ms, which a start has no use for.
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(hmac.digest(secret, _PURPOSE, hashlib.sha256))
        self._wrong = InvalidTag

    def seal(self, place: str, content: bytes, nonce: bytes) -> bytes:
        """*content* as only *place* can open it; a *nonce* is for one time."""
        return nonce + self._cipher.encrypt(nonce, content, place.encode())

    def open(self, place: str, sealed: bytes) -> bytes:
        """What was sealed for *place*; raises `Unreadable`."""
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (self._wrong, ValueError):
            raise Unreadable(
                "This job was sealed with another data key, or its file is damaged."
            ) from None
