"""`sluice doctor`: whether each upstream can be reached, by what way, and who vouches for it.

No key is sent: an upstream that refuses a request without one has answered.
"""

import asyncio
import datetime as dt
import email.utils
import os
import ssl
from collections.abc import Iterator
from typing import Any

import msgspec

from trayapp.cli.doctor_traps import PROXIES
from trayapp.cli.findings import Finding, failed, note, ok
from trayapp.model.errors import SluiceError
from trayapp.upstream.addresses import Origin, origin_of
from trayapp.upstream.dial import Dialer, proxy_of

ANSWER_S = 10.0
CLOCK_S = 300.0
"""A clock that is off by more makes certificates look expired and resets look wrong."""
_MOST = 16 * 1024


class Road(msgspec.Struct, frozen=True):
    """The way to one upstream, as the settings describe it."""

    name: str
    url: str
    allow_loopback: bool
    proxy: str | None
    ca_file: str | None


class Seen(msgspec.Struct, frozen=True):
    """What was met at the end of a road: a status, who signed the certificate, the date there."""

    status: int
    issuer: str | None
    date: dt.datetime | None


def road(way: Road, now: dt.datetime) -> list[Finding]:
    """Try one road; *now* is this machine's time."""
    return asyncio.run(tried(way, now))


async def tried(way: Road, now: dt.datetime) -> list[Finding]:
    """What is to be said of one road."""
    try:
        origin = origin_of(way.url, allow_loopback=way.allow_loopback)
        seen = await _look(origin, way)
    except SluiceError as error:
        return [failed("Upstream", f"“{way.name}”: {error.message}", _remedy(way))]
    return list(_told(way, origin, seen, now))


def _told(way: Road, origin: Origin, seen: Seen, now: dt.datetime) -> Iterator[Finding]:
    through = " through the proxy" if way.proxy else ""
    if not seen.status:
        yield failed(
            "Upstream",
            f"“{way.name}”: {origin.url} takes connections{through} and does not answer.",
            "Look whether the URL is the right one, and whether the service is up.",
        )
        return
    yield ok("Upstream", f"“{way.name}”: {origin.url} answers{through} (HTTP {seen.status}).")
    if seen.issuer:
        yield ok(
            "Certificate",
            f"of {origin.name} is issued by “{seen.issuer}”, which this system trusts. A company's "
            "name here would mean that its proxy reads along.",
        )
    yield from _clock(seen.date, now)


def _remedy(way: Road) -> str:
    if way.proxy:
        return "Look whether [network] proxy is right and the proxy is up."
    if any(os.environ.get(name) for name in PROXIES):
        return 'If this network lets nothing out directly: [network] proxy = "http://host:port".'
    return "Look at the network, the URL in config.toml, and the firewall."


def _clock(there: dt.datetime | None, now: dt.datetime) -> Iterator[Finding]:
    if there is not None and abs((now - there).total_seconds()) > CLOCK_S:
        minutes = abs((now - there).total_seconds()) / 60
        yield note(
            "Clock", f"This machine's clock is {minutes:.0f} min away from the upstream's.",
            "Set the time: certificates and the resets of limits are judged by it.",
        )  # fmt: skip


async def _look(origin: Origin, way: Road) -> Seen:
    dialer = Dialer(
        origin,
        allow_loopback=way.allow_loopback,
        ours=frozenset,
        proxy=proxy_of(way.proxy) if way.proxy else None,
        ca_file=way.ca_file,
    )
    look = await dialer(lambda: _Look(_request(origin), asyncio.get_running_loop()))
    try:
        async with asyncio.timeout(ANSWER_S):
            head = await look.head
    except (TimeoutError, OSError):
        head = b""
    finally:
        look.transport.abort()
    return Seen(_status(head), look.issuer, _date(head))


def _request(origin: Origin) -> bytes:
    path = origin.prefix + b"/v1/models?limit=1"
    return (
        b"GET %b HTTP/1.1\r\nhost: %b\r\nanthropic-version: 2023-06-01\r\n"
        b"user-agent: sluice-doctor\r\nconnection: close\r\n\r\n" % (path, origin.host)
    )


class _Look(asyncio.Protocol):
    """Asks one thing and keeps the head of the answer."""

    transport: asyncio.Transport

    def __init__(self, request: bytes, loop: asyncio.AbstractEventLoop) -> None:
        self.head: asyncio.Future[bytes] = loop.create_future()
        self.issuer: str | None = None
        self._request = request
        self._seen = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - for the type checker: a stream
        self.transport = transport
        secured: ssl.SSLObject | None = transport.get_extra_info("ssl_object")
        if secured is not None:
            self.issuer = issuer_of(secured.getpeercert() or {})
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        self._seen += data
        if b"\r\n\r\n" in self._seen or len(self._seen) > _MOST:
            self._end()

    def connection_lost(self, _error: Exception | None) -> None:
        self._end()

    def _end(self) -> None:
        if not self.head.done():
            self.head.set_result(self._seen)


def issuer_of(certificate: Any) -> str | None:
    """The organization that signed, else its common name; None where neither is told."""
    names = dict(pair for group in certificate.get("issuer", ()) for pair in group)
    name = names.get("organizationName") or names.get("commonName")
    return str(name) if name else None


def _status(head: bytes) -> int:
    words = head.split(b"\r\n", 1)[0].split()
    is_http = len(words) > 1 and words[0].startswith(b"HTTP/1.") and words[1].isdigit()
    return int(words[1]) if is_http else 0


def _date(head: bytes) -> dt.datetime | None:
    for line in head.split(b"\r\n")[1:]:
        name, _, value = line.partition(b":")
        if name.lower() == b"date":
            try:
                return email.utils.parsedate_to_datetime(value.strip().decode("latin-1"))
            except ValueError:
                return None
    return None
