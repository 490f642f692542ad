"""Whether a tool that was just connected has been heard of: its first request, with a bound."""

from typing import Protocol

from trayapp.clock import Timekeeper
from trayapp.model.snapshot import Snapshot

LOOK_S = 0.5


class Engine(Protocol):
    """What tells Snapshots; `cli.ask.Control` does."""

    snapshot: Snapshot

    def wait(self, seconds: float) -> bool:
        """Wait for the next Snapshot."""


def awaited(
    engine: Engine, name: str, seconds: float, clock: Timekeeper, *, before: Snapshot
) -> bool:
    """Whether a request of *name* arrives within *seconds* that was not there *before*."""
    heard, end = _heard(before, name), clock.monotonic() + seconds
    while (left := end - clock.monotonic()) > 0 and _heard(engine.snapshot, name) <= heard:
        engine.wait(min(left, LOOK_S))
    return _heard(engine.snapshot, name) > heard


def words(name: str, seconds: float, *, seen: bool) -> str:
    """What is said of it."""
    if seen:
        return f"The first request from “{name}” arrived."
    return (
        f"No request from “{name}” arrived within {seconds:g} s. It may need to be started again "
        "to read its settings; sluice status shows when it is heard."
    )


def _heard(snapshot: Snapshot, name: str) -> int:
    """Requests of *name* today, and those that are held right now."""
    held = sum(hold.tool == name for hold in snapshot.held)
    return held + sum(tool.requests for tool in snapshot.tools if tool.name == name)
