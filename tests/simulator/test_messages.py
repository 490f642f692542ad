"""One call of the Messages API, from its body to the answer that will be spoken."""

import gzip
import json
from typing import Any

import msgspec
import pytest

from trayapp.simulator.catalog import Catalog
from trayapp.simulator.dice import Ids
from trayapp.simulator.errors import ApiError
from trayapp.simulator.faults import Fault
from trayapp.simulator.messages import Asked, Messages, ThrottledError
from trayapp.simulator.settings import Settings
from trayapp.simulator.speech import Script

MODEL = "claude-opus-5-5"


def body(text: str = "say: done", **more: Any) -> dict[str, Any]:
    turns = [{"role": "user", "content": text}]
    return {"model": MODEL, "max_tokens": 1000, "messages": turns, **more}


@pytest.fixture
def messages(catalog: Catalog) -> Messages:
    return Messages(Settings(estimate_error=0.0), catalog, Ids(1))


def plain(script: Script) -> dict[str, Any]:
    (frame,) = script.frames
    told: dict[str, Any] = json.loads(frame.data)
    return told


def head(script: Script) -> dict[bytes, bytes]:
    return dict(script.head)


def test_a_plain_answer_is_one_message(messages: Messages, asked: Asked) -> None:
    """Without `stream` the whole message is due at its last token."""
    answering = messages.answer(asked, body())

    script = answering.speech.script
    message = plain(script)
    assert message["content"] == [{"type": "text", "text": "done"}]
    assert message["model"] == MODEL
    assert script.frames[0].tokens == message["usage"]["output_tokens"] == 1
    assert head(script) == {b"content-type": b"application/json"}


def test_an_answer_begins_with_its_first_token(messages: Messages, asked: Asked) -> None:
    """The first token comes 0.4 s after the request, the rest at eighty a second."""
    speech = messages.answer(asked, body("say: " + "word" * 80)).speech

    assert (speech.begins, speech.ends) == (0.4, 1.4)


def test_a_stream_is_events(messages: Messages, asked: Asked) -> None:
    """With `stream` the message comes as server-sent events."""
    script = messages.answer(asked, body(stream=True)).speech.script

    assert script.stream
    assert script.frames[0].data.startswith(b"event: message_start\n")
    assert head(script)[b"content-type"] == b"text/event-stream; charset=utf-8"


def test_both_forms_say_the_same(messages: Messages, asked: Asked) -> None:
    """Streamed or not, the same body gets the same words."""
    text = plain(messages.answer(asked, body("tell me")).speech.script)["content"][0]["text"]
    frames = messages.answer(asked, body("tell me", stream=True)).speech.script.frames

    deltas = [
        json.loads(frame.data.split(b"data: ")[1])["delta"]["text"]
        for frame in frames
        if b"text_delta" in frame.data
    ]
    assert "".join(deltas) == text


def test_an_admitted_answer_drains_its_pool(messages: Messages, asked: Asked) -> None:
    """A request, its input, and the output as it is spoken are taken."""
    answering = messages.answer(asked, body("say: " + "word" * 80))
    pool = answering.pool

    assert (pool.requests.level, pool.open) == (999.0, 1)
    assert pool.input_tokens.level < 2_000_000
    assert answering.speech.produced(2.0) == 80


def test_an_estimate_may_be_wrong(catalog: Catalog, asked: Asked) -> None:
    """What is charged at the start differs from the true input by at most the error set."""
    messages = Messages(Settings(estimate_error=0.08), catalog, Ids(1))
    long = "x" * 40_000

    pool = messages.answer(asked, body(long)).pool

    charged = pool.limits.input_tokens - pool.input_tokens.level
    assert charged != 10_012
    assert charged == pytest.approx(10_012, rel=0.08)


def test_a_short_limit_refuses(messages: Messages, asked: Asked) -> None:
    """When a pool has no request left, the 429 names limit and wait, and carries the pool."""
    pool = asked.owner.pool("opus-5.5", 0.0)
    pool.requests.take(1000)

    with pytest.raises(ThrottledError, match="1,000 requests per minute") as refused:
        messages.answer(asked, body())

    assert (refused.value.status, refused.value.retry_after) == (429, 1)
    assert refused.value.levels.pool is pool


@pytest.mark.parametrize(("minute", "wait"), [(60.0, 30), (20.0, 10), (0.5, 1)])
def test_waits_are_told_in_real_seconds(
    catalog: Catalog, asked: Asked, minute: float, wait: int
) -> None:
    """In a faster minute the same debt is paid sooner, told as at least one whole second."""
    messages = Messages(Settings(minute=minute), catalog, Ids(1))
    asked.owner.pool("opus-5.5", 0.0).output_tokens.take(600_000)

    with pytest.raises(ApiError, match="output tokens") as refused:
        messages.answer(asked, body())

    assert refused.value.retry_after == wait


def test_a_marked_prompt_is_read_the_second_time(messages: Messages, asked: Asked) -> None:
    """Usage tells creation first and a read afterwards; only creation is counted."""
    system = [{"type": "text", "text": "x" * 8000, "cache_control": {"type": "ephemeral"}}]

    first = plain(messages.answer(asked, body(system=system)).speech.script)["usage"]
    later = msgspec.structs.replace(asked, now=2.0)
    second = plain(messages.answer(later, body(system=system)).speech.script)["usage"]

    assert (first["cache_creation_input_tokens"], first["cache_read_input_tokens"]) == (2008, 0)
    assert (second["cache_creation_input_tokens"], second["cache_read_input_tokens"]) == (0, 2008)
    assert first["input_tokens"] == second["input_tokens"]


def test_an_unknown_model_is_not_found(messages: Messages, asked: Asked) -> None:
    """A model nobody has is a 404."""
    with pytest.raises(ApiError) as refused:
        messages.answer(asked, body(model="gpt-7"))

    assert refused.value.kind == "not_found_error"


def test_a_body_that_is_no_object_is_refused(messages: Messages, asked: Asked) -> None:
    """A list is no Messages body."""
    with pytest.raises(ApiError, match="JSON object"):
        messages.answer(asked, [])


def test_counting_answers_the_whole_prompt(messages: Messages, asked: Asked) -> None:
    """count_tokens needs no max_tokens, knows no cache and draws on no pool."""
    counted = messages.count(asked, {"model": MODEL, "messages": body("x" * 40)["messages"]})

    assert counted == {"input_tokens": 22}
    assert asked.owner.pool("opus-5.5", 0.0).requests.level == 1000.0


def test_a_chat_is_answered_in_its_own_format(messages: Messages, asked: Asked) -> None:
    """A chat completions body gets a completion."""
    completion = plain(messages.complete(asked, body()).speech.script)

    assert completion["object"] == "chat.completion"
    assert completion["choices"][0]["message"]["content"] == "done"


def test_a_streamed_chat_ends_with_done(messages: Messages, asked: Asked) -> None:
    """A streamed chat has chunks, the usage asked for, and `[DONE]`."""
    chat = body(stream=True, stream_options={"include_usage": True})

    *_, usage, done = messages.complete(asked, chat).speech.script.frames

    assert b'"usage":{"prompt_tokens"' in usage.data
    assert done.data == b"data: [DONE]\n\n"


def test_a_batched_request_succeeds_at_batch_tier(messages: Messages, asked: Asked) -> None:
    """A row of a Message Batch is answered without drawing on a pool."""
    result = messages.batched(body(), asked.at)

    assert result["type"] == "succeeded"
    assert result["message"]["usage"]["service_tier"] == "batch"
    assert asked.owner.pool("opus-5.5", 0.0).requests.level == 1000.0


@pytest.mark.parametrize("params", [[], {}, {"stream": True}, {"model": "gpt-7"}])
def test_a_bad_row_is_errored(messages: Messages, asked: Asked, params: Any) -> None:
    """What a call would refuse becomes an errored result with the whole envelope."""
    result = messages.batched(params, asked.at)

    assert result["type"] == "errored"
    assert result["error"]["type"] == "error"
    assert result["error"]["error"]["type"] in {"invalid_request_error", "not_found_error"}


def test_a_plain_answer_can_be_compressed(messages: Messages, asked: Asked) -> None:
    """When asked for, the body is gzip and says so."""
    packed = msgspec.structs.replace(asked, gzip=True)

    script = messages.answer(packed, body()).speech.script

    assert head(script)[b"content-encoding"] == b"gzip"
    assert json.loads(gzip.decompress(script.frames[0].data))["type"] == "message"


@pytest.mark.parametrize(("cut", "half"), [(0, False), (3, True)])
def test_a_plain_answer_can_be_cut(
    messages: Messages, asked: Asked, cut: int, *, half: bool
) -> None:
    """A cut leaves half of a plain body, or nothing at all."""
    broken = msgspec.structs.replace(asked, fault=Fault(cut=cut, stall=1.5))

    script = messages.answer(broken, body()).speech.script

    (frame,) = script.frames
    assert (script.whole, bool(frame.data), frame.pause) == (False, half, 1.5)


@pytest.mark.parametrize(("cut", "whole"), [(2, False), (99, True)])
def test_a_stream_can_be_cut(messages: Messages, asked: Asked, cut: int, *, whole: bool) -> None:
    """A cut before the last event is no clean end; one after it changes nothing."""
    broken = msgspec.structs.replace(asked, fault=Fault(cut=cut))

    script = messages.answer(broken, body(stream=True)).speech.script

    assert script.whole is whole
    assert len(script.frames) == min(cut, 7)
