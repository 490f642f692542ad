"""Who listens on a port of this machine, as far as the system tells this user."""

import ipaddress
import os
import socket
import struct
from pathlib import Path

import msgspec

_LISTENS = "0A"
_TABLES = ("tcp", "tcp6")


class Listening(msgspec.Struct, frozen=True):
    """One socket that listens: its address, its inode and its user."""

    address: str
    inode: str
    owner: int

    @property
    def is_loopback(self) -> bool:
        """Whether it can be reached from this machine alone."""
        address = ipaddress.ip_address(self.address)
        mapped = address.ipv4_mapped if address.version == 6 else None
        return (mapped or address).is_loopback


def listening(port: int, tables: Path = Path("/proc/net")) -> list[Listening]:
    """Every socket that listens on *port*; none where the system does not tell."""
    found: list[Listening] = []
    for table in _TABLES:
        try:
            rows = (tables / table).read_text().splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            fields = row.split()
            address, _, number = fields[1].rpartition(":")
            if fields[3] == _LISTENS and int(number, 16) == port:
                found.append(Listening(_address(address), fields[9], int(fields[7])))
    return found


def holder_of(port: int, processes: Path = Path("/proc")) -> str:
    """Say who listens on *port* of 127.0.0.1, as far as this system tells."""
    found = listening(port)
    if not found:
        return "another process"
    inode, owner = found[0].inode, found[0].owner
    closed: list[Path] = []
    for folder in processes.glob("[0-9]*"):
        try:
            entries = list((folder / "fd").iterdir())
        except OSError:
            closed.append(folder)
            continue
        if any(_leads_to(entry) == f"socket:[{inode}]" for entry in entries):
            return _named(folder)
    if owner != os.geteuid():
        return "another user's process"
    # An engine lets nobody look into it, this user neither.
    engines = [folder for folder in closed if _is_engine(folder)]
    return _named(engines[0]) if len(engines) == 1 else "another process of yours"


def _address(digits: str) -> str:
    """An address of the kernel's table: words of four bytes, each in the machine's own order."""
    words = [int(digits[at : at + 8], 16) for at in range(0, len(digits), 8)]
    packed = struct.pack(f"={len(words)}I", *words)
    family = socket.AF_INET if len(words) == 1 else socket.AF_INET6
    return socket.inet_ntop(family, packed)


def _leads_to(entry: Path) -> str:
    try:
        return str(entry.readlink())
    except OSError:  # closed since
        return ""


def _named(process: Path) -> str:
    try:
        return f"“{(process / 'comm').read_text().strip()}” (process {process.name})"
    except OSError:
        return f"process {process.name}"


def _is_engine(process: Path) -> bool:
    try:
        words = (process / "cmdline").read_bytes()
    except OSError:
        return False
    return b"serve" in words and (b"trayapp" in words or b"sluice" in words)
