"""What `kill -9` leaves of the response cache: every answer that was said to be kept, and none in part."""

import contextlib
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cache.killed import answer, question
from tests.cache.shelf_life import Scene, play
from trayapp.cache.lookup import HIT

PROGRAM = Path(__file__).with_name("killed.py")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")


def kill_after(folder: Path, first: int, lines: int) -> int:
    """Let a cache be filled from *first* on, kill it after so many *lines*; what it said last."""
    command = [sys.executable, str(PROGRAM), str(folder), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as keeper:
        assert keeper.stdout is not None
        said = first - 1
        for _ in range(lines):
            said = int(keeper.stdout.readline())
        keeper.kill()
        for line in keeper.stdout.read().splitlines():
            with contextlib.suppress(ValueError):  # the last line may be half
                said = int(line)
    return said


def check(folder: Path, said: int) -> None:
    """All that was said to be kept is found, as it was, and what came after is whole or absent."""

    async def scene() -> None:
        opened = Scene(folder)
        for number in range(1, said + 3):
            found = await opened.cache.look(question(number))
            if number <= said:
                assert found.status == HIT
            if found.kept is not None:
                assert found.kept.body == answer(number)
        await opened.finish()

    play(scene)


def killed(folder: Path, times: int, seed: int) -> None:
    """Kill and look, *times* on one file."""
    draw = random.Random(seed)
    said = 0
    for _ in range(times):
        said = kill_after(folder, said + 1, draw.randrange(1, 12))
        check(folder, said)


@pytest.mark.slow
def test_what_was_kept_is_found_after_a_kill(tmp_path: Path) -> None:
    """Two kills, one after the other, on one file (R27)."""
    killed(tmp_path, 2, 5)


@pytest.mark.long
def test_it_is_found_after_two_hundred(tmp_path: Path) -> None:
    """The same, over and over (R27)."""
    killed(tmp_path, 200, 7)
