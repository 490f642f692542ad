"""Bits that flip on disk: a miss at worst, never a wrong answer and never a failure."""

import asyncio
import random
from pathlib import Path

import pytest

from tests.cache.asked import asking, body, message
from tests.cache.shelf_life import Scene, play
from trayapp.model.exchange import Request

ENTRIES = 12


def question(number: int) -> Request:
    """One of several questions."""
    return asking(body=body(max_tokens=number + 1))


def answer(number: int) -> bytes:
    """The one right answer to it."""
    return message(content=[{"type": "text", "text": f"{number}:" + "x" * (400 * number)}])


async def fill(folder: Path) -> None:
    """Keep the answers to all questions."""
    scene = Scene(folder)
    for number in range(ENTRIES):
        await scene.ask(question(number), answer(number))
    await scene.finish()


def flip(content: bytes, chance: random.Random) -> bytes:
    """Flip one bit anywhere."""
    at, bit = chance.randrange(len(content)), chance.randrange(8)
    return bytes([*content[:at], content[at] ^ 1 << bit, *content[at + 1 :]])


async def survivors(folder: Path) -> int:
    """How many answers are still found; each of them is the right one."""
    scene = Scene(folder)
    found = 0
    for number in range(ENTRIES):
        kept = (await scene.cache.look(question(number))).kept
        assert kept is None or kept.body == answer(number)
        found += kept is not None
    await scene.ask(question(ENTRIES), b"")
    await scene.finish()
    return found


async def suffer(folder: Path, flips: int, chance: random.Random) -> int:
    """Flip so many bits, each in a file that was whole, and count the answers that were found."""
    await fill(folder)
    path = folder / "cache.db"
    whole = path.read_bytes()
    found = 0
    for _ in range(flips):
        path.write_bytes(flip(whole, chance))
        found += await survivors(folder)
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_no_flipped_bit_gives_a_wrong_answer(tmp_path: Path, seed: int) -> None:
    """Wherever in the file a bit flips, most answers are still found, and none is wrong (R24)."""

    async def scene() -> None:
        found = await suffer(tmp_path, 60, random.Random(seed))

        assert found > 60 * ENTRIES * 0.8

    play(scene)


@pytest.mark.long
def test_no_flipped_bit_of_ten_thousand_gives_a_wrong_answer(tmp_path: Path) -> None:
    """The same, ten thousand times (R24)."""
    found = asyncio.run(suffer(tmp_path, 10_000, random.Random(7)))

    assert found > 10_000 * ENTRIES * 0.8
