"""What is counted and kept of a request, however it ends."""

import asyncio
import contextlib
from pathlib import Path

import pytest

from tests.fakes.body import FakeBody
from tests.fakes.clock import START
from tests.fakes.requests import a_request
from tests.meter.desk import JSON, LIMITS, SSE, Desk, PatientDesk, answered
from trayapp.meter.book import DEAF
from trayapp.model.errors import HeldTooLong, NotServing, Refused, Unreachable
from trayapp.model.exchange import Route
from trayapp.model.secret import Secret
from trayapp.model.snapshot import Diagnostics
from trayapp.model.usage import Usage

STREAM = Path(__file__).parent.parent.joinpath("recordings", "message.sse").read_bytes()


@pytest.mark.parametrize(
    ("status", "ending"), [(200, "ok"), (304, "ok"), (400, "error"), (429, "error"), (529, "error")]
)
def test_status_tells_how_it_ended(status: int, ending: str) -> None:
    """An answer is a success up to 399, and an error above."""
    outcome = Desk().told(status=status)

    assert (outcome.outcome, outcome.status) == (ending, status)


def test_broken_answer_is_an_error() -> None:
    """A 200 that was cut is none."""
    desk = Desk()
    with desk.book.entry(a_request()) as entry:
        answered(entry)
        entry.broke_off()

    assert (desk.outcomes[0].outcome, desk.outcomes[0].status) == ("error", 200)


def test_nothing_said_is_an_error() -> None:
    """A request that ends without any answer did not go well."""
    desk = Desk()
    with desk.book.entry(a_request()):
        pass

    assert (desk.outcomes[0].outcome, desk.outcomes[0].status) == ("error", None)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (Unreachable("No connection."), 502, "unreachable"),
        (NotServing("Stopping."), 503, "stopping"),
        (HeldTooLong("Held.", 5), 429, "hold_ended"),
        (Refused(413, "request_too_large", "Too large.", "size"), 413, "size"),
        (RuntimeError("a bug"), 500, "bug"),
    ],
)
def test_failure_is_kept_with_the_status_it_is_answered_by(
    error: Exception, status: int, code: str
) -> None:
    """What goes wrong here is counted as the caller sees it, and goes on to whoever answers."""
    desk = Desk()

    with pytest.raises(type(error)), desk.book.entry(a_request()):
        raise error

    assert (desk.outcomes[0].outcome, desk.outcomes[0].status) == ("error", status)
    assert desk.outcomes[0].refusal == code


def test_hanging_up_is_nobodys_error() -> None:
    """A caller that leaves is counted apart."""
    desk = Desk()

    with pytest.raises(asyncio.CancelledError), desk.book.entry(a_request()):
        raise asyncio.CancelledError

    assert (desk.outcomes[0].outcome, desk.outcomes[0].status) == ("caller_gone", None)


def test_the_sum_is_right_at_every_instant() -> None:
    """Accepted is ok, error, gone and in flight together, before, between and after."""
    desk = Desk()
    sums = []

    def look() -> None:
        seen = desk.book.diagnostics({"host": 1})
        sums.append(seen.accepted == seen.ok + seen.error + seen.caller_gone + seen.in_flight)

    look()
    with desk.book.entry(a_request()) as entry:
        look()
        answered(entry)
    with contextlib.suppress(asyncio.CancelledError), desk.book.entry(a_request()):
        look()
        raise asyncio.CancelledError
    desk.told(status=500)
    with desk.book.entry(a_request()):
        seen = desk.book.diagnostics({"host": 1})

    assert all(sums)
    assert seen == Diagnostics(4, ok=1, error=1, caller_gone=1, in_flight=1, refused={"host": 1})


def test_a_beginning_is_told_when_it_is_counted() -> None:
    """Who watches sees a request in flight, and not only its end."""
    desk = Desk()
    seen: list[int] = []
    desk.book.begun = lambda: seen.append(desk.book.diagnostics({}).in_flight)
    desk.told()

    assert seen == [1]


def test_outcome_names_the_request() -> None:
    """Who asked for what, when, and by which of upstream's ids it can be found."""
    outcome = Desk().told(a_request(model="claude-sonnet-5-5" + "x" * 200))

    assert (outcome.id, outcome.tool, outcome.kind) == ("slc_1", "editor", "interactive")
    assert (outcome.route, outcome.at) == (Route.MESSAGES, START)
    assert (outcome.model_asked, outcome.model_served) == (
        "claude-sonnet-5-5" + "x" * 111,
        "claude-sonnet-5-5",
    )
    assert outcome.upstream_request_id == "req_1"


def test_outcome_has_usage_and_price() -> None:
    """What the answer cost in tokens is kept, with its price."""
    outcome = Desk().told()

    assert outcome.usage is not None
    assert (outcome.usage.input_tokens, outcome.usage.output_tokens) == (7, 3)
    assert outcome.cost_usd == pytest.approx((7 * 2 + 3 * 10) / 1e6)


def test_answer_without_usage_has_no_price() -> None:
    """What is not known is None, never 0."""
    outcome = Desk().told(body=b'{"type":"message"}')

    assert (outcome.usage, outcome.cost_usd, outcome.model_served) == (None, None, None)


def test_times_are_counted_from_the_arrival() -> None:
    """Held, first byte, first token and the whole, in milliseconds."""
    desk = Desk()
    with desk.book.entry(a_request(arrived=1000.0)) as entry:
        desk.clock.advance(2)
        entry.held(1.0)
        entry.answered(200, SSE)
        desk.clock.advance(1)
        entry.tap.feed(STREAM)
        entry.tap.end(True)
        desk.clock.advance(1)

    outcome = desk.outcomes[0]
    assert (outcome.held_ms, outcome.first_byte_ms) == (1000, 2000)
    assert (outcome.ttft_ms, outcome.duration_ms) == (3000, 4000)


def test_without_a_token_there_is_no_first() -> None:
    """A plain answer has no first token, and one that never came no first byte."""
    desk = Desk()
    desk.told()
    with desk.book.entry(a_request()):
        pass

    assert (desk.outcomes[0].ttft_ms, desk.outcomes[1].first_byte_ms) == (None, None)


@pytest.mark.parametrize(
    ("status", "throttled", "overloaded"),
    [(429, True, False), (529, False, True), (200, False, False), (500, False, False)],
)
def test_refusals_of_upstream_are_told_apart(
    status: int, throttled: bool, overloaded: bool
) -> None:
    """Throttled is 429, overloaded is 529."""
    outcome = Desk().told(status=status, body=b"{}")

    assert (outcome.throttled, outcome.overloaded) == (throttled, overloaded)


@pytest.mark.parametrize(
    ("status", "throttled", "overloaded"),
    [(429, True, False), (529, False, True), (500, False, False)],
)
def test_an_absorbed_refusal_is_counted(status: int, throttled: bool, overloaded: bool) -> None:
    """What upstream refused first is known of a request that went well in the end."""
    desk = Desk()
    with desk.book.entry(a_request()) as entry:
        entry.answered(status, JSON)
        entry.refused(status)
        answered(entry)

    outcome = desk.outcomes[0]
    assert (outcome.throttled, outcome.overloaded) == (throttled, overloaded)
    assert (outcome.outcome, outcome.status) == ("ok", 200)


def test_only_a_whole_answer_has_its_usage_settled() -> None:
    """What pacing settles by is exact, or it is nothing."""
    desk = Desk()
    seen = []
    with desk.book.entry(a_request()) as entry:
        seen.append(entry.usage)
        entry.answered(200, SSE)
        entry.tap.feed(STREAM[:-40])
        seen.append(entry.usage)
        entry.tap.feed(STREAM[-40:])
        entry.tap.end(True)
        whole = entry.usage

    assert seen == [None, None]
    assert whole is not None
    assert whole.output_tokens == desk.outcomes[0].usage.output_tokens  # type: ignore[union-attr] # it has one


def test_the_first_usage_of_a_stream_is_told_at_once() -> None:
    """`message_start` names the input that was charged; whoever asked hears it as it comes."""
    desk = Desk()
    told: list[Usage] = []
    with desk.book.entry(a_request()) as entry:
        entry.answered(200, SSE, on_start=told.append)
        entry.tap.feed(STREAM[: STREAM.index(b"event: content_block_start")])
        early = list(told)
        entry.tap.feed(STREAM)
        entry.tap.end(True)

    assert len(early) == 1
    assert early[0].input_tokens is not None


def test_a_stream_that_begins_without_usage_tells_none() -> None:
    """A server that leaves the usage out of `message_start` settles nothing."""
    desk = Desk()
    told: list[Usage] = []
    start = b'event: message_start\ndata: {"type":"message_start","message":{"id":"m"}}\n\n'
    with desk.book.entry(a_request()) as entry:
        entry.answered(200, SSE, on_start=told.append)
        entry.tap.feed(start)

    assert told == []


def test_overload_inside_a_stream_counts() -> None:
    """An overload that is told after the 200 is one all the same."""
    event = b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error"}}\n\n'

    assert Desk().told(headers=SSE, body=event).overloaded


def test_messages_teach_their_pool() -> None:
    """The limits in an answer's head are told, with the request they belong to."""
    desk = Desk()
    request = a_request()
    desk.told(request, headers=(*JSON, *LIMITS))

    ((taught, quota),) = desk.learnt
    assert taught is request
    assert quota.allowances[0].remaining == 999


@pytest.mark.parametrize(
    ("status", "teaches"),
    [(200, True), (204, True), (429, True), (529, True), (400, False), (404, False), (500, False)],
)
def test_only_answers_about_a_pool_there_is_teach(status: int, teaches: bool) -> None:
    """A mistake of the caller's may be about a model that somebody made up."""
    desk = Desk()
    desk.told(status=status, headers=(*JSON, *LIMITS), body=b"{}")

    assert bool(desk.learnt) == teaches


def test_whoever_asks_gets_the_limits_of_any_answer() -> None:
    """Pacing reads the same headers, whatever the meter makes of them."""
    desk = Desk()
    with desk.book.entry(a_request(route=Route.COUNT_TOKENS)) as entry:
        entry.answered(200, (*JSON, *LIMITS))
        quota = entry.learn((*JSON, *LIMITS))

    assert (quota.allowances[0].remaining, desk.learnt) == (999, [])


def test_windows_of_a_login_teach_too() -> None:
    """A subscription's windows are limits as well."""
    desk = Desk()
    desk.told(headers=(*JSON, (b"anthropic-ratelimit-unified-5h-utilization", b"0.42")))

    assert desk.learnt[0][1].windows[0].used == pytest.approx(0.42)


def test_silent_answers_teach_nothing() -> None:
    """Where the headers say nothing of limits, nobody is told."""
    desk = Desk()
    desk.told()

    assert desk.learnt == []


@pytest.mark.parametrize("route", [route for route in Route if route is not Route.MESSAGES])
def test_other_routes_are_neither_learnt_from_nor_listened_to(route: Route) -> None:
    """Only Messages answers are metered; the rest passes a deaf tap."""
    desk = Desk()
    with desk.book.entry(a_request(route=route)) as entry:
        answered(entry, headers=(*JSON, *LIMITS))
        tap = entry.tap

    assert (tap, desk.learnt, desk.outcomes[0].usage) == (DEAF, [], None)
    assert not tap.is_stream


def test_outcomes_are_handed_on_together() -> None:
    """What ends within 20 ms is told at once, in its order, while the counters never wait."""
    desk = PatientDesk()
    desk.tell(id="slc_1")
    desk.tell(id="slc_2")
    before = (desk.outcomes[:], desk.book.diagnostics({}).ok, len(desk.alarms.set))
    desk.alarms.ring()

    assert before == ([], 2, 1)
    assert [outcome.id for outcome in desk.outcomes] == ["slc_1", "slc_2"]


def test_times_are_those_of_the_end() -> None:
    """Waiting to be handed on adds nothing to how long a request took."""
    desk = PatientDesk()
    desk.tell(arrived=1000.0)
    desk.clock.advance(1)
    desk.alarms.ring()

    assert desk.outcomes[0].duration_ms == 0


def test_flush_hands_on_at_once() -> None:
    """Who wants to see everything need not wait, and nothing is told twice."""
    desk = PatientDesk()
    desk.tell()
    desk.book.flush()
    desk.alarms.ring()

    assert (len(desk.outcomes), len(desk.learnt)) == (1, 1)


def test_many_entries_do_not_wait() -> None:
    """After 64 entries the book hands on by itself, and the alarm is still the only one."""
    desk = PatientDesk()
    for _ in range(64):
        desk.tell()

    assert (len(desk.outcomes), len(desk.alarms.set)) == (64, 1)


def test_heavy_entries_do_not_wait() -> None:
    """Bodies are not kept for the sake of the books: over a megabyte of them is handed on."""
    desk = PatientDesk()
    for _ in range(4):
        desk.tell(body=b"x" * 300_000)
    desk.tell(body=FakeBody())

    assert len(desk.outcomes) == 4


def test_last_word_on_limits_counts() -> None:
    """Of what answers to one credential and model told meanwhile, the last is learnt."""
    desk = PatientDesk()
    later = (LIMITS[0], (LIMITS[1][0], b"998"))
    desk.tell()
    desk.tell(headers=(*JSON, *later))
    desk.tell(model="claude-opus-5")
    desk.tell(credential=Secret(b"sk-ant-api03-other"))
    desk.alarms.ring()

    remaining = [quota.allowances[0].remaining for _, quota in desk.learnt]
    assert remaining == [998, 999, 999]


def test_alarm_is_set_again() -> None:
    """After a batch was handed on the next one has its own alarm."""
    desk = PatientDesk()
    desk.tell()
    desk.alarms.ring()
    desk.tell()

    assert len(desk.alarms.set) == 1
