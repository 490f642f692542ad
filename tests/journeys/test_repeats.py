"""A script asks the same again: in other forms, at once, after a restart and after a kill."""

import json
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from anthropic import Anthropic

from tests.fakes.scripted import Call, ScriptedUpstream, answer
from tests.fakes.simulating import SimulatorProcess
from tests.journeys.conftest import EngineProcess, Start, message

pytestmark = pytest.mark.slow
ASK = {"model": "claude-sonnet-5-5", "max_tokens": 100}
PROMPT = "say: CANARYANSWER and CANARYPROMPT"
BODY = json.dumps({**ASK, "messages": [{"role": "user", "content": PROMPT}]}).encode()


@pytest.fixture(scope="module")
def simulator() -> Iterator[SimulatorProcess]:
    """The simulated API in a process of its own."""
    with SimulatorProcess() as process:
        yield process


def asked(
    engine: EngineProcess, token: str, text: str = PROMPT, *, stream: bool
) -> tuple[str, str]:
    """What the SDK gets for *text*, and what it is told of the cache."""
    turn = {"role": "user", "content": text}
    with Anthropic(api_key=token, base_url=engine.base_url, max_retries=0) as client:
        if stream:
            with client.messages.stream(**ASK, messages=[turn]) as told:  # type: ignore[arg-type, list-item]
                final = told.get_final_message()
                return told.response.headers["cache-status"], final.to_json()
        raw = client.messages.with_raw_response.create(**ASK, messages=[turn])  # type: ignore[call-overload]
        return raw.headers["cache-status"], raw.parse().to_json()


def content(message_json: str) -> object:
    """What an answer says, without what only one of the SDK's classes has."""
    parts = json.loads(message_json)
    texts = [block["text"] for block in parts["content"]]
    return parts["id"], parts["stop_reason"], parts["usage"]["output_tokens"], texts


def test_repeats_are_answered_across_forms_restarts_and_kills(
    start: Start, simulator: SimulatorProcess, tmp_path: Path
) -> None:
    """The API is asked once; nothing of it is readable on disk."""
    way = ("--upstream", simulator.url)
    engine = start(*way)
    token = engine.token()
    before = simulator.statuses().get(200, 0)
    told = [asked(engine, token, stream=False), asked(engine, token, stream=True)]
    engine.stop()
    engine = start(*way)
    told.append(asked(engine, token, stream=False))
    totals = engine.status()["totals"]
    engine.process.send_signal(signal.SIGKILL)
    engine.process.wait()
    files = [file.read_bytes() for file in tmp_path.rglob("*") if file.is_file()]
    again = start(*way)
    told.append(asked(again, token, stream=True))
    engine.process.returncode = 0  # killed as meant: the fixture need not mind

    assert [status for status, _ in told] == ["sluice; fwd=miss; stored"] + ["sluice; hit"] * 3
    assert len({repr(content(body)) for _, body in told}) == 1
    assert simulator.statuses()[200] - before == 1
    assert not [file for file in files if b"CANARY" in file]
    assert isinstance(totals, dict)
    assert (totals["cache_hits"], totals["requests"]) == (2, 3)


def test_ten_at_once_are_asked_once_though_the_first_leaves(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Nine get the answer that the first one began."""
    go = threading.Event()
    upstream.usual = lambda call: _when(go, call)
    credential = f"x-api-key: {engine.token()}\r\n"
    request = message(engine.port, credential, BODY)
    first = engine.connect()
    first.sendall(request)
    assert upstream.arrived.wait(5)
    got: list[bytes] = []
    asking = [threading.Thread(target=lambda: got.append(engine.raw(request))) for _ in range(9)]
    for each in asking:
        each.start()
    _until_in_flight(engine, 10)
    first.close()
    _until_in_flight(engine, 9)
    go.set()
    for each in asking:
        each.join(10)

    assert len(upstream.seen) == 1
    assert [b"cache-status: sluice; fwd=miss; collapsed" in each.lower() for each in got] == [
        True
    ] * 9
    assert {each.rpartition(b"\r\n\r\n")[2] for each in got} == {
        answer().rpartition(b"\r\n\r\n")[2]
    }


def _when(go: threading.Event, call: Call) -> None:
    go.wait(10)
    call.send(answer())


def _until_in_flight(engine: EngineProcess, number: int) -> None:
    for _ in range(100):
        diagnostics = engine.status()["diagnostics"]
        assert isinstance(diagnostics, dict)
        if diagnostics["in_flight"] == number:
            return
    pytest.fail(f"never {number} in flight")
