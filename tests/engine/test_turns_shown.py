"""What the meter is told of pools: what pacing believes, under the name that holds."""

from tests.engine.turns_desk import ORG, UPSTREAM, Desk, play, said


def test_the_meter_is_told_what_the_pacer_believes() -> None:
    """A request that went is used at once, though no header told it yet."""

    async def scene(desk: Desk) -> None:
        desk.learn(said(left=60))
        await desk.come("a", "b")
        (name,) = desk.pools
        desk.turns.pacer.schedule.pools.state(name, ORG, {"requests": 60.0}, 0.0)
        identity = desk.meter.identity_of(desk.digest, UPSTREAM)

        assert desk.turns.beliefs(identity, "sonnet-5.5")["requests"].spent == 1
        assert desk.turns.beliefs(identity, "opus-5") == {}

    play(scene)


def test_pools_with_stated_limits_are_shown_before_any_header() -> None:
    """Once a request was placed in one, and not where nothing is known."""

    async def scene(desk: Desk) -> None:
        await desk.come("a")
        assert [name for _, name in desk.turns.silent()] == ["sonnet-5.5"]

    async def untold(desk: Desk) -> None:
        await desk.come("a")
        assert desk.turns.silent() == []

    play(scene, stated={"requests": 60.0})
    play(untold)


def test_a_pool_that_got_its_real_name_is_not_shown_under_the_old_one() -> None:
    """What was placed by a credential's digest goes when the organization is known."""

    async def scene(desk: Desk) -> None:
        await desk.come("a")
        desk.learn(said())
        await desk.come("b")
        assert [identity.owner for identity, _ in desk.turns.silent()] == [ORG]

    play(scene, stated={"requests": 60.0})
