"""What a body may hold: a table of refusals, and what passes."""

from typing import Any

import pytest

from trayapp.simulator.catalog import Catalog
from trayapp.simulator.errors import ApiError
from trayapp.simulator.validation import (
    NEW_VERSION,
    check_batched,
    check_message,
    check_model_name,
    check_version,
)

OLD_VERSION = "2023-06-01"
HELLO = {"role": "user", "content": "hello"}
TOOL = {"name": "clock", "input_schema": {"type": "object"}}
MARKED = {"type": "text", "text": "a", "cache_control": {"type": "ephemeral"}}


def body(**changes: Any) -> dict[str, Any]:
    whole = {"model": "claude-opus-5-5", "max_tokens": 100, "messages": [HELLO], **changes}
    return {name: value for name, value in whole.items() if value is not ...}


def check(catalog: Catalog, checked: dict[str, Any], version: str = NEW_VERSION) -> int:
    model = catalog.named(checked["model"])
    return len(check_message(checked, model, version))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"max_tokens": 0},
        {"max_tokens": 128_000, "stream": True},
        {"messages": [HELLO, {"role": "system", "content": "late rules"}]},
        {"messages": [{"role": "user", "content": [MARKED] * 4}]},
        {"thinking": {"type": "adaptive", "display": "omitted"}},
        {"tools": [TOOL], "tool_choice": {"type": "auto"}},
        {"model": "claude-opus-5", "tools": [TOOL], "tool_choice": {"type": "any"}},
        {"model": "claude-opus-5", "thinking": {"type": "disabled"}},
        {"model": "claude-haiku-4-5", "max_tokens": 2000,
         "thinking": {"type": "enabled", "budget_tokens": 1024}},
        {"model": "claude-haiku-4-5", "messages": [HELLO, {"role": "assistant", "content": "I"}]},
        {"stop_sequences": ["END"], "output_config": {"effort": "low"}, "unknown": 1},
        {"tools": None, "system": None, "stop_sequences": None, "tool_choice": None},
    ],
)  # fmt: skip
def test_what_the_api_takes_passes(catalog: Catalog, changes: dict[str, Any]) -> None:
    """A valid body gives its parts."""
    assert check(catalog, body(**changes)) >= 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"max_tokens": ...}, "max_tokens: Field required"),
        ({"max_tokens": -1}, "max_tokens"),
        ({"max_tokens": "ten"}, "max_tokens"),
        ({"max_tokens": True}, "max_tokens"),
        ({"max_tokens": 128_001}, "128001 > 128000"),
        ({"messages": ...}, "messages: Field required"),
        ({"messages": "hello"}, "messages"),
        ({"messages": []}, "at least one"),
        ({"messages": [HELLO] * 100_001}, "at most 100000"),
        ({"messages": ["hello"]}, "messages.0"),
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages.0.role"),
        ({"messages": [HELLO, {"role": "user"}]}, "messages.1.content"),
        ({"messages": [{"role": "user", "content": ""}]}, "must not be empty"),
        ({"messages": [{"role": "user", "content": [{"text": "x"}]}]}, "needs a type"),
        ({"messages": [HELLO, {"role": "assistant", "content": "I"}]}, "prefilled"),
        ({"messages": [{"role": "user", "content": [MARKED] * 5}]}, "at most 4"),
        ({"tools": {"name": "x"}}, "tools: must be a list"),
        ({"tools": [{}]}, "needs a name"),
        ({"tools": ["clock"]}, "needs a name"),
        ({"tools": [TOOL, TOOL]}, "unique"),
        ({"thinking": "hard"}, "thinking.type"),
        ({"thinking": {"type": "deep"}}, "thinking.type"),
        ({"thinking": {"type": "disabled"}}, "always thinks"),
        ({"thinking": {"type": "enabled", "budget_tokens": 2000}}, "adaptive only"),
        ({"model": "claude-haiku-4-5", "thinking": {"type": "enabled"}}, "budget_tokens"),
        ({"model": "claude-haiku-4-5",
          "thinking": {"type": "enabled", "budget_tokens": 1024}}, "budget_tokens"),
        ({"tool_choice": "auto"}, "tool_choice.type"),
        ({"tool_choice": {"type": "maybe"}}, "tool_choice.type"),
        ({"tools": [TOOL], "tool_choice": {"type": "any"}}, "never forced"),
        ({"model": "claude-opus-5", "tool_choice": {"type": "any"}}, "needs tools"),
        ({"stop_sequences": "END"}, "stop_sequences"),
        ({"stop_sequences": [""]}, "stop_sequences"),
        ({"output_config": "json"}, "output_config"),
        ({"model": "claude-haiku-4-5",
          "messages": [{"role": "user", "content": "x" * 1_000_000}]}, "prompt is too long: 250"),
    ],
)  # fmt: skip
def test_what_the_api_refuses_is_a_400(
    catalog: Catalog, changes: dict[str, Any], words: str
) -> None:
    """Each broken rule is an invalid request that names its place."""
    with pytest.raises(ApiError, match=words) as refused:
        check(catalog, body(**changes))

    assert refused.value.status == 400


@pytest.mark.parametrize("name", ["temperature", "top_p", "top_k"])
def test_the_new_version_takes_no_sampling(catalog: Catalog, name: str) -> None:
    """Sampling fields are refused with 2026-10-21 even at harmless values, and fine before."""
    sampled = body(**{name: 1})

    assert check(catalog, sampled, OLD_VERSION) == 2
    with pytest.raises(ApiError, match=name):
        check(catalog, sampled)


@pytest.mark.parametrize("heat", [-0.1, 1.1, "hot"])
def test_a_temperature_has_its_range(catalog: Catalog, heat: object) -> None:
    """With the old version a temperature is from 0 to 1."""
    with pytest.raises(ApiError, match="temperature"):
        check(catalog, body(temperature=heat), OLD_VERSION)


@pytest.mark.parametrize(
    "turns",
    [
        [{"role": "assistant", "content": [{"type": "document"}]}, HELLO],
        [{"role": "user", "content": [{"type": "text", "text": "a", "citations": [{}]}]}],
    ],
)
def test_the_new_version_refuses_some_blocks(catalog: Catalog, turns: list[Any]) -> None:
    """Documents of the assistant and citations of the user are gone with 2026-10-21."""
    assert check(catalog, body(messages=turns), OLD_VERSION) >= 2
    with pytest.raises(ApiError, match=r"messages\.0"):
        check(catalog, body(messages=turns))


@pytest.mark.parametrize("version", [None, "", "2024-01-01", "latest"])
def test_a_version_has_to_be_known(version: str | None) -> None:
    """A missing or unknown version is a 400."""
    with pytest.raises(ApiError, match="anthropic-version") as refused:
        check_version(version)

    assert refused.value.status == 400


@pytest.mark.parametrize("version", [OLD_VERSION, NEW_VERSION])
def test_both_versions_are_known(version: str) -> None:
    """Old and new clients are served."""
    assert check_version(version) == version


@pytest.mark.parametrize("value", [[], "text", None, {}, {"model": 7}])
def test_a_body_names_a_model(value: object) -> None:
    """A body is an object with a model."""
    with pytest.raises(ApiError) as refused:
        check_model_name(value)

    assert refused.value.status == 400


def test_the_models_name_is_taken_from_the_body() -> None:
    """The name comes back as it was sent."""
    assert check_model_name(body()) == "claude-opus-5-5"


@pytest.mark.parametrize(
    "params",
    [[], {"speed": "fast"}, {"thread": {"type": "create"}}, {"stream": True}, {"max_tokens": 0}],
)
def test_a_batch_takes_less(params: object) -> None:
    """Streams, fast mode, threads and empty answers are not for Message Batches."""
    with pytest.raises(ApiError):
        check_batched(params)


def test_a_plain_request_may_be_batched() -> None:
    """An ordinary body passes."""
    check_batched(body())
