"""The models there are."""

import datetime as dt

import pytest

from trayapp.simulator.catalog import Catalog, display_name, told
from trayapp.simulator.errors import ApiError

TODAY = dt.date(2026, 11, 21)


def test_a_model_is_found_by_its_id(catalog: Catalog) -> None:
    """A current id gives its class and sizes."""
    model = catalog.find("claude-opus-5-5", TODAY)

    assert (model.model_class, model.context, model.max_output) == ("opus-5.5", 1_000_000, 128_000)
    assert (model.line, model.version) == ("opus", (5, 5))


def test_an_alias_is_the_dated_model(catalog: Catalog) -> None:
    """The undated name of an older model means the dated one."""
    model = catalog.find("claude-haiku-4-5", TODAY)

    assert model.id == "claude-haiku-4-5-20251001"
    assert model.version == (4, 5)


def test_an_unknown_model_is_not_found(catalog: Catalog) -> None:
    """A name nobody has is a 404."""
    with pytest.raises(ApiError, match="model") as refused:
        catalog.find("gpt-7", TODAY)

    assert refused.value.kind == "not_found_error"


@pytest.mark.parametrize(
    ("day", "lifecycle"),
    [(dt.date(2026, 11, 29), "deprecated"), (dt.date(2026, 11, 30), "retired")],
)
def test_a_model_retires_on_its_day(catalog: Catalog, day: dt.date, lifecycle: str) -> None:
    """Until the day before a deprecated model is served."""
    assert catalog.named("claude-sonnet-4-5").lifecycle(day) == lifecycle


def test_a_retired_model_is_not_served(catalog: Catalog) -> None:
    """Asking a retired model is a 404 that says why."""
    with pytest.raises(ApiError, match="retired"):
        catalog.find("claude-3-opus-20240229", TODAY)


def test_retired_models_are_listed_only_when_asked(catalog: Catalog) -> None:
    """A listing has the lifecycles it was asked for."""
    usual = catalog.listing(TODAY, frozenset({"active", "deprecated"}))
    ended = catalog.listing(TODAY, frozenset({"retired"}))

    assert "retired" not in {row["lifecycle"] for row in usual}
    assert "claude-2.1" in {row["id"] for row in ended}


def test_a_model_is_told_as_the_endpoint_does(catalog: Catalog) -> None:
    """All fields of a model row are there."""
    row = told(catalog.named("claude-sonnet-4-5"), TODAY)

    assert row["type"] == "model"
    assert row["display_name"] == "Claude Sonnet 4.5"
    assert row["max_input_tokens"] == 200_000
    assert row["line"] == "sonnet"
    assert row["retires_at"] == "2026-11-30T00:00:00Z"
    assert row["capabilities"]["thinking"]["types"]["enabled"] == {"supported": True}


@pytest.mark.parametrize(
    ("name", "shown"), [("claude-opus-5", "Claude Opus 5"), ("claude-2.1", "claude-2.1")]
)
def test_names_are_for_people(catalog: Catalog, name: str, shown: str) -> None:
    """A model whose id tells a line and version has a spoken name."""
    assert display_name(catalog.named(name)) == shown


@pytest.mark.parametrize(
    ("name", "prefill", "budget", "always", "forced"),
    [
        ("claude-haiku-4-5", True, True, False, True),
        ("claude-sonnet-4-6", False, True, False, True),
        ("claude-opus-4-8", False, False, False, True),
        ("claude-opus-5", False, False, False, True),
        ("claude-opus-5-5", False, False, True, False),
        ("claude-sonnet-5-5", False, False, False, False),
        ("claude-fable-5", False, False, True, True),
        ("claude-fable-5-1", False, False, True, False),
    ],
)
def test_newer_models_take_less(
    catalog: Catalog, name: str, *, prefill: bool, budget: bool, always: bool, forced: bool
) -> None:
    """What a model refuses follows its line and version."""
    model = catalog.named(name)

    assert model.takes_prefill is prefill
    assert model.takes_thinking_budget is budget
    assert model.thinks_always is always
    assert model.takes_forced_tool is forced
