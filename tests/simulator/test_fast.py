"""Fast mode: who has it, and the limits of its own."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.simulator.conftest import WALL
from trayapp.simulator import fast
from trayapp.simulator.api import Api
from trayapp.simulator.calls import Call, Reply
from trayapp.simulator.catalog import Catalog
from trayapp.simulator.errors import ApiError
from trayapp.simulator.messages import Answering
from trayapp.simulator.pools import Limits

NONE: frozenset[str] = frozenset()
BETA = frozenset({fast.BETA})


@pytest.mark.parametrize(
    ("model", "speed", "betas", "told"),
    [
        ("claude-opus-5-5", None, NONE, "standard"),
        ("claude-opus-5-5", "standard", NONE, "standard"),
        ("claude-opus-5-5", "fast", NONE, "fast"),
        ("claude-opus-4-8", "fast", BETA, "fast"),
        ("claude-opus-4-6", "fast", NONE, "standard"),
        ("claude-opus-4-8", "fast", NONE, 400),
        ("claude-opus-4-7", "fast", BETA, 400),
        ("claude-sonnet-5-5", "fast", BETA, 400),
        ("claude-opus-5-5", "quick", BETA, 400),
    ],
)
def test_who_has_it(
    catalog: Catalog, model: str, speed: str | None, betas: frozenset[str], told: str | int
) -> None:
    """Some models need the beta, one takes the word and goes slowly, the others refuse."""
    body = {} if speed is None else {"speed": speed}
    said: str | int
    try:
        said = fast.speed_of(body, catalog.named(model), betas)
    except ApiError as error:
        said = error.status

    assert said == told


def test_limits_are_smaller() -> None:
    """A tenth, and never nothing."""
    assert fast.limits_of(Limits(1000, 50, 5)) == Limits(100, 5, 1)


def ask(api: Api, **more: Any) -> Reply | Answering:
    body = {
        "model": "claude-opus-5-5", "max_tokens": 50, "speed": "fast",
        "messages": [{"role": "user", "content": "say: hi"}], **more,
    }  # fmt: skip
    import json

    headers = {"x-api-key": "k", "anthropic-version": "2026-10-21"}
    return api.handle(
        Call("POST", "/v1/messages", {}, headers, json.dumps(body).encode()), 0.0, WALL
    )


def test_fast_answers_tell_their_own_limits(make_api: Callable[..., Api]) -> None:
    """The fast family comes instead of the usual one, and usage says the speed."""
    api = make_api()
    answering = ask(api)
    assert isinstance(answering, Answering)

    head = dict(api.head(answering, 0.0, WALL))

    assert head[b"anthropic-fast-input-tokens-limit"] == b"200000"
    assert not any(name.startswith(b"anthropic-ratelimit") for name in head)
    assert b'"speed":"fast"' in answering.speech.script.frames[0].data


def test_fast_is_refused_and_never_slowed(make_api: Callable[..., Api]) -> None:
    """Over its limit there is a 429, while standard speed has room."""
    api = make_api(rpm=10)
    ask(api)

    refused, standard = ask(api), ask(api, speed="standard")

    assert isinstance(refused, Reply)
    assert refused.status == 429
    assert b"anthropic-fast-input-tokens-remaining" in dict(refused.head)
    assert isinstance(standard, Answering)
