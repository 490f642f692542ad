"""Ends of rows, and what calls took beside them."""

import pytest

from trayapp.batch.results import Answered, Result, Spent, shared
from trayapp.model.usage import Usage


def test_an_error_tells_failed_from_done() -> None:
    """The state of a row follows from what is kept of it."""
    assert Result(1, Answered("text")).state == "done"
    assert Result(1, Answered(error="no")).state == "failed"


@pytest.mark.parametrize("parts", [1, 2, 3, 7])
def test_shares_add_up(parts: int) -> None:
    """No token of a merged call is lost or counted twice, and absent stays absent."""
    usage = Usage(input_tokens=101, output_tokens=20, cache_read_input_tokens=5)

    shares = [shared(usage, part, parts) for part in range(parts)]

    assert sum(each.input_tokens or 0 for each in shares if each) == 101
    assert sum(each.output_tokens or 0 for each in shares if each) == 20
    assert all(each and each.cache_creation_input_tokens is None for each in shares)


def test_no_usage_has_no_shares() -> None:
    """What was not told is not zero."""
    assert shared(None, 0, 2) is None


def test_what_was_spent_adds_up() -> None:
    """A cost that is not known stays unknown beside another."""
    both = Spent(1, 2, 3, None, (4,)).plus(Spent(1, 2, 3, 0.5, (5,)))

    assert both == Spent(2, 4, 6, 0.5, (4, 5))
    assert Spent(1).plus(Spent(1)).cost_usd is None
