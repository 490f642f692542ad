"""A mistake in one part of the engine, planted once: it stays where it is."""

import contextlib

import pytest

from tests.journeys.conftest import Start, message, read_all
from trayapp.cli.ask import Control
from trayapp.home import Home
from trayapp.model.errors import NoEngine

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(
    ("module", "place"),
    [
        ("trayapp.relay", "Relay.carry"),
        ("trayapp.flights", "Flights._fly"),
        ("trayapp.meter.tap", "UsageTap.feed"),
        ("trayapp.meter.ledger", "Ledger._flush"),
        ("trayapp.cache.cache", "Cache._open"),
        ("trayapp.cache.cache", "Cache._flush"),
        ("trayapp.cache.cache", "Cache.close"),
        ("trayapp.meter.ledger", "Ledger.close"),
        ("trayapp.engine.storage", "Storage.tend"),
        ("trayapp.engine.jobs", "Jobs._go_on"),
        ("trayapp.engine.alerts", "Alerts._look"),
        ("trayapp.engine.publisher", "Publisher._publish"),
        ("trayapp.engine.rhythm", "Rhythm.tick"),
        ("trayapp.engine.control", "_Client.serve"),
        ("trayapp.engine.control", "_Client._show"),
    ],
)
def test_bug_of_one_task_is_no_others(start: Start, module: str, place: str) -> None:
    """Every caller is answered, the next ones well; the control socket speaks; the end is clean."""
    engine = start(program=("tests.fakes.sabotage", module, place))
    engine.quiet = False
    own = "x-api-key: sk-ant-api03-my-own\r\n"
    with engine.connect() as victim:
        victim.sendall(message(engine.port, own))
        first = read_all(victim)
    with contextlib.suppress(NoEngine), Control(Home.locate(str(engine.home), {})):
        pass
    others = [engine.raw(message(engine.port, own)) for _ in range(2)]
    engine.balance()

    assert first.startswith((b"HTTP/1.1 200 ", b"HTTP/1.1 500 "))
    assert all(answer.startswith(b"HTTP/1.1 200 ") for answer in others)
    assert engine.stop()[0] == 0
