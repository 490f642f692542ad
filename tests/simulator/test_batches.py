"""Message Batches, from creation to deletion, on a timeline."""

import datetime as dt
import json
from typing import Any

import pytest

from trayapp.simulator import batches as batches_module
from trayapp.simulator.batches import Batch, Batches
from trayapp.simulator.dice import Ids
from trayapp.simulator.errors import ApiError
from trayapp.simulator.prompt import Json

WALL = dt.datetime(2026, 5, 18, 11, 42, tzinfo=dt.UTC)
ORIGIN = "http://127.0.0.1:7429"


def answer(params: Any) -> Json:
    kind = "errored" if params.get("bad") else "succeeded"
    return {"type": kind, "message": params}


@pytest.fixture
def batches() -> Batches:
    return Batches(
        Ids(1),
        seconds=3.0,
        answer=answer,
        wall_of=lambda simulated: WALL + dt.timedelta(seconds=simulated),
    )


def body(count: int, **params: Any) -> bytes:
    rows = [{"custom_id": f"row-{i}", "params": {"n": i, **params}} for i in range(count)]
    return json.dumps({"requests": rows}).encode()


def results(batches: Batches, batch: Batch, now: float) -> list[Json]:
    return [json.loads(line) for line in batches.results("org", batch.id, now).splitlines()]


def test_a_new_batch_is_in_progress(batches: Batches) -> None:
    """At first everything is processing and there are no results."""
    batch = batches.create("org", body(3), now=0.0)

    told = batches.told(batch, 0.0, ORIGIN)

    assert told["id"].startswith("msgbatch_01")
    assert told == {
        "id": batch.id,
        "type": "message_batch",
        "processing_status": "in_progress",
        "request_counts": {
            "processing": 3, "succeeded": 0, "errored": 0, "canceled": 0, "expired": 0,
        },
        "created_at": "2026-05-18T11:42:00Z",
        "ended_at": None,
        "expires_at": "2026-05-19T11:42:00Z",
        "cancel_initiated_at": None,
        "archived_at": None,
        "results_url": None,
    }  # fmt: skip


def test_a_batch_ends_after_some_seconds(batches: Batches) -> None:
    """Three seconds and a little for each request later it has ended, with a results URL."""
    batch = batches.create("org", body(50), now=0.0)

    assert batches.told(batch, 3.9, ORIGIN)["processing_status"] == "in_progress"
    told = batches.told(batch, 4.0, ORIGIN)

    assert told["processing_status"] == "ended"
    assert told["request_counts"]["succeeded"] == 50
    assert told["ended_at"] == "2026-05-18T11:42:04Z"
    assert told["results_url"] == f"{ORIGIN}/v1/messages/batches/{batch.id}/results"


def test_results_come_in_another_order(batches: Batches) -> None:
    """Every request has its line, not in the order asked."""
    batch = batches.create("org", body(20), now=0.0)

    names = [line["custom_id"] for line in results(batches, batch, 10.0)]

    expected = [f"row-{i}" for i in range(20)]
    assert names != expected
    assert sorted(names) == sorted(expected)


def test_each_line_holds_its_own_answer(batches: Batches) -> None:
    """A line's result belongs to its custom id."""
    batch = batches.create("org", body(5), now=0.0)

    assert all(
        line["custom_id"] == f"row-{line['result']['message']['n']}"
        for line in results(batches, batch, 10.0)
    )


def test_bad_requests_are_errored_alone(batches: Batches) -> None:
    """Params are looked at when the batch runs, and counted apart."""
    batch = batches.create("org", body(2, bad=True), now=0.0)

    assert batches.told(batch, 10.0, ORIGIN)["request_counts"]["errored"] == 2


def test_results_stay_the_same(batches: Batches) -> None:
    """Fetched twice, the lines and their order are the same."""
    batch = batches.create("org", body(9), now=0.0)

    assert results(batches, batch, 10.0) == results(batches, batch, 20.0)


def test_results_are_not_there_before_the_end(batches: Batches) -> None:
    """Asking too early is refused."""
    batch = batches.create("org", body(1), now=0.0)

    with pytest.raises(ApiError, match="not ended"):
        batches.results("org", batch.id, 1.0)


def test_a_cancelled_batch_ends_with_what_was_done(batches: Batches) -> None:
    """Half way through, half is answered and the rest canceled a second later."""
    batch = batches.create("org", body(50), now=0.0)
    batch.cancel(2.0)
    batch.cancel(2.5)

    assert batches.told(batch, 2.9, ORIGIN)["processing_status"] == "canceling"
    told = batches.told(batch, 3.0, ORIGIN)

    assert told["processing_status"] == "ended"
    assert told["cancel_initiated_at"] == "2026-05-18T11:42:02Z"
    counts = told["request_counts"]
    assert (counts["succeeded"], counts["canceled"]) == (25, 25)


def test_an_ended_batch_cannot_be_cancelled(batches: Batches) -> None:
    """There is nothing left to stop."""
    batch = batches.create("org", body(1), now=0.0)

    with pytest.raises(ApiError, match="ended"):
        batch.cancel(10.0)


def test_an_ended_batch_can_be_deleted(batches: Batches) -> None:
    """Afterwards nobody knows it."""
    batch = batches.create("org", body(1), now=0.0)
    results(batches, batch, 10.0)

    told = batches.delete("org", batch.id, 10.0)

    assert told == {"id": batch.id, "type": "message_batch_deleted"}
    with pytest.raises(ApiError):
        batches.find("org", batch.id)


def test_a_running_batch_cannot_be_deleted(batches: Batches) -> None:
    """It has to be cancelled first."""
    batch = batches.create("org", body(1), now=0.0)

    with pytest.raises(ApiError, match="cancel it first"):
        batches.delete("org", batch.id, 1.0)


@pytest.mark.parametrize(("owner", "known"), [("org", True), ("other", False)])
def test_a_batch_belongs_to_its_organization(batches: Batches, owner: str, *, known: bool) -> None:
    """Others get a 404 and do not see it listed."""
    batch = batches.create("org", body(1), now=0.0)

    listed = batches.listing(owner, 0.0, ORIGIN)

    assert [told["id"] for told in listed] == ([batch.id] if known else [])
    if not known:
        with pytest.raises(ApiError) as refused:
            batches.find(owner, batch.id)
        assert refused.value.status == 404


def test_batches_are_listed_newest_first(batches: Batches) -> None:
    """The last one made stands on top."""
    first, second = (batches.create("org", body(1), now=now) for now in (0.0, 1.0))

    assert [told["id"] for told in batches.listing("org", 1.0, ORIGIN)] == [second.id, first.id]


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'{"requests": {}}',
        b'{"requests": []}',
        b'{"requests": [{"params": {}}]}',
        b'{"requests": [{"custom_id": "a b", "params": {}}]}',
        b'{"requests": [{"custom_id": "", "params": {}}]}',
        b'{"requests": [{"custom_id": "a", "params": {}}, {"custom_id": "a", "params": {}}]}',
    ],
)
def test_a_batch_that_cannot_be_read_is_refused(batches: Batches, raw: bytes) -> None:
    """Requests need well-formed, unique custom ids, and there has to be one."""
    with pytest.raises(ApiError) as refused:
        batches.create("org", raw, now=0.0)

    assert refused.value.status == 400


def test_a_batch_has_its_bound(batches: Batches, monkeypatch: pytest.MonkeyPatch) -> None:
    """More requests than allowed are refused."""
    monkeypatch.setattr(batches_module, "MOST", 2)

    with pytest.raises(ApiError, match="between 1 and 2"):
        batches.create("org", body(3), now=0.0)
