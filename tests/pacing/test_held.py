"""The book of who is held: counts, bytes, deadlines."""

from tests.pacing.timeline import ticket
from trayapp.pacing.held import MOST_BYTES, MOST_WAITING, Held, retry_of
from trayapp.pacing.pool import Pool


def entered(pool: Pool, *deadlines: float) -> Held:
    """A book with one ticket per deadline."""
    held = Held()
    for place, deadline in enumerate(deadlines):
        one = ticket(str(place), deadline=deadline)
        pool.flows.append(one, 0.0)
        held.enter(one, pool, 0.0)
    return held


def test_counts_and_bytes_come_and_go() -> None:
    """Who leaves frees what it held."""
    pool = Pool("pool", "", 0.0)
    held = entered(pool, 10.0, 20.0)
    held.leave(pool.flows.tickets()[0], pool)

    assert (held.count, held.bytes) == (1, 4000)


def test_only_who_is_due_is_let_down() -> None:
    """A deadline ends one hold, and the next one is noted."""
    pool = Pool("pool", "", 0.0)
    held = entered(pool, 10.0, 30.0, 20.0)
    held.expire(9.9)
    nobody = held.told()
    held.expire(10.0)
    told = held.told()

    assert nobody == []
    assert [(one.ticket.id, one.fault, one.retry_after) for one in told] == [("0", "deadline", 1)]
    assert (held.earliest, held.told()) == (20.0, [])


def test_memory_bounds_what_is_held() -> None:
    """Four thousand requests or a quarter of a gigabyte."""
    held = Held()
    empty = held.is_over
    held.count = MOST_WAITING + 1
    many = held.is_over
    held.count, held.bytes = 1, MOST_BYTES + 1

    assert (empty, many, held.is_over) == (False, True, True)


def test_retry_is_told_between_a_second_and_a_minute() -> None:
    """Clients give up on more than sixty seconds."""
    pool = Pool("pool", "", 0.0)
    waits = []
    for ready in (0.2, 7.0, 500.0):
        pool.ready_at = ready
        waits.append(retry_of(pool, 0.0))

    assert waits == [1.0, 7.0, 59.0]
