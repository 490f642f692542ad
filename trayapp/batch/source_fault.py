"""What is wrong with a row, in a value and in a sentence: which row, which column, what."""

from typing import Literal

import msgspec

FaultCode = Literal[
    "empty_row", "empty_cell", "missing_column", "no_prompt", "not_json", "not_object",
    "too_many_cells", "doubled_id", "long_id", "bad_template", "too_long", "broken_text", "bad_quote",
]  # fmt: skip

_SENTENCES: dict[FaultCode, str] = {
    "empty_row": "Row {row}: it is empty.",
    "empty_cell": "Row {row}: the cell “{column}” is empty.",
    "missing_column": "Row {row}: there is no column “{column}”.",
    "no_prompt": "Row {row}: it has no “prompt”. Name the columns in a template, such as {{review}}.",
    "not_json": "Row {row}, character {place}: this is not JSON.",
    "not_object": "Row {row}: a line is an object with a “prompt”, or a string.",
    "too_many_cells": "Row {row}, cell {place}: it has more cells than the first line has names.",
    "doubled_id": "Row {row}: its id was used by a row before it.",
    "long_id": "Row {row}: its id is longer than 200 characters.",
    "bad_template": "The template has a brace that is not closed, at character {place}: "
    "write {{{{ for one brace.",
    "broken_text": "Row {row}: it holds half of a character.",
    "bad_quote": "Row {row}: a quote is not closed, or text follows it.",
    "too_long": "Row {row}: it is larger than 4 MB.",
}


class Fault(msgspec.Struct, frozen=True):
    """Why row number *row* (from 1) is not sent; *place* counts characters or cells from 1."""

    code: FaultCode
    row: int
    column: str = ""
    place: int = 0

    @property
    def sentence(self) -> str:
        """The fault for a person."""
        return _SENTENCES[self.code].format(row=self.row, column=self.column, place=self.place)
