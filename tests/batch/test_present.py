"""What the tools use at present."""

from trayapp.batch.present import MEMORY_S, Present
from trayapp.model.usage import Usage


def test_uses_are_told_a_second() -> None:
    """Requests and tokens of one class, prompt-cache writes among the input."""
    present = Present()
    present.record("opus", Usage(100, 20, cache_creation_input_tokens=20), 0.0)
    present.record("opus", None, 0.0)

    assert present.rates("opus", 0.0) == {
        "requests": 2 / MEMORY_S,
        "input_tokens": 120 / MEMORY_S,
        "output_tokens": 20 / MEMORY_S,
    }
    assert present.rates("haiku", 0.0) == {}


def test_uses_are_forgotten() -> None:
    """After its memory a use counts for a third."""
    present = Present()
    present.record("opus", Usage(100, 20), 0.0)

    then = present.rates("opus", MEMORY_S)["input_tokens"] * MEMORY_S

    assert 36 < then < 37
