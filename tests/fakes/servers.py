"""Small servers on this machine that play a part for one test, inside its own loop."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

OK = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}"


class Line:
    """One accepted connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    async def head(self) -> bytes:
        """The next request's head."""
        return await self.reader.readuntil(b"\r\n\r\n")

    async def body(self, size: int) -> bytes:
        """The next *size* bytes."""
        return await self.reader.readexactly(size)

    async def gone(self) -> None:
        """Wait until the other side has left."""
        with contextlib.suppress(ConnectionError):
            while await self.reader.read(65536):
                pass

    def say(self, data: bytes) -> None:
        """Send *data*."""
        self.writer.write(data)

    def reset(self) -> None:
        """Close at once."""
        self.writer.transport.abort()


Part = Callable[[Line], Awaitable[None]]
"""What a server does with one connection; it is closed when this returns."""


class Server:
    """A server under way."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.lines = 0
        """Connections so far."""


@asynccontextmanager
async def serving(
    *parts: Part,
    context: ssl.SSLContext | None = None,
    host: str = "127.0.0.1",
    port: int = 0,
) -> AsyncIterator[Server]:
    """Play *parts*, one a connection; the last one also for all that come later."""
    state = Server(0)
    tasks: set[asyncio.Task[None]] = set()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        part = parts[min(state.lines, len(parts) - 1)]
        state.lines += 1
        try:
            with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
                await part(Line(reader, writer))
        except asyncio.CancelledError:
            pass  # the test is over
        finally:
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                await writer.wait_closed()

    server = await asyncio.start_server(play, host, port, ssl=context)
    state.port = server.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def answer(line: Line) -> None:
    """Answer every request with an empty object."""
    while True:
        await line.head()
        line.say(OK)


async def silence(line: Line) -> None:
    """Say nothing for as long as the other side waits."""
    await line.gone()


def saying(data: bytes) -> Part:
    """A part that reads one head and says *data*."""

    async def part(line: Line) -> None:
        await line.head()
        line.say(data)
        await line.gone()

    return part


def tunnel(port: int, heads: list[bytes]) -> Part:
    """A CONNECT proxy that leads every name to *port* of this machine, and keeps what it is asked."""

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65536):
                writer.write(data)
        except ConnectionError:
            pass  # as good as an end
        finally:
            writer.close()

    async def part(line: Line) -> None:
        heads.append(await line.head())
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        line.say(b"HTTP/1.1 200 Connection established\r\nvia: test\r\n\r\n")
        await asyncio.gather(pipe(line.reader, writer), pipe(reader, line.writer))

    return part
