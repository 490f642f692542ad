"""Which addresses a request may go to, and what an upstream's URL may be."""

import ipaddress
import re
from urllib.parse import urlsplit

import msgspec

from trayapp.model.errors import Misconfigured, Unreachable

_NAME = re.compile(r"[A-Za-z0-9._:%-]+")
_PATH = re.compile(r"[\x21-\x7e]*")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Origin(msgspec.Struct, frozen=True):
    """An upstream's address: where to connect, what to put in Host, what stands before `/v1`."""

    secure: bool
    name: str
    port: int
    prefix: bytes

    @property
    def host(self) -> bytes:
        """The Host header: without the scheme's own port."""
        name = f"[{self.name}]" if ":" in self.name else self.name
        standard = 443 if self.secure else 80
        return name.encode() if self.port == standard else f"{name}:{self.port}".encode()

    @property
    def url(self) -> str:
        """The base URL, as a person would write it."""
        return f"{'https' if self.secure else 'http'}://{self.host.decode()}{self.prefix.decode()}"


def origin_of(url: str, *, allow_loopback: bool) -> Origin:
    """Read an upstream's base URL; raises `Misconfigured` for one that may not be used.

    Plain http is for this machine alone, and this machine only where the user allowed it.
    """
    name, port, secure, path = _parts(url)
    if not secure and not (allow_loopback and is_this_machine(name)):
        raise Misconfigured(
            f"The upstream {url} must begin with https://; plain http is possible only"
            " for this machine, with --allow-loopback-upstream or [upstream] allow_loopback."
        )
    if is_this_machine(name) and not allow_loopback:
        raise Misconfigured(
            f"The upstream {url} is this machine: allow that with --allow-loopback-upstream"
            " or [upstream] allow_loopback."
        )
    ip = _literal(name)
    if ip is not None and _is_nowhere(ip):
        raise Misconfigured(f"The upstream {url} is an address that is not allowed.")
    prefix = path.rstrip("/")
    prefix = prefix.removesuffix("/v1")
    return Origin(secure, name, port, prefix.encode())


def _parts(url: str) -> tuple[str, int, bool, str]:
    try:
        parts = urlsplit(url)
        port = parts.port
        name = (parts.hostname or "").encode("idna").decode() if parts.hostname else ""
    except ValueError:
        raise Misconfigured("The upstream is not a URL.") from None
    if parts.scheme not in {"http", "https"} or not name:
        raise Misconfigured(f"The upstream {parts.scheme or '?'}: must be an https:// URL.")
    if parts.username is not None or parts.password is not None:
        raise Misconfigured("The upstream's URL must not carry a user name or a password.")
    if parts.query or parts.fragment or name.endswith("."):
        raise Misconfigured("The upstream must be a plain base URL, without ? or # or a final dot.")
    if not _NAME.fullmatch(name) or not _PATH.fullmatch(parts.path):
        raise Misconfigured("The upstream's URL holds characters that no URL has.")
    secure = parts.scheme == "https"
    return name, port or (443 if secure else 80), secure, parts.path


def is_this_machine(name: str) -> bool:
    """Tell whether *name*, written in a URL, is plainly this machine."""
    if f".{name.lower()}".endswith(".localhost"):
        return True
    ip = _literal(name)
    return ip is not None and ip.is_loopback


def check_address(
    address: str, port: int, *, allow_loopback: bool, ours: frozenset[tuple[str, int]]
) -> None:
    """Raise `Unreachable` where a resolved address may not be connected to.

    Our own listener would be a loop; unspecified, multicast and link-local addresses are where
    forged names lead (cloud metadata lives there). Private ranges are fine: TLS protects the name.
    """
    ip = _literal(address)
    if ip is None or _is_nowhere(ip):
        raise Forbidden("The upstream's name leads to an address that is not allowed.")
    if (str(ip), port) in ours:
        raise SelfLoop
    if ip.is_loopback and not allow_loopback:
        raise Forbidden("The upstream's name leads to this machine, which is not allowed.")


def _literal(name: str) -> Address | None:
    """The address that *name* is, an IPv4 one in IPv6 clothes as itself; None for other names."""
    try:
        ip = ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return None
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    return mapped or ip


def _is_nowhere(ip: Address) -> bool:
    return ip.is_unspecified or ip.is_multicast or ip.is_link_local


class Forbidden(Unreachable):
    """There is an address, and no request may go there."""

    may_retry = False


class SelfLoop(Forbidden):
    """The upstream is this very relay."""

    status = 508

    def __init__(self) -> None:
        super().__init__("The upstream is Sluice itself.")
