"""Real and simulated time, one into the other."""

import datetime as dt


class Timeline:
    """Simulated seconds since *start* (monotonic), when the wall clock showed *wall*."""

    def __init__(self, start: float, wall: dt.datetime, speed: float) -> None:
        self._start = start
        self._wall = wall
        self._speed = speed

    def simulated(self, monotonic: float) -> float:
        return (monotonic - self._start) * self._speed

    def monotonic(self, simulated: float) -> float:
        return self._start + simulated / self._speed

    def wall(self, simulated: float) -> dt.datetime:
        return self._wall + dt.timedelta(seconds=simulated / self._speed)
