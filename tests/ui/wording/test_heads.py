"""What is going on, in a few words."""

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.fakes.control import SNAPSHOT
from tests.fakes.translating import speaking
from trayapp.model.snapshot import Diagnostics, Problem, Snapshot
from trayapp.ui.link import Link, State
from trayapp.ui.wording.heads import head

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
USED = replace(SNAPSHOT, diagnostics=Diagnostics(ok=3))


@pytest.mark.parametrize(
    ("state", "snapshot", "said"),
    [
        ("down", USED, "engine stopped"),
        ("restarting", USED, "engine restarting"),
        ("starting", None, "Reading…"),
        ("connected", SNAPSHOT, "ready, nothing sent yet"),
        ("connected", USED, "nothing in flight"),
        ("connected", replace(USED, held_total=2), "nothing in flight, 2 held"),
        ("connected", replace(USED, diagnostics=Diagnostics(in_flight=6)), "6 in flight"),
        ("connected", replace(USED, paused=True), "paused"),
        ("connected", replace(USED, problems=(Problem("offline", "", NOW),)), "offline"),
    ],
)
def test_head(state: State, snapshot: Snapshot | None, said: str) -> None:
    """The strongest state is said, else how busy it is."""
    assert head(EN, snapshot, Link(state, NOW)) == said
