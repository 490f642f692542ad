"""The response cache as the relay sees it."""

import asyncio
from pathlib import Path

import msgspec
import pytest

from tests.cache.asked import STREAM, asking, body, message
from tests.cache.shelf_life import Scene, play
from trayapp.cache import cache as module
from trayapp.cache.lookup import ASKED_ANEW, HIT, MISS
from trayapp.model.exchange import Caller
from trayapp.model.preferences import CachePreferences

pytestmark = pytest.mark.slow
OTHER = asking(body=body(max_tokens=7))
NO_CACHE, NO_STORE = (b"cache-control", b"no-cache"), (b"cache-control", b"no-store")


def test_what_was_answered_is_found_again(tmp_path: Path) -> None:
    """At once from memory, later from disk, and after a restart; the age is told."""

    async def scene() -> None:
        first = Scene(tmp_path)
        told = [(await first.ask()).status]
        told.append((await first.ask()).status)
        await first.written()
        first.clock.advance(5)
        found = await first.ask()
        await first.finish()
        again = Scene(tmp_path)
        told += [found.status, (await again.ask()).status, (await again.ask(OTHER)).status]
        await again.finish()

        assert told == [MISS, HIT, HIT, HIT, MISS]
        assert found.kept is not None
        assert (found.kept.body, found.age) == (message(), 5.0)
        assert set(first.told + again.told) == {None}

    play(scene)


def test_either_form_answers_the_other(tmp_path: Path) -> None:
    """A stream asked for plainly and a plain answer as a stream, in memory and from disk."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask(asking(stream=True), STREAM)
        await met.ask(OTHER)
        bodies = []
        for _ in range(2):
            plain = await met.ask(asking())
            stream = await met.ask(msgspec.structs.replace(OTHER, stream=True))
            same = await met.ask(asking(stream=True))
            bodies.append([each.kept.body for each in (plain, stream, same) if each.kept])
            await met.written()
        await met.finish()

        plain_body, stream_body, same_body = bodies[0]
        assert bodies[0] == bodies[1]
        assert msgspec.json.decode(plain_body)["stop_reason"] == "end_turn"
        assert stream_body.endswith(b'data: {"type":"message_stop"}\n\n')
        assert same_body == STREAM

    play(scene)


def test_what_has_no_other_form_is_a_miss(tmp_path: Path) -> None:
    """A stream that cannot be told plainly is asked for anew."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask(asking(stream=True), STREAM + b"event: new\ndata: {}\n\n")
        found = await met.cache.look(asking())
        await met.finish()

        assert (found.status, found.kept) == (MISS, None)

    play(scene)


def test_callers_and_requests_that_want_none_get_none(tmp_path: Path) -> None:
    """Who may not, must not or does not want to be answered from here is told so."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        asked = [
            asking(caller=Caller("ide", "interactive")),
            asking(body=body(tools=[])),
            asking(NO_STORE),
            asking(NO_CACHE),
            asking((b"cache-control", b"max-age=60")),
        ]
        found = [await met.cache.look(each) for each in asked]
        met.clock.advance(61)
        late = await met.cache.look(asked[-1])
        await met.finish()

        assert [each.status for each in found] == [
            b"sluice; fwd=bypass; detail=interactive",
            b"sluice; fwd=bypass; detail=tools",
            ASKED_ANEW,
            ASKED_ANEW,
            HIT,
        ]
        assert [each.key is None for each in found] == [True, True, True, False, False]
        assert (late.status, late.kept, late.key is None) == (ASKED_ANEW, None, False)

    play(scene)


def test_answers_expire(tmp_path: Path) -> None:
    """After an hour an answer is none any more, and the slow sweep deletes it."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        met.clock.advance(3601)
        found = await met.cache.look(asking())
        met.cache._sweep()
        stats = await met.cache.stats()
        await asyncio.sleep(0)
        again = await met.cache.look(asking())
        await met.finish()

        assert (found.kept, again.kept, stats.entries) == (None, None, 0)

    play(scene)


def test_nobody_elses_answers_are_given(tmp_path: Path) -> None:
    """Another upstream on the same file finds nothing; another data key makes the file anew."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.finish()
        elsewhere = Scene(tmp_path, upstream="https://b")
        found = await elsewhere.cache.look(asking())
        kept = (await elsewhere.cache.stats()).entries
        await elsewhere.finish()
        other = Scene(tmp_path, secret=bytes(32))
        await other.cache.look(asking())
        left = (await other.cache.stats()).entries
        await other.finish()

        assert (found.kept, kept, left) == (None, 1, 0)

    play(scene)


def test_nothing_readable_lies_on_disk(tmp_path: Path) -> None:
    """Neither prompt nor answer is in any file, nor in its logs."""

    async def scene() -> None:
        met = Scene(tmp_path)
        prompt = [{"role": "user", "content": "CANARYPROMPT"}]
        said = [{"type": "text", "text": "CANARYANSWER"}]
        await met.ask(asking(body=body(messages=prompt)), message(content=said))
        await met.written()
        files = met.files()
        await met.finish()
        files += met.files()

        assert len(files) == 4
        assert not [file for file in files if b"CANARY" in file or b"claude" in file]

    play(scene)


def test_cache_can_be_off(tmp_path: Path) -> None:
    """By setting nothing is looked up, kept, or opened, also while an engine runs."""

    async def scene() -> None:
        met = Scene(tmp_path, CachePreferences(enabled=False))
        off = await met.ask()
        stats = await met.cache.stats()
        met.cache.preferences = CachePreferences()
        on = await met.ask()
        met.cache.preferences = CachePreferences(enabled=False)
        again = await met.ask()
        await met.finish()

        assert (off.status, on.status, again.status) == (
            b"sluice; fwd=bypass; detail=off",
            MISS,
            b"sluice; fwd=bypass; detail=off",
        )
        assert (stats.working, met.key_asked) == (False, 1)

    play(scene)


def test_cleared_cache_is_empty(tmp_path: Path) -> None:
    """Clearing takes the file away with its logs, and all goes on with a new one."""

    async def scene() -> None:
        met = Scene(tmp_path)
        await met.ask()
        await met.written()
        await met.ask(OTHER)
        await met.cache.clear()
        files = met.files()
        found = [(await met.ask()).status, (await met.ask()).status]
        await met.finish()

        assert (files, found) == ([], [MISS, HIT])

    play(scene)


def test_file_is_cleared_that_is_just_being_opened(tmp_path: Path) -> None:
    """Clearing waits for an opening that is under way."""

    async def scene() -> None:
        met = Scene(tmp_path)
        looking = asyncio.get_running_loop().create_task(met.ask())
        await asyncio.sleep(0)
        await met.cache.clear()
        await looking
        files = met.files()
        await met.finish()

        assert files == []

    play(scene)


def test_full_group_is_written_at_once(tmp_path: Path) -> None:
    """Many answers do not wait for the time of their group, and are evicted by size."""

    async def scene() -> None:
        met = Scene(tmp_path, CachePreferences(megabytes=8))
        text = "x" * 200_000
        for number in range(module.GROUP_ROWS):
            said = [{"type": "text", "text": text}]
            await met.ask(asking(body=body(max_tokens=number + 1)), message(content=said))
        stats = await met.cache.stats()
        size = met.path.stat().st_size
        await asyncio.sleep(0)
        first = await met.cache.look(asking(body=body(max_tokens=1)))
        last = await met.cache.look(asking(body=body(max_tokens=module.GROUP_ROWS)))
        await met.finish()

        assert 20 < stats.entries < 45
        assert (first.status, last.status) == (MISS, HIT)
        assert size < 8_500_000

    play(scene)


def test_file_far_over_its_limit_is_made_anew(tmp_path: Path) -> None:
    """SQLite does not shrink a file, so one that is far too large now begins anew."""

    async def scene() -> None:
        met = Scene(tmp_path)
        for number in range(60):
            said = [{"type": "text", "text": "x" * 200_000}]
            await met.ask(asking(body=body(max_tokens=number + 1)), message(content=said))
        await met.finish()
        large = met.path.stat().st_size
        again = Scene(tmp_path, CachePreferences(megabytes=8))
        await again.cache.look(asking())
        await again.finish()

        assert large > 10_000_000
        assert met.path.stat().st_size < 100_000

    play(scene)
