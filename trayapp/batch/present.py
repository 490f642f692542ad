"""What the tools use at present: a mean that forgets, by model class."""

from math import exp

from trayapp.model.quota import Resource
from trayapp.model.usage import Usage

MEMORY_S = 120.0
"""After so many seconds a use counts for a third."""
RESOURCES: tuple[Resource, ...] = ("requests", "input_tokens", "output_tokens")


class Present:
    """Uses a second of each class, of what others than batch jobs asked."""

    def __init__(self) -> None:
        self._sums: dict[str, tuple[float, list[float]]] = {}

    def record(self, model_class: str, usage: Usage | None, now: float) -> None:
        """Count one request and its tokens."""
        used = usage or Usage()
        tokens_in = (used.input_tokens or 0) + (used.cache_creation_input_tokens or 0)
        added = (1.0, float(tokens_in), float(used.output_tokens or 0))
        sums = [old + new for old, new in zip(self._faded(model_class, now), added, strict=True)]
        self._sums[model_class] = now, sums

    def rates(self, model_class: str, now: float) -> dict[Resource, float]:
        """Uses a second of each resource."""
        sums = self._faded(model_class, now)
        return {name: each / MEMORY_S for name, each in zip(RESOURCES, sums, strict=True) if each}

    def _faded(self, model_class: str, now: float) -> list[float]:
        at, sums = self._sums.get(model_class, (now, [0.0, 0.0, 0.0]))
        fade = exp((at - now) / MEMORY_S)
        return [each * fade for each in sums]
