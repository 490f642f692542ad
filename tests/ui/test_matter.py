"""What a note says is a value."""

from trayapp.ui.matter import Matter, Offer


def test_matters_are_equal_by_what_they_say() -> None:
    """A note that says the same again is not drawn again."""
    assert Matter("a", offers=(Offer("b", "c"),)) == Matter("a", offers=(Offer("b", "c"),))
