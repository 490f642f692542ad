"""The simulated API on a loopback socket: listens, reads bodies, speaks at the simulated speed."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from types import TracebackType
from typing import Self

from trayapp import resources
from trayapp.clock import Clock, Timekeeper
from trayapp.model.errors import Refused
from trayapp.simulator.api import Api, State
from trayapp.simulator.calls import Call, Reply, body_limit, call_of
from trayapp.simulator.errors import ApiError, body_of
from trayapp.simulator.messages import Answering
from trayapp.simulator.pools import SOME
from trayapp.simulator.settings import Settings
from trayapp.simulator.timeline import Timeline
from trayapp.wire.connection import ServerConnection
from trayapp.wire.exchange import Exchange
from trayapp.wire.limits import Limits
from trayapp.wire.messages import Broken
from trayapp.wire.sweep import Sweep

HOST = "127.0.0.1"
_JSON = ((b"content-type", b"application/json"),)
_log = logging.getLogger(__name__)


class _Gate:
    """Lets frames through while the caller reads fast enough."""

    def __init__(self) -> None:
        self._open = asyncio.Event()
        self._open.set()

    def pause(self) -> None:
        self._open.clear()

    def resume(self) -> None:
        self._open.set()

    async def passed(self) -> None:
        await self._open.wait()


class Simulator:
    """A simulated Claude for as long as the `async with` lasts, at `base_url`."""

    def __init__(
        self, settings: Settings | None = None, *, clock: Timekeeper | None = None
    ) -> None:
        self.settings = settings or Settings()
        self.base_url = ""
        self._clock = clock or Clock()
        self._timeline = Timeline(self._clock.monotonic(), self._clock.now(), self.settings.speed)
        self._api = Api(
            self.settings,
            models=resources.read("models.toml"),
            plans=resources.read("plans.toml"),
            timeline=self._timeline,
        )
        self._connections: dict[ServerConnection, asyncio.Task[None]] = {}

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._sweep = Sweep(loop)
        self._tasks = asyncio.TaskGroup()
        self._server = await loop.create_server(self._connection, HOST, self.settings.port)
        await self._tasks.__aenter__()
        port = self._server.sockets[0].getsockname()[1]
        self.base_url = f"http://{HOST}:{port}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.close()
        for connection, task in list(self._connections.items()):
            task.cancel()
            connection.abort()
        await self._tasks.__aexit__(None, None, None)
        await self._server.wait_closed()

    def state(self) -> State:
        """The true levels at this instant: what meters are compared with."""
        return self._api.state(self._now())

    def _connection(self) -> ServerConnection:
        return ServerConnection(limits=Limits(), opened=self._opened, sweep=self._sweep)

    def _opened(self, connection: ServerConnection) -> None:
        task = self._tasks.create_task(self._converse(connection))
        self._connections[connection] = task
        task.add_done_callback(lambda _: self._connections.pop(connection))

    async def _converse(self, connection: ServerConnection) -> None:
        task = self._connections[connection]

        def hang_up() -> None:
            task.cancel()

        while (met := await connection.next()) is not None:
            if isinstance(met, Broken):
                body = body_of(ApiError(met.status, met.message), "")
                connection.refuse(met.status, _JSON, body)
                return
            connection.lost = hang_up
            await self._answer(met)

    async def _answer(self, exchange: Exchange) -> None:
        try:
            call = await self._read(exchange)
            outcome = self._api.handle(call, self._now(), self._clock.now())
            if isinstance(outcome, Reply):
                exchange.reply(outcome.status, outcome.head, outcome.body)
            else:
                await self._speak(exchange, outcome)
        except Refused as refused:
            exchange.refuse(
                refused.status, _JSON, body_of(ApiError(refused.status, refused.message), "")
            )
        except Exception:  # noqa: BLE001 - one answer's bug ends that answer, and is told
            _log.exception("a simulated answer failed")
            exchange.end(whole=False)

    async def _read(self, exchange: Exchange) -> Call:
        head = exchange.head
        call = call_of(head.method, head.target, head.headers)
        body = await exchange.read(body_limit(call.path, self.settings.file_bytes))
        return call.with_body(body)

    async def _speak(self, exchange: Exchange, answering: Answering) -> None:
        speech, left = answering.speech, True
        try:
            await self._until(speech.head_at)
            if speech.script.stream:
                await self._stream(exchange, answering)
            else:
                await self._tell(exchange, answering)
            left = False
        finally:
            self._api.end(answering, self._now(), left=left)

    async def _tell(self, exchange: Exchange, answering: Answering) -> None:
        """A plain answer; one that shall be cut announces more than it sends."""
        script = answering.speech.script
        (frame,) = script.frames
        await self._silence(frame.pause)
        if script.whole:
            exchange.reply(200, self._head(answering), frame.data)
        elif frame.data:
            exchange.start(200, self._head(answering), 2 * len(frame.data) + 1)
            exchange.feed(frame.data)
            exchange.end(whole=False)
        else:
            exchange.end(whole=False)

    async def _stream(self, exchange: Exchange, answering: Answering) -> None:
        """Frames when they are due; those due together leave together."""
        speech, gate = answering.speech, _Gate()
        if not speech.script.frames:
            exchange.end(whole=False)
            return
        exchange.flow = gate
        exchange.start(200, self._head(answering), None)
        due: list[bytes] = []
        for frame in speech.script.frames:
            if due and (frame.pause or speech.due(frame.tokens) - self._now() > SOME):
                exchange.feed(b"".join(due))
                due.clear()
            await self._silence(frame.pause)
            await self._until(speech.due(frame.tokens))
            await gate.passed()
            due.append(frame.data)
        exchange.feed(b"".join(due))
        exchange.end(speech.script.whole)

    def _head(self, answering: Answering) -> tuple[tuple[bytes, bytes], ...]:
        return self._api.head(answering, self._now(), self._clock.now())

    def _now(self) -> float:
        return self._timeline.simulated(self._clock.monotonic())

    async def _until(self, simulated: float) -> None:
        await self._clock.wait_until(self._timeline.monotonic(simulated))

    async def _silence(self, seconds: float) -> None:
        if seconds:
            await self._clock.wait_until(self._clock.monotonic() + seconds)


async def serve(settings: Settings, *, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT, SIGTERM or cancellation; *ready* is told the base URL."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not on Windows' loop, and not outside the main thread: there the caller cancels.
        with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
            loop.add_signal_handler(number, stop.set)
    async with Simulator(settings) as simulator:
        ready(simulator.base_url)
        await stop.wait()
