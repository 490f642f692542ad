"""What windows remember."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from trayapp.ui.memory import Memory


@pytest.mark.parametrize("kept", [True, False])
def test_words_and_places_come_back(kept: bool, tmp_path: Path) -> None:
    """What was kept is there, with a file and without one."""
    memory = Memory(tmp_path / "desk.ini" if kept else None)

    memory.keep("theme", "dark")
    memory.keep_place("panel", QByteArray(b"\x01\x00\xff"))

    assert memory.word("theme", "system") == "dark"
    assert memory.place("panel").data() == b"\x01\x00\xff"


def test_nothing_was_kept() -> None:
    """Before anything was kept, the words are as always and no window has a place."""
    memory = Memory()

    assert (memory.word("theme", "system"), memory.place("panel").data()) == ("system", b"")


def test_it_outlives_the_process(tmp_path: Path) -> None:
    """Another desk on the same file finds it."""
    first = Memory(tmp_path / "desk.ini")
    first.keep("language", "zh_TW")
    first.close()

    assert Memory(tmp_path / "desk.ini").word("language", "system") == "zh_TW"
