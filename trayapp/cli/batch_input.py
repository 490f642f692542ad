"""The rows of a file, and how they are to be run, as a job takes them."""

from pathlib import Path
from typing import Any

import msgspec

from trayapp.batch import source
from trayapp.batch.source_text import decoded
from trayapp.cli.arguments import Told
from trayapp.figures import plain
from trayapp.model.errors import SluiceError
from trayapp.model.jobs import JobSpec, NewRow

MOST_ROWS = 100_000


class Unusable(SluiceError):
    """There is nothing to run; the message says what to mend."""


def bytes_of(name: str) -> bytes:
    """What the file called *name* holds; raises `Unusable`."""
    try:
        return Path(name).read_bytes()
    except OSError as error:
        raise Unusable(f"{name} cannot be read: {error.strerror}.") from None


def rows_of(name: str, data: bytes, template: str) -> tuple[source.Reading, list[str]]:
    """The rows of a file, and what its user should know of how it was read."""
    text = decoded(data)
    of_a_table = bool(template) and "{row}" not in template  # `row` is a line of plain text
    form = source.form_of(text.text, name, templated=of_a_table)
    reading = source.read(text.text, form, template)
    _check(reading)
    notes = []
    if text.guessed:
        notes.append(f"{plain(name)} was read as {text.encoding}; if that is wrong, save as UTF-8.")
    if reading.duplicates:
        rows = "1 row asks" if reading.duplicates == 1 else f"{reading.duplicates:,} rows ask"
        notes.append(f"{rows} what an earlier one asks; what is the same is asked once.")
    return reading, notes


def _check(reading: source.Reading) -> None:
    faults = reading.faults
    if not reading.rows:
        raise Unusable("The file has no rows.")
    if len(reading.rows) > MOST_ROWS:
        raise Unusable(f"A job has at most {MOST_ROWS:,} rows; split the file.")
    if len(faults) == len(reading.rows):
        raise Unusable(f"No row can be sent. {faults[0].sentence}")


def new_rows(reading: source.Reading) -> list[NewRow]:
    """The rows as they go down; those with a fault are kept to be told, never sent."""
    return [
        NewRow(row.prompt, row.id, row.fault.sentence if row.fault else "", row.same_as)
        for row in reading.rows
    ]


def spec_of(told: Told, file: str, schema: bytes | None) -> JobSpec:
    """How the job is run; raises `Unusable`."""
    name = told.title if told.title is not None else plain(file)[:200]
    if not 0 < len(name) <= 200 or not name.isprintable():
        raise Unusable("A job's name is 1 to 200 printable characters.")
    return JobSpec(
        name, told.model, told.mode, told.per_call, told.system, told.max_tokens,
        told.length or JobSpec("", "").length,
        tuple(told.stop), None if schema is None else _schema(schema),
    )  # fmt: skip


def _schema(data: bytes) -> dict[str, Any]:
    try:
        schema = msgspec.json.decode(data, type=dict[str, Any])
    except msgspec.MsgspecError:
        raise Unusable("The schema is not a JSON object.") from None
    return schema
