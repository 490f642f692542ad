"""An answer in time: what is said when, and what has been drained from the limits by then."""

import msgspec

from trayapp.model.exchange import Headers


class Frame(msgspec.Struct, frozen=True):
    """Bytes that go out once *tokens* of the answer were written.

    *pause* is a silence before them, in real seconds: a fault, not the model's pace.
    """

    data: bytes
    tokens: int = 0
    pause: float = 0.0


class Script(msgspec.Struct, frozen=True):
    """All of an answer: its frames in order, and whether its end is a clean one."""

    frames: tuple[Frame, ...]
    tokens: int
    stream: bool
    head: Headers
    whole: bool = True


class Speech:
    """A script being spoken from *begins* (the first token) at *per_s* tokens a second.

    *estimate* of the input was charged on admission; *counted* is what it turns out to be.
    """

    def __init__(
        self, script: Script, *, begins: float, per_s: float, estimate: float, counted: float
    ) -> None:
        self.script = script
        self.begins = begins
        self._per_s = per_s
        self._drained = 0.0
        self._correction = counted - estimate

    @property
    def ends(self) -> float:
        return self.due(self.script.tokens)

    @property
    def head_at(self) -> float:
        """When the head goes out: with the first token of a stream, after a plain answer's last."""
        return self.begins if self.script.stream else self.ends

    def due(self, tokens: int) -> float:
        """When so many tokens are written."""
        return self.begins + tokens / self._per_s

    def produced(self, now: float) -> float:
        """Tokens written by *now*, whether or not anyone has read them."""
        return min(max(now - self.begins, 0.0) * self._per_s, float(self.script.tokens))

    def drain(self, now: float) -> tuple[float, float]:
        """Input still to correct, and output written, since the last time this was asked."""
        correction = 0.0
        if now >= self.begins:
            correction, self._correction = self._correction, 0.0
        output = self.produced(now) - self._drained
        self._drained += output
        return correction, output
