"""All that is compared, running side by side before one upstream."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench import relays
from tests.bench.probe import Target
from tests.bench.relays import Engine

Peer = Callable[[Path, int], contextlib.AbstractContextManager[Target]]
"""Starts a peer before the upstream at a port, with a folder for its settings."""


@dataclass(frozen=True)
class Scale:
    """How much is asked: *repeats* of each figure, *peers* to compare with besides nginx."""

    repeats: int = 5
    seconds: float = 2.0
    peers: dict[str, Peer] = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The upstream itself, nginx, Sluice, and peers, by name."""

    targets: dict[str, Target]
    engine: Engine
    folder: Path

    @property
    def relays(self) -> dict[str, Target]:
        """Return what stands between, without the upstream."""
        return {name: each for name, each in self.targets.items() if name != "direct"}

    @property
    def names(self) -> list[str]:
        """Return what is compared."""
        return list(self.targets)


@contextlib.contextmanager
def world(scale: Scale, *, streams: bool = True) -> Iterator[World]:
    """Run everything; before an upstream that answers fastest where no *streams* are asked for."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        serving = relays.streaming() if streams else relays.fixed(folder)
        direct = stack.enter_context(serving)
        nginx = stack.enter_context(relays.proxying(folder, direct.port))
        engine = stack.enter_context(relays.sluice(folder / "home", direct.port))
        targets = [direct, nginx, engine.target(engine.token("bench"))]
        for name, peer in scale.peers.items():
            place = folder / name
            place.mkdir()
            targets.append(stack.enter_context(peer(place, direct.port)))
        yield World({target.name: target for target in targets}, engine, folder)
