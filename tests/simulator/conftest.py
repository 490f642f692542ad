"""What the simulator's tests share: the real catalog and plans, a fixed moment, an API."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from trayapp import resources
from trayapp.simulator.accounts import Accounts, Organization
from trayapp.simulator.api import Api
from trayapp.simulator.catalog import Catalog
from trayapp.simulator.faults import NONE
from trayapp.simulator.messages import Asked
from trayapp.simulator.plans import Plan
from trayapp.simulator.settings import Settings
from trayapp.simulator.timeline import Timeline
from trayapp.simulator.validation import NEW_VERSION

WALL = dt.datetime(2026, 5, 18, 11, 42, tzinfo=dt.UTC)
MODEL = "claude-opus-5-5"


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The models of `resources/models.toml`."""
    return Catalog(resources.read("models.toml"))


@pytest.fixture
def plan() -> Plan:
    """The Start plan, with no limit chosen."""
    return Plan(resources.read("plans.toml"), Settings())


@pytest.fixture
def organization(plan: Plan) -> Organization:
    """One organization on the Start plan."""
    return Accounts(plan.limits, plan.requests).of(b"sk-ant-api03-one")


@pytest.fixture
def asked(organization: Organization) -> Asked:
    """A call of that organization at the first moment, with nothing going wrong."""
    return Asked(owner=organization, now=0.0, at=WALL, version=NEW_VERSION, fault=NONE)


@pytest.fixture
def make_api() -> Callable[..., Api]:
    """Make an API with chosen settings; its time begins at `WALL`."""

    def make(**chosen: Any) -> Api:
        settings = Settings(**chosen)
        return Api(
            settings,
            models=resources.read("models.toml"),
            plans=resources.read("plans.toml"),
            timeline=Timeline(0.0, WALL, settings.speed),
        )

    return make


@pytest.fixture
def wall() -> dt.datetime:
    """The moment all these tests happen."""
    return WALL
