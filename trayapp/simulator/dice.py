"""Chance that repeats itself: numbers fixed by what the dice were made from."""

import hashlib
import math
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_LETTERS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_SCALE = float(2**53)


class Dice:
    """A sequence of numbers that is the same for the same *parts*, in any process."""

    def __init__(self, *parts: bytes) -> None:
        self._hash = hashlib.blake2b(digest_size=8)
        for part in parts:
            self._hash.update(len(part).to_bytes(8, "big"))
            self._hash.update(part)

    def uniform(self) -> float:
        """The next number in [0, 1)."""
        self._hash.update(b"\x00")
        return (int.from_bytes(self._hash.digest(), "big") >> 11) / _SCALE

    def below(self, count: int) -> int:
        """The next whole number in [0, *count*)."""
        return min(int(self.uniform() * count), count - 1)

    def pick(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def lognormal(self, median: float, sigma: float) -> float:
        """A positive number, half of the time below *median* (Box and Muller's transform)."""
        radius = math.sqrt(-2.0 * math.log(1.0 - self.uniform()))
        return median * math.exp(sigma * radius * math.cos(2.0 * math.pi * self.uniform()))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        rest = list(items)
        return [rest.pop(self.below(len(rest))) for _ in range(len(rest))]

    def letters(self, count: int) -> str:
        """A word of *count* letters and digits, as the API's ids are made of."""
        return "".join(self.pick(_LETTERS) for _ in range(count))


class Ids:
    """Identifiers that never repeat within a run, and repeat exactly in the next one."""

    def __init__(self, seed: int) -> None:
        self._dice = Dice(b"ids", str(seed).encode())

    def new(self, prefix: str) -> str:
        """A fresh id such as `msg_01…`."""
        return f"{prefix}_01{self._dice.letters(22)}"
