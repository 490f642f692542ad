"""The day: what was spent and saved, and by which tools."""

import datetime as dt

import msgspec

from trayapp import figures
from trayapp.model.snapshot import Snapshot, ToolTotals
from trayapp.ui.speech import Tr
from trayapp.ui.wording import amounts, names, pace
from trayapp.ui.wording.meter_rows import Row, row

MOST = 5
"""Tools that are shown; the panel is no table."""


class ToolLine(msgspec.Struct, frozen=True):
    """One tool's row: name, kind, and three numbers."""

    name: str
    kind: str
    requests: str
    tokens: str
    cost: str
    spoken: str


def spend(tr: Tr, snapshot: Snapshot, now: dt.datetime) -> tuple[Row, ...]:
    """Today's money, and the month's where it is no longer healthy."""
    return tuple(
        row(tr, meter, now)
        for meter in snapshot.spend
        if meter.kind == "spend_day" or meter.level != "healthy"
    )


def captions(tr: Tr, snapshot: Snapshot, now: dt.datetime) -> tuple[str, ...]:
    """Below it: `This month $128 of $200, 4 points under pace`, `Saved today $0.71: …`."""
    return tuple(line for line in (_month(tr, snapshot, now), _saved(tr, snapshot)) if line)


def _month(tr: Tr, snapshot: Snapshot, now: dt.datetime) -> str:
    month = next((meter for meter in snapshot.spend if meter.kind == "spend_month"), None)
    if month is None or month.used is None or month.level != "healthy":
        return ""
    spent = amounts.dollars(month, month.used)
    if month.limit is None:
        return tr("This month {money}", money=spent)
    limit = amounts.dollars(month, month.limit)
    said = tr("This month {money} of {limit}", money=spent, limit=limit)
    went = pace.pace(tr, month, now)
    return tr("{facts}, {pace}", facts=said, pace=went) if went else said


def _saved(tr: Tr, snapshot: Snapshot) -> str:
    totals = snapshot.totals
    if not totals.cache_hits:
        return ""
    return tr(
        "Saved today {money}: {n} cached answers, {tokens} tokens",
        totals.cache_hits,
        money=figures.money(totals.saved_usd),
        tokens=figures.tokens(totals.saved_tokens),
    )


def tools(tr: Tr, snapshot: Snapshot) -> tuple[tuple[ToolLine, ...], str]:
    """The busiest tools, and how many more there are in words."""
    busiest = sorted(snapshot.tools, key=lambda tool: -tool.requests)
    more = len(busiest) - MOST
    rest = tr("and {n} more", more) if more > 0 else ""
    return tuple(_line(tr, tool) for tool in busiest[:MOST]), rest


def _line(tr: Tr, tool: ToolTotals) -> ToolLine:
    tokens = tool.input_tokens + tool.output_tokens
    cost = "–" if tool.cost_usd is None else figures.money(tool.cost_usd)
    kind = names.tool_kind(tr, tool.kind)
    counted = tr("{n} requests", tool.requests)
    facts = (kind, counted, tr("{n} tokens", tokens), cost)
    return ToolLine(
        tool.name,
        kind,
        figures.count(tool.requests),
        figures.tokens(tokens),
        cost,
        tr("{tool}: {facts}.", tool=tool.name, facts=tr(", ").join(facts)),
    )
