"""Answers on their way to disk."""

import pytest

from tests.cache.asked import kept
from trayapp.cache import queue
from trayapp.cache.queue import Queue

ONE, TWO, THREE = b"1", b"2", b"3"


def test_answers_are_found_until_they_are_on_disk() -> None:
    """While it waits and while it is written, an answer is given from here."""
    line = Queue()
    line.add(ONE, kept())

    assert line.find(ONE) == kept()
    assert line.take() == [(ONE, kept())]
    assert (line.find(ONE), len(line)) == (kept(), 0)
    line.done()
    assert line.find(ONE) is None


def test_one_group_is_written_at_a_time() -> None:
    """What comes meanwhile waits for the group that is being written."""
    line = Queue()
    line.add(ONE, kept())
    line.take()
    line.add(TWO, kept())

    assert line.take() == []
    line.done()
    assert line.take() == [(TWO, kept())]


def test_group_that_failed_waits_again() -> None:
    """It keeps its place before what came since, but not before a newer answer."""
    line = Queue()
    line.add(ONE, kept(1))
    line.add(TWO, kept(1))
    line.take()
    line.add(TWO, kept(2))
    line.add(THREE, kept(2))
    line.put_back()

    assert line.take() == [(ONE, kept(1)), (TWO, kept(2)), (THREE, kept(2))]


def test_what_waits_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """While the disk takes nothing the oldest are dropped, and counted."""
    monkeypatch.setattr(queue, "QUEUE_LIMIT", 10)
    line = Queue()
    for key in (ONE, TWO, ONE, THREE):
        line.add(key, kept(text=b"12345"))

    assert (line.find(TWO), line.dropped, len(line)) == (None, 1, 2)


def test_everything_can_be_forgotten() -> None:
    """Clearing leaves nothing, waiting or being written."""
    line = Queue()
    line.add(ONE, kept())
    line.take()
    line.add(TWO, kept())
    line.clear()

    assert (line.find(ONE), line.find(TWO), line.take()) == (None, None, [])
