"""Plans with the schedule's own numbers: a copy of the pool that the stored key draws on."""

import datetime as dt
from collections.abc import Callable

from trayapp.batch import plan
from trayapp.batch.plan import Limit, Need, Pace
from trayapp.batch.present import RESOURCES, Present
from trayapp.clock import Timekeeper
from trayapp.engine.turns import Turns
from trayapp.meter.prices import Model, models
from trayapp.model.exchange import Route
from trayapp.model.jobs import JobSpec, PlanJob, Way
from trayapp.model.outcome import Outcome
from trayapp.model.quota import Resource
from trayapp.model.snapshot import Job
from trayapp.pacing.estimate import TOKENS_PER_BYTE
from trayapp.pacing.pool import Pool

TOOL = "batch"
"""The name that rows go by among the tools."""
LEARNED = 3
"""Ended rows after which what they took is believed."""
STEADY = 12
"""Answers a duration is learned from."""


class Planner:
    """Says what ways would take, and when running jobs will be done."""

    def __init__(
        self, turns: Turns, clock: Timekeeper, running: Callable[[], list[tuple[Job, JobSpec]]]
    ) -> None:
        self._turns = turns
        self._clock = clock
        self._running = running
        self._present = Present()

    def record(self, outcome: Outcome) -> None:
        """Take what a request of a tool used."""
        if outcome.route is Route.MESSAGES and outcome.tool != TOOL and not outcome.cached:
            name = models().class_of(outcome.model_served or outcome.model_asked)
            self._present.record(name, outcome.usage, self._clock.monotonic())

    def ways(self, asked: PlanJob) -> tuple[Way, ...]:
        """Every way to run the rows of *asked*."""
        smaller = _smaller(asked.model, self._clock.now())
        paces = {name: self._pace(name) for name in (asked.model, smaller) if name is not None}
        return plan.ways(asked, paces, smaller, models().cost_usd, self._clock.now())

    def best(self, asked: PlanJob, spec: JobSpec) -> Way | None:
        """The way that *spec* chose."""
        for way in self.ways(asked):
            merged = spec.mode != "merged" or way.per_call == spec.per_call
            if (way.mode, way.model) == (spec.mode, spec.model) and merged:
                return way
        return None

    def ends_at(self, job: Job, spec: JobSpec) -> dt.datetime | None:
        """When a running job will be done, by what its rows took so far."""
        if spec.mode == "batches" or job.done < LEARNED:
            return job.predicted_end
        pace = self._pace(spec.model, beside=job.id)
        seconds, _ = plan.seconds_for(_left(job), pace)
        return self._clock.now() + dt.timedelta(seconds=seconds)

    def _pace(self, model: str, beside: str = "") -> Pace:
        now = self._clock.monotonic()
        pool = self._turns.stored_pool(model)
        if pool is None:
            pool = Pool(model, "", now)
        estimate = self._turns.pacer.schedule.pools.estimate(TOOL, model)
        model_class = models().class_of(model)
        steady = estimate.duration if estimate.answers >= STEADY else Pace(()).duration_s
        return Pace(
            limits=_limits(pool, now),
            tokens_per_byte=TOKENS_PER_BYTE * estimate.ratio,
            duration_s=steady,
            present=self._present.rates(model_class, now),
            ahead=self._ahead(model_class, beside),
            assumed=not pool.known,
        )

    def _ahead(self, model_class: str, beside: str) -> dict[Resource, float]:
        ahead: dict[Resource, float] = {}
        for job, spec in self._running():
            if job.id == beside or spec.mode == "batches" or job.done < LEARNED:
                continue
            if models().class_of(spec.model) == model_class:
                left = _left(job)
                for resource in RESOURCES:
                    ahead[resource] = ahead.get(resource, 0.0) + left.of(resource)
        return ahead


def _left(job: Job) -> Need:
    share = max(job.rows - job.done - job.failed, 0) / job.done
    return Need(round(job.requests * share), job.input_tokens * share, job.output_tokens * share)


def _limits(pool: Pool, now: float) -> tuple[Limit, ...]:
    limits = []
    for bucket in pool.all:
        if bucket.active:
            bucket.advance(now)
            limits.append(Limit(bucket.resource, bucket.level, bucket.free(now), bucket.rounding))
    return tuple(limits)


def _smaller(model: str, now: dt.datetime) -> str | None:
    """The cheapest model that is still sold, where it is cheaper than *model*."""
    known = models().find(model)
    if known is None:
        return None
    today = now.date()
    sold = [
        each
        for each in set(models().by_id.values())
        if not each.deprecated and each.prices and (each.retires is None or each.retires > today)
    ]
    cheapest = min(sold, key=_output_price)
    return cheapest.id if _output_price(cheapest) < _output_price(known) else None


def _output_price(model: Model) -> float:
    return min((price.output for price in model.prices), default=0.0)
