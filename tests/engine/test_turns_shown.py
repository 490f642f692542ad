"""What the meter is told of pools: what pacing believes, under the name that holds."""

from tests.engine.turns_desk import ORG, UPSTREAM, Desk, play, said


def test_a_pool_is_found_by_whose_it_is() -> None:
    """And is none where nothing ever drew on it."""

    async def scene(desk: Desk) -> None:
        desk.learn(said(left=60))
        await desk.come("a")
        identity = desk.meter.identity_of(desk.digest, UPSTREAM)
        found = desk.turns.find(identity, "sonnet-5.5")

        assert found is not None
        assert len(found.open) == 1
        assert desk.turns.find(identity, "opus-5") is None

    play(scene)


def test_pools_with_stated_limits_are_shown_before_any_header() -> None:
    """Once a request was placed in one, and not where nothing is known."""

    async def scene(desk: Desk) -> None:
        await desk.come("a")
        assert [name for _, name in desk.turns.silent()] == ["sonnet-5.5"]

    async def untold(desk: Desk) -> None:
        await desk.come("a")
        assert desk.turns.silent() == []

    play(scene, stated={"anthropic": {"requests": 60.0}})
    play(untold)


def test_a_pool_that_got_its_real_name_is_not_shown_under_the_old_one() -> None:
    """What was placed by a credential's digest goes when the organization is known."""

    async def scene(desk: Desk) -> None:
        await desk.come("a")
        desk.learn(said())
        await desk.come("b")
        assert [identity.owner for identity, _ in desk.turns.silent()] == [ORG]

    play(scene, stated={"anthropic": {"requests": 60.0}})
