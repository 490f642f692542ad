"""Both sides of a meter in words."""

import pytest

from tests.fakes.translating import speaking
from trayapp.model.snapshot import Meter
from trayapp.ui.wording import amounts

EN, CN = speaking("en"), speaking("zh_CN")

TOKENS = Meter("output_tokens", 8000, 1100, 0.86, source="measured")


@pytest.mark.parametrize(
    ("meter", "said"),
    [
        (TOKENS, "86% used · 1.1k of 8k left"),
        (Meter("requests", 50, 19, 0.62, source="estimated"), "≈ 62% used · 19 of 50 left"),
        (Meter("five_hour", utilization=0.41, source="estimated"), "41% used · 59% left"),
        (Meter("five_hour", utilization=1.0), "100% used · none left"),
        (Meter("spend_day", 10.0, 6.58, 0.342, used=3.42), "$3.42 of $10.00 · $6.58 left"),
        (Meter("spend_day", 10.0, 0.0, 1.0, used=10.02), "$10.02 of $10.00 · none left"),
        (Meter("spend_day", used=3.42), "$3.42 spent"),
        (Meter("spend_month", 500.0, 0.0, 1.0, used=500.0), "$500 of $500 · none left"),
        (Meter("spend_day"), "–"),
        (Meter("requests", used=12), "≈ 12 in the last minute"),
        (Meter("requests", 50), "– · 50 in all, no reading yet"),
        (Meter("five_hour"), "– · no reading yet"),
    ],
)
def test_both_sides_are_said(meter: Meter, said: str) -> None:
    """Used and left stand together, and what is not known is a dash with its reason."""
    assert amounts.used(EN, meter) + amounts.left(EN, meter) == said


def test_chinese_has_its_own_order() -> None:
    """A translation may turn the numbers around."""
    assert amounts.used(CN, TOKENS) + amounts.left(CN, TOKENS) == "已用 86% · 剩 1.1k / 8k"
