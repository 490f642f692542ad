"""Several rows in one call: how they are asked, and how their answers are checked.

The answer is an object with one required property a row, so that structured output itself keeps
rows from being left out or doubled. What comes is checked all the same: not every upstream
obeys, and an answer that was cut is no JSON. A row without exactly one good answer runs singly.
"""

import json
from collections.abc import Sequence
from typing import Any

INSTRUCTION = (
    "The message holds several independent items, one JSON object a line with an id and a text. "
    "Follow the instructions for each item alone, as if it were the only one: no answer may refer "
    "to another item. Give each item's answer under its id."
)
MOST_A_CALL = 50

Schema = dict[str, Any]


class _Doubled(dict[str, Any]):
    """An object in which a name came twice."""


def question(prompts: Sequence[str]) -> str:
    """The items, numbered from 1; as JSON, no text of a row can look like the next row."""
    return "\n".join(
        json.dumps({"id": str(number), "text": prompt}, ensure_ascii=False)
        for number, prompt in enumerate(prompts, 1)
    )


def schema_of(count: int, answer: Schema | None) -> Schema:
    """The schema of *count* answers, each a text or as *answer* says."""
    one = answer if answer is not None else {"type": "string"}
    names = [str(number) for number in range(1, count + 1)]
    return {
        "type": "object",
        "properties": dict.fromkeys(names, one),
        "required": names,
        "additionalProperties": False,
    }


def answers(text: str, count: int, *, structured: bool = False) -> list[str | None]:
    """The answer of each row, None where it has to run again alone.

    *structured* answers are JSON values by the user's own schema, others texts.
    """
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return [None] * count
    if not isinstance(value, dict) or isinstance(value, _Doubled):
        return [None] * count
    if set(value) - {str(number) for number in range(1, count + 1)}:
        return [None] * count  # ids nobody gave: whose answer is whose cannot be told
    return [_answer(value.get(str(number)), structured) for number in range(1, count + 1)]


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(pairs)
    return whole if len(whole) == len(pairs) else _Doubled(whole)


def _answer(value: Any, structured: bool) -> str | None:  # noqa: FBT001 - one of two kinds
    if structured:
        good = value is not None and not isinstance(value, _Doubled)
        return json.dumps(value, ensure_ascii=False) if good else None
    return value if isinstance(value, str) and value.strip() else None
