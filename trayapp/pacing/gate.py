"""What holds a whole pool alike: a stated pause, probing, scouting, the pace of requests.

Rules 10 to 12 in `schedule`. A gate knows moments and counts, nothing of tokens.
"""

from math import exp
from typing import TYPE_CHECKING

from trayapp.pacing.ticket import NEVER, Reason

if TYPE_CHECKING:  # a pool is built with its gate
    from trayapp.pacing.pool import Pool

PATIENCE = 3.0  # seconds of silence after which one more goes
LOOK_EVERY = 5.0  # seconds between requests that scout a shared quota
BURST, STEEP = 16.0, 4.0  # at once; then this many times the request refill
CALM, CALM_FOR, CALM_FREE = 0.05, 5.0, 4  # seconds between; for seconds; the first are free
LEAST_PACE = 0.2  # requests a second
MINUTE = 60.0


class Gate:
    """Opens and shuts for all of a pool; *hold* is until when it is shut, *held_by* why."""

    __slots__ = (
        "_burst",
        "_calm_sent",
        "_calm_until",
        "_ramp",
        "_ramp_at",
        "_rate",
        "_spray",
        "_spray_at",
        "_steep",
        "allow",
        "held_by",
        "hold",
        "last_heard",
        "last_sent",
        "probe_at",
        "unheard",
        "why",
    )

    def __init__(self, now: float) -> None:
        self.hold = now
        self.held_by: Reason = "throttled"
        self.why: Reason = "turn"
        self.allow = 1.0
        self.unheard = 0
        self.probe_at = now
        self.last_sent = -NEVER
        self.last_heard = now
        self._rate = 0.0
        self._spray = self._burst = BURST
        self._spray_at = now
        self._steep = STEEP
        self._ramp = NEVER
        self._ramp_at = now
        self._calm_until = now
        self._calm_sent = 0

    def wait(self, pool: "Pool", now: float) -> float:
        """Seconds until the gate of *pool* opens, 0 where it is open; *why* is then the reason."""
        if now < self.hold:
            self.why = self.held_by
            return self.hold - now
        if self.unheard >= self.allow and (wait := self._silence(pool.is_assumed, now)):
            self.why = "first_answer"
            return wait
        if now - self.last_heard > LOOK_EVERY and now - self.last_sent < LOOK_EVERY:
            wait = self.last_sent + LOOK_EVERY - now
            if wait > 0 and now < pool.shared:
                self.why = "look"
                return wait
        if now < self._calm_until or self._ramp < NEVER:
            return self._slow(pool.request_rate(now), now)
        return self._spaced(self._steep * pool.request_rate(now), now)

    def _silence(self, assumed: bool, now: float) -> float:  # noqa: FBT001 - one word, one caller
        silence = now - self.probe_at
        steps = silence // PATIENCE
        if steps >= 1 and (assumed or self.unheard < self.allow + steps):
            return 0.0
        return PATIENCE * (steps + 1.0) - silence

    def _slow(self, refill: float, now: float) -> float:
        """Seconds until one more may go in a calm start, or after a ramp refusal."""
        if now < self._calm_until and self._calm_sent >= CALM_FREE:
            wait = self.last_sent + min(CALM, 0.5 / refill) - now
            if wait > 0:
                self.why = "burst"
                return wait
        slope = self._steep * refill
        if self._ramp < NEVER:
            slope = min(slope, self._ramped(slope, now))
        return self._spaced(slope, now)

    def _spaced(self, slope: float, now: float) -> float:
        """Seconds until one more may go at *slope* requests a second, after a burst."""
        spray = self._spray
        if now > self._spray_at:
            spray += slope * (now - self._spray_at)
            self._spray = spray = min(spray, self._burst)
            self._spray_at = now
        if spray >= 1.0:
            return 0.0
        self.why = "burst"
        return (1.0 - spray) / slope

    def _ramped(self, slope: float, now: float) -> float:
        """Requests a second after a ramp refusal: doubled every minute, until it binds no more."""
        doublings = (now - self._ramp_at) / MINUTE
        allowed: float = self._ramp * 2.0 ** min(doublings, 20.0)
        if allowed > slope or doublings > 20.0:
            self._ramp = NEVER
        return allowed

    def sent(self, now: float) -> None:
        """A request went."""
        if not self.unheard:
            self.probe_at = now
        self.unheard += 1
        self._rate = self._rate * exp((self.last_sent - now) / MINUTE) + 1.0 / MINUTE
        self.last_sent = now
        self._spray -= 1.0
        self._calm_sent += 1

    def heard(self, now: float) -> None:
        """A response head came."""
        self.last_heard = now

    def hold_for(self, why: Reason, seconds: float, now: float) -> None:
        """Shut for *seconds*, unless it is shut for longer."""
        if now + seconds > self.hold:
            self.hold = now + seconds
            self.held_by = why

    def probe(self, allow: float, now: float) -> None:
        """Let only *allow* unheard requests out until a good header comes."""
        self.allow = allow
        self.probe_at = now

    def reopen(self, now: float) -> None:
        """Forget a stated pause, which did not foresee a sleep; probe, then go calmly."""
        self.hold = now
        self.probe(1, now)
        self.calm_down(now)

    def calm_down(self, now: float) -> None:
        """Space requests for some seconds: after the first header and after a wake."""
        self._calm_until = now + CALM_FOR
        self._calm_sent = 0

    def slow_down(self, now: float) -> None:
        """A ramp refusal: go on at half the pace of the last minute."""
        rate = self._rate * exp((self.last_sent - now) / MINUTE)
        self._ramp = max(LEAST_PACE, 0.5 * rate)
        self._ramp_at = now
        self._spray = 0.0
        self._spray_at = now

    def go_singly(self) -> None:
        """The request bucket proved smaller than its limit: no bursts."""
        self._burst = self._steep = 1.0
        self._spray = min(self._spray, 1.0)
