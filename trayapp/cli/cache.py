"""`sluice cache`: how much the response cache holds, and forgetting all of it."""

import os
import sys
from typing import Any

import msgspec

from trayapp import settings
from trayapp.cache import store
from trayapp.cache.stats import Stats
from trayapp.cli.arguments import Told
from trayapp.cli.either import by_whoever_has
from trayapp.db import DamagedDatabase, NewerDatabase, offline
from trayapp.figures import count, duration, size
from trayapp.home import Home
from trayapp.model.command import CacheStats, ClearCache


def run(told: Told) -> int:
    """Show or clear; on the home itself when no engine has it, else by the engine."""
    home = Home.locate(told.home, os.environ)
    home.prepare()
    if told.action == "clear":
        by_whoever_has(home, ClearCache(), lambda: store.discard(home.cache_db))
        print("The response cache is empty.", file=sys.stderr)
    else:
        _show(by_whoever_has(home, CacheStats(), lambda: _here(home)), as_json=told.json)
    return 0


def _here(home: Home) -> Stats:
    preferences = settings.load(home.config_file).cache
    kept, working = store.Sums(), True
    if home.cache_db.exists():
        try:
            with offline(home.cache_db, store.SCHEMA) as connection:
                kept = store.sums(connection)
        except (DamagedDatabase, NewerDatabase):
            working = False  # the next engine makes it anew
    return Stats(
        kept.entries,
        kept.bytes,
        preferences.limit,
        preferences.lifetime,
        working=working and preferences.enabled,
    )


def _show(value: Any, *, as_json: bool) -> None:
    stats = msgspec.convert(value, Stats)
    if as_json:
        print(msgspec.json.encode(stats).decode())
        return
    print(
        f"{count(stats.entries)} answers, {size(stats.bytes)} of {size(stats.limit_bytes)}; "
        f"each is kept for {duration(stats.lifetime_s)}."
    )
    if not stats.working:
        print("The response cache is off at present.")
    for number, words in (
        (stats.damaged, "damaged on disk; they were asked for again"),
        (stats.dropped, "not kept, since the disk did not take them"),
    ):
        if number:
            print(f"{count(number)} {words}.")
