"""May this caller enter: peer, Host, marks of a browser, form of the request.

All of it is decided from the head alone, before a byte of the body is read. A web page can make
a browser send a request here; it cannot choose Host, hide Origin, or know a credential.
"""

import re
from collections.abc import Iterable

import msgspec

from trayapp.model.errors import Refused
from trayapp.model.exchange import Headers

_HOST = re.compile(rb"[^\s,\x00-\x20\x7f-\xff]+")
"""What may be read as one Host at all; a list of two is two hosts."""

_BROWSER = frozenset(
    {
        b"origin",
        b"referer",
        b"sec-fetch-site",
        b"access-control-request-method",
        b"access-control-request-headers",
        b"access-control-request-private-network",
    }
)
"""Only browsers send these. `sec-fetch-mode` is not among them: Node's own fetch sends it."""

_SINGLE = (b"content-type", b"content-encoding")
"""Said twice, upstream could go by the one that was not looked at here."""

_WITH_PORT = re.compile(rb"(?:[^:]*|\[.*\]):\d+")
"""A Host that brings its own port, as a forwarded one may."""


class Knock(msgspec.Struct):
    """A request's head as the door sees it; *fields* holds the first value of each name."""

    method: bytes
    target: bytes
    headers: Headers
    fields: dict[bytes, bytes]
    upgrade: bool
    peer: str
    port: int


class Door:
    """The rules of one listener.

    *hosts* are further Hosts to allow: exactly so where they name a port (a forward may end on
    another one), else with the listener's own.
    """

    def __init__(self, hosts: Iterable[str] = ()) -> None:
        further = [host.lower().encode() for host in hosts]
        self._exact = [host for host in further if _WITH_PORT.fullmatch(host)]
        bare = [host for host in further if not _WITH_PORT.fullmatch(host)]
        self._names = (b"127.0.0.1", b"localhost", b"[::1]", *bare)
        self._allowed: dict[int, frozenset[bytes]] = {}

    def check(self, knock: Knock) -> None:
        """Raise `Refused` unless this may be a program on this machine."""
        fields, target = knock.fields, knock.target
        if not is_loopback(knock.peer):
            raise _refused(403, "Only programs on this machine may use Sluice.", "peer")
        # Before Host, which then names another machine: who set us as a proxy should read why.
        if knock.method == b"CONNECT" or not target.startswith((b"/", b"*")):
            raise _refused(400, "Sluice is no forward proxy.", "form")
        allowed = self._allowed.get(knock.port) or self._allow(knock.port)
        # Where no name is repeated there is one Host, and nearly always it is ours as it stands.
        if fields.get(b"host") not in allowed or len(fields) != len(knock.headers):
            _check_host(knock, allowed)
            _check_single(knock.headers)
        if not _BROWSER.isdisjoint(fields):
            raise _refused(403, "Web pages may not use Sluice.", "origin")
        if knock.upgrade or b"upgrade" in fields:
            raise _refused(403, "Sluice does not switch protocols.", "upgrade")

    def _allow(self, port: int) -> frozenset[bytes]:
        suffix = b":%d" % port
        names = {name + suffix for name in self._names}.union(self._exact)
        if port == 80:
            names.update(self._names)
        self._allowed[port] = frozenset(names)
        return self._allowed[port]


def is_loopback(peer: str) -> bool:
    """Tell whether *peer*, an address as the socket names it, is this machine."""
    return peer in {"127.0.0.1", "::1"} or peer.startswith(("127.", "::ffff:127."))


def _check_host(knock: Knock, allowed: frozenset[bytes]) -> None:
    host = knock.fields.get(b"host", b"")
    hosts = [name for name, _ in knock.headers if name == b"host"]
    if len(hosts) != 1 or not _HOST.fullmatch(host):
        raise _refused(400, "Not a well-formed HTTP request: Host.", "host_form")
    if host.lower() not in allowed:
        raise _refused(
            403,
            f"This Host is not allowed; use http://127.0.0.1:{knock.port},"
            " or add the name to [listener] hosts.",
            "host",
        )


def _check_single(headers: Headers) -> None:
    for name in _SINGLE:
        if len({value for field, value in headers if field == name}) > 1:
            raise _refused(400, "Not a well-formed HTTP request: a repeated field.", "repeated")


def _refused(status: int, message: str, reason: str) -> Refused:
    kind = "permission_error" if status == 403 else "invalid_request_error"
    return Refused(status, kind, message, reason)
