"""Which prefixes were seen a moment ago, and what that makes of the tokens."""

import pytest

from trayapp.simulator import prompt_cache
from trayapp.simulator.prompt import Part
from trayapp.simulator.prompt_cache import Prompt, PromptCache


def part(name: str, tokens: int, ttl: str | None = None) -> Part:
    return Part(name.encode(), tokens, ttl)


SYSTEM = part("system", 2000, "5m")


def counts(prompt: Prompt) -> tuple[int, int, int, int]:
    return prompt.input_tokens, prompt.cache_read, prompt.created_5m, prompt.created_1h


def test_without_marks_everything_is_input() -> None:
    """A prompt without marks neither reads nor writes."""
    prompt = PromptCache().look("org", [part("a", 3000)], 0.0)

    assert counts(prompt) == (3000, 0, 0, 0)
    assert prompt.writes == ()


def test_a_short_prefix_is_not_cached() -> None:
    """Below the shortest length a mark is ignored."""
    prompt = PromptCache().look("org", [part("a", 1000, "5m")], 0.0)

    assert counts(prompt) == (1000, 0, 0, 0)


def test_the_first_sight_creates() -> None:
    """Up to the last mark is creation, the rest input."""
    prompt = PromptCache().look("org", [SYSTEM, part("question", 30)], 0.0)

    assert counts(prompt) == (30, 0, 2000, 0)
    assert (prompt.created, prompt.counted) == (2000, 2030)


def test_the_second_sight_reads() -> None:
    """Within five minutes the same prefix is read, and reads are not counted."""
    cache = PromptCache()
    cache.keep(cache.look("org", [SYSTEM, part("one", 30)], 0.0), begins=1.0)

    prompt = cache.look("org", [SYSTEM, part("two", 40)], 300.0)

    assert counts(prompt) == (40, 2000, 0, 0)
    assert prompt.counted == 40


def test_nothing_is_read_before_its_writer_answers() -> None:
    """Two requests at the same moment both create."""
    cache = PromptCache()
    cache.keep(cache.look("org", [SYSTEM], 0.0), begins=1.0)

    assert counts(cache.look("org", [SYSTEM], 0.5)) == (0, 0, 2000, 0)


def test_after_five_minutes_it_is_created_again() -> None:
    """An entry nobody read has gone."""
    cache = PromptCache()
    cache.keep(cache.look("org", [SYSTEM], 0.0), begins=1.0)

    assert counts(cache.look("org", [SYSTEM], 302.0)) == (0, 0, 2000, 0)


def test_an_hour_long_mark_lives_an_hour() -> None:
    """A 1h mark counts as such, and is read fifty minutes later."""
    cache = PromptCache()
    parts = [part("system", 2000, "1h")]
    first = cache.look("org", parts, 0.0)
    cache.keep(first, begins=1.0)

    second = cache.look("org", parts, 3000.0)

    assert counts(first) == (0, 0, 0, 2000)
    assert counts(second) == (0, 2000, 0, 0)


def test_both_lifetimes_are_told_apart() -> None:
    """Up to the last 1h mark is an hour's creation, from there on five minutes'."""
    parts = [part("tools", 1500, "1h"), part("system", 700, "5m"), part("question", 9)]

    prompt = PromptCache().look("org", parts, 0.0)

    assert counts(prompt) == (9, 0, 700, 1500)


def test_reading_renews() -> None:
    """Each read gives another five minutes."""
    cache = PromptCache()
    for now in (0.0, 200.0, 400.0):
        cache.keep(cache.look("org", [SYSTEM], now), begins=now + 1)

    assert counts(cache.look("org", [SYSTEM], 600.0)) == (0, 2000, 0, 0)


def test_a_growing_conversation_reads_what_it_wrote() -> None:
    """A mark that moved on still finds the earlier prefix, and writes only what is new."""
    cache = PromptCache()
    first = part("first", 1500)
    cache.keep(cache.look("org", [Part(first.data, 1500, "5m")], 0.0), begins=1.0)

    prompt = cache.look("org", [first, part("second", 60, "5m"), part("third", 7)], 5.0)

    assert counts(prompt) == (7, 1500, 60, 0)
    assert len(prompt.writes) == 2


def test_looking_back_ends_somewhere() -> None:
    """More than twenty parts before the mark, an earlier prefix is not found."""
    cache = PromptCache()
    cache.keep(cache.look("org", [SYSTEM], 0.0), begins=1.0)
    rest = [part(f"turn {number}", 10) for number in range(25)]

    prompt = cache.look("org", [Part(SYSTEM.data, 2000), *rest, part("end", 1, "5m")], 5.0)

    assert counts(prompt) == (0, 0, 2251, 0)


def test_organizations_share_nothing() -> None:
    """A prefix is found only in the scope it was written in."""
    cache = PromptCache()
    cache.keep(cache.look("one", [SYSTEM], 0.0), begins=1.0)

    assert counts(cache.look("two", [SYSTEM], 5.0)) == (0, 0, 2000, 0)


def test_what_has_gone_is_forgotten_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache drops ended entries once it holds many."""
    monkeypatch.setattr(prompt_cache, "ROOM", 2)
    cache = PromptCache()

    for number in range(5):
        prompt = cache.look("org", [part(f"system {number}", 2000, "5m")], 0.0)
        cache.keep(prompt, begins=400.0 * number)

    assert len(cache._entries) <= 2
