"""Which prompt prefixes were seen a moment ago, and what that makes of a prompt's tokens."""

import hashlib
from collections.abc import Sequence

import msgspec

from trayapp.simulator.prompt import Part

LIFETIMES = {"5m": 300.0, "1h": 3600.0}
SHORTEST = 1024
"""Tokens below which a prefix is not cached at all."""
LOOK_BACK = 20
"""Parts before each mark at which an earlier mark's prefix is still found."""
ROOM = 20_000


class Prompt(msgspec.Struct, frozen=True):
    """How a prompt's tokens are counted, and the prefixes it writes (digest, lifetime)."""

    input_tokens: int
    cache_read: int = 0
    created_5m: int = 0
    created_1h: int = 0
    writes: tuple[tuple[bytes, float], ...] = ()

    @property
    def created(self) -> int:
        return self.created_5m + self.created_1h

    @property
    def counted(self) -> int:
        """What the input limit counts: reads are free."""
        return self.input_tokens + self.created


class PromptCache:
    """Prefixes by digest; an entry serves from the moment its writer began to answer."""

    def __init__(self) -> None:
        self._entries: dict[bytes, tuple[float, float]] = {}

    def look(self, scope: str, parts: Sequence[Part], now: float) -> Prompt:
        """Count *parts* for *scope* (an organization and model) as they are cached *now*."""
        digests, sums = _prefixes(scope, parts)
        marks = [i for i, part in enumerate(parts) if part.ttl and sums[i] >= SHORTEST]
        if not marks:
            return Prompt(input_tokens=sums[-1])
        hit = self._longest(digests, marks, now)
        read = sums[hit] if hit >= 0 else 0
        kept = marks if hit < 0 or hit in marks else [hit, *marks]
        hours = [i for i in marks if parts[i].ttl == "1h" and i > hit]
        hour = sums[hours[-1]] - read if hours else 0
        return Prompt(
            input_tokens=sums[-1] - sums[marks[-1]],
            cache_read=read,
            created_1h=hour,
            created_5m=max(sums[marks[-1]] - read - hour, 0),
            writes=tuple((digests[i], LIFETIMES[parts[i].ttl or "5m"]) for i in kept),
        )

    def keep(self, prompt: Prompt, begins: float) -> None:
        """Hold what *prompt* writes, from *begins* on; what is read again lives anew."""
        for digest, lifetime in prompt.writes:
            start, end = self._entries.get(digest, (begins, begins))
            start = begins if end < begins else min(start, begins)
            self._entries[digest] = (start, max(end, begins + lifetime))
        if len(self._entries) > ROOM:
            self._entries = {d: span for d, span in self._entries.items() if span[1] >= begins}

    def _longest(self, digests: Sequence[bytes], marks: Sequence[int], now: float) -> int:
        for mark in reversed(marks):
            for place in range(mark, max(mark - LOOK_BACK, -1), -1):
                start, end = self._entries.get(digests[place], (0.0, -1.0))
                if start <= now <= end:
                    return place
        return -1


def _prefixes(scope: str, parts: Sequence[Part]) -> tuple[list[bytes], list[int]]:
    digest = hashlib.blake2b(scope.encode(), digest_size=16)
    digests, sums, total = [], [], 0
    for part in parts:
        digest.update(len(part.data).to_bytes(8, "big") + part.data)
        digests.append(digest.digest())
        total += part.tokens
        sums.append(total)
    return digests, sums
