"""Rows go to the worker and their answers to disk, each once, whatever dies."""

import asyncio
import json
import random
from pathlib import Path
from typing import Any

import pytest

from tests.engine.jobs_scene import SPEC, Scene
from tests.fakes.batching import FakeApi
from trayapp.batch.errands import Failed
from trayapp.model.jobs import JobSpec

OTHER = "b" * 32
MERGED = JobSpec("Reviews", "claude-sonnet-5-5", "merged", per_call=5)
PROMPTS = [f"prompt {number}" for number in range(60)]


def merged_answer(body: Any) -> str:
    """What the API says to a merged call: each item's text in capitals."""
    content = body["messages"][0]["content"]
    if "output_config" not in body:
        return str(content).upper()
    items = [json.loads(line) for line in content.split("\n")]
    return json.dumps({item["id"]: item["text"].upper() for item in items})


def run(scene: Any) -> None:
    asyncio.run(scene())


def test_every_row_is_answered_once(tmp_path: Path) -> None:
    """One call a row, and its answer under it."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS)
            await scene.go()
            await scene.end()
            rows = await scene.rows()
            assert [row.text for row in rows] == [f"re: {prompt}" for prompt in PROMPTS]
            assert (await scene.job()).requests == 60

    run(story)
    assert sorted(api.paid) == sorted(PROMPTS)


def test_merged_rows_take_a_fifth_of_the_requests(tmp_path: Path) -> None:
    """Every row has its own answer, and the call's cost is shared."""
    api = FakeApi()
    api.said = merged_answer

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS, spec=MERGED)
            await scene.go()
            await scene.end()
            rows = await scene.rows()
            assert [row.text for row in rows] == [prompt.upper() for prompt in PROMPTS]
            job = await scene.job()
            assert (job.requests, job.done) == (12, 60)
            assert job.cost_usd == pytest.approx(6.0)
            assert job.input_tokens == 12 * 10

    run(story)


def test_rows_without_a_good_answer_run_alone(tmp_path: Path) -> None:
    """An upstream that drops one, answers in prose or breaks the JSON loses no row."""
    api = FakeApi()
    wrong = iter(("no JSON at all", '{"1":"A","2":"B","3":"C","4":"D"}'))
    api.said = lambda body: next(wrong, "") or merged_answer(body)

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS[:10], spec=MERGED)
            await scene.go()
            await scene.end()
            rows = await scene.rows()
            assert [row.text for row in rows] == [
                *(prompt.upper() for prompt in PROMPTS[:5]), *"ABCD", "PROMPT 9"
            ]  # fmt: skip
            assert [row.merged for row in rows] == [False] * 5 + [True] * 4 + [False]
            job = await scene.job()
            assert job.requests == 8
            assert job.cost_usd == pytest.approx(4.0)

    run(story)


def test_a_merged_call_that_is_refused_is_asked_row_by_row(tmp_path: Path) -> None:
    """The one row at fault is told, and the others are answered."""
    api = FakeApi()

    def said(body: Any) -> Any:
        bad = "prompt 1" in body["messages"][0]["content"]
        return Failed(0, "prompt is too long", 400) if bad else merged_answer(body)

    api.said = said

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS[:5], spec=MERGED)
            await scene.go()
            await scene.end()
            states = [(row.state, row.error) for row in await scene.rows()]
            assert states[1] == ("failed", "prompt is too long")
            assert [state for state, _ in states].count("done") == 4

    run(story)


def test_a_job_stands_when_going_on_is_of_no_use(tmp_path: Path) -> None:
    """A key that is not accepted fails no row: the job waits with the reason."""
    api = FakeApi()
    api.said = lambda _: Failed(0, "invalid key", 401)

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            await scene.make(*PROMPTS)
            await scene.go()
            await scene.end()
            assert scene.over[0].stands == "invalid key"
            assert {row.state for row in await scene.rows()} == {"waiting"}

    run(story)


def test_first_rows_that_all_fail_stop_the_job(tmp_path: Path) -> None:
    """A model that does not exist is not asked for ten thousand times."""
    api = FakeApi()
    api.said = lambda _: Failed(0, "model: nobody knows it", 404)

    async def story() -> None:
        async with Scene(tmp_path, api) as scene:
            scene.ahead = 1
            await scene.make(*PROMPTS)
            await scene.go()
            await scene.end()
            assert scene.over[0].stands == "The first rows failed: model: nobody knows it"

    run(story)
    assert len(api.asked) < 20


def test_jobs_share(tmp_path: Path) -> None:
    """A short job beside a long one does not wait for its end."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api, turns=lambda: 2000) as scene:
            scene.ahead = 8
            await scene.make(*PROMPTS)
            await scene.make("short 1", "short 2", "short 3", job=OTHER)
            await scene.go(ring=False)
            await scene.go(OTHER)
            await scene.end()
            assert scene.over[0].job.id == OTHER
            await scene.end()

    run(story)


@pytest.mark.parametrize(("refill", "waiting"), [(0, 8), (12, 12), (1000, 16)])
def test_only_few_rows_wait_in_the_pacer(tmp_path: Path, refill: int, waiting: int) -> None:
    """What is out is little, so that it takes little memory and little can be paid twice."""

    async def story() -> None:
        async with Scene(tmp_path, FakeApi(), turns=lambda: 10_000_000) as scene:
            scene.ahead = refill
            await scene.make(*PROMPTS)
            run = await scene.go()
            await scene.worker.called.wait()
            assert run.outstanding == waiting

    run(story)


def test_rows_of_a_worker_that_died_are_given_to_the_next(tmp_path: Path) -> None:
    """Its death is a crash of nothing else."""
    api = FakeApi()

    async def story() -> None:
        async with Scene(tmp_path, api, turns=lambda: 50) as scene:
            await scene.make(*PROMPTS)
            await scene.go()
            await scene.worker.called.wait()
            scene.worker.die()
            scene.clock.advance(2.0)
            scene.pump.ring()
            await scene.end()
            assert {row.state for row in await scene.rows()} == {"done"}

    run(story)


@pytest.mark.parametrize("spec", [SPEC, MERGED], ids=["single", "merged"])
@pytest.mark.parametrize(
    "seed",
    [
        pytest.param(28, marks=pytest.mark.slow),
        *(pytest.param(seed, marks=pytest.mark.long) for seed in range(10)),
    ],
)
def test_twenty_kills_pay_nothing_twice_but_what_was_out(
    tmp_path: Path, spec: JobSpec, seed: int
) -> None:
    """R28: killed at any instant, every row is answered exactly once, and little is paid again."""
    chance = random.Random(seed)
    api = FakeApi()
    api.said = merged_answer
    out = lives = 0

    async def life(*, killed: bool) -> None:
        nonlocal out, lives
        async with Scene(tmp_path, api, turns=lambda: chance.randrange(1, 300)) as scene:
            scene.ahead = 4
            lives += 1
            if lives == 1:
                await scene.make(*PROMPTS, spec=spec)
            run = await scene.go()
            if not killed:
                await scene.end()
                rows = await scene.rows()
                assert [row.text for row in rows] == [prompt.upper() for prompt in PROMPTS]
                assert (await scene.job()).done == 60
                return
            for _ in range(10_000 if lives == 1 else chance.randrange(200)):
                if lives == 1 and run.outstanding:
                    break  # one kill at least finds a call out
                await asyncio.sleep(0)
            out += run.outstanding + len(run._have) * run.writing

    for _ in range(20):
        asyncio.run(life(killed=True))
    asyncio.run(life(killed=False))

    calls = 60 if spec is SPEC else 12
    assert out > 0
    assert calls <= len(api.paid) <= calls + out
