"""How long after a refusal, and how often: delays, the budget of retries, the breaker.

Sources: full jitter (Brooker, *Exponential Backoff And Jitter*); retry budgets (Finagle, Envoy: a
retry is paid by successes, so a storm never doubles itself); a breaker that opens on the share of
failures. No function here reads a clock or draws a random number: both come in.
"""

from collections import deque
from collections.abc import Callable

Draw = Callable[[], float]
"""A source of uniform numbers in [0, 1)."""

FIRST_DELAY, LONGEST_DELAY = 0.5, 30.0  # seconds, doubling between
JITTER_SHARE, LONGEST_JITTER = 0.1, 3.0  # of a stated retry-after; seconds
LONGEST_RETRY_AFTER = 3600.0  # seconds; anything longer is not a pause but an end

DEPOSIT, DEEPEST = 0.1, 10.0  # retries per success; most that can be saved
FLOOR_EVERY = 10.0  # seconds; one retry is always allowed this often

SPAN, FEWEST, SICK = 10.0, 10, 0.5  # seconds looked at, samples needed, share of failures
PROBE_EVERY = 5.0  # seconds; a growing pause would delay recovery past 15 s

LEAST_CEILING, CUT = 2.0, 0.7  # requests in flight; of what was in flight at a 529
EPISODE = 1.0  # seconds within which several 529s are one event
FORGET = 60.0  # seconds without a 529 after which the ceiling is lifted


def delay_of(tries: int, draw: Draw, first: float = FIRST_DELAY) -> float:
    """Seconds to wait after *tries* refusals that named no time: full jitter."""
    return draw() * min(LONGEST_DELAY, first * 2.0 ** min(tries, 10))


def pause_of(retry_after: float, draw: Draw) -> float:
    """Seconds to wait where the refusal named a time: never less, at most a tenth more."""
    pause = min(max(retry_after, 0.0), LONGEST_RETRY_AFTER)
    return pause + draw() * min(JITTER_SHARE * pause, LONGEST_JITTER)


class RetryBudget:
    """Retries saved up by successes; what is left when it is empty is one every ten seconds."""

    __slots__ = ("_floor_at", "saved")

    def __init__(self) -> None:
        self.saved = DEEPEST
        self._floor_at = float("-inf")

    def deposit(self) -> None:
        """A request succeeded."""
        self.saved = min(DEEPEST, self.saved + DEPOSIT)

    def spend(self, now: float) -> bool:
        """Take one retry, if there is one."""
        if self.saved >= 1.0:
            self.saved -= 1.0
            return True
        if now - self._floor_at >= FLOOR_EVERY:
            self._floor_at = now
            return True
        return False


class Breaker:
    """Opens when at least half of ten or more answers in ten seconds failed; then it probes.

    While it is open one request goes every five seconds, and the first answer closes it. What
    counts as a failure is a 529, another 5xx or a broken road, never a 4xx.
    """

    __slots__ = ("_answers", "_failures", "_until", "is_open")

    def __init__(self) -> None:
        self.is_open = False
        self._answers: deque[tuple[float, bool]] = deque()
        self._failures = 0
        self._until = 0.0

    def wait(self, now: float) -> float:
        """Seconds until a request may go; 0 where it may."""
        return max(0.0, self._until - now) if self.is_open else 0.0

    def sent(self, now: float, draw: Draw) -> None:
        """A request went; while open it is the probe, and the next goes later."""
        if self.is_open:
            self._until = now + PROBE_EVERY * (1.0 + JITTER_SHARE * draw())

    def succeed(self, now: float) -> None:
        """An answer came."""
        if self.is_open:
            self.is_open = False
            self._answers.clear()
            self._failures = 0
        elif self._failures:
            self._note(now, failed=False)

    def fail(self, now: float, draw: Draw) -> None:
        """A failure came."""
        self._note(now, failed=True)
        if self.is_open or len(self._answers) < FEWEST:
            return
        if self._failures >= SICK * len(self._answers):
            self.is_open = True
            self.sent(now, draw)

    def _note(self, now: float, *, failed: bool) -> None:
        self._answers.append((now, failed))
        self._failures += failed
        while now - self._answers[0][0] > SPAN:
            self._failures -= self._answers.popleft()[1]


class Ceiling:
    """How many may be in flight at once: no limit until a 529, then as TCP's congestion window.

    A 529 cuts to 0.7 of what was in flight. Every answer adds one up to where the first cut led,
    then one per round; a minute without a 529 lifts it.
    """

    __slots__ = ("_cut_at", "_steady", "most")

    def __init__(self) -> None:
        self.most = float("inf")
        self._steady = 0.0
        self._cut_at = float("-inf")

    def cut(self, in_flight: int, now: float) -> None:
        """A 529 came while *in_flight* others were out."""
        if now - self._cut_at >= EPISODE:
            self.most = max(LEAST_CEILING, CUT * in_flight)
            self._steady = max(self.most, CUT * self._steady)
        self._cut_at = now

    def grow(self, now: float) -> None:
        """An answer came."""
        if now - self._cut_at > FORGET:
            self.most = float("inf")
            self._steady = 0.0
        elif self.most < self._steady:
            self.most += 1.0
        else:
            self.most += 1.0 / self.most
