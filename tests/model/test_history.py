"""What is asked of the history, and what it tells."""

import datetime as dt

import msgspec
import pytest

from trayapp.model.history import Filter, ListRequests, Record

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        (Filter(), True),
        (Filter(tools=("ide",), models=("m",), since=NOON), True),
        (Filter(verdicts=("cached",)), False),
        (Filter(text="x"), False),
    ],
)
def test_kept_sums_know_hours_tools_and_models(asked: Filter, plain: bool) -> None:
    """Whatever else is asked has to be counted."""
    assert asked.is_plain is plain


@pytest.mark.parametrize(("served", "model"), [("b", "b"), (None, "a")])
def test_the_model_is_the_one_that_answered(served: str | None, model: str) -> None:
    """Where none did it is the one that was asked."""
    record = Record(
        1, 2, "r", NOON, "ide", "normal", "messages", "answered", "ok", "a", model_served=served
    )

    assert record.model == model


@pytest.mark.parametrize("limit", [0, 251, 10**9])
def test_nobody_asks_for_more_than_a_page(limit: int) -> None:
    """The bound is held as the question is read."""
    text = msgspec.json.encode(ListRequests(limit=limit))

    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(text, type=ListRequests)
