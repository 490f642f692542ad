"""The simulated API over real loopback sockets."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.fakes.clock import FakeClock
from trayapp.simulator import server
from trayapp.simulator.api import Api
from trayapp.simulator.server import Simulator, serve
from trayapp.simulator.settings import Settings

FAST = Settings(minute=0.05)
HELLO = {
    "model": "claude-opus-5-5",
    "max_tokens": 1000,
    "messages": [{"role": "user", "content": "say: hello there, this is a test"}],
}
STREAM = {**HELLO, "stream": True}


class Line:
    """One connection, spoken by hand."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, method: str, path: str, value: Any = None, **headers: str) -> None:
        body = b"" if value is None else json.dumps(value).encode()
        fields = {
            "host": "h",
            "x-api-key": "sk-ant-one",
            "anthropic-version": "2026-10-21",
            "content-length": str(len(body)),
            **{name.replace("_", "-"): text for name, text in headers.items()},
        }
        lines = [f"{method} {path} HTTP/1.1", *(f"{n}: {v}" for n, v in fields.items()), "", ""]
        self.writer.write("\r\n".join(lines).encode() + body)

    async def head(self) -> tuple[int, dict[str, str]]:
        raw = (await self.reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = raw.removesuffix("\r\n\r\n").split("\r\n")
        return int(first.split()[1]), dict(line.split(": ", 1) for line in lines)

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        status, headers = await self.head()
        if "content-length" in headers:
            return status, headers, await self.reader.readexactly(int(headers["content-length"]))
        return status, headers, b"".join([piece async for piece in self.chunks()])

    async def chunk(self) -> bytes:
        size = int(await self.reader.readuntil(b"\r\n"), 16)
        return (await self.reader.readexactly(size + 2))[:-2]

    async def chunks(self) -> Any:
        while piece := await self.chunk():
            yield piece


def with_simulator(
    settings: Settings,
    test: Callable[[Simulator, Line], Awaitable[None]],
    clock: FakeClock | None = None,
) -> None:
    async def run() -> None:
        async with Simulator(settings, clock=clock) as simulator:
            port = int(simulator.base_url.rpartition(":")[2])
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            async with asyncio.timeout(5):
                await test(simulator, Line(reader, writer))
            writer.close()

    asyncio.run(run())


async def until(holds: Callable[[], bool]) -> None:
    """Let others run until something holds."""
    while not holds():  # noqa: ASYNC110 - nothing tells a caller what happens on the other side
        await asyncio.sleep(0)


def test_a_message_is_answered() -> None:
    """A plain request gets its message, and the connection serves another one."""

    async def test(simulator: Simulator, line: Line) -> None:
        for _ in range(2):
            line.send("POST", "/v1/messages", HELLO)
            status, headers, body = await line.answer()
            assert status == 200
            assert headers["anthropic-ratelimit-requests-limit"] == "1000"
            assert json.loads(body)["content"][0]["text"] == "hello there, this is a test"

        assert simulator.state().statuses == {200: 2}

    with_simulator(FAST, test)


def test_a_stream_is_spoken_to_its_end() -> None:
    """A streamed request gets all events, chunked."""

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages?beta=true", STREAM)
        status, headers, body = await line.answer()

        assert (status, headers["transfer-encoding"]) == (200, "chunked")
        assert body.startswith(b"event: message_start\n")
        assert body.endswith(b'data: {"type":"message_stop"}\n\n')

    with_simulator(FAST, test)


def test_a_stream_keeps_its_pace() -> None:
    """Nothing comes before the first token is due, and later text not before its time."""
    clock = FakeClock()

    async def test(simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", STREAM)
        await until(lambda: bool(clock._waiters))
        assert simulator.state().statuses == {}

        clock.advance(0.4)
        await line.head()
        first = await line.chunk()
        clock.advance(1.0)
        rest = b"".join([piece async for piece in line.chunks()])

        assert first.endswith(b'data: {"type":"ping"}\n\n')
        assert rest.endswith(b'data: {"type":"message_stop"}\n\n')

    with_simulator(Settings(), test, clock)


def test_a_faster_minute_is_faster() -> None:
    """With a minute of six seconds the first token comes ten times as early."""
    clock = FakeClock()

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", STREAM)
        await until(lambda: bool(clock._waiters))

        assert clock._waiters[0][0] - clock.monotonic() == pytest.approx(0.04)

    with_simulator(Settings(minute=6.0), test, clock)


def test_hanging_up_stops_the_meter() -> None:
    """A caller that leaves in the middle is noticed, and only what was written is charged."""
    clock = FakeClock()
    long = {**STREAM, "messages": [{"role": "user", "content": "say: " + "word " * 400}]}

    async def test(simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", long)
        await until(lambda: bool(clock._waiters))
        clock.advance(1.4)
        await line.head()
        line.writer.close()
        await until(lambda: simulator.state().hung_up == 1)
        clock.advance(100.0)

        (pool,) = simulator.state().pools
        assert pool.open == 0
        assert pool.output_tokens == pytest.approx(6 - 80 + 0.1 * 101)

    with_simulator(Settings(otpm=6), test, clock)


def test_a_slow_reader_holds_the_frames_back() -> None:
    """While the caller reads nothing, the gate is shut; the answer is whole all the same."""

    async def run() -> None:
        gate = server._Gate()
        gate.pause()
        async with asyncio.TaskGroup() as tasks:
            passing = tasks.create_task(gate.passed())
            await asyncio.sleep(0)
            held = not passing.done()
            gate.resume()

        assert held

    asyncio.run(run())


@pytest.mark.parametrize("cut", [1, 4])
def test_a_cut_stream_has_no_last_chunk(cut: int) -> None:
    """The connection ends inside the body, after so many events."""

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", STREAM, x_simulate=f"cut={cut}")
        await line.head()
        told = await line.chunk()
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await line.chunk()
        assert told.count(b"event: ") == cut

    with_simulator(FAST, test)


def test_a_cut_message_is_shorter_than_announced() -> None:
    """A plain answer that is cut ends before its content-length."""

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", HELLO, x_simulate="cut=1")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await line.answer()

    with_simulator(FAST, test)


@pytest.mark.parametrize("value", [HELLO, STREAM])
def test_a_cut_before_the_head_is_silence(value: Any) -> None:
    """With `cut=0` the connection drops without an answer."""

    async def test(simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", value, x_simulate="cut=0")
        with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
            await line.head()
        assert simulator.state().statuses == {}

    with_simulator(FAST, test)


@pytest.mark.parametrize("value", [HELLO, STREAM])
def test_a_stall_is_a_silence_in_real_seconds(value: Any) -> None:
    """However fast the minute, a stall of two seconds lasts two seconds."""
    clock = FakeClock()

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", value, x_simulate="stall=2")
        await until(lambda: bool(clock._waiters))
        clock.advance(1.0)
        await until(lambda: bool(clock._waiters))
        assert clock._waiters[0][0] - clock.monotonic() == 2.0

        clock.advance(2.0)
        status, _, body = await line.answer()

        assert status == 200
        assert b"message" in body

    with_simulator(FAST, test, clock)


def test_an_error_event_ends_a_stream_cleanly() -> None:
    """An error inside the stream comes after HTTP 200, and the body ends whole."""

    async def test(simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", STREAM, x_simulate="error-event")
        status, _, body = await line.answer()

        assert status == 200
        assert b"event: error\n" in body
        assert b"message_stop" not in body
        assert simulator.state().hung_up == 0

    with_simulator(FAST, test)


def test_a_head_request_has_no_body() -> None:
    """`HEAD /api/hello` is a 404 without a body, and the connection goes on."""

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("HEAD", "/api/hello")
        status, _ = await line.head()
        line.send("GET", "/v1/models", None)
        second, _, _ = await line.answer()

        assert (status, second) == (404, 200)

    with_simulator(FAST, test)


def test_a_body_above_its_limit_is_refused() -> None:
    """An announced body larger than 32 MB is refused before it is sent."""

    async def test(_simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", None, content_length=str(33 * 1024 * 1024))
        status, _, body = await line.answer()

        assert status == 413
        assert json.loads(body)["error"]["type"] == "request_too_large"

    with_simulator(FAST, test)


def test_what_is_not_http_is_refused() -> None:
    """Bytes that make no request get a 400."""

    async def test(_simulator: Simulator, line: Line) -> None:
        line.writer.write(b"this is not http\r\n\r\n")
        status, _, body = await line.answer()

        assert status == 400
        assert json.loads(body)["error"]["type"] == "invalid_request_error"

    with_simulator(FAST, test)


def test_a_bug_ends_one_answer_alone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """An answer that fails is logged and dropped; the simulator serves on."""

    def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    async def test(simulator: Simulator, line: Line) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(Api, "handle", broken)
            line.send("GET", "/v1/models")
            with pytest.raises((asyncio.IncompleteReadError, ConnectionResetError)):
                await line.head()

        assert "a simulated answer failed" in caplog.text
        assert simulator.state().statuses == {}

    with_simulator(FAST, test)


def test_leaving_ends_answers_in_the_middle() -> None:
    """Closing the simulator while a stream is spoken leaves no task and no socket."""
    clock = FakeClock()

    async def test(simulator: Simulator, line: Line) -> None:
        line.send("POST", "/v1/messages", STREAM)
        await until(lambda: bool(clock._waiters))
        assert simulator.state().pools[0].open == 1

    with_simulator(Settings(), test, clock)


def test_serving_tells_its_address_and_ends_when_cancelled() -> None:
    """`serve` says the base URL once it listens, and leaves nothing when it is cancelled."""

    async def run() -> None:
        ready: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        async with asyncio.TaskGroup() as tasks:
            serving = tasks.create_task(serve(FAST, ready=ready.set_result))
            base_url = await ready
            port = int(base_url.rpartition(":")[2])
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.close()
            serving.cancel()

        assert base_url == f"http://127.0.0.1:{port}"

    asyncio.run(run())
