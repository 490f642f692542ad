"""Where numbers come from."""

import datetime as dt

import pytest

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter
from trayapp.ui.wording import sources

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
OLD, NEW = NOW - dt.timedelta(seconds=40), NOW - dt.timedelta(seconds=3)


@pytest.mark.parametrize(
    ("meters", "said"),
    [
        ((Meter("requests", measured_at=OLD), Meter("five_hour", measured_at=NEW)), "measured 3 s ago"),
        ((Meter("requests", source="configured"),), "configured"),
        ((Meter("requests", source="estimated"),), "estimated"),
        ((), ""),
    ],
)  # fmt: skip
def test_source_of_a_pool(meters: tuple[Meter, ...], said: str) -> None:
    """The newest reading speaks for the pool."""
    assert sources.measured(EN, meters, NOW).replace("\u00a0", " ") == said


def test_stale_pool_tells_its_age() -> None:
    """A pool that never was read is as old as the silence."""
    read = sources.stale(EN, (Meter("requests", measured_at=OLD),), NEW, NOW)
    unread = sources.stale(EN, (Meter("requests"),), NEW, NOW)

    assert [text.replace("\u00a0", " ") for text in (read, unread)] == ["stale 40 s", "stale 3 s"]
