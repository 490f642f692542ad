"""A body's parts, in the order they are read, and their tokens."""

from typing import Any

import pytest

from trayapp.simulator.prompt import (
    OPENING_TOKENS,
    PICTURE_TOKENS,
    TOOLS_TOKENS,
    TURN_TOKENS,
    blocks_of,
    parts_of,
    prompt_tokens,
    text_of,
    tokens_of,
)

MARK = {"type": "ephemeral"}


def said(text: str, **more: Any) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": text}], **more}


@pytest.mark.parametrize(
    ("text", "tokens"), [("", 0), ("a", 1), ("abcd", 1), ("abcde", 2), ("ü", 1)]
)
def test_four_bytes_are_a_token(text: str, tokens: int) -> None:
    """Text counts a token for every four bytes begun."""
    assert tokens_of(text) == tokens


def test_a_prompt_counts_text_and_framing() -> None:
    """A message costs its text, its turn and the opening."""
    assert prompt_tokens(said("a" * 40)) == OPENING_TOKENS + TURN_TOKENS + 10


def test_tools_cost_their_hidden_instructions_once() -> None:
    """The first tool brings the hidden system tokens, a second one does not."""
    one = prompt_tokens(said("x", tools=[{"name": "a"}]))
    two = prompt_tokens(said("x", tools=[{"name": "a"}, {"name": "b"}]))

    assert one - prompt_tokens(said("x")) > TOOLS_TOKENS
    assert two - one < 10


def test_pictures_cost_a_flat_price() -> None:
    """An image block counts the same whatever its bytes."""
    picture = {"type": "image", "source": {"data": "x" * 100_000}}
    body = {"messages": [{"role": "user", "content": [picture]}]}

    assert prompt_tokens(body) == OPENING_TOKENS + TURN_TOKENS + PICTURE_TOKENS


def test_parts_come_as_the_model_reads_them() -> None:
    """Tools stand before system, and system before messages."""
    body = said("hello", system="rules", tools=[{"name": "clock"}])

    order = [part.data[:6] for part in parts_of(body)]

    assert order == [b"openin", b'tool{"', b"system", b'user{"']


def test_a_mark_closes_its_part() -> None:
    """A `cache_control` on a block is that part's mark, with its lifetime."""
    system = [
        {"type": "text", "text": "a", "cache_control": MARK},
        {"type": "text", "text": "b", "cache_control": {**MARK, "ttl": "1h"}},
    ]

    marks = [part.ttl for part in parts_of(said("x", system=system))]

    assert marks == [None, "5m", "1h", None]


def test_a_mark_is_no_content() -> None:
    """The same block with and without a mark is the same prefix."""
    plain = {"type": "text", "text": "a"}
    marked = {**plain, "cache_control": MARK}

    first, second = (parts_of(said("x", system=[block]))[1] for block in (plain, marked))

    assert first.data == second.data


def test_a_mark_on_the_body_closes_the_last_part() -> None:
    """Automatic caching marks whatever stands last."""
    parts = parts_of(said("x", cache_control=MARK))

    assert [part.ttl for part in parts] == [None, "5m"]


@pytest.mark.parametrize("content", [None, 7, {"type": "text"}])
def test_strange_content_has_no_blocks(content: object) -> None:
    """What is neither text nor a list holds nothing."""
    assert blocks_of(content) == []


def test_text_is_gathered_from_text_blocks_alone() -> None:
    """Other blocks have no text to give."""
    content = [{"type": "text", "text": "a"}, {"type": "image"}, {"type": "text", "text": "b"}]

    assert text_of(content) == "a\nb"
