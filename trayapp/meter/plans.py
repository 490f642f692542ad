"""Which plan an organization is on, where its limits tell: the table `plans.toml`, read once."""

import functools
import tomllib
from collections.abc import Mapping

import msgspec

from trayapp import resources
from trayapp.model.snapshot import Meter

Limits = Mapping[str, int]


class Plan(msgspec.Struct, frozen=True):
    """One plan: what it lets be spent a month in USD, and its limits by model class."""

    id: str
    name: str
    spend_cap: float | None = None
    classes: Mapping[str, Limits] = {}


class _File(msgspec.Struct, frozen=True, rename={"plans": "plan"}):
    plans: tuple[Plan, ...]


@functools.cache
def plans() -> tuple[Plan, ...]:
    """Every plan that the table knows."""
    return msgspec.convert(tomllib.loads(resources.read("plans.toml").decode()), _File).plans


def plan_of(model_class: str, meters: tuple[Meter, ...]) -> Plan | None:
    """The one plan whose limits for *model_class* are those that headers told; None where unsure."""
    told = {meter.kind: meter.limit for meter in meters if meter.measured_at is not None}
    fitting = [
        plan
        for plan in plans()
        if (limits := plan.classes.get(model_class))
        and all(told.get(kind) == limit for kind, limit in limits.items())
    ]
    return fitting[0] if len(fitting) == 1 else None
