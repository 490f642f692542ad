"""History for other programs."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest

from trayapp.model.history import Record, Sum
from trayapp.sheet import columns, csv_head, csv_line, json_line

NOON = dt.datetime(2026, 11, 21, 12, 0, tzinfo=dt.UTC)


def record(**told: Any) -> Record:
    fields: dict[str, Any] = {
        "id": 1, "ended": 2, "request_id": "r", "at": NOON, "tool": "ide", "kind": "normal",
        "route": "messages", "verdict": "answered", "outcome": "ok", **told,
    }  # fmt: skip
    return Record(**fields)


def test_a_table_reads_back() -> None:
    """Every field has its column; what is unknown is empty, and a comma divides nothing."""
    text = csv_head(Record) + csv_line(record(tool='a, "b"', output_tokens=5, cached=True))

    (row,) = csv.DictReader(io.StringIO(text))

    assert tuple(row) == columns(Record)
    assert (row["tool"], row["output_tokens"], row["input_tokens"]) == ('a, "b"', "5", "")
    assert (row["at"], row["cached"]) == ("2026-11-21T12:00:00Z", "True")


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@a", "\ta"])
def test_no_name_becomes_a_formula(name: str) -> None:
    """A table program shows it as the text it is."""
    text = csv_head(Record) + csv_line(record(model_asked=name))

    (row,) = csv.DictReader(io.StringIO(text))

    assert row["model_asked"] == f"'{name}"


def test_json_lines_hold_every_field() -> None:
    """Unknown ones are null, never left out."""
    told = json.loads(json_line(Sum("2026-11-21", requests=2)))

    assert tuple(told) == columns(Sum)
    assert (told["key"], told["requests"], told["cost_usd"]) == ("2026-11-21", 2, None)
