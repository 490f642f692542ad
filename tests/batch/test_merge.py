"""Merged calls: asked by number, each answer checked."""

import json

import pytest

from trayapp.batch.merge import answers, question, schema_of


def test_rows_are_asked_as_json_lines() -> None:
    """A row that looks like the next one stays within its own text."""
    lines = question(['a"\n{"id":"2"}', "中😀"]).split("\n")

    assert [json.loads(line) for line in lines] == [
        {"id": "1", "text": 'a"\n{"id":"2"}'},
        {"id": "2", "text": "中😀"},
    ]


def test_every_row_is_a_required_property() -> None:
    """Structured output can then leave none out; a user's schema holds for each answer."""
    assert schema_of(2, None) == {
        "type": "object",
        "properties": {"1": {"type": "string"}, "2": {"type": "string"}},
        "required": ["1", "2"],
        "additionalProperties": False,
    }
    assert schema_of(1, {"type": "object"})["properties"] == {"1": {"type": "object"}}


CASES = {
    "whole": ('{"1":"a","2":"b"}', ["a", "b"]),
    "in another order": ('{"2":"b","1":"a"}', ["a", "b"]),
    "one missing": ('{"2":"b"}', [None, "b"]),
    "one empty": ('{"1":" ","2":"b"}', [None, "b"]),
    "one of another kind": ('{"1":5,"2":"b"}', [None, "b"]),
    "one doubled": ('{"1":"a","1":"c","2":"b"}', [None, None]),
    "an unknown id": ('{"1":"a","2":"b","3":"c"}', [None, None]),
    "cut": ('{"1":"a","2":"b', [None, None]),
    "no object": ('["a","b"]', [None, None]),
    "endless": ("[" * 100_000, [None, None]),
}


@pytest.mark.parametrize("case", CASES)
def test_only_what_is_certain_is_taken(case: str) -> None:
    """What is missing, doubled or malformed runs again alone."""
    text, expected = CASES[case]

    assert answers(text, 2) == expected


def test_structured_answers_stay_json() -> None:
    """An answer by the user's schema is its JSON; one with a doubled name inside is none."""
    text = '{"1":{"mood":"好"},"2":null,"3":{"a":1,"a":2}}'

    assert answers(text, 3, structured=True) == ['{"mood": "好"}', None, None]
