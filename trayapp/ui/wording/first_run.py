"""What the first request taught, in one sentence."""

from trayapp import figures
from trayapp.model.snapshot import Pool, Snapshot
from trayapp.ui.speech import Tr
from trayapp.ui.wording import names


def learned(tr: Tr, snapshot: Snapshot | None) -> str:
    """The plan and the limits that the first answer named; what it did not name is not said."""
    pools = snapshot.pools if snapshot else ()
    pool = next((each for each in pools if each.meters), None)
    if pool is None:
        return tr("No limit known yet. Each meter appears with the first answer that names it.")
    limits = _limits(tr, pool)
    if limits and pool.plan:
        return tr("Learned: plan {plan}. {limits}", plan=pool.plan, limits=limits)
    if limits:
        return tr("Learned: {limits}", limits=limits)
    windows = [names.meter(tr, each.kind) for each in pool.meters]
    return tr("Learned: a subscription with these windows: {names}.", names=", ".join(windows))


def _limits(tr: Tr, pool: Pool) -> str:
    limits = {each.kind: each.limit for each in pool.meters}
    requests, inward, outward = (limits.get(kind) for kind in names.MINUTE_METERS)
    if requests is None or inward is None or outward is None:
        return ""
    return tr(
        "{model}: {requests} requests, {inward} in, {outward} out a minute.",
        model=names.model(pool.model_class), requests=figures.count(requests),
        inward=figures.tokens(inward), outward=figures.tokens(outward),
    )  # fmt: skip
