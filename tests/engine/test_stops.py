"""What upstream refuses for good is a problem until an answer shows that it is over."""

import datetime as dt

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.requests import a_request
from trayapp.engine.problems import Problems
from trayapp.engine.stops import Stops
from trayapp.model.exchange import Route
from trayapp.model.outcome import Outcome
from trayapp.model.refusal import Refusal

DAY = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)


@pytest.fixture
def problems() -> Problems:
    """No problems yet."""
    return Problems(FakeClock().now, lambda: None)


def outcome(tool: str, ending: str = "ok") -> Outcome:
    """How one request of *tool* ended."""
    assert ending in {"ok", "error"}
    made = Outcome("slc_1", DAY, tool, "normal", Route.MESSAGES)
    return (
        made
        if ending == "ok"
        else Outcome("slc_1", DAY, tool, "normal", Route.MESSAGES, outcome="error")
    )


@pytest.mark.parametrize(
    ("refusal", "parts"),
    [
        (Refusal("spend", until=DAY), ("spend limit", "until 1 Dec 00:00 UTC", "does not retry")),
        (Refusal("spend"), ("answers nothing more.",)),
        (Refusal("window", until=DAY), ("window of this login", "resets at 00:00 UTC")),
        (Refusal("window"), ("is used up. Other logins",)),
        (Refusal("window", model_scoped=True), ("weekly window for claude", "Other models")),
    ],
)
def test_each_refusal_for_good_has_its_sentence(
    problems: Problems, refusal: Refusal, parts: tuple[str, ...]
) -> None:
    """The sentence says what is used up and when it works again, where that is known."""
    Stops(problems).refused(refusal, a_request())

    (problem,) = problems.all()
    for part in parts:
        assert part in problem.message


def test_passing_refusals_are_no_problem(problems: Problems) -> None:
    """A 429 that waiting mends is pacing, not trouble."""
    Stops(problems).refused(Refusal("rate"), a_request())

    assert problems.all() == ()


def test_an_answer_ends_the_problem(problems: Problems) -> None:
    """The first answer of the same tool shows that requests work again."""
    stops, request = Stops(problems), a_request()
    stops.refused(Refusal("spend"), request)
    stops.ended(outcome(request.caller.name, "error"))
    stops.ended(outcome("another tool"))
    before = len(problems.all())
    stops.ended(outcome(request.caller.name))

    assert (before, problems.all()) == (1, ())
