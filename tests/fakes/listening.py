"""The real listener on a port of its own, and a program that speaks to it byte by byte."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from trayapp.engine.tasks import Tasks
from trayapp.listener.admittance import Door
from trayapp.listener.callers import Tools
from trayapp.listener.server import Listener, bind
from trayapp.model.errors import NotServing, Refused
from trayapp.model.exchange import Caller, CredentialForm, Request
from trayapp.model.secret import TOKEN_PREFIX, Secret
from trayapp.wire.exchange import Exchange
from trayapp.wire.limits import Limits
from trayapp.wire.sweep import Sweep

TOKEN = TOKEN_PREFIX + b"t" * 43
KEY = Secret(b"sk-ant-api03-stored")
MESSAGE = b'{"model":"claude-sonnet-5-5","stream":true,"messages":[]}'


class Keys:
    """A stored key, and callers' own allowed, unless a test says otherwise."""

    key: Secret | None = KEY
    takes_own = True

    async def lent(self, caller: Caller, form: CredentialForm) -> tuple[Secret, CredentialForm]:
        if self.key is None:
            raise NotServing("There is no key.")
        return self.key, form

    def check_own(self) -> None:
        if not self.takes_own:
            raise Refused(403, "permission_error", "Not here.", "own")


class House:
    """A listener and what it hands on."""

    def __init__(self, tasks: Tasks, limits: Limits) -> None:
        self.sockets = bind(0)
        self.port = self.sockets.port
        self.keys = Keys()
        self.carried: list[Request] = []
        self.refused: list[str] = []
        self.carry: Callable[[Request, Exchange], Awaitable[None]] = self.answer
        loop = asyncio.get_running_loop()
        digest = hashlib.sha256(TOKEN).hexdigest()
        self.listener = Listener(
            door=Door(),
            tools=Tools({digest: Caller("editor")}),
            keys=self.keys,
            carry=self._carry,
            start=tasks.start,
            limits=limits,
            sweep=Sweep(loop),
            now=lambda: 7.0,
            refused=lambda refused: self.refused.append(refused.reason),
            shed=lambda _size, _reason: False,
        )

    async def _carry(self, request: Request, exchange: Exchange) -> None:
        self.carried.append(request)
        await self.carry(request, exchange)

    async def answer(self, request: Request, exchange: Exchange) -> None:
        """Answer with what came."""
        body = request.body if isinstance(request.body, bytes) else b""
        exchange.reply(200, ((b"content-type", b"application/json"),), body)


class Answered:
    """One answer as it came."""

    def __init__(self, head: bytes, body: bytes) -> None:
        line, *fields = head.decode("latin-1").split("\r\n")
        self.status = int(line.split(" ")[1])
        self.headers = dict(field.split(": ", 1) for field in fields if field)
        self.body = body

    @property
    def kind(self) -> str:
        """The error's type."""
        kind: str = json.loads(self.body)["error"]["type"]
        return kind


class Program:
    """A program on this machine."""

    def __init__(
        self, house: House, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        self.house = house
        self.reader = reader
        self.writer = writer

    def say(
        self, line: bytes, *fields: bytes, body: bytes = b"", host: bytes | None = None
    ) -> None:
        """Send one request; without *host* our own is named."""
        host = b"host: 127.0.0.1:%d" % self.house.port if host is None else host
        head = [line + b" HTTP/1.1", host, *fields]
        self.writer.write(b"\r\n".join([*(each for each in head if each), b"", body]))

    def post(self, *fields: bytes, path: bytes = b"/v1/messages", body: bytes = MESSAGE) -> None:
        """Send a good message, with *fields* beside those it needs."""
        self.say(
            b"POST " + path,
            b"x-api-key: " + TOKEN,
            b"content-type: application/json",
            b"content-length: %d" % len(body),
            *fields,
            body=body,
        )

    async def hear(self) -> Answered:
        """The next answer."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        answered = Answered(head, b"")
        answered.body = await self.reader.readexactly(int(answered.headers["content-length"]))
        return answered

    async def closed(self) -> bool:
        """Whether the connection is closed after what was heard."""
        return await self.reader.read() == b""


@asynccontextmanager
async def opened(limits: Limits) -> AsyncIterator[House]:
    """A listener that accepts, and ends with the block; a bug in it shows."""
    bugs: list[Exception] = []
    async with Tasks(lambda _, error: bugs.append(error)) as tasks:
        house = House(tasks, limits)
        await house.listener.open(house.sockets)
        try:
            yield house
        finally:
            house.listener.close()
            house.listener.abort()
            tasks.cancel()
    house.refused += [type(bug).__name__ for bug in bugs]


@asynccontextmanager
async def caller(house: House) -> AsyncIterator[Program]:
    """A connection to *house*."""
    reader, writer = await asyncio.open_connection("127.0.0.1", house.port)
    try:
        yield Program(house, reader, writer)
    finally:
        writer.close()


def play(scene: Callable[[House], Awaitable[None]], limits: Limits | None = None) -> House:
    """Run *scene* with a listener, in a few seconds at most."""

    async def run() -> House:
        async with asyncio.timeout(5), opened(limits or Limits()) as house:
            await scene(house)
        return house

    return asyncio.run(run())
