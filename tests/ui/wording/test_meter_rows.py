"""A meter's row: what is drawn and what is spoken."""

import datetime as dt

from msgspec.structs import replace

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter
from trayapp.ui.gauge import Face
from trayapp.ui.wording.meter_rows import row, tone_of

EN = speaking("en")
NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)


def at(**units: float) -> dt.datetime:
    return NOW + dt.timedelta(**units)


TOKENS = Meter(
    "output_tokens", 8000, 1100, 0.86, 8000 / 60, at(seconds=52), at(minutes=6), "measured",
    at(seconds=-3), level="warning",
)  # fmt: skip
WINDOW = Meter(
    "five_hour", utilization=0.41, resets_at=at(hours=2, minutes=15), window_s=18_000,
    source="measured", measured_at=at(seconds=-40),
)  # fmt: skip


def test_row_is_spoken_in_one_sentence() -> None:
    """Units are in full, and all that is seen is said."""
    spoken = row(EN, TOKENS, NOW, "Sonnet 5.5").spoken.replace("\u00a0", " ")

    assert spoken == (
        "Output tokens, Sonnet 5.5: 86 percent used, 1,100 of 8,000 left, warning,"
        " Runs out in about 6 min; full again 1 min after, measured 3 s ago."
    )


def test_money_is_spoken_with_its_budget() -> None:
    """Of money both sides are said as amounts."""
    day = Meter("spend_day", 10.0, 6.58, 0.342, used=3.42)

    assert row(EN, day, NOW).spoken == (
        "Spend today: 34 percent used, $3.42 of $10.00, $6.58 left."
    )


def test_level_has_a_shape() -> None:
    """From *warning* up a shape stands beside the numbers, below it none."""
    assert row(EN, TOKENS, NOW).face == Face("warning", 21, 86)
    assert row(EN, WINDOW, NOW).face is None


def test_stale_meter_is_not_foretold() -> None:
    """What is old has no forecast, no clock, and the colour of what is old."""
    stale = row(EN, replace(WINDOW, at_reset=0.9), NOW, stale=True)

    assert (stale.tone, stale.caption, stale.expected, stale.passed) == ("stale", "", None, None)
    assert stale.aside.replace("\u00a0", " ") == "resets 16:17"


def test_slope_warns_whatever_is_used() -> None:
    """What runs out before its reset is a warning at any level."""
    assert tone_of(replace(WINDOW, runs_out_at=at(hours=1))) == "warning"
    assert tone_of(replace(TOKENS, level="critical")) == "critical"


def test_unknown_meter_has_no_bar() -> None:
    """Absence is a dash, and never an empty bar."""
    unread = row(EN, Meter("five_hour"), NOW)

    assert (unread.share, unread.used, unread.spoken) == (None, "–", "5 hours: no reading yet.")


def test_details_name_the_limit() -> None:
    """What Enter opens has the limit in full, when it is full again, and its source."""
    assert row(EN, TOKENS, NOW).details == "Limit 8,000 a minute · full again 14:02 · measured"
    assert row(EN, Meter("spend_day", 10.0), NOW).details == "Limit $10.00 · configured"


def test_estimated_money_says_so() -> None:
    """Money is reckoned from prices."""
    assert row(EN, Meter("spend_day", used=1.0, source="estimated"), NOW).aside == "estimated"
    assert row(EN, Meter("spend_day", used=1.0), NOW).aside == ""
