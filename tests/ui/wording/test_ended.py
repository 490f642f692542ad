"""How a request ended, in words."""

import msgspec
import pytest

from trayapp.model.history import Record
from trayapp.ui.colours import Tone
from trayapp.ui.gallery.requests import RECORDS
from trayapp.ui.speech import Tr
from trayapp.ui.wording.ended import ended, sentence

TR = Tr(lambda _text, _number: None)


def made(verdict: str, outcome: str = "error", **fields: object) -> Record:
    return msgspec.structs.replace(RECORDS[9], verdict=verdict, outcome=outcome, **fields)


@pytest.mark.parametrize(
    ("record", "text", "tone"),
    [
        (made("answered", "ok"), "Answered", None),
        (made("throttled", "ok"), "Throttled, sent again", "warning"),
        (made("throttled"), "Throttled by Anthropic", "critical"),
        (made("overloaded"), "Anthropic is overloaded", "critical"),
        (made("refused", refusal="too_large"), "Refused: larger than the limit", "depleted"),
        (made("refused", refusal="new"), "Refused by Sluice", "depleted"),
        (made("failed", refusal="broke_off"), "Connection broke", "critical"),
        (made("failed", error_type="invalid_request_error"), "Failed: invalid_request_error", "critical"),
        (made("failed"), "Failed", "critical"),
        (made("caller_gone", "caller_gone"), "Caller hung up", None),
    ],
)  # fmt: skip
def test_the_last_cell(record: Record, text: str, tone: Tone | None) -> None:
    """A word or four, coloured where it is not as usual."""
    told = ended(TR, record)

    assert (told.text, told.tone) == (text, tone)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (made("answered", "ok"), ""),
        (
            made("refused", refusal="hold_ended", held_ms=240_000, hold_cause="output_tokens", hold_limit=8_000),
            "for 4\u00a0min; output tokens on Sonnet 5.5 (8k a minute) did not",
        ),
        (made("refused", refusal="hold_ended", held_ms=1_000), "its turn did not come"),
        (RECORDS[7], "needs about 52k input tokens; the limit is 40k a minute"),
        (made("refused", refusal="budget"), "Your own budget is spent"),
        (made("refused", refusal="cancelled", held_ms=12_000), "after 12\u00a0s."),
        (made("refused", refusal="new"), "Sluice refused it: new."),
        (made("throttled", tries=2), "Tried 3 times"),
        (made("overloaded", tries=0), "not your quota"),
        (made("failed", status=400, error_type="invalid_request_error"), "status 400: invalid_request_error."),
    ],
)  # fmt: skip
def test_the_sentence(record: Record, words: str) -> None:
    """It names what was short, and what helps."""
    assert words in sentence(TR, record)
    assert bool(words) == bool(sentence(TR, record))
