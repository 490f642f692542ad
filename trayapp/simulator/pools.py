"""Three buckets drawn on together, and the answers that drain them while they are spoken."""

import math

import msgspec

from trayapp.simulator.buckets import MINUTE, Bucket
from trayapp.simulator.speech import Speech

SOME = 1e-6
"""Output is never reserved: any level above nothing lets a request in."""


class Limits(msgspec.Struct, frozen=True):
    """A minute's worth of each."""

    requests: int
    input_tokens: int
    output_tokens: int


class Shortage(msgspec.Struct, frozen=True):
    """What a request could not have: the limit, its unit in words, the wait in seconds."""

    limit: float
    unit: str
    wait: float


class Pool:
    """The limits of one organization and model class, in simulated seconds."""

    def __init__(self, limits: Limits, now: float) -> None:
        self.limits = limits
        self.requests = Bucket(limits.requests, now)
        self.input_tokens = Bucket(limits.input_tokens, now)
        self.output_tokens = Bucket(limits.output_tokens, now)
        self._open: list[Speech] = []
        self._at = now

    @property
    def open(self) -> int:
        """How many answers are being spoken."""
        return len(self._open)

    def advance(self, now: float) -> None:
        """Bring all three levels to *now*: refill, what was written, what was misjudged.

        Time is cut where an answer begins or ends, so that the pace of output is even between
        two cuts and a full bucket's lost refill never pays for what is written later.
        """
        turns = {turn for speech in self._open for turn in (speech.begins, speech.ends)}
        for turn in sorted(turn for turn in turns if self._at < turn < now):
            self._step(turn)
        self._step(now)

    def _step(self, now: float) -> None:
        self._at = max(now, self._at)
        output = 0.0
        self.requests.advance(now)
        self.input_tokens.advance(now)
        for speech in self._open:
            correction, written = speech.drain(now)
            self.input_tokens.take(correction)
            output += written
        self.output_tokens.advance(now, spent=output)

    def admit(self, estimate: float, now: float) -> Shortage | None:
        """Charge a request and its estimated input, or say what is missing; refusals are free."""
        self.advance(now)
        needs = (
            (self.requests, "requests", 1.0),
            (self.input_tokens, "input tokens", estimate),
            (self.output_tokens, "output tokens", SOME),
        )
        for bucket, unit, need in needs:
            if wait := bucket.seconds_until(need):
                return Shortage(bucket.limit, unit, wait if math.isfinite(wait) else MINUTE)
        self.requests.take(1.0)
        self.input_tokens.take(estimate)
        return None

    def begin(self, speech: Speech) -> None:
        """Let *speech* drain the output bucket as it is spoken."""
        self._open.append(speech)

    def end(self, speech: Speech, now: float) -> None:
        """Stop *speech*, at its end or because nobody listens any more."""
        self.advance(now)
        self._open.remove(speech)


class Turnstile:
    """A limit on requests alone: count_tokens, Message Batches, files."""

    def __init__(self, limit: int, now: float) -> None:
        self._bucket = Bucket(limit, now)

    def admit(self, now: float) -> Shortage | None:
        """Charge one request, or say how long until there is one."""
        self._bucket.advance(now)
        if wait := self._bucket.seconds_until(1.0):
            return Shortage(self._bucket.limit, "requests", wait)
        self._bucket.take(1.0)
        return None
