"""What holds for every test: nobody's keyring is touched, long ones come last, coverage is told whose."""

import importlib
import os
from collections.abc import Iterator
from pathlib import Path

import coverage
import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.register_profile("exploring", deadline=None)
settings.load_profile("repeatable")
"""The suite says the same twice; who looks for more asks for `--hypothesis-profile=exploring`."""


def pytest_configure() -> None:
    """Keep every test, and what it starts, away from the keyring and the screen of whoever runs it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


class UndrawnModule(pytest.Module):
    """A module of tests on a system that lacks Qt's libraries."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        """Skip it by its name if it is Qt that it cannot load."""
        try:
            importlib.import_module(".".join(self.path.relative_to(ROOT).with_suffix("").parts))
        except ImportError as error:
            if (error.name or "").partition(".")[0] in {"PySide6", "pytestqt", "shiboken6"}:
                pytest.skip(
                    f"{self.nodeid}: Qt does not load here: {error}", allow_module_level=True
                )
        return list(super().collect())


def pytest_pycollect_makemodule(
    module_path: Path, parent: pytest.Collector
) -> pytest.Module | None:
    """Where Qt does not load, what needs it is skipped and all else runs."""
    if parent.config.pluginmanager.has_plugin("pytest-qt"):
        return None
    return UndrawnModule.from_parent(parent, path=module_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let a mistake show in seconds; what loops for minutes waits until all else has run."""
    items.sort(key=lambda item: item.get_closest_marker("long") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note the test file beside each line it runs; `thinking_coverage` asks for it."""
    measuring = coverage.Coverage.current()
    if measuring is not None:
        measuring.switch_context(item.nodeid.partition("::")[0])
    return (yield)
