"""Faults in sentences."""

from typing import get_args

import pytest

from trayapp.batch.source_fault import Fault, FaultCode


@pytest.mark.parametrize("code", get_args(FaultCode))
def test_every_fault_is_a_sentence(code: FaultCode) -> None:
    """Each names its row, or the template's character, and nothing is left to fill in."""
    sentence = Fault(code, 311, "review", 7).sentence

    assert "311" in sentence or "character 7" in sentence
    assert sentence.endswith(".")


def test_a_fault_names_its_column() -> None:
    """The reader finds the cell by row and column."""
    assert Fault("empty_cell", 311, "review").sentence == "Row 311: the cell “review” is empty."
