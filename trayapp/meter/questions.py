"""What is asked of the history, as SQL; and its rows, read back into records.

No question reads more than some rows at a time, however large the file and rare what is sought: a
page that found little says where to go on. So a question holds nobody up who waits to write.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from trayapp.meter.prices import cost_usd
from trayapp.meter.schema import COUNTS
from trayapp.model.history import Filter, Key, ListRequests, Page, Record
from trayapp.model.usage import Usage

SCAN_ROWS = 10_000
"""Rows that one question looks at: some ten milliseconds."""

NEWEST: Key = (2**62, 2**62)

Question = tuple[str, list[Any]]
"""A statement and its values."""

_FLOOR = """SELECT ended, id FROM requests WHERE (ended, id) < (?, ?) AND ended >= ? AND ended < ?
    ORDER BY ended DESC, id DESC LIMIT 1 OFFSET ?"""
_COMPUTED = ("tokens_per_s", "prompt_cache_saved_usd")
_FIELDS = tuple(name for name in Record.__struct_fields__ if name not in _COMPUTED)
_SHORTEST_MS = 50.0
_SEARCHED = (
    "tool", "model_asked", "model_served", "request_id", "upstream_request_id", "refusal",
    "error_type",
)  # fmt: skip
_MODEL = "coalesce(model_served, model_asked)"
_TOKENS = COUNTS[6:10]


def floor_of(asked: Filter, before: Key) -> Question:
    """Where a question from *before* down has looked at `SCAN_ROWS`; no row: it reaches the end."""
    since, until = _span(asked)
    return _FLOOR, [*before, since, until, SCAN_ROWS - 1]


def page_of(asked: ListRequests, floor: Key | None) -> Question:
    """The rows of one page, down to *floor*, that itself is looked at."""
    where, values = _where(asked.filter, asked.before or NEWEST, floor)
    if asked.after is not None:
        where, values = f"{where} AND id > ?", [*values, asked.after]
    columns = ", ".join(_FIELDS)
    order = "ORDER BY ended DESC, id DESC LIMIT ?"
    sql = f"SELECT {columns} FROM requests WHERE {where} {order}"  # noqa: S608 - our names
    return sql, [*values, asked.limit]


def sums_of(asked: Filter, by: str, before: Key, floor: Key | None) -> Question:
    """What the rows from *before* down to *floor* come to, by hour, day, tool or model."""
    where, values = _where(asked, before, floor)
    key = {
        "hour": "strftime('%Y-%m-%dT%H', ended / 1000, 'unixepoch', 'localtime')",
        "day": "strftime('%Y-%m-%d', ended / 1000, 'unixepoch', 'localtime')",
        "tool": "tool",
        "model": _MODEL,
    }[by]
    messages = f"FROM requests WHERE route = 'messages' AND {where}"
    return f"SELECT {key}, {_LIVE_SUMS} {messages} GROUP BY 1", values


def kept_of(table: str, asked: Filter, by: str, low: str, high: str) -> Question:
    """The same from kept sums: of `hours` or `days`, from *low* up to before *high*."""
    unit = table.removesuffix("s")
    key = {"hour": "hour", "day": f"substr({unit}, 1, 10)", "tool": "tool", "model": "model"}[by]
    where, values = f"{unit} >= ? AND {unit} < ?", [low, high]
    for column, names in (("tool", asked.tools), ("model", asked.models)):
        where, values = _among(column, names, where, values)
    sums = f"SELECT {key}, {_KEPT_SUMS} FROM {table}"  # noqa: S608 - our names
    return f"{sums} WHERE {where} GROUP BY 1", values


def record_of(row: Sequence[Any]) -> Record | None:
    """A row as it was asked for by `page_of`; None for one that damage left without sense."""
    told = {name: value for name, value in zip(_FIELDS, row, strict=True) if value is not None}
    try:
        record = msgspec.convert(told, Record, strict=False)
    except msgspec.ValidationError:
        return None
    return msgspec.structs.replace(
        record, tokens_per_s=_speed(record), prompt_cache_saved_usd=_saved(record)
    )


def answer_of(asked: ListRequests, rows: Sequence[Sequence[Any]], floor: Key | None) -> Page:
    """The page that *rows* make."""
    records = tuple(filter(None, map(record_of, rows)))
    if len(rows) == asked.limit:
        last = rows[-1]
        return Page(records, (last[_FIELDS.index("ended")], last[_FIELDS.index("id")]))
    return Page(records, floor)


def milliseconds(at: dt.datetime) -> int:
    """The millisecond of the epoch."""
    return int(at.timestamp() * 1000)


def _span(asked: Filter) -> tuple[int, int]:
    since = -(2**62) if asked.since is None else milliseconds(asked.since)
    return since, 2**62 if asked.until is None else milliseconds(asked.until)


def _where(asked: Filter, before: Key, floor: Key | None) -> Question:
    since, until = _span(asked)
    where = "(ended, id) < (?, ?) AND ended >= ? AND ended < ?"
    values: list[Any] = [*before, since, until]
    if floor is not None:
        where, values = f"{where} AND (ended, id) >= (?, ?)", [*values, *floor]
    where, values = _among("tool", asked.tools, where, values)
    where, values = _among(_MODEL, asked.models, where, values)
    where, values = _among("verdict", asked.verdicts, where, values)
    if asked.text:
        pattern = asked.text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        found = " OR ".join(f"{column} LIKE ? ESCAPE '\\'" for column in _SEARCHED)
        where, values = f"{where} AND ({found})", [*values, *[f"%{pattern}%"] * len(_SEARCHED)]
    return where, values


def _among(column: str, names: Iterable[str], where: str, values: list[Any]) -> Question:
    names = list(names)
    if not names:
        return where, values
    return f"{where} AND {column} IN ({','.join('?' * len(names))})", [*values, *names]


def _speed(record: Record) -> float | None:
    """Tokens a second of the answer itself: without the wait and the time to its first token."""
    start = record.held_ms if record.ttft_ms is None else record.ttft_ms
    spent = (record.duration_ms or 0.0) - start
    if not record.output_tokens or spent < _SHORTEST_MS or record.cached:
        return None
    return record.output_tokens * 1000 / spent


def _saved(record: Record) -> float | None:
    read = record.cache_read_input_tokens
    if not read or record.cost_usd is None or record.cached:
        return None
    plain = cost_usd(
        record.model,
        Usage(
            input_tokens=(record.input_tokens or 0) + read,
            output_tokens=record.output_tokens,
            cache_creation_input_tokens=record.cache_creation_input_tokens,
            cache_creation_1h=record.cache_creation_1h,
            web_search_requests=record.web_search_requests,
            service_tier=record.service_tier,
            speed=record.speed,
            inference_geo=record.inference_geo,
        ),
        record.at,
    )
    return None if plain is None else plain - record.cost_usd


_KEPT_SUMS = ", ".join((*(f"sum({name})" for name in COUNTS), "sum(cost_usd)", "sum(saved_usd)"))
_LIVE_SUMS = ", ".join(
    (
        "count(*), sum(cached), sum(throttled), sum(overloaded), sum(outcome = 'error')",
        "sum(outcome = 'caller_gone')",
        *(f"sum(CASE WHEN cached THEN 0 ELSE coalesce({name}, 0) END)" for name in _TOKENS),
        f"sum(CASE WHEN cached THEN {' + '.join(f'coalesce({n}, 0)' for n in _TOKENS)} ELSE 0 END)",
        "sum(CASE WHEN NOT cached THEN cost_usd END)",
        "sum(CASE WHEN cached THEN coalesce(cost_usd, 0) ELSE 0 END)",
    )
)
