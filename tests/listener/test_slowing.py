"""Who tries tokens is slowed; the count forgets after a minute."""

from trayapp.listener.slowing import DELAY_S, FREE, WINDOW_S, Slowing


def test_a_few_mistakes_cost_nothing() -> None:
    """A tool with an old token is answered at once, as often as tools ask."""
    slowing = Slowing()

    assert [slowing.delay(1.0) for _ in range(FREE)] == [0.0] * FREE


def test_more_in_a_minute_wait() -> None:
    """From then on each answer waits, by the same time: nobody is locked out."""
    slowing = Slowing()
    for at in range(FREE):
        slowing.delay(float(at))

    assert [slowing.delay(30.0) for _ in range(3)] == [DELAY_S] * 3


def test_a_minute_later_it_is_forgotten() -> None:
    """What lies a minute back does not count."""
    slowing = Slowing()
    for _ in range(FREE):
        slowing.delay(5.0)

    assert slowing.delay(5.0 + WINDOW_S) == 0.0


def test_its_repr_tells_the_count() -> None:
    """A glance tells how many were seen."""
    slowing = Slowing()
    slowing.delay(0.0)

    assert repr(slowing) == "<Slowing 1 seen>"
