"""`config.toml` into preferences and back; what is wrong in it is said with file, line and key."""

import os
import re
import stat
from pathlib import Path
from typing import Any, get_args

import msgspec

from trayapp.model.errors import Misconfigured
from trayapp.model.exchange import DEFAULT_NAME
from trayapp.model.preferences import (
    DEFAULT_UPSTREAM,
    Preferences,
    UpstreamPreferences,
)
from trayapp.model.snapshot import Rule

SIZE_LIMIT = 1024 * 1024

EXPECTED = {
    "listener": "a table: [listener]",
    "listener.port": "a whole number from 0 to 65535",
    "listener.hosts": 'a list of host names, such as ["host.docker.internal"]',
    "upstream": "a table: [upstream]",
    "upstream.url": "a URL in quotes",
    "upstream.kind": '"anthropic" or "compatible"',
    "upstream.credential": '"caller", "bearer", "x-api-key" or "none"',
    "upstream.allow_loopback": "true or false",
    "upstream.requests_per_minute": "a whole number above 0",
    "upstream.input_tokens_per_minute": "a whole number above 0",
    "upstream.output_tokens_per_minute": "a whole number above 0",
    "upstreams": "tables: [upstreams.NAME]",
    "upstreams.NAME": "a table: [upstreams.NAME]",
    "pacing": "a table: [pacing]",
    "pacing.longest_hold": "a number of seconds from 1 to 540",
    "history": "a table: [history]",
    "history.days": "a whole number of days from 1 to 36500",
    "network": "a table: [network]",
    "network.proxy": "a URL in quotes",
    "network.ca_file": "the path of a file in quotes",
    "warnings": "a table: [warnings]",
    "warnings.off": f"a list of rules: {', '.join(get_args(Rule))}",
    "warnings.quiet_hours": 'a span of the day, such as "22:00-07:00"',
    "warnings.calm_at": 'a time of day, such as "18:00"',
    "warnings.command": 'a program and its arguments, such as ["notify", "--now"]',
    "budget": "a table: [budget]",
    "budget.day": "an amount in USD",
    "budget.month": "an amount in USD",
    "budget.action": '"warn" or "stop"',
    "budget.tools.day": "an amount in USD",
    "budget.tools.month": "an amount in USD",
    "budget.tools.action": '"warn" or "stop"',
    "budget.tools": 'a table for each tool: [budget.tools."NAME"]',
    "cache": "a table: [cache]",
    "cache.enabled": "true or false",
    "cache.megabytes": "a whole number from 16 to 1000000",
    "cache.minutes": "a number of minutes above 0, up to 43200 (30 days)",
    "storage": "a table: [storage]",
    "storage.key": '"keyring" or "file"',
}
"""What each key takes, in words."""

_LOOPBACK = r"localhost|127(\.\d{1,3}){3}|::1"
UPSTREAM_NAME = r"[a-z0-9][a-z0-9._-]{0,63}"
_NAME = r"[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?(:\d{1,5})?|\[[0-9a-f:.]+\](:\d{1,5})?"
_EVERYWHERE = r"(0x)?0+(\.(0x)?0+){0,3}(:\d+)?|\[[0:.]*\](:\d+)?|[0:]+"
# Compiled when needed: a start without settings does not pay for them.


def load(path: Path) -> Preferences:
    """Read *path*; a missing or empty file means the defaults.

    Raises `Misconfigured` with a sentence that names the file, the line and the key.
    """
    content = _content(path)
    return parse(content, str(path)) if content else Preferences()


def parse(content: bytes, name: str) -> Preferences:
    """Read the bytes of a settings file called *name*; raises `Misconfigured`."""
    text = _text(content, name)
    read = _toml(text, name)
    try:
        preferences = msgspec.convert(read, Preferences)
    except msgspec.ValidationError as error:
        key, fault = _fault(str(error), read)
        raise _wrong(name, text, key, fault) from None
    for key, fault in faults(preferences):
        raise _wrong(name, text, key, fault)
    return preferences


def text_of(path: Path) -> str:
    """The file's text, none where it is not there; raises `Misconfigured`."""
    return _text(_content(path), str(path))


def save(path: Path, text: str) -> None:
    """Put *text* in place of the file, whole or not at all; raises `Misconfigured`."""
    path = path.resolve()  # a link to a file of the user's dotfiles stays one
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o600
        beside.unlink(missing_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(text.encode())
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise Misconfigured(f"{path} cannot be written: {error.strerror}.") from None


def stamp_of(path: Path) -> tuple[int, int, int] | None:
    """What differs once the file was changed; None where it is not there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino, found.st_size


def faults(preferences: Preferences) -> list[tuple[str, str]]:
    """Keys whose value has the right type and cannot be meant, each with what is wrong."""
    found: list[tuple[str, str | None]] = [
        ("listener.hosts", host_fault(host)) for host in preferences.listener.hosts
    ]
    found += _upstream_faults("upstream", preferences.upstream)
    for name, upstream in preferences.upstreams.items():
        found.append((f"upstreams.{name}", upstream_name_fault(name)))
        found += _upstream_faults(f"upstreams.{name}", upstream)
    if preferences.network.proxy is not None:
        found.append(("network.proxy", proxy_fault(preferences.network.proxy)))
    if preferences.network.ca_file == "":
        found.append(("network.ca_file", "is empty"))
    return [(key, fault) for key, fault in found if fault]


def _upstream_faults(key: str, upstream: UpstreamPreferences) -> list[tuple[str, str | None]]:
    found: list[tuple[str, str | None]] = []
    if upstream.url != DEFAULT_UPSTREAM:
        found.append((f"{key}.url", upstream_fault(upstream.url)))
    if upstream.kind == "anthropic" and upstream.credential == "none":
        found.append((f"{key}.credential", 'can be "none" only where kind is "compatible"'))
    return found


def upstream_name_fault(name: str) -> str | None:
    """What is wrong with the name of a further upstream, or None."""
    if name == DEFAULT_NAME:
        return "is the name of the default upstream; choose another"
    if not re.fullmatch(UPSTREAM_NAME, name):
        return "is no name for an upstream: a-z, 0-9, dots and dashes"
    return None


def host_fault(host: str) -> str | None:
    """What is wrong with a further Host to allow, or None."""
    if "*" in host or re.fullmatch(_EVERYWHERE, host.lower()):
        return "names every address; Sluice listens on loopback only, name one host"
    if not re.fullmatch(_NAME, host.lower()):
        return "holds what is not a host name"
    return None


def upstream_fault(url: str) -> str | None:
    """What is wrong with an upstream's base URL, or None; the URL itself is never repeated."""
    fault, scheme, host = _url_fault(url)
    if fault:
        return fault
    if "@" in url:
        return "must not hold a user name or password"
    if "?" in url or "#" in url:
        return "must be a base URL, without ? and #"
    if scheme == "http" and not re.fullmatch(_LOOPBACK, host):
        return "must begin with https://; over http:// the key could be read on its way"
    return None


def proxy_fault(url: str) -> str | None:
    """What is wrong with a proxy's URL, or None."""
    fault, scheme, _ = _url_fault(url)
    return fault or (
        None if scheme == "http" else "must begin with http:// (it carries TLS unread)"
    )


def _url_fault(url: str) -> tuple[str | None, str, str]:
    """What is wrong with any URL, its scheme and its host."""
    # Only those who changed a URL pay for this.
    from urllib.parse import urlsplit

    if not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        return "holds characters that no URL has", "", ""
    try:
        parts = urlsplit(url)
        port_holds = parts.port is None or parts.port > 0
    except ValueError:
        return "is not a URL", "", ""
    if parts.scheme not in {"http", "https"}:
        return "must begin with https:// or http://", "", ""
    if not parts.hostname or not port_holds:
        return "is not a URL with a host", "", ""
    return None, parts.scheme, parts.hostname


def _content(path: Path) -> bytes:
    """The bytes of *path*; none where it is not there."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Misconfigured(f"{path} cannot be read: {error.strerror}.") from None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise Misconfigured(f"{path} is not a file.")
        if os.name == "posix" and found.st_uid not in {0, os.geteuid()}:
            raise Misconfigured(f"{path} belongs to another user (uid {found.st_uid}).")
        if os.name == "posix" and found.st_mode & stat.S_IWOTH:
            raise Misconfigured(f"{path} is writable by others; then: chmod 600 {path}")
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            content = file.read(SIZE_LIMIT + 1)
    finally:
        os.close(descriptor)
    if len(content) > SIZE_LIMIT:
        raise Misconfigured(f"{path} is larger than 1 MB; settings are a few lines.")
    return content


def _text(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Misconfigured(f"{name}, line {line}: the file is not UTF-8.") from None


def _toml(text: str, name: str) -> dict[str, Any]:
    # Only those who have settings pay for this.
    import tomllib

    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
    except (ValueError, RecursionError):
        raise Misconfigured(f"{name} holds a value that is too long or nested too deep.") from None
    found = re.search(r"^(.*) \(at (?:line (\d+), column \d+|end of document)\)$", said, re.DOTALL)
    fault = found[1] if found else said
    line = found[2] if found and found[2] else text.rstrip().count("\n") + 1
    raise Misconfigured(f"{name}, line {line}: not valid TOML: {_plain(fault)}.")


def _fault(said: str, read: dict[str, Any]) -> tuple[str, str]:
    """The dotted key that the decoder found wrong, and what is wrong with it in our words."""
    what, _, where = said.rpartition(" - at `$") if " - at `$" in said else (said, "", "")
    place = re.sub(r"\[\d+\]", "", where.rstrip("`")).lstrip(".")
    if place.startswith("upstreams[...]"):
        place = place.replace("[...]", f".{_first_wrong(read['upstreams'])}", 1)
    place = place.replace("[...]", "")
    if unknown := re.fullmatch(r"Object contains unknown field `(.*)`", what, re.DOTALL):
        return (f"{place}.{unknown[1]}" if place else unknown[1]), "is not known"
    expected = EXPECTED.get(re.sub(r"^upstreams\.[^.]+\.", "upstream.", place))
    if re.fullmatch(r"upstreams\.[^.]+", place):
        expected = EXPECTED["upstreams.NAME"]
    return place, f"must be {expected or 'of another kind'}"


def _first_wrong(upstreams: dict[str, Any]) -> str:
    """The first of several tables of which the decoder says only that one is wrong."""
    for name, table in upstreams.items():
        try:
            msgspec.convert(table, UpstreamPreferences)
        except msgspec.ValidationError:
            return name
    raise AssertionError("unreachable")


def _wrong(name: str, text: str, key: str, fault: str) -> Misconfigured:
    line = _line(text, key)
    where = f"{name}, line {line}" if line else name
    return Misconfigured(f"{where}: “{_plain(key)}” {fault}.")


def _line(text: str, key: str) -> int | None:
    """The line that sets *key*, else the nearest one around it."""
    set_at: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), 1):
        if head := re.match(r"\s*\[\[?([^\[\]]+)\]", line):
            table = full = _bare(head[1])
        else:
            name = _bare(line.partition("=")[0])
            full = f"{table}.{name}" if table else name
        set_at.setdefault(full, number)
    inside = [number for full, number in set_at.items() if full.startswith(f"{key}.")]
    around = [number for full, number in set_at.items() if full and key.startswith(f"{full}.")]
    # Between the table and the key a name may stand that the user chose.
    table, _, last = key.rpartition(".")
    named = [
        number
        for full, number in set_at.items()
        if full.startswith(f"{table}.") and full.endswith(f".{last}")
    ]
    return set_at.get(key) or next(iter(inside + named + around[::-1]), None)


def _bare(key: str) -> str:
    """A TOML key without the quotes and blanks it may be written with."""
    return ".".join(part.strip().strip("\"'") for part in key.split("."))


def _plain(text: str) -> str:
    """*text* for a terminal: nothing that moves a cursor, and not endless."""
    shown = "".join(char if char.isprintable() else "?" for char in text)
    return shown if len(shown) <= 80 else shown[:79] + "…"
