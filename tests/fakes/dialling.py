"""The real dialer, with names that lead to servers of this machine."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from trayapp.model.errors import Unreachable
from trayapp.upstream.addresses import Origin
from trayapp.upstream.dial import Dialer
from trayapp.wire.limits import Limits
from trayapp.wire.pool import ClientConnection, Pool
from trayapp.wire.sweep import Sweep

NAME = "upstream.test"
HEAD = b"GET /v1/models HTTP/1.1\r\nhost: upstream.test\r\n\r\n"


def origin(port: int, *, name: str = NAME, secure: bool = True) -> Origin:
    """An upstream on this machine, under a name that could be anywhere."""
    return Origin(secure, name, port, b"")


def dialer(to: Origin, **settings: Any) -> Dialer:
    """A dialer that may go to this machine, with *settings*."""
    return Dialer(to, **{"allow_loopback": True, "ours": frozenset, **settings})


@asynccontextmanager
async def connection(
    dialling: Dialer, addresses: tuple[str, ...] = ("127.0.0.1",)
) -> AsyncIterator[ClientConnection]:
    """One connection by *dialling*, where names lead to *addresses*."""
    dialling._look_up = lambda _name, _port: list(addresses)
    pool = Pool(dialling, limits=Limits(), sweep=Sweep(asyncio.get_running_loop()))
    made, _ = await pool.acquire()
    try:
        yield made
    finally:
        made.abort()
        await asyncio.sleep(0)
        pool.close()


async def status(made: ClientConnection) -> int:
    """What the other side says to a request."""
    made.send(HEAD, b"")
    return (await made.response(b"GET")).status


async def failure(dialling: Dialer, addresses: tuple[str, ...] = ("127.0.0.1",)) -> Unreachable:
    """Why there is no connection."""
    try:
        async with connection(dialling, addresses):
            raise AssertionError("there is a connection")
    except Unreachable as told:
        return told


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
