"""A plan's limits are reached: what callers see of it, and what the user can do about it."""

import contextlib
import re
import signal
import threading
from collections.abc import Callable, Iterator

import pytest

from tests.fakes.callers import Callers, body_of
from tests.fakes.scripted import HEAD, Call, ScriptedUpstream, answer
from tests.fakes.simulating import SimulatorProcess
from tests.journeys.conftest import EngineProcess, Start
from trayapp.cli.ask import Control
from trayapp.engine.room import make_room
from trayapp.home import Home
from trayapp.model.command import Pause, Resume
from trayapp.model.snapshot import Snapshot

pytestmark = pytest.mark.slow

SPENT = (
    b'{"type":"error","error":{"type":"rate_limit_error","message":"You have reached the limit.",'
    b'"details":{"error_code":"enforced_spend_limit_reached"}},"request_id":"req_1"}'
)


def refusing(status: int, body: bytes = b"{}", *fields: str) -> Callable[[Call], None]:
    """A script that refuses with *fields* as header lines."""
    lines = (
        f"HTTP/1.1 {status} No",
        "content-type: application/json",
        *fields,
        f"content-length: {len(body)}",
    )
    return lambda call: call.send("\r\n".join((*lines, "", "")).encode() + body)


@contextlib.contextmanager
def watching(engine: EngineProcess) -> Iterator[Control]:
    """A client of the engine's control socket."""
    with Control(Home.locate(str(engine.home), {})) as control:
        yield control


def until(control: Control, seen: Callable[[Snapshot], bool]) -> None:
    """Return once a Snapshot is as expected."""
    while not seen(control.snapshot):
        assert control.wait(10.0), "the engine says nothing new"


def held(count: int) -> Callable[[Snapshot], bool]:
    """So many wait."""
    return lambda snapshot: snapshot.held_total == count


@pytest.fixture
def callers(engine: EngineProcess) -> Iterator[Callers]:
    """Callers of the engine before the scripted upstream."""
    with Callers(engine.port) as made:
        yield made


@pytest.mark.parametrize(
    ("script", "least"),
    [(refusing(429, b"{}", "retry-after: 1"), 1000), (refusing(529), 0)],
    ids=["throttled", "overloaded"],
)
def test_a_refusal_that_waiting_mends_is_never_seen(
    callers: Callers, upstream: ScriptedUpstream, script: Callable[[Call], None], least: int
) -> None:
    """Throttled or overloaded for a moment: the caller gets its answer a little later."""
    upstream.then(script)
    callers.ask("a")
    callers.wait()

    assert callers.told["a"].status == 200
    assert int(callers.told["a"].value("x-sluice-held-ms") or "") >= least
    assert len(upstream.seen) == 2


def test_a_spend_cap_is_told_to_all_at_once(
    callers: Callers, engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Who waits gets what upstream said to the first, byte for byte, and nothing more is sent."""
    more = threading.Event()

    def refuse_when_told(call: Call) -> None:
        more.wait(10)
        refusing(429, SPENT)(call)

    upstream.then(refuse_when_told)
    with watching(engine) as control:
        for name in ("a", "b", "c", "d"):
            callers.ask(name)
        until(control, held(3))
        more.set()
        callers.wait()
        callers.ask("late")
        callers.wait()
        until(control, lambda snapshot: bool(snapshot.problems))
        problem = control.snapshot.problems[0].message

    assert callers.statuses() == [429] * 5
    assert {told.body for told in callers.told.values()} == {SPENT}
    assert len(upstream.seen) == 1
    assert "spend limit" in problem


def test_the_user_decides_about_what_is_held(
    engine: EngineProcess, callers: Callers, upstream: ScriptedUpstream
) -> None:
    """`pause` holds, `hold list` shows, `hold send` and `hold cancel` take one, `resume` frees."""
    engine.cli("pause")
    with watching(engine) as control:
        for number, name in enumerate(("a", "b", "c")):
            callers.ask(name)
            until(control, held(number + 1))
        ids = [hold.id for hold in control.snapshot.held]
    shown = engine.cli("hold", "list").stdout
    sent = engine.cli("hold", "send", ids[1])
    callers.wait("b")
    cancelled = engine.cli("hold", "cancel", ids[0])
    callers.wait("a")
    unknown = engine.cli("hold", "cancel", ids[0])
    before = len(upstream.seen)
    engine.cli("resume")
    callers.wait("c")

    assert [line.split()[0] for line in shown.splitlines()] == ids
    assert [sent.returncode, cancelled.returncode, unknown.returncode] == [0, 0, 1]
    assert list(callers.told) == ["b", "a", "c"]
    assert callers.statuses() == [200, 503, 200]
    assert re.fullmatch(r"Cancelled by you after \d+ s\.", callers.told["a"].message)
    assert callers.told["a"].value("x-should-retry") == "false"
    assert before == 1


def test_who_hangs_up_while_held_is_gone_at_once(
    engine: EngineProcess, callers: Callers, upstream: ScriptedUpstream
) -> None:
    """A caller that leaves is shown no more, and nothing of it is sent up."""
    with watching(engine) as control:
        control.ask(Pause())
        for name in ("a", "b"):
            callers.ask(name)
        until(control, held(2))
        callers.hang_up("a", "b")
        until(control, held(0))
        control.ask(Resume())
        until(control, lambda snapshot: not snapshot.paused)
        diagnostics = control.snapshot.diagnostics

    assert (diagnostics.caller_gone, diagnostics.in_flight) == (2, 0)
    assert upstream.seen == []


def test_queued_requests_are_told_of_the_end(
    engine: EngineProcess, callers: Callers, upstream: ScriptedUpstream
) -> None:
    """On SIGTERM what is in flight ends as it would, and what waits gets 503 after a second."""
    finish = threading.Event()

    def finish_late(call: Call) -> None:
        finish.wait(10)
        call.send(answer())

    upstream.then(finish_late)
    with watching(engine) as control:
        callers.ask("first")
        callers.ask("queued")
        until(control, held(1))
        engine.process.send_signal(signal.SIGTERM)
        callers.wait("queued")
        finish.set()
        callers.wait("first")

    assert callers.statuses() == [503, 200]
    assert callers.told["queued"].value("retry-after") == "2"
    assert engine.process.wait(10) == 0


def test_the_last_place_is_not_given_away_twice(
    callers: Callers, upstream: ScriptedUpstream
) -> None:
    """With one request left by the header, a burst waits instead of being refused."""
    head = HEAD.replace(b"remaining: 40", b"remaining: 1")
    upstream.usual = lambda call: call.send(answer(head=head))
    for name in ("a", "b", "c"):
        callers.ask(name)
    done = callers.wait(seconds=1.0)

    assert not done
    assert len(upstream.seen) < 3


def test_callers_in_hundreds_wait_out_a_pause(start: Start) -> None:
    """Two hundred requests are held and shown, and all are answered once it is over."""
    with SimulatorProcess(rpm=60_000) as simulator:
        engine = start("--upstream", simulator.url)
        with watching(engine) as control, Callers(engine.port) as callers:
            control.ask(Pause())
            for number in range(200):
                callers.ask(str(number), body_of(f"say: {number}"))
            until(control, held(200))
            shown = len(control.snapshot.held)
            control.ask(Resume())
            callers.wait()
        statuses = simulator.statuses()

    assert shown == 100
    assert callers.statuses() == [200] * 200
    assert statuses == {200: 200}
    for name, told in callers.told.items():
        assert f'"text":"{name}"'.encode() in told.body


def test_a_person_does_not_wait_behind_a_batch(start: Start) -> None:
    """At 60 requests a minute, an interactive tool passes the rows that a batch has queued."""
    with SimulatorProcess(rpm=60) as simulator:
        engine = start("--upstream", simulator.url)
        job = engine.cli("tool", "add", "job", "--kind", "batch").stdout.strip()
        editor = engine.cli("tool", "add", "editor", "--kind", "interactive").stdout.strip()
        with watching(engine) as control, Callers(engine.port) as callers:
            for number in range(90):
                callers.ask(f"row {number}", body_of(f"row {number}"), f"x-api-key: {job}")
            until(control, lambda snapshot: 0 < snapshot.held_total < 70)
            waiting = control.snapshot.held_total
            callers.ask("person", body_of(), f"x-api-key: {editor}")
            callers.wait("person")
        statuses = simulator.statuses()

    assert callers.told["person"].status == 200
    assert int(callers.told["person"].value("x-sluice-held-ms") or "") < 3000
    assert waiting > 20
    assert 90 - len(callers.told) > waiting - 8
    assert statuses.keys() == {200}


def test_max_tokens_serialises_nobody(start: Start) -> None:
    """Twenty sub-agents that ask for 128,000 tokens at most write side by side."""
    answers = "say: " + "word " * 190  # about three seconds each
    with SimulatorProcess() as simulator:
        engine = start("--upstream", simulator.url)
        with Callers(engine.port) as callers:
            for number in range(20):
                body = body_of(answers, max_tokens=128_000, stream=True)
                callers.ask(str(number), body, "x-stainless-timeout: 600")
            most = 0
            while not callers.wait("0", seconds=0.2):
                most = max(most, *(pool["open"] for pool in simulator.state()["pools"]), 0)
            callers.wait()
        statuses = simulator.statuses()

    assert most >= 19
    assert callers.statuses() == [200] * 20
    assert statuses == {200: 20}


def test_what_can_never_go_is_told_at_once(start: Start) -> None:
    """A request larger than the whole limit is refused here, with its size and the limit."""
    with SimulatorProcess(itpm=30_000) as simulator:
        engine = start("--upstream", simulator.url)
        with Callers(engine.port) as callers:
            callers.ask("small")
            callers.wait("small")
            callers.ask("large", body_of("word " * 60_000))
            callers.wait("large")
        statuses = simulator.statuses()

    large = callers.told["large"]
    assert (large.status, large.value("x-should-retry")) == (429, "false")
    assert re.fullmatch(
        r"This request needs about \d+k input tokens; the limit is 30k a minute, so it can never"
        r" go\. Shorten it or raise the plan\.",
        large.message,
    )
    assert statuses == {200: 1}


@pytest.mark.long
def test_a_thousand_are_held_for_four_minutes(start: Start) -> None:
    """A thousand callers wait through a pause of four minutes, and every one gets its answer."""
    make_room()
    with SimulatorProcess(rpm=60_000) as simulator:
        engine = start("--upstream", simulator.url)
        with watching(engine) as control, Callers(engine.port) as callers:
            control.ask(Pause())
            for number in range(1000):
                callers.ask(str(number), body_of(f"say: {number}"), "x-stainless-timeout: 600")
            until(control, held(1000))
            answered = callers.wait("0", seconds=240.0)
            early = len(callers.told)
            control.ask(Resume())
            callers.wait(seconds=120.0)
        statuses = simulator.statuses()

    assert (answered, early) == (False, 0)
    assert callers.statuses() == [200] * 1000
    assert statuses == {200: 1000}
