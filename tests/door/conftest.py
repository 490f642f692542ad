"""Engines for attackers: one for a whole file of tests that change nothing, or one of a test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.door.front import Front
from tests.fakes.scripted import ScriptedUpstream
from tests.journeys import conftest as journeys
from tests.journeys.conftest import EngineProcess, Start

start = journeys.start
upstream = journeys.upstream


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """One engine for all tests of a file; after the last one, all it wrote is searched."""
    home: Path = tmp_path_factory.mktemp("home")
    with ScriptedUpstream() as scripted:
        engine = EngineProcess(home, "--upstream", scripted.url, "--allow-loopback-upstream")
        made = Front(engine, scripted)
        try:
            yield made
            made.audit()
        finally:
            if engine.process.poll() is None:
                engine.process.terminate()


@pytest.fixture
def own(start: Start, upstream: ScriptedUpstream) -> Front:
    """An engine for one test that leaves it changed."""
    return Front(start(), upstream)
