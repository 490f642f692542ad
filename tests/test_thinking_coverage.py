"""The check of thinking files sees what their own tests reach, and nothing else."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house_map import ROOT
from tests.thinking_coverage import own_test

SCALE = '''"""Weigh."""


def heavy(grams: int) -> bool:
    if grams > 1000:
        return True
    return False
'''


@pytest.mark.parametrize(
    ("path", "test"),
    [("pacing/bucket.py", "tests/pacing/test_bucket.py"), ("sse.py", "tests/test_sse.py")],
)
def test_own_test_has_the_same_name(path: str, test: str) -> None:
    """The test file of a file stands where the file stands."""
    assert own_test(path) == test


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A house of two thinking files that are alike, each with a test file."""
    (tmp_path / "tests").mkdir()
    for name in ("conftest.py", "house_map.py", "thinking_coverage.py"):
        shutil.copy(ROOT / "tests" / name, tmp_path / "tests")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    package = tmp_path / "trayapp"
    package.mkdir()
    (package / "__init__.py").write_text('"""The map.\n\n    own.py   x\n    other.py x\n"""\n')
    (package / "own.py").write_text(SCALE)
    (package / "other.py").write_text(SCALE)
    both = "import trayapp.other, trayapp.own\n\ndef test_both():\n"
    (tmp_path / "tests" / "test_own.py").write_text(
        f"{both}    assert trayapp.own.heavy(2000) != trayapp.own.heavy(1)\n"
        "    assert trayapp.other.heavy(2000)\n"
    )
    (tmp_path / "tests" / "test_other.py").write_text(
        f"{both}    assert not trayapp.other.heavy(1)\n"
    )
    return tmp_path


@pytest.mark.slow
def test_lines_reached_by_other_tests_do_not_count(tree: Path) -> None:
    """Both files are covered by the suite, but only one of them by its own test."""
    suite_command = ["-m", "coverage", "run", "-m", "pytest", "-p", "no:pytest-qt"]
    commands = (suite_command, ["-m", "tests.thinking_coverage"])

    suite, reach = (
        subprocess.run(
            [sys.executable, *command], cwd=tree, capture_output=True, text=True, check=False
        )
        for command in commands
    )

    assert suite.returncode == 0, suite.stdout
    assert "other.py" in reach.stdout
    assert "by tests/test_other.py: 6" in reach.stdout
    assert "own.py" not in reach.stdout
    assert reach.returncode == 1
