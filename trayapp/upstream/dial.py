"""One new connection to an upstream: names, addresses, proxy and TLS, and failures in our words."""

import asyncio
import base64
import errno
import ipaddress
import socket
import ssl
from collections.abc import Callable
from functools import cached_property
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import msgspec

from trayapp.model.errors import Misconfigured, Unreachable
from trayapp.model.secret import Secret
from trayapp.upstream.addresses import Origin, check_address
from trayapp.upstream.known import Known

P = TypeVar("P", bound=asyncio.BufferedProtocol | asyncio.Protocol)
"""Whatever speaks over the connection: the pool's own kind, or a passing look at the road."""

CONNECT_S = 10.0
"""A connection with TLS takes three round trips; ten seconds of silence is a dead road."""
NAMES_S = 5.0
"""A resolver that is silent for so long has failed; the system's own patience is far longer."""


class Proxy(msgspec.Struct, frozen=True):
    """A CONNECT proxy; *credential* is `user:password` where the URL named one."""

    name: str
    port: int
    credential: Secret | None


def proxy_of(url: str) -> Proxy:
    """Read `http://[user:password@]host[:port]`; raises `Misconfigured`."""
    try:
        parts = urlsplit(url)
        port = parts.port or 80
    except ValueError:
        raise Misconfigured("The proxy is not a URL.") from None
    if parts.scheme != "http" or not parts.hostname:
        raise Misconfigured("The proxy must be http://host:port (it carries TLS unread).")
    credential = None
    if parts.username is not None:
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
        credential = Secret(pair.encode())
    return Proxy(parts.hostname, port, credential)


LookUp = Callable[[str, int], list[str]]
"""Waits for a name's addresses, on a thread; raises `OSError`."""


class Dialer:
    """Makes connections to one origin.

    *ours* tells the addresses of our own listener, so that a loop is seen before it closes.
    """

    def __init__(
        self,
        origin: Origin,
        *,
        allow_loopback: bool,
        ours: Callable[[], frozenset[tuple[str, int]]],
        proxy: Proxy | None = None,
        ca_file: str | None = None,
        unused_proxy: bool = False,
        look_up: LookUp | None = None,
    ) -> None:
        self._origin = origin
        self._allow_loopback = allow_loopback
        self._ours = ours
        self._proxy = proxy
        self._ca_file = ca_file
        self._look_up = look_up or ask_system
        self._known = Known()
        self._asking: asyncio.Future[list[str]] | None = None
        self._hint = (
            " HTTPS_PROXY is set but not used: give it as [network] proxy or serve --proxy."
            if unused_proxy
            else ""
        )

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        # Here, not above: the trust store is read once, when the first TLS connection needs it.
        import truststore

        context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.set_alpn_protocols(["http/1.1"])
        if self._ca_file is not None:
            try:
                context.load_verify_locations(self._ca_file)
            except OSError:  # an `ssl.SSLError` is one too
                raise Misconfigured(
                    "[network] ca_file: no certificates can be read there."
                ) from None
        return context

    async def __call__(self, factory: Callable[[], P]) -> P:
        """Return a connected protocol made by *factory*; raises `Unreachable` saying why."""
        try:
            async with asyncio.timeout(CONNECT_S):
                if self._proxy is not None:
                    return await self._through_proxy(self._proxy, factory)
                return await self._direct(factory)
        except (OSError, ValueError) as error:  # a timeout is an OSError too
            raise self._failed(error) from None

    def _failed(self, error: Exception) -> Unreachable:
        name = self._origin.name + (" through the proxy" if self._proxy else "")
        if isinstance(error, ssl.SSLError):
            return UntrustedRoad(f"No connection to {name}: {_tls_cause(error)}.{self._hint}")
        if isinstance(error, SilentNames):
            return SlowNames(f"No connection to {name}: {_cause(error)}.{self._hint}")
        return Unreachable(f"No connection to {name}: {_cause(error)}.{self._hint}")

    async def _direct(self, factory: Callable[[], P]) -> P:
        origin = self._origin
        addresses = await self._addresses()
        for address in addresses:
            check_address(
                address, origin.port, allow_loopback=self._allow_loopback, ours=self._ours()
            )
        *first, last = addresses
        for address in first:
            try:
                async with asyncio.timeout(CONNECT_S / 4):  # a dead road leaves time for the next
                    return await self._connect(address, factory)
            except ssl.SSLError:
                raise
            except OSError:
                continue
        return await self._connect(last, factory)

    async def _connect(self, address: str, factory: Callable[[], P]) -> P:
        origin = self._origin
        tls = self._tls if origin.secure else None
        _, protocol = await asyncio.get_running_loop().create_connection(
            factory,
            address,
            origin.port,
            ssl=tls,
            server_hostname=origin.name if tls else None,
        )
        self._known.answered(address)
        return protocol

    async def _addresses(self) -> list[str]:
        """Where the origin's name leads; while a resolver fails, where it led minutes ago."""
        name, loop = self._origin.name, asyncio.get_running_loop()
        try:
            return [str(ipaddress.ip_address(name))]
        except ValueError:
            pass
        if self._asking is None or self._asking.done():
            # One question for all who wait: a resolver that hangs must not eat every thread.
            self._asking = loop.run_in_executor(None, self._look_up, name, self._origin.port)
            self._asking.add_done_callback(_taken)
        try:
            async with asyncio.timeout(NAMES_S):
                found = await asyncio.shield(self._asking)
        except (OSError, TimeoutError) as error:
            if known := self._known.still(loop.time()):
                return known
            raise (SilentNames() if isinstance(error, TimeoutError) else error) from None
        return self._known.found(found, loop.time())

    async def _through_proxy(self, proxy: Proxy, factory: Callable[[], P]) -> P:
        loop = asyncio.get_running_loop()
        origin = self._origin
        try:
            transport, tunnel = await loop.create_connection(
                lambda: _Tunnel(loop.create_future()), proxy.name, proxy.port
            )
        except OSError as error:
            raise Unreachable(f"No connection to the proxy: {_cause(error)}.") from None
        try:
            transport.write(_connect_request(origin, proxy))
            status = await tunnel.answered
            if not 200 <= status <= 299:
                raise _refused_by_proxy(origin.name, status)
            protocol = factory()
            if not origin.secure:
                transport.set_protocol(protocol)
                protocol.connection_made(transport)
                return protocol
            secured = await loop.start_tls(
                transport, protocol, self._tls, server_hostname=origin.name
            )
            if secured is None:
                raise ConnectionResetError
            protocol.connection_made(secured)
        except BaseException:
            transport.abort()
            raise
        return protocol


def _refused_by_proxy(name: str, status: int) -> Unreachable:
    if status == 407:
        return ClosedRoad("The proxy asks for a user name and password, or for other ones.")
    if status == 0:
        return Unreachable("The proxy does not answer as a proxy does.")
    return Unreachable(f"The proxy refuses the way to {name}: it says {status}.")


class ClosedRoad(Unreachable):
    """Trying again cannot help before someone changes a setting."""

    may_retry = False


class UntrustedRoad(ClosedRoad):
    """TLS failed."""


class SlowNames(Unreachable):
    """The resolver was waited for long enough."""

    at_once = False


class SilentNames(OSError):
    """No word from the resolver."""


class _Tunnel(asyncio.Protocol):
    """Waits for a proxy's answer to CONNECT, and takes not a byte more."""

    def __init__(self, answered: "asyncio.Future[int]") -> None:
        self.answered = answered
        self._seen = b""

    def data_received(self, data: bytes) -> None:
        self._seen += data
        head, end, _ = self._seen.partition(b"\r\n\r\n")
        if self.answered.done() or not (end or len(self._seen) > 16384):
            return
        words = head.split(b" ", 2)
        ok = len(words) > 1 and words[0].startswith(b"HTTP/1.") and words[1].isdigit()
        self.answered.set_result(int(words[1]) if ok else 0)

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.answered.done():
            self.answered.set_exception(exc or ConnectionResetError())


_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (socket.gaierror, "the name cannot be resolved"),
    (SilentNames, "the name cannot be resolved"),
    (ConnectionRefusedError, "refused"),
    (TimeoutError, f"no answer within {CONNECT_S:.0f} s"),
    (ConnectionResetError, "the other side closed the connection"),
)


def _connect_request(origin: Origin, proxy: Proxy) -> bytes:
    place = f"[{origin.name}]" if ":" in origin.name else origin.name
    target = f"{place}:{origin.port}".encode()
    request = b"CONNECT " + target + b" HTTP/1.1\r\nHost: " + target + b"\r\n"
    if proxy.credential is not None:
        pair = base64.b64encode(proxy.credential.reveal())
        request += b"Proxy-Authorization: Basic " + pair + b"\r\n"
    return request + b"\r\n"


def ask_system(name: str, port: int) -> list[str]:
    """Ask the system's resolver, waiting for it; raises `OSError`."""
    found = socket.getaddrinfo(name, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def _taken(asked: "asyncio.Future[list[str]]") -> None:
    """Look at the outcome, which nobody may be waiting for any more."""
    if not asked.cancelled():
        asked.exception()


def _cause(error: Exception) -> str:
    for kind, words in _CAUSES:
        if isinstance(error, kind):
            return words
    if not isinstance(error, OSError) or error.errno is None:
        return "the connection could not be made"
    if error.errno in {errno.EMFILE, errno.ENFILE}:
        return "this machine lets Sluice open no more files"
    return f"the network says {_errno_name(error.errno)}"


def _errno_name(number: int) -> str:
    return errno.errorcode.get(number, str(number))


_PORTAL = " (does this network want you to sign in first?)"
"""What a café's or a hotel's network does looks like a forged certificate."""


def _tls_cause(error: ssl.SSLError) -> str:
    if isinstance(error, ssl.SSLCertVerificationError):
        text = str(error.verify_message).lower()
        if "not yet valid" in text or "expired" in text:
            return "the certificate is not valid now (or the clock of this computer is wrong)"
        if "hostname" in text or "ip address" in text:
            return f"certificate verify failed: hostname{_PORTAL}"
        return f"the certificate is not trusted by this system{_PORTAL}"
    return "TLS could not be agreed on"
