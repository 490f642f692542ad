"""One request in full."""

import msgspec
import pytest

from trayapp.model.history import Record
from trayapp.ui.gallery.requests import RECORDS
from trayapp.ui.speech import Tr
from trayapp.ui.wording import whys

TR = Tr(lambda _text, _number: None)
CN = Tr(lambda _text, _number: None, language="zh_CN")


def changed(**fields: object) -> Record:
    return msgspec.structs.replace(RECORDS[0], **fields)


def test_a_wait_for_a_limit_is_told_with_its_numbers() -> None:
    """Which limit, what was used, when it went, and what was thought before."""
    wait, estimate, cache = whys.parts(TR, RECORDS[0])

    assert wait.title == "Held 8.1\u00a0s for output tokens"
    assert wait.text == (
        "8k a minute on Sonnet 5.5. 7.6k were used or in flight. It went when 420 were free."
    )
    assert estimate.text == (
        "Input ≈ 3k, real 3.1k. Output ≈ 450, real 412. Wait ≈ 9\u00a0s, real 8.1\u00a0s."
    )
    assert cache.text == "38k of 41k tokens were read from it. It saved $0.072."


@pytest.mark.parametrize(
    ("record", "title", "text"),
    [
        (RECORDS[1], "Not held", "It went at once."),
        (RECORDS[2], "Held 41\u00a0s", "It was the turn of others before it."),
        (RECORDS[7], "Not held", "This request needs about 52k"),
        (changed(hold_limit=None, hold_used=None, hold_free=None), "Held 8.1", "It went when there"),
        (changed(hold_cause="new"), "Held 8.1\u00a0s", "It was the turn"),
        (changed(hold_cause="paused"), "Held 8.1\u00a0s", "You had paused Sluice."),
    ],
)  # fmt: skip
def test_every_wait_has_a_reason(record: Record, title: str, text: str) -> None:
    """A limit, a turn, or a refusal."""
    wait = whys.parts(TR, record)[0]

    assert wait.title.startswith(title)
    assert wait.text.startswith(text)


def test_what_never_went_is_estimated_alone() -> None:
    """There is nothing real to compare with."""
    assert whys.parts(TR, RECORDS[7])[1].text == "Input ≈ 52k."
    assert whys.parts(TR, RECORDS[8])[1].text == "Nothing had to be estimated."


@pytest.mark.parametrize(
    ("record", "title", "text"),
    [
        (RECORDS[4], "Response cache", "Answered by Sluice again: saved $0.005."),
        (RECORDS[1], "Prompt cache", "Nothing was read from it."),
        (
            changed(cache_read_input_tokens=0, prompt_cache_saved_usd=None, cache_creation_input_tokens=500),
            "Prompt cache", "500 were written into it.",
        ),
    ],
)  # fmt: skip
def test_caches(record: Record, title: str, text: str) -> None:
    """Ours and the API's are told apart."""
    cache = whys.parts(TR, record)[2]

    assert (cache.title, cache.text) == (title, text)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (RECORDS[0], "Why this one waited"), (RECORDS[1], "This request"),
        (RECORDS[8], "Why this one failed"),
    ],
)  # fmt: skip
def test_headings(record: Record, said: str) -> None:
    """What went wrong comes before a wait."""
    assert whys.heading(TR, record) == said


def test_facts_stand_on_one_line() -> None:
    """Only what is known is said."""
    record = changed(own=True, speed="fast", tries=2)

    assert whys.facts(TR, record) == (
        "Answered · HTTP 200 · sent again 2 times · 15\u00a0s in all · own credential · tier standard"
        " · speed fast · upstream’s id req_011CUexample"
    )
    assert whys.facts(TR, RECORDS[8]).startswith("Connection broke · HTTP 502")


def test_details_hold_every_field() -> None:
    """They are for someone who was not there."""
    told = whys.details(TR, RECORDS[0])

    assert "Held 8.1\u00a0s for output tokens: 8k a minute" in told
    assert "\nhold_free: 420\n" in told


def test_chinese_sentences_need_no_space() -> None:
    """They end in a full stop of a whole place."""
    assert ".It saved" in whys.parts(CN, RECORDS[0])[2].text
