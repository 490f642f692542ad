"""A process that keeps answers until it is killed, and says which are on disk.

`python killed.py FOLDER FIRST` begins with the question of number FIRST.
"""

import asyncio
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.cache.asked import asking, body, message
from tests.cache.shelf_life import Scene
from trayapp.model.exchange import Request


def question(number: int) -> Request:
    """One that no other number asks."""
    return asking(body=body(messages=[{"role": "user", "content": f"question {number}"}]))


def answer(number: int) -> bytes:
    """Its answer: of another size each time."""
    text = f"answer {number} " + "x" * (number * 37 % 3000)
    return message(content=[{"type": "text", "text": text}])


async def keep(folder: Path, number: int) -> None:
    """Keep one after the other; a line follows each that is safe."""
    scene = Scene(folder)
    while True:
        await scene.ask(question(number), answer(number))
        await scene.written()
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        number += 1


if __name__ == "__main__":
    asyncio.run(keep(Path(sys.argv[1]), int(sys.argv[2])))
