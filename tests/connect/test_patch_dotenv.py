"""One line more in a `.env` file, and the very same bytes afterwards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connect.trips import there, there_and_back
from trayapp.connect import patch_dotenv
from trayapp.connect.edit import NotUnderstood, Place

BASE: Place = ("BASE",)
TOKEN: Place = ("TOKEN",)
BOTH = ((BASE, "b"), (TOKEN, "t"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "BASE=b\nTOKEN=t\n"),
        ("A=1", "A=1\nBASE=b\nTOKEN=t\n"),
        ("# c\r\n\r\n", "# c\r\n\r\nBASE=b\r\nTOKEN=t\r\n"),
        ("export BASE = 'x' # c\n", "export BASE = b # c\nTOKEN=t\n"),
        ('BASE="x\nTOKEN=no\n"\nTOKEN=\n', "BASE=b\nTOKEN=t\n"),
        ("BASE=a#b # c\nA=`\n`", "BASE=b # c\nA=`\n`\nTOKEN=t\n"),
        ("not a line\n=\n", "not a line\n=\nBASE=b\nTOKEN=t\n"),
    ],
)
def test_a_line_follows_the_last_one(before: str, after: str) -> None:
    """A variable that is there already changes where it is."""
    assert there(patch_dotenv, before, *BOTH) == after
    assert there_and_back(patch_dotenv, before, BOTH) == before


def test_what_was_added_since_stays() -> None:
    """Below our line, with the line break above it, or behind one that lost its own."""
    text, trace = patch_dotenv.put("A=1", BASE, "b")

    assert patch_dotenv.take(text + "C=1", BASE, trace) == "A=1\nC=1"
    assert patch_dotenv.take("A=1\nBASE=b", BASE, trace) == "A=1"
    assert patch_dotenv.take("A=1\r\nBASE=b\r\nC=1", BASE, trace) == "A=1\r\nC=1"


@pytest.mark.parametrize(
    ("text", "words"), [("A=1\nA=2", "^Lines 1 and 2"), ("\nA='", "line 2 is never closed")]
)
def test_what_cannot_be_told_apart_is_refused(text: str, words: str) -> None:
    """A variable twice, a quote without an end."""
    with pytest.raises(NotUnderstood, match=words):
        patch_dotenv.put(text, BASE, "b")


@pytest.mark.slow
@given(st.text(alphabet="ABSE#'\"\r\n\t= `\\", max_size=60))
def test_any_file_survives(text: str) -> None:
    """Every byte comes back from any file that is edited at all."""
    try:
        there(patch_dotenv, text, *BOTH)
    except NotUnderstood:
        return

    assert there_and_back(patch_dotenv, text, BOTH) == text
