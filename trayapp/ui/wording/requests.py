"""What a row of Activity says of one request."""

import datetime as dt

from trayapp import figures
from trayapp.model.history import Record
from trayapp.ui.speech import Tr, later
from trayapp.ui.wording import names, times
from trayapp.ui.wording.ended import ended

NONE = "–"
COLUMNS = (
    later("Time"), later("Tool"), later("Model"), later("In"), later("Out"),
    later("Prompt cache"), later("Cost"), later("Held"), later("First token"), later("Tok/s"),
    later("Outcome"),
)  # fmt: skip
NUMBERS = range(3, 10)
"""The columns that stand on the right."""


def cells(tr: Tr, record: Record, now: dt.datetime) -> tuple[str, ...]:
    """The row of *record*, a text for each of `COLUMNS`."""
    return (
        moment(tr, record.at, now),
        record.tool or NONE,
        model(record),
        count(entered(record)),
        count(record.output_tokens),
        count(record.cache_read_input_tokens),
        cost(record),
        short(tr, record.held_ms) if record.held_ms >= 1 else NONE,
        short(tr, record.ttft_ms),
        NONE if record.tokens_per_s is None else f"{record.tokens_per_s:.0f}",
        ended(tr, record).text,
    )


def moment(tr: Tr, at: dt.datetime, now: dt.datetime) -> str:
    """`14:02:11`, and before today `24 Nov 14:02:11`; in the zone of *now*."""
    there = at.astimezone(now.tzinfo)
    time = f"{there:%H:%M:%S}"
    if tr.twelve_hours:
        clock = f"{there.hour % 12 or 12}:{there:%M:%S}"
        time = tr("{time} AM", time=clock) if there.hour < 12 else tr("{time} PM", time=clock)
    return time if there.date() == now.date() else f"{times.day(tr, there)} {time}"


def model(record: Record) -> str:
    """`Sonnet 5.5`, `Opus 5.5 → Sonnet 5.5`, and for what has no model its path's name."""
    if not record.model_asked:
        return record.route
    if record.verdict == "other_model" and record.model_served:
        return f"{names.model(record.model_asked)} → {names.model(record.model_served)}"
    return names.model(record.model)


def entered(record: Record) -> int | None:
    """Input tokens that were not read from the prompt cache, those written into it among them."""
    if record.input_tokens is None:
        return None
    return record.input_tokens + (record.cache_creation_input_tokens or 0)


def count(number: float | None) -> str:
    """Tokens, or a dash where there are none."""
    return figures.tokens(number) if number else NONE


def cost(record: Record) -> str:
    """What it cost; an answer of ours costs nothing."""
    if record.cached:
        return "$0"
    return NONE if record.cost_usd is None else figures.cents(record.cost_usd)


def short(tr: Tr, milliseconds: float | None) -> str:
    """`2 ms`, `0.9 s`, `41 s`."""
    if milliseconds is None:
        return NONE
    if milliseconds < 99.5:
        return tr("{number} ms", number=f"{milliseconds:.0f}").replace(" ", "\u00a0")
    seconds = milliseconds / 1000
    if seconds >= 9.95:
        return times.duration(tr, seconds)
    number = f"{seconds:.1f}".removesuffix(".0")
    return tr("{number} s", number=number).replace(" ", "\u00a0")
