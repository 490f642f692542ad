"""No task's failure is another's."""

import asyncio

import pytest

from trayapp.engine.tasks import Tasks, supervised


async def fail(error: BaseException) -> None:
    """Die at once."""
    raise error


def test_failure_is_reported_and_goes_no_further() -> None:
    """A bug in one task is told under its name, and the others go on."""
    reports: list[tuple[str, Exception]] = []
    bug = ValueError("a bug")
    finished = []

    async def play() -> None:
        go = asyncio.Event()

        async def other() -> None:
            await go.wait()
            finished.append("other")

        async with Tasks(lambda name, error: reports.append((name, error))) as tasks:
            tasks.start(other(), "other")
            await tasks.start(fail(bug), "unlucky")
            go.set()

    asyncio.run(play())

    assert (reports, finished) == ([("unlucky", bug)], ["other"])


def test_part_that_fails_to_close_keeps_no_other_open() -> None:
    """A bug at the very end is told under its name, and the end goes on."""
    reports: list[tuple[str, Exception]] = []
    bug = ValueError("a bug")

    async def play() -> None:
        tasks = Tasks(lambda name, error: reports.append((name, error)))
        await tasks.see_off(fail(bug), "cache")

    asyncio.run(play())

    assert reports == [("cache", bug)]


def test_cancelling_is_no_failure() -> None:
    """A task that is ended from outside has nothing to report."""
    reports: list[str] = []

    async def play() -> None:
        async with Tasks(lambda name, _: reports.append(name)) as tasks:
            task = tasks.start(asyncio.Event().wait(), "waiting")  # type: ignore[arg-type] # never ends
            await asyncio.sleep(0)
            task.cancel()

    asyncio.run(play())

    assert reports == []


def test_cancel_ends_all_that_runs() -> None:
    """Nothing outlives the group, not even what had not begun, and what has ended is not held."""

    async def play() -> int:
        async with Tasks(lambda *_: None) as tasks:
            tasks.start(asyncio.Event().wait(), "begun")  # type: ignore[arg-type] # never ends
            await asyncio.sleep(0)
            tasks.start(asyncio.Event().wait(), "not begun")  # type: ignore[arg-type] # never ends
            assert len(tasks) == 2
            tasks.cancel()
        return len(tasks)

    assert asyncio.run(play()) == 0


def test_tasks_have_their_names() -> None:
    """A task is found under its name in whatever lists tasks."""

    async def play() -> str:
        async with Tasks(lambda *_: None) as tasks:
            return tasks.start(asyncio.sleep(0), "caller").get_name()

    assert asyncio.run(play()) == "caller"


def test_the_end_of_the_process_is_not_swallowed() -> None:
    """Only exceptions are caught; what ends the process passes."""
    with pytest.raises(SystemExit):
        asyncio.run(supervised(fail(SystemExit(3)), "last", lambda *_: None))
