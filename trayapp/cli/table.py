"""The history as lines of a table for a terminal."""

from trayapp import figures
from trayapp.figures import plain
from trayapp.model.history import By, Record, Sum, Verdict

NONE = "–"
WORDS: dict[Verdict, str] = {
    "answered": "answered",
    "cached": "from cache",
    "other_model": "other model served",
    "throttled": "throttled",
    "overloaded": "overloaded",
    "refused": "refused by Sluice",
    "failed": "failed",
    "caller_gone": "caller hung up",
}

_RECORD = "{:<19} {:<16} {:<34} {:>6} {:>6} {:>6} {:>8} {:>7} {:>7} {:>6}  {}"
_SUM = "{:<34} {:>9} {:>7} {:>7} {:>8} {:>8} {:>9} {:>9}  {}"


def record_head() -> str:
    """What the columns of requests are."""
    return _RECORD.format(
        "time", "tool", "model", "in", "out", "cache", "cost", "held", "first", "tok/s", "outcome"
    )


def record_line(record: Record) -> str:
    """One request."""
    ended = record.verdict
    return (
        _RECORD.format(
            f"{record.at.astimezone():%Y-%m-%d %H:%M:%S}",
            _cut(record.tool, 16),
            _cut(_model(record), 34),
            _tokens(record.input_tokens),
            _tokens(record.output_tokens),
            _tokens(record.cache_read_input_tokens),
            NONE if record.cost_usd is None or record.cached else figures.cents(record.cost_usd),
            _short(record.held_ms) if record.held_ms >= 1 else NONE,
            _short(record.ttft_ms),
            NONE if record.tokens_per_s is None else f"{record.tokens_per_s:.0f}",
            _outcome(record, ended),
        ).rstrip()
        + "\n"
    )


def sum_head(by: By) -> str:
    """What the columns of sums are."""
    return _SUM.format(
        by, "requests", "in", "out", "p.cache", "cost", "cached", "throttled", "errors"
    )


def sum_line(each: Sum) -> str:
    """One day, tool or model."""
    return (
        _SUM.format(
            _cut(each.key or NONE, 34),
            figures.count(each.requests),
            _tokens(each.input_tokens),
            _tokens(each.output_tokens),
            _tokens(each.cache_read_input_tokens),
            NONE if each.cost_usd is None else figures.money(each.cost_usd),
            figures.count(each.cache_hits),
            figures.count(each.throttled),
            figures.count(each.errors),
        )
        + "\n"
    )


def _model(record: Record) -> str:
    if not record.model_asked:
        return record.route
    if record.verdict == "other_model" and record.model_served:
        return f"{record.model_asked} → {record.model_served}"
    return record.model


def _outcome(record: Record, verdict: Verdict) -> str:
    words = WORDS[verdict]
    if verdict == "cached":
        return f"{words}, saved {figures.cents(record.cost_usd or 0.0)}"
    if verdict in {"throttled", "overloaded"} and record.outcome == "ok":
        return f"{words}, sent again, answered"
    why = record.refusal or record.error_type
    return f"{words}: {plain(why)}" if why and record.outcome == "error" else words


def _tokens(number: int | None) -> str:
    return NONE if not number else figures.tokens(number)


def _short(milliseconds: float | None) -> str:
    if milliseconds is None:
        return NONE
    if milliseconds < 1000:
        return f"{milliseconds:.0f} ms"
    seconds = milliseconds / 1000
    return f"{seconds:.1f} s" if seconds < 10 else figures.duration(seconds)


def _cut(text: str, width: int) -> str:
    text = plain(text)
    return text if len(text) <= width else f"{text[: width - 1]}…"
