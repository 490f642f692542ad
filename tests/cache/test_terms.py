"""Who may be answered from the cache, and what a request allows."""

import pytest

from trayapp.cache.terms import USUAL, Terms, passed_over, terms_of
from trayapp.model.exchange import Caller


@pytest.mark.parametrize(
    ("caller", "why"),
    [
        (Caller("script"), None),
        (Caller("rows", "batch"), None),
        (Caller("editor", "interactive"), "interactive"),
        (Caller("curl", own=True, cache=False), "own-credential"),
        (Caller("claude-code", "interactive", own=True), "own-credential"),
        (Caller("script", cache=False), "tool"),
    ],
)
def test_who_talks_to_a_person_or_brings_a_key_is_passed_over(
    caller: Caller, why: str | None
) -> None:
    """Tools of kind normal and batch are looked up; the others say why not."""
    assert passed_over(caller) == why


@pytest.mark.parametrize(
    ("values", "terms"),
    [
        ((), USUAL),
        ((b"no-transform",), USUAL),
        ((b"no-cache",), Terms(fresh=True)),
        ((b"No-Store",), Terms(fresh=True, keep=False)),
        ((b"no-cache", b"no-store"), Terms(fresh=True, keep=False)),
        ((b"max-age=60",), Terms(max_age=60.0)),
        ((b'max-age="60", max-age=30',), Terms(max_age=30.0)),
        ((b"max-age=0",), Terms(fresh=True, max_age=0.0)),
        ((b"max-age=soon",), Terms(fresh=True, max_age=0.0)),
    ],
)
def test_cache_control_is_obeyed(values: tuple[bytes, ...], terms: Terms) -> None:
    """No-cache asks anew, no-store keeps nothing either, max-age takes young answers only."""
    headers = ((b"host", b"x"), *((b"cache-control", value) for value in values))

    assert terms_of(headers) == terms
