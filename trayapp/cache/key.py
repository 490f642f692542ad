"""By which key a request's answer is kept: a keyed hash of all that the answer depends on.

Hashed with a key of this machine, the name of an entry tells nothing of what was asked, and
nobody can look up whether something was.
"""

import hashlib
import hmac

from trayapp.cache.question import names_files
from trayapp.model.exchange import Headers, Request

_BETAS, _WORKSPACE = b"anthropic-beta", b"anthropic-workspace-id"
_NO_MATTER = frozenset(
    {_WORKSPACE, b"anthropic-user-profile-id", b"anthropic-dangerous-direct-browser-access"}
)
_BETWEEN = b"\0"
"""In no header, URL or credential, and escaped in JSON."""


class Hasher:
    """Makes keys with one secret."""

    def __init__(self, secret: bytes) -> None:
        self._keyed = hmac.new(secret, digestmod=hashlib.sha256)

    def key_of(self, request: Request, question: bytes, upstream: str) -> bytes:
        """Return the 32 bytes under which an answer to *question* from the URL *upstream* is kept.

        The credential stands for its organization: thinking is signed for it, files are its own.
        """
        parts = [upstream.encode(), request.credential.reveal(), request.target]
        parts += _fields(request.headers, question)
        parts += (b"", question)
        keyed = self._keyed.copy()
        keyed.update(_BETWEEN.join(parts))
        return keyed.digest()


def _fields(headers: Headers, question: bytes) -> list[bytes]:
    """What the API reads of *headers*, in an order of its own; betas are a set."""
    betas: list[bytes] = []
    others: list[bytes] = []
    for name, value in headers:
        if not name.startswith(b"anthropic-"):
            continue
        if name == _BETAS:
            betas += value.split(b",")
        elif name not in _NO_MATTER or (name == _WORKSPACE and names_files(question)):
            others.append(name + b":" + value)
    named = sorted({beta.strip() for beta in betas} - {b""})
    return [*sorted(others), b",".join(named)]
