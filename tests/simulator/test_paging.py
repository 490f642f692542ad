"""Pages of a list by after_id, before_id and limit."""

from typing import Any

import pytest

from trayapp.simulator.errors import ApiError
from trayapp.simulator.paging import page

ITEMS = [{"id": name} for name in "abcdefg"]


def ids(**query: str) -> tuple[str, bool]:
    told: dict[str, Any] = page(ITEMS, query)
    return "".join(item["id"] for item in told["data"]), told["has_more"]


@pytest.mark.parametrize(
    ("query", "shown", "more"),
    [
        ({}, "abcdefg", False),
        ({"limit": "3"}, "abc", True),
        ({"limit": "7"}, "abcdefg", False),
        ({"limit": "3", "after_id": "c"}, "def", True),
        ({"limit": "3", "after_id": "e"}, "fg", False),
        ({"after_id": "g"}, "", False),
        ({"limit": "2", "before_id": "d"}, "bc", True),
        ({"limit": "5", "before_id": "d"}, "abc", False),
    ],
)
def test_a_page_holds_what_was_asked_for(query: dict[str, str], shown: str, *, more: bool) -> None:
    """Cursor and limit choose the items, and `has_more` says whether there are others that way."""
    assert ids(**query) == (shown, more)


def test_a_page_names_its_ends() -> None:
    """First and last id are the cursors for the neighbours."""
    told = page(ITEMS, {"limit": "3"})

    assert (told["first_id"], told["last_id"]) == ("a", "c")


def test_an_empty_page_has_no_ends() -> None:
    """Without items both cursors are null."""
    told = page([], {})

    assert told == {"data": [], "has_more": False, "first_id": None, "last_id": None}


@pytest.mark.parametrize("limit", ["0", "1001", "-1", "many", "1.5", "", "9" * 5000, "٣"])
def test_a_limit_out_of_bounds_is_refused(limit: str) -> None:
    """Only whole numbers from 1 to 1000 are limits."""
    with pytest.raises(ApiError, match="limit"):
        page(ITEMS, {"limit": limit})


def test_an_unknown_cursor_is_refused() -> None:
    """A cursor has to name an item of the list."""
    with pytest.raises(ApiError, match="cursor"):
        page(ITEMS, {"after_id": "z"})
