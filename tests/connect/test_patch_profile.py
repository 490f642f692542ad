"""A marked block in a shell's profile, and the very same bytes afterwards."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.connect.trips import there, there_and_back
from trayapp.connect.edit import NotUnderstood, Place
from trayapp.connect.patch_profile import BEGIN, END, Profile, fish, powershell, sh

BASE: Place = ("BASE",)
DIRECT: Place = ("NO_PROXY",)
BOTH = ((BASE, "http://h:1"), (DIRECT, "h"))
SH = Profile(sh)


@pytest.mark.parametrize(
    ("profile", "lines"),
    [
        (SH, ("export BASE=http://h:1", 'export NO_PROXY="${NO_PROXY:+$NO_PROXY,}h"')),
        (Profile(fish), ("set -gx BASE http://h:1", "set -gx NO_PROXY (string join , $NO_PROXY h)")),
        (Profile(powershell, "`"), (
            "$env:BASE = 'http://h:1'",
            "$env:NO_PROXY = (@($env:NO_PROXY, 'h') | Where-Object { $_ }) -join ','",
        )),
    ],
)  # fmt: skip
@pytest.mark.parametrize(("text", "newline"), [("", "\n"), ("x", "\n"), ("x\r\n", "\r\n")])
def test_a_block_stands_at_the_end(
    profile: Profile, lines: tuple[str, str], text: str, newline: str
) -> None:
    """Each shell has its own way to set a variable."""
    lead = newline if text == "x" else ""
    block = "".join(line + newline for line in (BEGIN, *lines, END))

    assert there(profile, text, *BOTH) == text + lead + block
    assert there_and_back(profile, text, BOTH) == text


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("sh"), reason="needs a POSIX shell")
def test_a_shell_understands_the_block() -> None:
    """What was in the list before stays in it."""
    text = there(SH, "NO_PROXY=mine\n", *BOTH) + 'echo "$BASE $NO_PROXY"'
    said = subprocess.run(["sh", "-c", text], capture_output=True, text=True, check=True)

    assert said.stdout == "http://h:1 mine,h\n"


def test_what_others_set_is_not_ours() -> None:
    """Only what stands in the block is found, changed or taken."""
    text = f"export BASE=mine\n{BEGIN}\nexport A=1\n{END}"
    after = there(SH, text, *BOTH)

    assert SH.find(text, BASE) is None
    assert after.startswith(f"export BASE=mine\n{BEGIN}\nexport A=1\nexport BASE=http")
    assert there_and_back(SH, after, ((BASE, "other"),)) == after
    assert there_and_back(SH, text, BOTH) == text


def test_what_was_added_since_stays() -> None:
    """Below the block, and in it."""
    text, trace = SH.put("x", BASE, "b")
    inside = text.replace(END, f"export MINE=1\n{END}")

    assert SH.take(text + "below", BASE, trace) == "x\nbelow"
    assert SH.take(inside, BASE, trace) == f"x\n{BEGIN}\nexport MINE=1\n{END}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x \\\n", "goes on below"),
        (f"{BEGIN}\n", "not whole"),
        (f"x {END}\n", "not whole"),
        (f"{BEGIN}\n{END}\n{BEGIN}\n{END}\n", "^Lines 1 and 3"),
    ],
)
def test_what_cannot_be_told_apart_is_refused(text: str, words: str) -> None:
    """Half a block, two of them, and a last line that would swallow ours."""
    with pytest.raises(NotUnderstood, match=words):
        SH.put(text, BASE, "b")


@pytest.mark.slow
@given(st.text(alphabet="ab #'\"\r\n\t=$", max_size=60))
def test_any_file_survives(text: str) -> None:
    """Every byte comes back, whatever ends its lines."""
    assert there_and_back(SH, text, BOTH) == text
