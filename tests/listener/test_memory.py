"""What is in memory at once, and who goes when it is too much (R38)."""

import pytest

from trayapp.listener.memory import MOST, Memory, NoRoom, Stay


class Queue:
    """Requests that wait, by the size of their bodies."""

    def __init__(self, *sizes: int) -> None:
        self.sizes = list(sizes)
        self.told: list[str] = []

    def shed(self, size: int, reason: NoRoom) -> bool:
        """Let down the largest, where it is larger than *size*."""
        largest = max(self.sizes, default=0)
        if largest <= size:
            return False
        self.sizes.remove(largest)
        self.told.append(reason.message)
        return True


def test_bytes_are_counted_while_they_are_here() -> None:
    """What comes is counted, and what goes is not any more."""
    memory = Memory(Queue().shed)
    stay = Stay(memory)
    stay.grow(3)
    stay.grow(4)
    before = repr(memory)
    stay.end()
    stay.end()

    assert (before, memory.held, stay.size) == ("<Memory 7 bytes>", 0, 0)


def test_too_much_is_refused_as_overload() -> None:
    """Over the limit the newcomer gets the API's own status for it, and a time to come back."""
    memory = Memory(Queue().shed, 10)
    memory.take(10)

    with pytest.raises(NoRoom) as told:
        memory.take(1)

    assert (told.value.status, told.value.retry_after, memory.held) == (529, 5, 10)


def test_the_largest_that_waits_makes_room() -> None:
    """A larger request that only waits is let down before a smaller newcomer."""
    queue = Queue(4, 6)
    memory = Memory(queue.shed, 10)
    memory.take(10)
    memory.take(5)

    assert (queue.sizes, len(queue.told)) == ([4], 1)


def test_a_larger_newcomer_makes_nobody_leave() -> None:
    """Who waits with less is not let down for one who brings more."""
    queue = Queue(4)
    memory = Memory(queue.shed, 10)
    memory.take(10)

    with pytest.raises(NoRoom):
        memory.take(5)
    assert queue.sizes == [4]


def test_the_limit_is_named() -> None:
    """The sentence says how much is allowed."""
    assert NoRoom(MOST).message == "Sluice's memory limit of 512 MB is reached."
