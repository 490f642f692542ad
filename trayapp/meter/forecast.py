"""When a limit runs out at the present pace, and how sure that is.

Theory
------
The pace is a mean over the recent past; how much of the past is *recent* is the whole question.
Too little, and a burst is taken for a pace; too much, and a fan-out that began three minutes ago is
diluted by the calm before it. So the past is cut into blocks, and the mean is taken over as many of
them, from the newest back, as could well be one and the same pace: a longer stretch is refused where
its older part differs from the newer one by more than the blocks' own scatter explains.

The scatter also says how far the mean may be wrong. Where that makes the late end of the forecast
more than half as long again as the early one, a range is told; where it leaves open whether it runs
out at all, nothing is.

A window of days outlives every stretch of work. What lies more than half a day ahead is told by the
day that lies behind, played again, its night included; before a whole day is known, as a range from
work without a pause to nine hours of it a day. Between two hours and half a day ahead nobody can say
whether the evening comes before the end: unless work goes on as the day before, both are told.
"""

import itertools

import msgspec

from trayapp.meter.series import Series

HOUR = 3600.0
JUMP = 2.2
"""Standard errors by which an older stretch differs that is not believed to be the same pace."""
CHANGED = 0.25
"""And a share of the pace: smaller changes are not worth forgetting the past for."""
CLUMPED = 1.4
"""Scatter of blocks understates the error of their mean, since use comes in clumps."""
UNCERTAIN = 1.5
"""Late over early end, beyond which a range is told."""
NEAR, FAR = 2 * HOUR, 12 * HOUR
"""Nearer, the present pace tells; farther, nights do."""
DAY = 24 * HOUR
WORK = 9 / 24
"""Of a day, until one is known."""
MOST_DAYS = 31
MOST_AHEAD = MOST_DAYS * DAY
"""Nothing is told of what lies further ahead: every window and month is over by then."""
CERTAIN = 0.02
"""Of the refill: a pace no further above it would take an hour to matter."""
SURE = 2.0
"""Errors by which a pace has to exceed the refill: a bucket that is refilled hides what is too much."""


class Grain(msgspec.Struct, frozen=True):
    """How finely a meter's past is looked at: seconds of a block, blocks at most and at least."""

    block: float
    most: int
    least: int

    @property
    def needs(self) -> float:
        """Seconds of use before anything is forecast."""
        return self.block * self.least


MINUTES = Grain(10.0, 60, 6)
"""Limits that refill within a minute: what was sent is known to the token."""
WINDOWS = Grain(60.0, 180, 5)
"""Windows, days and months."""


Day = tuple[float, ...]
"""What was used in each of a day's hours, the oldest first."""


class Pace(msgspec.Struct, frozen=True):
    """Units a second, and how far that may be wrong."""

    rate: float
    error: float


class Forecast(msgspec.Struct, frozen=True):
    """Seconds until nothing is left, and their late end where it is a range; share at the reset."""

    runs_out_in: float | None = None
    runs_out_by: float | None = None
    at_reset: float | None = None


def pace_of(series: Series, begun: float, now: float, grain: Grain) -> Pace | None:
    """The present pace of *series* in a stretch of use that began at *begun*; None: too early."""
    end = _end(series, begun, now)
    count = min(grain.most, int((end - begun) // grain.block))
    if now - begun < grain.needs or count < 1:
        return None
    marks = [series.at(end - grain.block * place) for place in range(count + 1)]
    used = [newer - older for newer, older in itertools.pairwise(marks)]
    mean, error = _level(used[: _recent(used, grain.least)])
    return Pace(mean / grain.block, error / grain.block)


def _end(series: Series, begun: float, now: float) -> float:
    """Until when *series* is known: a coarse one only to its last step, unless that is overdue."""
    if not series.coarse:
        return now
    changes = series.changes(begun)
    if len(changes) < 2:
        return now
    usual = (changes[-1] - changes[0]) / (len(changes) - 1)
    return changes[-1] if now - changes[-1] <= 2 * usual else now


def _recent(used: list[float], least: int) -> int:
    """How many of the newest blocks are one pace."""
    newer = min(least, len(used))
    while newer < len(used):
        older = min(len(used), newer + max(least, newer // 2))
        now, error = _level(used[:newer])
        before, before_error = _level(used[newer:older])
        differs = abs(now - before)
        if differs > JUMP * (error**2 + before_error**2) ** 0.5 and differs > CHANGED * now:
            break
        newer = older
    return newer


def _level(used: list[float]) -> tuple[float, float]:
    """Mean of blocks, and how far it may be wrong."""
    count = len(used)
    mean = sum(used) / count
    if count == 1:
        return mean, mean
    scatter = sum((one - mean) ** 2 for one in used) / (count - 1)
    return mean, CLUMPED * (scatter / count) ** 0.5


def of_bucket(left: float, refill: float, pace: Pace) -> Forecast:
    """What becomes of a bucket with *left* in it that refills all the time."""
    above = Pace(pace.rate - (1 + CERTAIN) * refill, pace.error)
    return _run_out(left, above) if above.rate > SURE * above.error else Forecast()


def of_window(
    used: float, limit: float, pace: Pace, until_reset: float, day: Day | None = None
) -> Forecast:
    """What becomes of a window or a budget; *day* is the last day's use, where one is known."""
    found = _run_out(limit - used, pace)
    at_reset = used + pace.rate * until_reset
    if until_reset > FAR:
        at_reset = used + _by(until_reset, pace, day)
        found = _seen_from_afar(limit - used, found, pace, day)
    if found.runs_out_in is None or found.runs_out_in >= until_reset:
        return Forecast(at_reset=at_reset / limit)
    return msgspec.structs.replace(found, at_reset=at_reset / limit)


def day_of(series: Series, now: float) -> Day | None:
    """What *series* grew by in each hour of the last day, the oldest first; None before a day."""
    if series.first is None or now - series.first < DAY:
        return None
    marks = [series.at(now - DAY + HOUR * place) for place in range(25)]
    return tuple(newer - older for older, newer in itertools.pairwise(marks))


def _run_out(left: float, pace: Pace) -> Forecast:
    slowest = pace.rate - pace.error
    if left <= 0 or slowest <= 0:
        return Forecast()
    early, late = left / (pace.rate + pace.error), min(MOST_AHEAD, left / slowest)
    if early >= MOST_AHEAD:
        return Forecast()
    if late > UNCERTAIN * early:
        return Forecast(early, late)
    return Forecast(left / pace.rate)


def _by(seconds: float, pace: Pace, day: Day | None) -> float:
    """What is used in *seconds* from now, which are many."""
    if day is None:
        return pace.rate * (FAR + (seconds - FAR) * WORK)
    whole, rest = divmod(seconds / HOUR, len(day))
    part = sum(day[: int(rest)]) + (rest - int(rest)) * day[int(rest)]
    return max(whole * sum(day) + part, pace.rate * NEAR)


def _seen_from_afar(left: float, found: Forecast, pace: Pace, day: Day | None) -> Forecast:
    """*found*, or where that is farther ahead what the last day says of it."""
    soon = found.runs_out_in
    if soon is None or soon <= NEAR or (soon <= FAR and day is None):
        return found
    if day is None:
        return Forecast(soon, min(MOST_AHEAD, (found.runs_out_by or soon) / WORK))
    again = _played_again(left, day)
    if again is None:
        return found if soon <= FAR else Forecast()
    if soon > FAR or _is_as_ever(pace, day):
        return Forecast(again)
    return Forecast(*sorted((soon, again)))


def _is_as_ever(pace: Pace, day: Day) -> bool:
    """Whether the present pace is that of the last day's hours of work."""
    busy = [used for used in day if used > max(day) / 4]
    usual = sum(busy) / len(busy) / HOUR
    return usual / UNCERTAIN <= pace.rate <= usual * UNCERTAIN


def _played_again(left: float, day: Day) -> float | None:
    """Seconds until *left* is used, if all days are as the last one."""
    if not sum(day):
        return None
    whole = min(int(left / sum(day)), MOST_DAYS)
    rest = left - whole * sum(day)
    for hour, used in enumerate(day):
        if used >= rest > 0:
            return whole * DAY + (hour + rest / used) * HOUR
        rest -= used
    return whole * DAY
