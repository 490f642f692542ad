"""Seals what goes to disk, and opens only what comes back as it went: AES-GCM.

The tag is the checksum of a row: one flipped bit, in the row or in the name it is found under,
and it does not open.
"""

import hashlib
import hmac

NONCE_BYTES = 12
_FORM = b"sluice cache 1\0"
"""What is sealed in another form does not open."""


def derived(secret: bytes, purpose: bytes) -> bytes:
    """A key of its own for each purpose, from the one that is stored."""
    return hmac.digest(secret, b"sluice " + purpose, hashlib.sha256)


class Seal:
    """One data key at work."""

    def __init__(self, secret: bytes) -> None:
        # 13 ms, which a start has no use for.
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        self._cipher = AESGCM(derived(secret, b"cache seal"))
        self._wrong = InvalidTag
        self.mark = derived(secret, b"cache mark")[:8]
        """Tells whether a file was sealed with this key."""

    def seal(self, key: bytes, content: bytes, nonce: bytes) -> bytes:
        """Return *content* as only the entry *key* can open it; a *nonce* is for one time."""
        return nonce + self._cipher.encrypt(nonce, content, _FORM + key)

    def unseal(self, key: bytes, sealed: bytes) -> bytes | None:
        """Return what was sealed for *key*; None where it was another, or damaged."""
        if len(sealed) < NONCE_BYTES + 16:
            return None
        try:
            return self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _FORM + key)
        except self._wrong:
            return None
