"""A Snapshot and the time, as lines of text; no terminal, no clock.

Every bar fills with what is used, and the words say used and left; every number says whether
it was measured, estimated, or only configured.
"""

import datetime as dt

from trayapp import figures
from trayapp.cli.course import course
from trayapp.figures import plain
from trayapp.model.snapshot import Hold, Job, Meter, Pool, Problem, Snapshot, ToolTotals

CELLS = 22
NO_METERS = "No limit known yet. Each meter appears with the first answer that names it."

_NAMES = {
    "requests": "Requests",
    "input_tokens": "Input tokens",
    "output_tokens": "Output tokens",
    "five_hour": "5-hour window",
    "seven_day": "Weekly window",
    "spend_day": "Spend today",
    "spend_month": "Spend this month",
}
_REASONS = {
    "requests": " for requests",
    "input_tokens": " for input tokens",
    "output_tokens": " for output tokens",
    "turn": ": others are before it",
    "first_answer": ": learning this pool's limits",
    "look": ": others use this quota",
    "burst": ": many came at once",
    "throttled": ": throttled",
    "overloaded": ": the API is overloaded",
    "spend": ": the spend cap is reached",
    "window": ": a window is used up",
    "in_flight": ": as many are out as there is room for",
    "paused": ": paused by you",
}
_PER_MINUTE = {"requests", "input_tokens", "output_tokens"}


def status(snapshot: Snapshot, now: dt.datetime) -> list[str]:
    """The whole state in calm text; *now* is aware, and its zone is the reader's."""
    blocks = [_head(snapshot, now), *(_pool(pool, now) for pool in snapshot.pools)]
    if not any(pool.meters for pool in snapshot.pools):
        blocks.append([NO_METERS])
    if snapshot.spend:
        blocks.append([meter_line(meter, now) for meter in snapshot.spend])
    if snapshot.held:
        blocks.append(_held(snapshot, now))
    if snapshot.tools:
        blocks.append(["Tools today", *_table([_tool(tool) for tool in snapshot.tools])])
    blocks.append([_totals(snapshot)])
    if snapshot.jobs:
        blocks.append(["Jobs", *(_job(job) for job in snapshot.jobs)])
    blocks.extend([_problem(problem, now)] for problem in snapshot.problems)
    lines = [line for block in blocks for line in (*block, "")]
    return lines[:-1]


def line(snapshot: Snapshot, now: dt.datetime) -> str:
    """The state in one short line: the tightest meter, and what is unusual."""
    parts = ["Paused"] if snapshot.paused else []
    meters: list[tuple[Pool | None, Meter]] = [
        (pool, meter) for pool in snapshot.pools for meter in _own(pool)
    ]
    meters += [(None, meter) for meter in snapshot.spend]
    known = [pair for pair in meters if pair[1].utilization is not None]
    if known:
        pool, meter = max(known, key=lambda pair: _tightness(pair[1], now))
        parts.append(f"{name_of(meter)} {_share(meter)}{_end(meter, now)}{_of(pool)}")
    else:
        parts.append("No limit known yet")
    if snapshot.held_total:
        parts.append(f"{figures.count(snapshot.held_total)} held")
    if snapshot.problems:
        parts.append(_several(len(snapshot.problems), "problem"))
    parts += [
        f"{figures.money(meter.used or 0)} today" for meter in snapshot.spend if _is_day(meter)
    ]
    return " · ".join(parts)


def _end(meter: Meter, now: dt.datetime) -> str:
    at = meter.runs_out_at
    return "" if at is None else f", runs out {figures.forecast(at, now)}"


def _of(pool: Pool | None) -> str:
    return "" if pool is None else f" ({plain(pool.model_class)})"


def _own(pool: Pool) -> list[Meter]:
    """A pool's meters without money, which all pools share and which is told once."""
    return [meter for meter in pool.meters if not meter.kind.startswith("spend_")]


def _is_day(meter: Meter) -> bool:
    return meter.kind == "spend_day" and bool(meter.used)


def name_of(meter: Meter) -> str:
    """What a meter is called; windows we have no name for keep the API's."""
    if known := _NAMES.get(meter.kind):
        return known
    return plain(meter.kind).replace("_", " ").capitalize()


def bar(used: float | None) -> str:
    """`[####----]`: any use shows, and any rest leaves a place free; dots where nothing is known."""
    if used is None:
        return f"[{'.' * CELLS}]"
    full = min(CELLS, max(0, round(used * CELLS)))
    if 0 < used < 1:
        full = min(CELLS - 1, max(1, full))
    return f"[{'#' * full}{'-' * (CELLS - full)}]"


def meter_line(meter: Meter, now: dt.datetime) -> str:
    """Name, bar and words of one meter."""
    spent = meter.kind.startswith("spend_") and meter.limit is None
    drawn = " " * (CELLS + 2) if spent else bar(meter.utilization)  # no budget, nothing to fill
    return f"{name_of(meter):<16} {drawn}  {' · '.join(_said(meter, now))}"


def source(meter: Meter, now: dt.datetime) -> str:
    """Where a meter's number comes from, and how old it is."""
    if meter.source == "configured":
        return "configured"
    if meter.measured_at is None:
        return meter.source
    ago = f"measured {figures.age((now - meter.measured_at).total_seconds())} ago"
    return ago if meter.source == "measured" else f"estimated, {ago}"


def _said(meter: Meter, now: dt.datetime) -> list[str]:
    known = meter.utilization is not None
    said = [_share(meter), _left(meter)] if known else [_unknown(meter)]
    if known and meter.used is not None and meter.limit is not None:
        said[0] = f"{_about(meter)}{_amount(meter, meter.used)} spent"
    if meter.level != "healthy":
        said.append(meter.level)
    if meter.runs_out_at is not None:
        said.append(f"runs out {figures.forecast(meter.runs_out_at, now)}")
    said.append(course(meter, now))
    said.append(_reset(meter, now))
    if known or meter.source == "configured":
        said.append(source(meter, now))
    return [part for part in said if part]


def _share(meter: Meter) -> str:
    return f"{_about(meter)}{figures.percent(meter.utilization or 0)} used"


def _left(meter: Meter) -> str:
    """What is left: a count where there is one, else the rest of the fraction."""
    if meter.limit is None or meter.remaining is None:
        rest = 1 - (meter.utilization or 0)
        return f"{_about(meter)}{figures.percent(rest)} left"
    left, limit = _amount(meter, meter.remaining), _amount(meter, meter.limit)
    return f"{_about(meter)}{left} of {limit} left"


def _unknown(meter: Meter) -> str:
    if meter.kind.startswith("spend_"):
        return "–" if meter.used is None else f"{_about(meter)}{figures.money(meter.used)} spent"
    if meter.limit is not None:
        return f"{_amount(meter, meter.limit)} in all, no reading yet"
    return "no reading yet"


def _about(meter: Meter) -> str:
    return "≈" if meter.source == "estimated" else ""


def _amount(meter: Meter, number: float) -> str:
    if meter.kind.startswith("spend_"):
        return figures.money(number)
    return figures.tokens(number) if meter.kind.endswith("_tokens") else figures.count(number)


def _reset(meter: Meter, now: dt.datetime) -> str:
    """When it is full again; a healthy bucket that refills by itself needs no word."""
    if meter.resets_at is None or meter.resets_at <= now:
        return ""
    wait = figures.duration((meter.resets_at - now).total_seconds())
    if meter.kind not in _PER_MINUTE:
        return f"resets in {wait}"
    return "" if meter.level == "healthy" else f"full again in {wait}"


def _tightness(meter: Meter, now: dt.datetime) -> tuple[float, float]:
    """Sorts by what ends first, then by what is used most."""
    runs_out = meter.runs_out_at
    soon = -(runs_out - now).total_seconds() if runs_out else float("-inf")
    return soon, meter.utilization or 0


def _head(snapshot: Snapshot, now: dt.datetime) -> list[str]:
    running = figures.duration((now - snapshot.started_at).total_seconds())
    head = f"Sluice {plain(snapshot.version)} at {plain(snapshot.base_url)}, running {running}"
    busy = f"{figures.count(snapshot.diagnostics.in_flight)} in flight"
    if snapshot.held_total:
        busy += f", {figures.count(snapshot.held_total)} held"
    return [head, f"Paused. {busy}" if snapshot.paused else busy]


def _pool(pool: Pool, now: dt.datetime) -> list[str]:
    organization = f"organization {_short(pool.organization)}" if pool.organization else ""
    names = (pool.model_class, pool.upstream, organization)
    head = " · ".join(plain(name) for name in names if name)
    return [head, *(f"  {meter_line(meter, now)}" for meter in _own(pool))]


def _held(snapshot: Snapshot, now: dt.datetime) -> list[str]:
    lines = [f"Held  {_several(snapshot.held_total, 'request')}"]
    lines += [f"  {hold_line(hold, now)}" for hold in snapshot.held]
    if (more := snapshot.held_total - len(snapshot.held)) > 0:
        lines.append(f"  and {figures.count(more)} more")
    return lines


def hold_line(hold: Hold, now: dt.datetime) -> str:
    """Who waits, for what, since when and until about when."""
    since = figures.duration((now - hold.since).total_seconds())
    behind = f" behind {plain(hold.behind)}" if hold.behind else ""
    why = behind or _REASONS.get(hold.reason) or f": {plain(hold.reason)}"
    words = f"“{plain(hold.tool)}” · {plain(hold.model)} · held {since}{why}"
    if hold.expected_at is None:
        return words
    return f"{words} · in about {figures.duration((hold.expected_at - now).total_seconds())}"


def _tool(tool: ToolTotals) -> tuple[str, ...]:
    cost = "–" if tool.cost_usd is None else figures.money(tool.cost_usd)
    return (
        plain(tool.name), tool.kind, _several(tool.requests, "request"),
        f"{figures.tokens(tool.input_tokens)} in", f"{figures.tokens(tool.output_tokens)} out", cost,
    )  # fmt: skip


def _table(rows: list[tuple[str, ...]]) -> list[str]:
    """Rows with columns of one width: two of words, then numbers to the right."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    cells = [
        [f"{cell:<{width}}" if at < 2 else f"{cell:>{width}}" for at, (cell, width) in
         enumerate(zip(row, widths, strict=True))] for row in rows
    ]  # fmt: skip
    return ["  " + "  ".join(row) for row in cells]


def _totals(snapshot: Snapshot) -> str:
    totals = snapshot.totals
    parts = [
        f"Today: {_several(totals.requests, 'request')}",
        f"{figures.count(totals.cache_hits)} from the cache",
        f"{figures.count(totals.throttled)} throttled",
        f"{figures.count(totals.overloaded)} overloaded",
        _several(totals.errors, "error"),
    ]
    if totals.saved_tokens:
        saved = f"saved {figures.tokens(totals.saved_tokens)} tokens"
        parts.append(f"{saved} ({figures.money(totals.saved_usd)})")
    return ", ".join(parts)


def _job(job: Job) -> str:
    failed = f", {figures.count(job.failed)} failed" if job.failed else ""
    done = f"{figures.count(job.done)} of {_several(job.rows, 'row')}"
    return f"  “{plain(job.name)}” · {job.state} · {done}{failed}"


def _problem(problem: Problem, now: dt.datetime) -> str:
    return f"Problem since {figures.clock(problem.since, now)}: {plain(problem.message)}"


def _short(identity: str) -> str:
    """The first part of a UUID tells organizations apart."""
    return identity if len(identity) <= 13 else f"{identity[:8]}…"


def _several(number: int, thing: str) -> str:
    return f"{figures.count(number)} {thing}{'' if number == 1 else 's'}"
