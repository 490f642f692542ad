"""Forecasts that stand still: a new one takes the place of what was shown only where it says more."""

import datetime as dt

from msgspec.structs import replace

from trayapp.model.snapshot import Meter, Snapshot
from trayapp.ui.wording import times

_Key = tuple[str, str]
"""A pool's id, empty for money, and a meter's kind."""


class Calm:
    """Remembers what one window shows."""

    def __init__(self) -> None:
        self._shown: dict[_Key, Meter] = {}

    def steady(self, snapshot: Snapshot, now: dt.datetime) -> Snapshot:
        """*snapshot* with the forecasts to show at *now*, which is never before the last one."""
        before, self._shown = self._shown, {}

        def all_of(owner: str, meters: tuple[Meter, ...]) -> tuple[Meter, ...]:
            return tuple(self._settle(before, (owner, meter.kind), meter, now) for meter in meters)

        pools = (replace(pool, meters=all_of(pool.id, pool.meters)) for pool in snapshot.pools)
        return replace(snapshot, pools=tuple(pools), spend=all_of("", snapshot.spend))

    def _settle(self, before: dict[_Key, Meter], key: _Key, told: Meter, now: dt.datetime) -> Meter:
        if told.runs_out_at is None:
            return told
        shown, at, by = before.get(key), told.runs_out_at, told.runs_out_by
        if shown is not None and (shown.runs_out_by is None) == (by is None):
            at = times.settled(shown.runs_out_at, at, now)
            by = by and times.settled(shown.runs_out_by, by, now)
        self._shown[key] = replace(told, runs_out_at=at, runs_out_by=by)
        return self._shown[key]
