"""A value that fits a JSON schema: what structured outputs and tool inputs are made of."""

import math
from typing import Any

from trayapp.simulator.dice import Dice
from trayapp.simulator.errors import ApiError

DEEPEST = 6
"""Below this depth only what is required is filled in, so that recursive schemas end."""
MOST_ITEMS = 100
LONGEST = 10_000
STEPS = {"integer": 1, "number": 0.5}

_WORDS = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "harbour", "island")
_FORMATS = {
    "date": "2026-05-18",
    "time": "11:42:16Z",
    "date-time": "2026-05-18T11:42:16Z",
    "email": "reader@example.com",
    "uri": "https://example.com/",
    "uuid": "0b7f7c52-5d0c-4a4e-9d57-3f6d0a3f9c11",
    "ipv4": "192.0.2.1",
    "hostname": "example.com",
}


def value_for(schema: Any, dice: Dice) -> Any:
    """A value that fits *schema*; `pattern` and `not` are not looked at.

    Raises `ApiError` 400 for a schema that makes no sense or refers to itself for ever.
    """
    try:
        return _Maker(schema, dice).make(schema, 0)
    except (
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        raise ApiError(400, "The JSON schema cannot be followed.") from error


class _Maker:
    def __init__(self, root: Any, dice: Dice) -> None:
        self._root = root
        self._dice = dice

    def make(self, schema: Any, depth: int) -> Any:
        if not isinstance(schema, dict):
            return None
        if "$ref" in schema:
            return self.make(self._resolve(str(schema["$ref"])), depth + 1)
        if named := [schema["const"]] if "const" in schema else schema.get("enum"):
            return self._dice.pick(named)
        if branches := schema.get("anyOf") or schema.get("oneOf"):
            return self.make(branches[0 if depth <= DEEPEST else -1], depth + 1)
        if parts := schema.get("allOf"):
            return self.make(_joined([{**schema, "allOf": None}, *parts]), depth + 1)
        return self._typed(schema, depth)

    def _typed(self, schema: dict[str, Any], depth: int) -> Any:
        kind = _type_of(schema)
        if kind in {"object", "array"}:
            return self._object(schema, depth) if kind == "object" else self._array(schema, depth)
        if kind == "string":
            return self._string(schema)
        if kind == "boolean":
            return self._dice.uniform() < 0.5
        return self._number(schema, kind) if kind in STEPS else None

    def _object(self, schema: dict[str, Any], depth: int) -> dict[str, Any]:
        required = schema.get("required", ())
        return {
            name: self.make(inner, depth + 1)
            for name, inner in schema.get("properties", {}).items()
            if name in required or depth < DEEPEST
        }

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        usual = 1 if depth < DEEPEST else 0
        count = max(schema.get("minItems", 0), min(usual, schema.get("maxItems", usual)))
        items = schema.get("items", {"type": "string"})
        return [self.make(items, depth + 1) for _ in range(min(count, MOST_ITEMS))]

    def _string(self, schema: dict[str, Any]) -> str:
        if known := _FORMATS.get(schema.get("format", "")):
            return known
        text = f"{self._dice.pick(_WORDS)} {self._dice.pick(_WORDS)}"
        text = text.ljust(min(schema.get("minLength", 0), LONGEST), ".")
        return text[: schema.get("maxLength", len(text))]

    def _number(self, schema: dict[str, Any], kind: str) -> float:
        step = float(schema.get("multipleOf", STEPS[kind]))
        low, high = _bounds(schema, step)
        steps = max(math.floor((high - low) / step), 0)
        value = low + step * self._dice.below(min(steps, 100) + 1)
        return math.ceil(value) if kind == "integer" else value

    def _resolve(self, ref: str) -> Any:
        place = self._root
        for name in ref.removeprefix("#").strip("/").split("/"):
            place = place.get(name, {}) if name and isinstance(place, dict) else place
        return place


def _type_of(schema: dict[str, Any]) -> str:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((name for name in kind if name != "null"), "null")
    if kind is None:
        return "object" if "properties" in schema else "string"
    return str(kind)


def _bounds(schema: dict[str, Any], step: float) -> tuple[float, float]:
    low = schema.get("minimum", schema.get("exclusiveMinimum", -math.inf) + step)
    high = schema.get("maximum", schema.get("exclusiveMaximum", math.inf) - step)
    if math.isinf(low):
        low = min(0.0, high)
    low = math.ceil(low / step) * step
    return low, high if math.isfinite(high) else low + 100 * step


def _joined(schemas: list[Any]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for schema in schemas:
        for name, value in schema.items():
            if name == "properties":
                value = {**joined.get(name, {}), **value}  # noqa: PLW2901 - merged, then stored
            elif name == "required":
                value = [*joined.get(name, ()), *value]  # noqa: PLW2901 - merged, then stored
            joined[name] = value
    return joined
