"""Heads of requests as upstream gets them: what tools say again and again is written once."""

import re

from trayapp.model.exchange import Headers, Request
from trayapp.upstream.headers import Names, credential_fields, is_passed_on, passed_on
from trayapp.wire.framing import request_head, rest_of_head

REMEMBERED = 128
"""Heads; a tool has one or two, its session's name in them."""
_SIZE = 4096
"""Bytes; longer ones are not what a tool says every time."""

_BODILESS = frozenset({b"GET", b"HEAD"})
_SECRET_NAME = re.compile(rb"key|token|auth|secret|passw|credential", re.IGNORECASE)
_SECRET_VALUE = re.compile(rb"\bsk-|\bbearer ", re.IGNORECASE)

_Said = tuple[bytes, bytes, Headers]


class Heads:
    """Writes heads for one origin, and remembers their beginnings.

    Of what is remembered no credential is ever part, neither those that go upstream nor what may
    be one: a head in which another field looks like it is written anew each time.
    """

    def __init__(self, host: bytes, prefix: bytes) -> None:
        self._host = host
        self._prefix = prefix
        self._known: dict[_Said, bytes] = {}

    def head_of(self, request: Request, length: int | None) -> bytes:
        """Return the request's head on the wire; *length* None: the body comes in chunks.

        Raises `ValueError` where a part would break out of its line.
        """
        method = request.method
        said = (method, request.target, tuple([x for x in request.headers if _SAID[x[0]]]))
        start = self._known.get(said) or self._write(said)
        last = credential_fields(request.credential, request.form)
        if length is None:
            last.append((b"transfer-encoding", b"chunked"))
        elif length or method not in _BODILESS:
            last.append((b"content-length", b"%d" % length))
        return start + rest_of_head(last)

    def _write(self, said: _Said) -> bytes:
        method, target, headers = said
        head = request_head(method, self._prefix + target, passed_on(headers, self._host))
        start = head.removesuffix(b"\r\n")
        if len(start) <= _SIZE and not _may_be_secret(said):
            if len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[said] = start
        return start


def _may_be_secret(said: _Said) -> bool:
    _, target, headers = said
    return (
        _SECRET_NAME.search(target.partition(b"?")[2]) is not None
        or _SECRET_VALUE.search(target) is not None
        or any(
            _SECRET_NAME.search(name) is not None or _SECRET_VALUE.search(value) is not None
            for name, value in headers
        )
    )


_SAID = Names(lambda name: is_passed_on(name) or name == b"connection")
"""What a head's beginning depends on: the fields that pass, and which of them Connection names."""
