"""What the desk's tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.control import FakeEngine, control
from trayapp.home import Home


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home of our own."""
    return Home.locate(str(tmp_path), {})


@pytest.fixture
def engine(home: Home) -> Iterator[FakeEngine]:
    """What answers on the home's control socket."""
    with control(home, FakeEngine()) as serving:
        yield serving
