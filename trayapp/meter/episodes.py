"""Warnings as episodes: each is told once when it begins, and once when it is over.

A condition that holds opens an episode; one that nearly holds only keeps it open; it ends when
neither was so for a while. One that comes back soon after its end is the same episode, and is not
told again: a limit that is used to the brim comes and goes by the minute.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Literal

import msgspec
from msgspec.structs import replace

from trayapp.model.snapshot import Level, Notice, Rule

CALM = 15.0
"""Seconds without its condition after which an episode is over."""
AGAIN = 600.0
"""Seconds after its end in which a condition that comes back is the same episode."""
SHOWN = 60.0
"""Seconds for which the end of an episode is shown."""

Facts = dict[str, float | str | None]
State = Literal["raised", "kept", "calm"]


class Alarm(msgspec.Struct, frozen=True):
    """One rule's condition at one instant, with the facts that its sentence needs.

    *subject* tells apart what one rule says of one meter. A *moment* is told and passes; it has no
    end to tell.
    """

    rule: Rule
    level: Level = "warning"
    pool: str | None = None
    meter: str | None = None
    facts: Facts = {}
    state: State = "raised"
    subject: str = ""
    moment: bool = False

    @property
    def key(self) -> tuple[str, str | None, str | None, str]:
        """What makes two conditions one episode."""
        return self.rule, self.pool, self.meter, self.subject


class _Episode:
    """An episode under way, or one that ended not long ago."""

    __slots__ = ("calm_since", "ended", "is_end_told", "is_told", "moment", "notice")

    def __init__(self, notice: Notice, *, moment: bool) -> None:
        self.notice = notice
        self.moment = moment
        self.is_told = False
        self.is_end_told = False
        self.calm_since: float | None = None
        self.ended: float | None = None


class Episodes:
    """All episodes; ids count up from *first_id*, so that no two runs of an engine share one."""

    def __init__(self, first_id: int) -> None:
        self._next_id = first_id
        self._known: dict[tuple[str, str | None, str | None, str], _Episode] = {}

    def __repr__(self) -> str:
        return f"<Episodes {len(self._known)}>"

    @property
    def are_over(self) -> bool:
        """Whether time alone will change nothing: none is under way."""
        return all(episode.ended is not None for episode in self._known.values())

    def step(
        self, alarms: Iterable[Alarm], now: float, at: dt.datetime, *, quiet: bool, held: int = 0
    ) -> list[Notice]:
        """Take what holds at this instant; the result is what is to be told now.

        In *quiet* hours nothing is told; what still goes on at their end is told then. *held* is
        how many requests wait, which the end of an episode tells.
        """
        seen = {alarm.key: alarm for alarm in alarms}
        for key, alarm in seen.items():
            if alarm.state != "calm":
                self._take(key, alarm, at)
        told = []
        for key, episode in list(self._known.items()):
            found = seen.get(key)
            if found is not None and found.state != "calm":
                episode.calm_since = None
            elif episode.ended is None:
                self._calm(episode, found, now, at, held)
            if episode.ended is not None and now - episode.ended >= AGAIN:
                del self._known[key]
            if not quiet and (notice := _news(episode)) is not None:
                told.append(notice)
        return told

    def notices(self, now: float) -> tuple[Notice, ...]:
        """Episodes that were told and go on, and those that ended within a minute."""
        return tuple(
            episode.notice
            for episode in self._known.values()
            if episode.is_told
            and (episode.ended is None or (not episode.moment and now - episode.ended < SHOWN))
        )

    def _take(
        self, key: tuple[str, str | None, str | None, str], alarm: Alarm, at: dt.datetime
    ) -> None:
        episode = self._known.get(key)
        if episode is None:
            if alarm.state == "kept":
                return
            notice = Notice(self._next_id, alarm.rule, alarm.level, at, alarm.pool, alarm.meter)
            self._next_id += 1
            episode = self._known[key] = _Episode(notice, moment=alarm.moment)
        elif episode.ended is not None:
            if alarm.state == "kept":
                return
            episode.ended = None
        episode.notice = replace(
            episode.notice, level=alarm.level, facts=alarm.facts, ended_at=None
        )

    def _calm(
        self, episode: _Episode, found: Alarm | None, now: float, at: dt.datetime, held: int
    ) -> None:
        if episode.calm_since is None:
            episode.calm_since = now
        if now - episode.calm_since < CALM:
            return
        episode.ended = now
        facts = dict(episode.notice.facts if found is None else found.facts)
        facts["held"] = held
        ended_at = None if episode.moment else at
        episode.notice = replace(episode.notice, ended_at=ended_at, facts=facts)


def _news(episode: _Episode) -> Notice | None:
    """What is to be told of *episode* now, if anything: its beginning or its end, once each."""
    if episode.ended is None and not episode.is_told:
        episode.is_told = True
        return episode.notice
    over = episode.ended is not None and episode.is_told and not episode.moment
    if over and not episode.is_end_told:
        episode.is_end_told = True
        return episode.notice
    return None
