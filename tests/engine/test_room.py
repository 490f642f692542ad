"""How many files may be open, and what happens when they run out."""

import asyncio
import datetime as dt
import errno
import logging
import resource

import pytest

from trayapp.engine import room
from trayapp.engine.problems import Problems


@pytest.mark.parametrize(
    ("files", "served"),
    [(8192, 1024), (1024, 496), (64, 16), (40, 8), (resource.RLIM_INFINITY, 1024)],
)
def test_callers_are_as_many_as_files_allow(
    monkeypatch: pytest.MonkeyPatch, files: int, served: int
) -> None:
    """Each caller may need a file of its own and one upstream, and some are kept for us (R37)."""
    monkeypatch.setattr(resource, "getrlimit", lambda _: (files, files))

    assert room.callers(1024) == served


@pytest.mark.parametrize(
    ("error", "told"), [(OSError(errno.EMFILE, "?"), True), (ValueError("?"), False), (None, False)]
)
def test_running_out_of_files_lets_idle_callers_go(
    caplog: pytest.LogCaptureFixture, error: Exception | None, told: bool
) -> None:
    """Whoever does nothing makes room, and the user is told what to raise (R37)."""
    problems = Problems(lambda: dt.datetime(2026, 11, 25, tzinfo=dt.UTC), lambda: None)
    shed: list[bool] = []
    handle = room.on_loop_error(lambda: shed.append(True), problems)
    context = {"message": "socket.accept() out of system resource", "exception": error}

    with caplog.at_level(logging.ERROR):
        loop = asyncio.new_event_loop()
        handle(loop, context)
        handle(loop, context)
        loop.close()

    assert shed == [True, True] * told
    assert [each.code for each in problems.all()] == [room.CODE] * told
    assert len(caplog.records) == (1 if told else 2)
