"""What errors carry for whoever answers the caller."""

from trayapp.model.errors import PortTaken, UpstreamSaid


def test_upstreams_words_are_kept() -> None:
    """Status and body are upstream's own."""
    said = UpstreamSaid(429, b"{}")

    assert (said.status, said.body) == (429, b"{}")


def test_a_taken_port_is_named() -> None:
    """The sentence and the value name the port."""
    taken = PortTaken(7429)

    assert (taken.port, taken.message) == (7429, "Port 7429 is taken.")
