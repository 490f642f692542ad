"""Addresses that a name led to: which to try first, and what still serves while a resolver fails."""

GOOD_S = 300.0
"""How long an address outlives the resolver that gave it; TLS still proves whose it is."""


class Known:
    """What was found for one name, and which of it answered last; times are monotonic seconds."""

    def __init__(self) -> None:
        self._found: tuple[str, ...] = ()
        self._at = float("-inf")
        self._answered = ""

    def __repr__(self) -> str:
        return f"<Known {len(self._found)} addresses>"

    def found(self, addresses: list[str], now: float) -> list[str]:
        """Keep what the resolver said at *now*, and return it: what answered last comes first.

        So a road that is dead for one family of addresses costs its patience once, not each time.
        """
        self._found, self._at = tuple(addresses), now
        return sorted(addresses, key=lambda each: each != self._answered)

    def still(self, now: float) -> list[str]:
        """What was found lately, now that the resolver fails; empty where nothing was."""
        return list(self._found) if now - self._at <= GOOD_S else []

    def answered(self, address: str) -> None:
        """Note that a connection to *address* was made."""
        self._answered = address
