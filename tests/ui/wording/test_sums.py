"""What the chart and the line of totals say."""

import datetime as dt

import pytest

from trayapp.model.history import By, Sum
from trayapp.ui.gallery.samples import NOW
from trayapp.ui.speech import Tr
from trayapp.ui.wording import sums

TR = Tr(lambda _text, _number: None)


def test_today_has_all_its_hours() -> None:
    """Those to come are empty; each is spoken in full."""
    rows = (
        Sum("2026-11-25T10", 3, input_tokens=200, cache_creation_input_tokens=38, output_tokens=67),
    )

    bars = sums.bars(TR, "hour", rows, NOW)

    assert [len(bars), bars[10].label, bars[10].whole] == [24, "10", 305]
    assert bars[10].spoken == "10:00 to 11:00: 305 tokens, 67 of them output."


def test_hours_of_several_days_end_now() -> None:
    """They begin with the first that had a request, a month ago at most."""
    several = sums.bars(TR, "hour", (Sum("2026-11-24T13", 1),), NOW)
    many = sums.bars(TR, "hour", (Sum("2024-11-24T13", 1),), NOW)

    assert [several[0].label, several[-1].label, len(several)] == ["13", "14", 26]
    assert len(many) == sums.MOST_BARS


def test_days_without_requests_have_their_place() -> None:
    """A gap is seen as one."""
    bars = sums.bars(TR, "day", (Sum("2026-11-22", 1, output_tokens=5),), NOW)

    assert [bar.label.replace("\u00a0", " ") for bar in bars] == [
        "22 Nov", "23 Nov", "24 Nov", "25 Nov",
    ]  # fmt: skip
    assert [bar.whole for bar in bars] == [5, 0, 0, 0]


def test_no_requests_have_an_axis() -> None:
    """Today's, without bars."""
    assert len(sums.bars(TR, "day", (), NOW)) == 1
    assert not any(bar.whole for bar in sums.bars(TR, "hour", (), NOW + dt.timedelta(hours=1)))


@pytest.mark.parametrize(("by", "label"), [("tool", "claude-opus-5"), ("model", "Opus 5")])
def test_names_are_labels(by: By, label: str) -> None:
    """A model is said by its name."""
    bars = sums.bars(TR, by, (Sum("claude-opus-5", 1), Sum("", 1)), NOW)

    assert [bar.label for bar in bars] == [label, "–"]


def test_totals_leave_out_what_did_not_happen() -> None:
    """Requests are always said, money where it is known."""
    rows = (Sum("a", 460, 23, 1, 0, 2, cost_usd=3.42), Sum("b", 7))

    assert sums.totals(TR, rows) == "467 requests · $3.42 · 23 from cache · 1 throttled · 2 failed"
    assert sums.totals(TR, (Sum("a", 1),)) == "1 requests"
