"""How `checks.py` runs its steps and what its last lines say."""

import subprocess
from types import ModuleType

import pytest

from tests.packaging.scripts import load


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The script with every step passing and a suite of four tests; nothing is run."""
    module = load("checks")
    monkeypatch.setattr(module, "passes", lambda name, step: True)
    monkeypatch.setattr(module, "suite", lambda arguments: (0, "4 passed in 0.1s\n"))
    return module


def last_lines(capsys: pytest.CaptureFixture[str], count: int) -> list[str]:
    return capsys.readouterr().out.splitlines()[-count:]


def test_everything_passes(checks: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The last line is pytest's own."""
    assert checks.main([]) == 0
    assert last_lines(capsys, 2) == ["checks: all passed", "4 passed in 0.1s"]


def test_failed_step_does_not_stop_the_others(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All steps run, those that failed are named, and the exit code is 1."""
    ran: list[str] = []

    def passes(name: str, step: list[str]) -> bool:
        ran.append(name)
        return name not in {"style", "reach"}

    monkeypatch.setattr(checks, "passes", passes)

    assert checks.main([]) == 1
    assert ran == ["style", "format", "types", "contracts", "reach"]
    assert last_lines(capsys, 2) == ["checks: failed: style, reach", "4 passed in 0.1s"]


def test_failed_test_fails(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A failing suite is a failing run, and the last line counts the failures."""
    monkeypatch.setattr(checks, "suite", lambda arguments: (1, "1 failed in 0.1s\n"))

    assert checks.main([]) == 1
    assert last_lines(capsys, 2) == ["checks: failed: tests", "1 failed in 0.1s"]


def test_part_of_the_suite_says_nothing_of_reach(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of the tests do not reach everything, which is no failure."""
    monkeypatch.setattr(checks, "passes", lambda name, step: name != "reach")

    assert checks.main(["-k", "clock"]) == 0


def test_suite_that_was_cut_short_says_nothing_of_reach(
    checks: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One file that cannot be read is one failure, not one of every file it left untested."""
    monkeypatch.setattr(checks, "passes", lambda name, step: name != "reach")
    monkeypatch.setattr(checks, "suite", lambda arguments: (2, "1 error in 0.1s\n"))

    assert checks.main([]) == 1
    assert last_lines(capsys, 2) == ["checks: failed: tests", "1 error in 0.1s"]


def test_closing_line_is_held_back(checks: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """Lines pass as they come, also those after the closing line, which waits for the end."""
    closing = checks.pass_on(["...\n", "\n", "== 3 passed in 0.1s ==\n", "a warning\n"])

    assert capsys.readouterr().out == "...\n\na warning\n"
    assert closing == "== 3 passed in 0.1s ==\n"


def test_only_the_last_closing_line_is_held(
    checks: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    """A suite that a test ran itself is told where it ran."""
    closing = checks.pass_on(["1 failed in 1s\n", "2 failed, 9 passed in 61.2s (0:01:01)\n"])

    assert capsys.readouterr().out == "1 failed in 1s\n"
    assert closing == "2 failed, 9 passed in 61.2s (0:01:01)\n"


def test_suite_without_output_has_no_closing_line(checks: ModuleType) -> None:
    """A suite that could not start leaves nothing to repeat."""
    assert checks.pass_on([]) == ""


@pytest.mark.parametrize(("code", "arguments"), [(0, []), (1, ["-p", "no:pytest-qt"])])
def test_qt_is_tried(
    checks: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    arguments: list[str],
) -> None:
    """It is tried whether Qt loads, since only that tells."""
    ended = subprocess.CompletedProcess[bytes]([], code)
    monkeypatch.setattr(checks.subprocess, "run", lambda *args, **kwargs: ended)

    assert checks.qt_plugin() == arguments
