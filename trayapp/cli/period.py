"""Points in time as a person writes them on a command line."""

import argparse
import datetime as dt
import re

from trayapp.clock import local_day

_UNITS = {"m": 60, "min": 60, "h": 3600, "d": 86400, "w": 7 * 86400}
HINT = "a time is 30m, 2h, 7d, 2w, today, yesterday, 2026-11-25 or 2026-11-25T14:00"


def since(text: str) -> str:
    """*text* as it was given, if it names a time."""
    moment(text, dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    return text


def moment(text: str, now: dt.datetime) -> dt.datetime:
    """The time that *text* names at *now*; one without an offset is by the local clock."""
    if text in {"today", "yesterday"}:
        day = local_day(now)
        return day if text == "today" else local_day(day - dt.timedelta(hours=12))
    if found := re.fullmatch(r"(\d{1,6}) ?(m|min|h|d|w)", text):
        try:
            return now - dt.timedelta(seconds=int(found[1]) * _UNITS[found[2]])
        except OverflowError:
            raise argparse.ArgumentTypeError(HINT) from None
    try:
        told = dt.datetime.fromisoformat(text)
        return told.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(HINT) from None
