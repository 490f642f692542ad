"""The user's command reads each warning, one at a time, in bounded time and without our secrets."""

import asyncio
import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.clock import START, FakeClock
from trayapp.engine import warner as module
from trayapp.engine.problems import Problems
from trayapp.engine.tasks import Tasks
from trayapp.engine.warner import Warner, line_of, run
from trayapp.model.snapshot import Notice

NOTICE = Notice(
    7, "level", "warning", START, "pool", "requests", facts={"used": 0.8, "left": 10, "limit": 50}
)


def python(code: str) -> tuple[str, ...]:
    """A command that runs *code*."""
    return (sys.executable, "-c", code)


def with_warner(
    command: tuple[str, ...], use: Callable[[Warner], None], then: Callable[[Problems], None]
) -> None:
    """Let *use* tell warnings, and *then* look once all commands have ended."""

    async def scene() -> None:
        problems = Problems(FakeClock().now, lambda: None)
        failures: list[Exception] = []
        async with Tasks(lambda _name, error: failures.append(error)) as tasks:
            use(Warner(command, problems, tasks.start))
        assert failures == []
        then(problems)

    asyncio.run(scene())


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems.all()]


def test_what_the_command_reads_is_fixed() -> None:
    """One line of JSON with all there is to know, and a sentence for those who only show it."""
    assert json.loads(line_of(NOTICE)) == {
        "event": "begun", "id": 7, "rule": "level", "level": "warning", "pool": "pool",
        "meter": "requests", "since": "2026-11-21T12:00:00Z", "ended_at": None,
        "message": "Requests 80% used: 10 of 50 a minute left",
        "facts": {"used": 0.8, "left": 10, "limit": 50},
    }  # fmt: skip


def test_an_end_says_so() -> None:
    """The event and its time."""
    told = json.loads(line_of(Notice(7, "storm", "warning", START, ended_at=START)))

    assert (told["event"], told["ended_at"]) == ("ended", "2026-11-21T12:00:00Z")


@pytest.mark.slow
def test_each_warning_is_read_in_its_turn(tmp_path: Path) -> None:
    """The command sees one line a run, the first warning first."""
    file = tmp_path / "told"
    code = f"import sys; open({str(file)!r}, 'a').write(sys.stdin.read())"

    def use(warner: Warner) -> None:
        for rule in ("level", "storm"):
            warner.tell(Notice(1, rule, "warning", START))

    with_warner(python(code), use, lambda problems: None)

    told = [json.loads(line)["rule"] for line in file.read_text().splitlines()]
    assert told == ["level", "storm"]


def test_without_a_command_nothing_is_run() -> None:
    """Most have none."""
    with_warner((), lambda warner: warner.tell(NOTICE), lambda problems: None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "command", [python("raise SystemExit(3)"), ("/nowhere/at/all",)], ids=["fails", "is not there"]
)
def test_a_command_that_fails_is_a_problem(command: tuple[str, ...]) -> None:
    """The user is told, and nothing else is touched."""

    def then(problems: Problems) -> None:
        assert codes(problems) == ["warning_command"]

    with_warner(command, lambda warner: warner.tell(NOTICE), then)


@pytest.mark.slow
def test_a_command_that_works_again_is_no_problem(tmp_path: Path) -> None:
    """The next warning clears it."""
    flag = tmp_path / "flag"
    code = (
        f"import os, sys; flag = {str(flag)!r}\n"
        "if not os.path.exists(flag): open(flag, 'w').close(); sys.exit(1)"
    )

    def use(warner: Warner) -> None:
        warner.tell(NOTICE)
        warner.tell(NOTICE)

    def then(problems: Problems) -> None:
        assert codes(problems) == []

    with_warner(python(code), use, then)


def in_loop(body: Callable[[], Awaitable[Any]]) -> Any:
    async def scene() -> Any:
        return await body()

    return asyncio.run(scene())


@pytest.mark.slow
def test_a_command_that_hangs_is_ended() -> None:
    """It gets its time, no more, and what it did not read is no trouble."""
    fault = in_loop(lambda: run(python("import time; time.sleep(60)"), b"x" * 9, patience=0.3))

    assert fault is not None
    assert "was ended: it ran for 0.3 s" in fault


@pytest.mark.slow
def test_a_command_need_not_read() -> None:
    """Who only wants to be called may leave its stdin alone."""
    assert in_loop(lambda: run(python(""), b"x" * 1_000_000)) is None


@pytest.mark.slow
def test_a_command_sees_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the environment only what a desktop needs is passed on."""
    file = tmp_path / "seen"
    monkeypatch.setenv("ANTHROPIC_API_KEY", "sk-ant-canary")
    monkeypatch.setenv("DISPLAY", ":7")
    code = f"import os; open({str(file)!r}, 'w').write(repr(dict(os.environ)))"

    in_loop(lambda: run(python(code), b""))

    seen = file.read_text()
    assert "':7'" in seen
    assert "canary" not in seen


def test_a_flood_of_warnings_keeps_the_newest() -> None:
    """While a command is slow the oldest that wait are dropped."""
    started: list[str] = []
    warner = Warner(("x",), Problems(FakeClock().now, lambda: None), _never(started))
    for number in range(module.WAITING + 5):
        warner.tell(Notice(number, "level", "warning", START))

    assert started == ["warning command"]
    assert [notice.id for notice in warner._waiting][:1] == [5]


def _never(started: list[str]) -> Callable[..., object]:
    def start(body: Any, name: str) -> None:
        body.close()
        started.append(name)

    return start


@pytest.mark.skipif(os.name != "posix", reason="signals by their numbers")
@pytest.mark.slow
def test_leaving_in_the_middle_leaves_nothing_behind() -> None:
    """Where the engine stops meanwhile the command ends with it."""

    async def scene() -> None:
        task = asyncio.get_running_loop().create_task(
            run(python("import time; time.sleep(60)"), b"")
        )
        await asyncio.wait((task,), timeout=0.3)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(scene())
