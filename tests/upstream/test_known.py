"""What is remembered of a name's addresses."""

import pytest

from trayapp.upstream.known import GOOD_S, Known


def test_found_addresses_keep_their_order() -> None:
    """The resolver's own order stands until one of them has answered."""
    known = Known()

    assert known.found(["b", "a"], 0.0) == ["b", "a"]
    assert repr(known) == "<Known 2 addresses>"


def test_address_that_answered_is_tried_first() -> None:
    """What answered last comes first, the others stay in order (R14)."""
    known = Known()
    known.answered("c")

    assert known.found(["a", "b", "c"], 0.0) == ["c", "a", "b"]


@pytest.mark.parametrize(("later", "served"), [(GOOD_S, ["a"]), (GOOD_S + 1, [])])
def test_failing_resolver_is_outlived_for_five_minutes(later: float, served: list[str]) -> None:
    """An address serves on while its resolver fails, but not for ever (R14)."""
    known = Known()
    known.found(["a"], 0.0)

    assert known.still(later) == served


def test_nothing_serves_that_was_never_found() -> None:
    """Without an earlier answer there is nothing to fall back on."""
    assert Known().still(0.0) == []
