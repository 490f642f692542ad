"""A value that fits a JSON schema."""

import datetime as dt
from typing import Any

import pytest

from trayapp.simulator.dice import Dice
from trayapp.simulator.errors import ApiError
from trayapp.simulator.schemas import LONGEST, MOST_ITEMS, value_for


def made(schema: Any, seed: bytes = b"1") -> Any:
    return value_for(schema, Dice(seed))


@pytest.mark.parametrize(
    ("schema", "kind"),
    [
        ({"type": "string"}, str),
        ({"type": "integer"}, int),
        ({"type": "number"}, float),
        ({"type": "boolean"}, bool),
        ({"type": "null"}, type(None)),
        ({"type": "array"}, list),
        ({"type": "object"}, dict),
        ({"type": ["null", "string"]}, str),
        ({"type": ["null"]}, type(None)),
        ({}, str),
        ({"properties": {}}, dict),
        (True, type(None)),
    ],
)
def test_a_value_has_its_type(schema: Any, kind: type) -> None:
    """Each type gives a value of that type; none at all means text."""
    assert type(made(schema)) is kind


def test_an_object_has_its_properties() -> None:
    """Required and optional properties are filled in."""
    schema = {
        "type": "object",
        "properties": {"name": {"type": "string"}, "age": {"type": "integer", "minimum": 18}},
        "required": ["name"],
    }

    value = made(schema)

    assert value.keys() == {"name", "age"}
    assert value["age"] >= 18


@pytest.mark.parametrize("seed", [b"1", b"2", b"3", b"4"])
@pytest.mark.parametrize(
    ("schema", "low", "high"),
    [
        ({"type": "integer", "minimum": 3, "maximum": 3}, 3, 3),
        ({"type": "integer", "maximum": -5}, -1000, -5),
        ({"type": "integer", "exclusiveMinimum": 7}, 8, 1000),
        ({"type": "number", "minimum": 0.25, "maximum": 0.75}, 0.25, 0.75),
        ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 2}, 0.1, 1.9),
    ],
)
def test_numbers_keep_their_bounds(schema: Any, low: float, high: float, seed: bytes) -> None:
    """Minimum and maximum hold, inclusive or not."""
    assert low <= made(schema, seed) <= high


def test_multiples_are_multiples() -> None:
    """A number is a whole count of its step."""
    assert made({"type": "integer", "multipleOf": 7, "minimum": 20}) % 7 == 0


@pytest.mark.parametrize(
    ("schema", "count"),
    [
        ({"type": "array", "items": {"type": "integer"}}, 1),
        ({"type": "array", "minItems": 3}, 3),
        ({"type": "array", "maxItems": 0}, 0),
        ({"type": "array", "minItems": 10**9}, MOST_ITEMS),
    ],
)
def test_arrays_have_as_many_as_asked(schema: Any, count: int) -> None:
    """At least the minimum, at most the maximum, and never a flood."""
    assert len(made(schema)) == count


@pytest.mark.parametrize(
    ("schema", "low", "high"),
    [
        ({"type": "string", "minLength": 40}, 40, 60),
        ({"type": "string", "maxLength": 3}, 3, 3),
        ({"type": "string", "minLength": 10**12}, LONGEST, LONGEST),
    ],
)
def test_texts_are_as_long_as_asked(schema: Any, low: int, high: int) -> None:
    """Length bounds hold."""
    assert low <= len(made(schema)) <= high


def test_a_known_format_is_kept() -> None:
    """A date is a date."""
    assert dt.date.fromisoformat(made({"type": "string", "format": "date"})).year == 2026


def test_named_values_are_taken_from_the_names() -> None:
    """Enum gives one of its values, const the only one."""
    assert made({"enum": ["red", "green"]}) in {"red", "green"}
    assert made({"const": None}) is None
    assert made({"const": 5, "type": "string"}) == 5


@pytest.mark.parametrize("word", ["anyOf", "oneOf"])
def test_the_first_branch_will_do(word: str) -> None:
    """Of several branches one is followed."""
    assert isinstance(made({word: [{"type": "integer"}, {"type": "null"}]}), int)


def test_all_parts_are_joined() -> None:
    """What several schemas ask together is all there."""
    schema = {
        "allOf": [
            {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]},
            {"properties": {"b": {"type": "string"}}, "required": ["b"]},
        ]
    }

    assert made(schema).keys() == {"a", "b"}


def test_references_are_followed() -> None:
    """A `$ref` into `$defs` is that schema."""
    schema = {"$defs": {"n": {"const": 4}}, "properties": {"x": {"$ref": "#/$defs/n"}}}

    assert made(schema) == {"x": 4}


def test_a_reference_to_nowhere_is_anything() -> None:
    """A reference that leads nowhere leaves the value open."""
    assert isinstance(made({"$ref": "#/$defs/none/such"}), str)


def test_a_tree_ends() -> None:
    """A schema that holds itself as an option is filled to a depth and then left."""
    schema = {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "child": {"anyOf": [{"$ref": "#"}, {"type": "null"}]},
            "more": {"type": "array", "items": {"$ref": "#"}},
        },
        "required": ["name", "child", "more"],
    }

    assert made(schema)["child"]["name"]


@pytest.mark.parametrize(
    "schema",
    [
        {"$ref": "#"},
        {"type": "number", "multipleOf": 0},
        {"type": "number", "multipleOf": "x"},
        {"type": "object", "properties": []},
        {"anyOf": {"a": 1}, "$defs": 1, "type": 3, "enum": []},
        {"type": "array", "minItems": "three"},
    ],
)
def test_a_schema_that_makes_no_sense_is_refused(schema: Any) -> None:
    """Nonsense and endless recursion are invalid requests, not crashes."""
    with pytest.raises(ApiError, match="schema") as refused:
        made(schema)

    assert refused.value.status == 400
