"""An answer in time: what is said when, and what has been drained by then."""

import pytest

from trayapp.simulator.speech import Frame, Script, Speech


def spoken(*, stream: bool = True, tokens: int = 80) -> Speech:
    script = Script((Frame(b"all", tokens),), tokens, stream=stream, head=())
    return Speech(script, begins=10.0, per_s=40.0, estimate=100.0, counted=90.0)


def test_tokens_are_due_at_the_models_pace() -> None:
    """Forty a second: twenty are due half a second after the first."""
    assert spoken().due(20) == 10.5


def test_an_answer_ends_with_its_last_token() -> None:
    """Eighty tokens take two seconds."""
    assert spoken().ends == 12.0


@pytest.mark.parametrize(("stream", "moment"), [(True, 10.0), (False, 12.0)])
def test_the_head_goes_out_first_or_last(moment: float, *, stream: bool) -> None:
    """A stream's head comes with the first token, a plain answer's after the last."""
    assert spoken(stream=stream).head_at == moment


@pytest.mark.parametrize(
    ("now", "tokens"), [(0.0, 0.0), (10.0, 0.0), (11.0, 40.0), (12.0, 80.0), (99.0, 80.0)]
)
def test_tokens_are_produced_while_it_lasts(now: float, tokens: float) -> None:
    """Nothing before the first token, all of it from the end on."""
    assert spoken().produced(now) == tokens


def test_draining_tells_only_what_is_new() -> None:
    """Each look gives the output since the last one; the input is corrected once."""
    speech = spoken()

    looks = [speech.drain(now) for now in (9.0, 10.5, 11.0, 20.0)]

    assert looks == [(0.0, 0.0), (-10.0, 20.0), (0.0, 20.0), (0.0, 40.0)]
