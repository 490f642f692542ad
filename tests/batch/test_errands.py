"""What engine and worker say to each other."""

import msgspec

from trayapp.batch.errands import Ask, Begin, Down, TryKey


def test_secrets_are_never_printed() -> None:
    """Neither a key nor a token is in any log that shows a message."""
    assert "secret" not in repr(TryKey("http://x", "secret"))
    assert "secret" not in repr(Begin("http://x", "secret"))


def test_a_body_passes_as_it_is() -> None:
    """The worker reads a body once, the engine writes it once."""
    line = msgspec.json.encode(Ask(1, msgspec.Raw(b'{"a":1}')))

    assert msgspec.json.decode(line, type=Down) == Ask(1, msgspec.Raw(b'{"a":1}'))
