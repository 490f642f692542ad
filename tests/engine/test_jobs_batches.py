"""Through Message Batches: created once, whatever dies in between."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from tests.engine.jobs_scene import JOB, SPEC, Scene
from tests.fakes.batching import FakeApi
from trayapp.batch import jobs as store
from trayapp.batch.errands import Failed, Submit
from trayapp.engine.jobs_batches import StandsError

PROMPTS = ("one", "two", "three")


class KilledError(Exception):
    """The engine ended here."""


def run(scene: Any) -> None:
    asyncio.run(scene())


def test_results_find_their_rows_in_any_order(tmp_path: Path) -> None:
    """Succeeded, errored, expired and cancelled rows are told apart."""
    api = FakeApi()
    api.outcomes = {"1": "errored", "2": "expired", "3": "canceled"}

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS, "four")
            await scene.waking(scene.course().run())
            assert [(row.state, row.error) for row in await scene.rows()] == [
                ("done", None),
                ("failed", "no"),
                ("failed", "Its batch expired before its turn came."),
                ("failed", "It was cancelled with its batch."),
            ]
            assert (await scene.job()).requests == 1

    run(story)


@pytest.mark.slow
def test_killed_before_and_after_every_step_a_batch_is_created_once(tmp_path: Path) -> None:
    """R28: a kill at every edge of the journal creates no batch twice and loses no row."""
    created = []
    for last in range(40):
        folder = tmp_path / str(last)
        folder.mkdir()
        api = FakeApi()
        finished = False

        async def life(killed_at: int, folder: Path = folder, api: FakeApi = api) -> bool:
            async with Scene(folder, api) as scene:
                left = killed_at
                plain = scene.shelf.run

                async def counted(function: Any, *args: Any) -> Any:
                    nonlocal left
                    left -= 1
                    if left == 0:
                        raise KilledError
                    told = await plain(function, *args)
                    left -= 1
                    if left == 0:
                        raise KilledError
                    return told

                if not await _has_job(scene):
                    await scene.make(*PROMPTS)
                setattr(scene.shelf, "run", counted)  # noqa: B010 - a wrapper that kills
                try:
                    await scene.waking(scene.course().run())
                except KilledError:
                    return False
                setattr(scene.shelf, "run", plain)  # noqa: B010 - as it was
                assert {row.state for row in await scene.rows()} == {"done"}
                return True

        finished = asyncio.run(life(last + 1))
        if not finished:
            assert asyncio.run(life(10_000))
        created.append(len(api.batches))
        if finished:
            break

    assert finished
    assert len(created) > 8
    assert set(created) == {1}


async def _has_job(scene: Scene) -> bool:
    return any(job.id == JOB for job in await scene.shelf.run(store.listed))


def test_a_batch_that_nobody_answered_is_found_again(tmp_path: Path) -> None:
    """The worker died after the batch was created: it is known by its rows, not sent again."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            api.batches["msgbatch_foreign"] = ["x-1-0", "x-1-1", "x-1-2"]
            scene.worker.lost = lambda errand: isinstance(errand, Submit)
            await scene.make(*PROMPTS)
            await scene.waking(scene.course().run())
            assert {row.state for row in await scene.rows()} == {"done"}

    run(story)
    assert len(api.batches) == 2


def test_a_batch_that_was_never_created_is_sent_again(tmp_path: Path) -> None:
    """Once upstream surely lists what it has, and it is not there, the rows go again."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS)
            await scene.shelf.run(store.submitting, JOB, [0, 1, 2], scene.clock.now())
            await scene.waking(scene.course().run())
            assert {row.state for row in await scene.rows()} == {"done"}

    run(story)
    assert len(api.batches) == 1


def test_a_job_that_does_not_go_on_submits_nothing(tmp_path: Path) -> None:
    """Paused or cancelled, what is under way is fetched and no more is sent."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS)
            await scene.course(going=False).run()
            assert {row.state for row in await scene.rows()} == {"waiting"}

    run(story)
    assert api.batches == {}


def test_cancelling_tells_upstream(tmp_path: Path) -> None:
    """The batch is cancelled there too, as far as it is known."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS)
            assert await scene.course()._submit()
            await scene.course(going=False).cancel()

    run(story)
    assert api.aborted == ["msgbatch_1"]


def test_a_refusal_that_is_clear_stops_the_job(tmp_path: Path) -> None:
    """Nothing was created, so nothing has to be found, and the reason is told."""

    async def story() -> None:
        async with Scene(tmp_path, FakeApi()) as scene:
            scene.worker.api.answer = lambda errand: [Failed(errand.id, "no", 400)]  # type: ignore[method-assign]  # refuses
            await scene.make(*PROMPTS)
            with pytest.raises(StandsError, match="no"):
                await scene.course(SPEC).run()
            assert {row.state for row in await scene.rows()} == {"waiting"}

    run(story)
