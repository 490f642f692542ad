"""All that can be chosen about the simulated Claude."""

import msgspec


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How the simulated API behaves; durations are in simulated seconds.

    *minute* is how many real seconds a simulated minute lasts: 60 is life-size, 0.5 runs
    everything 120 times as fast. A limit of None is the Start plan's.
    """

    port: int = 0
    rpm: int | None = None
    itpm: int | None = None
    otpm: int | None = None
    minute: float = 60.0
    seed: int = 7
    gzip: bool = False
    first_token_s: float = 0.4
    tokens_per_s: float = 80.0
    answer_tokens: float = 150.0
    """The median of a lognormal; *answer_spread* is its sigma."""
    answer_spread: float = 0.6
    estimate_error: float = 0.08
    """How far the estimate charged at the start may be from the true input, as a fraction."""
    window_tokens: int = 5_000_000
    """What five hours of a login's subscription hold."""
    spend_usd: float | None = None
    """The monthly cap of each organization; None: there is none."""
    ramp: float | None = None
    """How many times what was usual ten seconds may hold; None: no acceleration limit."""
    fault: str | None = None
    every: int = 1
    """What goes wrong, as `x-simulate` says it, with every so many-th request without that header."""
    batch_s: float = 3.0
    """How long a Message Batch takes at least."""
    file_bytes: int = 64 * 1024 * 1024
    """How much the Files API holds in memory, all organizations together."""

    @property
    def speed(self) -> float:
        """Simulated seconds in one real second."""
        return 60.0 / self.minute
