"""One afternoon with all its turns, as Snapshots: busy, calm, crowded, paused, cut off."""

import datetime as dt
import math

from msgspec.structs import replace

from trayapp.model.snapshot import (
    Diagnostics,
    Hold,
    Meter,
    Pool,
    Problem,
    Snapshot,
    ToolTotals,
    Totals,
)
from trayapp.ui.gallery.samples import NOW
from trayapp.ui.link import Link


def at(**units: float) -> dt.datetime:
    """So long after the moment of the pictures; before it where *units* are negative."""
    return NOW + dt.timedelta(**units)


_BEGUN = at(hours=-5)
_JUST, _LATELY = at(seconds=-3), at(seconds=-40)

SONNET = Pool(
    "sonnet", "anthropic", "org-1", "claude-sonnet-5-5",
    meters=(
        Meter("requests", 50, 19, 0.62, 50 / 60, at(seconds=37), None, "measured", _JUST),
        Meter(
            "input_tokens", 40_000, 26_000, 0.35, 40_000 / 60, at(seconds=21), None,
            "estimated", _JUST, pending=6_800,
        ),
        Meter(
            "output_tokens", 8_000, 1_100, 0.86, 8_000 / 60, at(seconds=52), at(minutes=6),
            "measured", _JUST, level="warning", pending=900,
        ),
    ),
    keys=("Work",),
    plan="Evaluation",
    history=tuple(0.3 + 0.009 * minute + 0.03 * math.sin(minute / 2) for minute in range(60)),
    last_used_at=_JUST,
)  # fmt: skip

LOGIN = Pool(
    "login", "anthropic", "org-2", "claude-opus-5-5",
    meters=(
        Meter(
            "five_hour", None, None, 0.41, None, at(hours=2, minutes=14), None, "measured",
            _LATELY, window_s=18_000, at_reset=0.74,
        ),
        Meter(
            "seven_day", None, None, 0.68, None, at(days=2, hours=18, minutes=58),
            at(days=2, hours=6), "measured", _LATELY, window_s=604_800, at_reset=1.12,
        ),
    ),
    plan="Max",
    history=tuple(0.3 + 0.002 * minute for minute in range(60)),
    last_used_at=_LATELY,
)  # fmt: skip

BUSY = Snapshot(
    version="0.1.0",
    started_at=_BEGUN,
    uptime_s=18_000,
    paused=False,
    base_url="http://127.0.0.1:7429",
    pools=(SONNET, LOGIN),
    held=(
        Hold(
            "1", "Claude Code", "claude-sonnet-5-5", at(seconds=-8), at(seconds=5),
            "output_tokens", "limit", limit_kind="output_tokens",
        ),
        Hold(
            "2", "Reviews", "claude-sonnet-5-5", at(seconds=-41), at(minutes=14), "turn",
            behind="Claude Code",
        ),
    ),
    held_total=2,
    tools=(
        ToolTotals("Claude Code", "interactive", 214, 1_100_000, 100_000, 2.41),
        ToolTotals("Zed", "normal", 63, 200_000, 40_000, 0.67),
        ToolTotals("Reviews", "batch", 190, 50_000, 11_000, 0.34),
    ),
    totals=Totals(requests=467, cache_hits=23, saved_tokens=184_000, saved_usd=0.71),
    spend=(
        Meter(
            "spend_day", 10.0, 6.58, 0.342, None, at(hours=9, minutes=58), source="estimated",
            used=3.42, window_s=86_400,
        ),
        Meter(
            "spend_month", 200.0, 72.0, 0.64, None, at(days=5, hours=10), source="estimated",
            used=128.0, window_s=2_592_000,
        ),
    ),
    diagnostics=Diagnostics(accepted=473, ok=467, in_flight=6),
)  # fmt: skip

CALM = replace(
    BUSY,
    pools=(
        replace(
            SONNET,
            meters=tuple(
                replace(
                    meter, remaining=meter.limit, utilization=0.0, pending=None, level="healthy",
                    runs_out_at=None, resets_at=None, source="estimated", measured_at=at(minutes=-4),
                )
                for meter in SONNET.meters
            ),
        ),
        replace(LOGIN, meters=(replace(LOGIN.meters[0], measured_at=at(minutes=-4)),)),
    ),
    held=(),
    held_total=0,
    diagnostics=Diagnostics(accepted=467, ok=467),
)  # fmt: skip

EMPTY = Snapshot(
    version="0.1.0", started_at=at(seconds=-20), uptime_s=20, paused=False,
    base_url="http://127.0.0.1:7429",
)  # fmt: skip

PAUSED = replace(BUSY, paused=True, held=tuple(replace(each, cause="paused") for each in BUSY.held))

OFFLINE = replace(
    CALM,
    problems=(
        Problem(
            "offline",
            "The name cannot be resolved. Requests get an error at once so that your tools can try"
            " again; cached answers still work.",
            at(minutes=-4),
        ),
    ),
)

CAPPED = replace(
    CALM,
    problems=(
        Problem(
            "spend_cap",
            "The spend limit of this organization is reached: it answers nothing more until"
            " 1 Dec 00:00 UTC. Sluice refuses at once and does not retry. Raise the limit, or wait.",
            at(minutes=-12),
        ),
        Problem("key_refused", "The API does not accept the stored key.", at(minutes=-2)),
    ),
    spend=(
        BUSY.spend[0],
        replace(
            BUSY.spend[1], limit=500.0, remaining=0.0, utilization=1.0, used=500.0,
            level="depleted",
        ),
    ),
)  # fmt: skip

STEPS = range(7)
CROWDED = replace(
    BUSY,
    pools=(
        SONNET,
        LOGIN,
        replace(
            SONNET, id="fable", model_class="claude-fable-5", keys=("Work", "CI"),
            meters=(
                replace(SONNET.meters[0], level="critical", utilization=0.94, remaining=3),
                replace(SONNET.meters[2], level="depleted", utilization=1.0, remaining=0),
            ),
        ),
        Pool(
            "gateway", "gateway.example", None, "local-model-with-a-very-long-name-indeed",
            meters=(Meter("requests", used=12, source="estimated"),), states_limits=False,
        ),
    ),
    tools=tuple(
        ToolTotals(f"Tool with a rather long name {number}", "normal", 900 - number, 10_000, 500)
        for number in STEPS
    ),
    held=tuple(replace(BUSY.held[0], id=str(number)) for number in STEPS),
    held_total=12,
)  # fmt: skip

DOWN = Link("down", at(minutes=-4), attempt=5, tries=5, why="Its data folder cannot be opened.")
RESTARTING = Link("restarting", at(seconds=-6), attempt=2, tries=5, next_at=at(seconds=4))
STARTING = Link("starting", at(seconds=-1))
