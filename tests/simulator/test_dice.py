"""Chance that repeats itself."""

import statistics

from trayapp.simulator.dice import Dice, Ids


def test_the_same_parts_give_the_same_numbers() -> None:
    """Dice are fixed by what they were made from."""
    first, second = Dice(b"a", b"b"), Dice(b"a", b"b")

    assert [first.uniform() for _ in range(5)] == [second.uniform() for _ in range(5)]


def test_parts_are_not_run_together() -> None:
    """Where one part ends and the next begins makes a difference."""
    assert Dice(b"ab", b"c").uniform() != Dice(b"a", b"bc").uniform()


def test_numbers_are_spread_evenly() -> None:
    """Uniform numbers stay in [0, 1) and lie in the middle on average."""
    dice = Dice(b"even")

    numbers = [dice.uniform() for _ in range(2000)]

    assert all(0 <= number < 1 for number in numbers)
    assert 0.45 < statistics.mean(numbers) < 0.55


def test_half_of_a_lognormal_lies_below_its_median() -> None:
    """The median asked for is the median given."""
    dice = Dice(b"long")

    numbers = [dice.lognormal(150.0, 0.6) for _ in range(2000)]

    assert 140 < statistics.median(numbers) < 160
    assert min(numbers) > 0


def test_a_shuffle_keeps_every_item() -> None:
    """Shuffling changes the order alone."""
    items = list(range(50))

    shuffled = Dice(b"cards").shuffled(items)

    assert shuffled != items
    assert sorted(shuffled) == items


def test_a_pick_can_be_any_item() -> None:
    """Every item is picked sooner or later."""
    dice = Dice(b"any")

    assert {dice.pick("abc") for _ in range(50)} == set("abc")


def test_ids_never_repeat() -> None:
    """A thousand ids are a thousand different ones, with their prefix."""
    ids = Ids(seed=1)

    made = {ids.new("msg") for _ in range(1000)}

    assert len(made) == 1000
    assert all(name.startswith("msg_01") and len(name) == 28 for name in made)


def test_a_seed_repeats_its_ids() -> None:
    """Two runs with one seed name things alike."""
    assert Ids(seed=3).new("req") == Ids(seed=3).new("req")
