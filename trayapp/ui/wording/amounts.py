"""How much of a meter is used and how much is left: both sides, and never a bare percentage."""

from trayapp import figures
from trayapp.model.snapshot import Meter
from trayapp.ui.speech import Tr
from trayapp.ui.wording.names import MINUTE_METERS


def is_money(meter: Meter) -> bool:
    """Whether it counts USD."""
    return meter.kind.startswith("spend_")


def amount(meter: Meter, number: float) -> str:
    """*number* in the meter's own unit: `1.1k`, `19`, `$6.58`."""
    if is_money(meter):
        return dollars(meter, number)
    return figures.tokens(number) if meter.kind.endswith("_tokens") else figures.count(number)


def dollars(meter: Meter, number: float) -> str:
    """`$6.58`; of a month whole dollars have no cents, `$128`."""
    said = figures.money(number)
    return said.removesuffix(".00") if meter.kind == "spend_month" else said


def is_guessed(meter: Meter) -> bool:
    """Whether `≈` stands before its numbers: a minute's bucket that refilled by its model."""
    return meter.kind in MINUTE_METERS and meter.source == "estimated"


def used(tr: Tr, meter: Meter) -> str:
    """The half that stands out: `86% used`, `$3.42`, or a dash where nothing is known."""
    if is_money(meter):
        return "–" if meter.used is None else dollars(meter, meter.used)
    if meter.utilization is None:
        return "–" if meter.used is None else f"≈ {amount(meter, meter.used)}"
    said = tr("{percent} used", percent=figures.percent(meter.utilization))
    return f"≈ {said}" if is_guessed(meter) else said


def left(tr: Tr, meter: Meter) -> str:
    """The other half: ` · 1.1k of 8k left`, ` of $10.00 · $6.58 left`, or why there is none."""
    if is_money(meter):
        return _money_left(tr, meter)
    if meter.utilization is None:
        return _unknown(tr, meter)
    if meter.limit is None or meter.remaining is None:
        rest = max(0.0, 1 - meter.utilization)
        return " · " + (
            tr("{percent} left", percent=figures.percent(rest)) if rest else tr("none left")
        )
    return " · " + tr(
        "{left} of {limit} left",
        left=amount(meter, meter.remaining),
        limit=amount(meter, meter.limit),
    )


def _money_left(tr: Tr, meter: Meter) -> str:
    if meter.limit is None or meter.used is None:
        return "" if meter.used is None else " " + tr("spent")
    rest = meter.limit - meter.used
    over = tr("{money} left", money=dollars(meter, rest)) if rest > 0 else tr("none left")
    return " " + tr("of {limit}", limit=dollars(meter, meter.limit)) + " · " + over


def _unknown(tr: Tr, meter: Meter) -> str:
    if meter.used is not None:
        return " " + tr("in the last minute")
    if meter.limit is not None:
        return " · " + tr("{limit} in all, no reading yet", limit=amount(meter, meter.limit))
    return " · " + tr("no reading yet")
