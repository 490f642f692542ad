"""Pages of a list by after_id, before_id and limit."""

from collections.abc import Mapping, Sequence
from typing import Any

from trayapp.simulator.errors import ApiError

Item = Mapping[str, Any]

LIMITS = (1, 1000)
USUAL = 20


def limit_of(query: Mapping[str, str]) -> int:
    """The page's size; raises `ApiError` 400 outside 1 to 1000."""
    text = query.get("limit", str(USUAL))
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else 0
    if not LIMITS[0] <= number <= LIMITS[1]:
        raise ApiError(400, f"limit: must be between {LIMITS[0]} and {LIMITS[1]}")
    return number


def page(items: Sequence[Item], query: Mapping[str, str]) -> dict[str, Any]:
    """The page *query* asks for, in the shape of the API's older lists."""
    limit = limit_of(query)
    if before := query.get("before_id"):
        rest = items[: _place(items, before)]
        chosen, more = rest[-limit:], len(rest) > limit
    else:
        after = query.get("after_id")
        rest = items[_place(items, after) + 1 :] if after else items
        chosen, more = rest[:limit], len(rest) > limit
    return {
        "data": list(chosen),
        "has_more": more,
        "first_id": chosen[0]["id"] if chosen else None,
        "last_id": chosen[-1]["id"] if chosen else None,
    }


def _place(items: Sequence[Item], wanted: str) -> int:
    for place, item in enumerate(items):
        if item["id"] == wanted:
            return place
    raise ApiError(400, "The cursor names no item of this list.")
