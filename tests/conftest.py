"""What holds for every test: nobody's keyring is touched, long ones come last, coverage is told whose."""

import os
from collections.abc import Iterator

import coverage
import pytest
from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.register_profile("exploring", deadline=None)
settings.load_profile("repeatable")
"""The suite says the same twice; who looks for more asks for `--hypothesis-profile=exploring`."""


def pytest_configure() -> None:
    """Keep every test, and what it starts, away from the keyring of whoever runs it."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


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
