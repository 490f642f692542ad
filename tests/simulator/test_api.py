"""The front door: who asks, what goes wrong, what each answer's head says."""

import datetime as dt
import gzip
import json
from collections.abc import Callable
from typing import Any

import pytest

from trayapp.simulator.api import Api
from trayapp.simulator.calls import Call, Reply
from trayapp.simulator.messages import Answering

HELLO = {
    "model": "claude-opus-5-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "say: hi"}],
}
HEADERS = {"authorization": "Bearer sk-ant-one", "anthropic-version": "2026-10-21", "host": "h:1"}

MakeApi = Callable[..., Api]


def post(value: Any = HELLO, path: str = "/v1/messages", **headers: str) -> Call:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return Call("POST", path, {}, {**HEADERS, **named}, json.dumps(value).encode())


def head(outcome: Reply | Answering) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in outcome.head}


def refusal(outcome: Reply | Answering) -> tuple[int, Any]:
    assert isinstance(outcome, Reply)
    return outcome.status, json.loads(outcome.body)


def test_an_answer_says_who_and_when(make_api: MakeApi, wall: dt.datetime) -> None:
    """The head has request id, organization and workspace."""
    answering = make_api().handle(post(), 0.0, wall)

    said = head(answering)
    assert said["request-id"].startswith("req_01")
    assert said["anthropic-workspace-id"].startswith("wrkspc_01")
    assert len(said["anthropic-organization-id"]) == 36


def test_levels_are_those_of_the_moment_the_head_goes_out(
    make_api: MakeApi, wall: dt.datetime
) -> None:
    """Limit headers are sampled when the answer begins to go out."""
    api = make_api(rpm=60)
    first, second = (api.handle(post(), 0.0, wall) for _ in range(2))
    assert isinstance(first, Answering)
    assert isinstance(second, Answering)

    early = dict(api.head(first, 0.0, wall))
    late = dict(api.head(second, 30.0, wall))

    assert early[b"anthropic-ratelimit-requests-remaining"] == b"58"
    assert late[b"anthropic-ratelimit-requests-remaining"] == b"60"


def test_an_answer_is_dated_when_its_head_goes_out(make_api: MakeApi, wall: dt.datetime) -> None:
    """Whoever subtracts the date from a reset gets seconds of one and the same moment."""
    api = make_api()
    answering = api.handle(post(), 0.0, wall)
    assert isinstance(answering, Answering)
    late = dict(api.head(answering, 30.0, wall + dt.timedelta(seconds=30)))
    refused = head(api.handle(post(x_simulate="status=529"), 0.0, wall))

    assert b"date" not in dict(answering.head)
    assert late[b"date"] == b"Mon, 18 May 2026 11:42:30 GMT"
    assert refused["date"] == "Mon, 18 May 2026 11:42:00 GMT"


def test_without_a_credential_nobody_is_served(make_api: MakeApi, wall: dt.datetime) -> None:
    """The refusal has a request id and names no organization."""
    call = Call("POST", "/v1/messages", {}, {"anthropic-version": "2026-10-21"})

    outcome = make_api().handle(call, 0.0, wall)

    status, body = refusal(outcome)
    assert (status, body["error"]["type"]) == (401, "authentication_error")
    assert body["request_id"] == head(outcome)["request-id"]
    assert "anthropic-organization-id" not in head(outcome)


def test_a_throttled_request_is_told_its_levels(make_api: MakeApi, wall: dt.datetime) -> None:
    """A 429 has retry-after and the limit headers of its pool."""
    api = make_api(rpm=1)
    api.handle(post(), 0.0, wall)

    outcome = api.handle(post(), 0.0, wall)

    status, body = refusal(outcome)
    said = head(outcome)
    assert (status, body["error"]["type"]) == (429, "rate_limit_error")
    assert said["retry-after"] == "60"
    assert said["anthropic-ratelimit-requests-remaining"] == "0"
    assert said["anthropic-ratelimit-requests-reset"] == "2026-05-18T11:43:00Z"
    assert "anthropic-organization-id" in said


@pytest.mark.parametrize(
    ("asked_for", "status", "retry_after"),
    [("status=529", 529, None), ("status=429,retry-after=3", 429, "3"), ("status=500", 500, None)],
)
def test_a_fault_is_answered_as_asked(
    make_api: MakeApi, wall: dt.datetime, asked_for: str, status: int, retry_after: str | None
) -> None:
    """`x-simulate: status=` answers with that status and costs nothing."""
    api = make_api()

    outcome = api.handle(post(x_simulate=asked_for), 0.0, wall)

    assert refusal(outcome)[0] == status
    assert head(outcome).get("retry-after") == retry_after
    assert api.state(0.0).pools == ()


@pytest.mark.parametrize(
    ("call", "status", "words"),
    [
        (post(x_simulate="fire"), 400, "x-simulate"),
        (post(content_encoding="gzip"), 400, "content-encoding"),
        (post(anthropic_version="1999-01-01"), 400, "anthropic-version"),
        (post(path="/v1/nowhere"), 404, "Not found"),
        (post({**HELLO, "model": "gpt-7"}), 404, "model"),
        (Call("POST", "/v1/messages", {}, HEADERS, b"{"), 400, "not valid JSON"),
        (Call("HEAD", "/api/hello", {}, {}), 404, "Not found"),
    ],
)
def test_refusals_wear_the_envelope(
    make_api: MakeApi, wall: dt.datetime, call: Call, status: int, words: str
) -> None:
    """Whatever is refused has the documented body."""
    said, body = refusal(make_api().handle(call, 0.0, wall))

    assert said == status
    assert body["type"] == "error"
    assert words in body["error"]["message"]


def test_a_compressed_body_is_refused_by_code(make_api: MakeApi, wall: dt.datetime) -> None:
    """Clients can tell from the code that the encoding was the reason."""
    _, body = refusal(make_api().handle(post(content_encoding="gzip"), 0.0, wall))

    code = body["error"]["details"]["error_code"]
    assert code == "request_body_encoding_unsupported"


def test_chat_errors_have_their_own_shape(make_api: MakeApi, wall: dt.datetime) -> None:
    """Refusals on the chat path are in the chat format."""
    call = post({"model": "claude-opus-5"}, path="/v1/chat/completions")

    _, body = refusal(make_api().handle(call, 0.0, wall))

    assert body.keys() == {"error"}


@pytest.mark.parametrize(
    ("on", "accepts", "packed"),
    [(True, "gzip, br", True), (True, "identity", False), (False, "gzip", False)],
)
def test_replies_are_compressed_when_both_want_it(
    make_api: MakeApi, wall: dt.datetime, accepts: str, *, on: bool, packed: bool
) -> None:
    """Compression needs the setting and the caller's header."""
    call = post(path="/v1/messages/count_tokens", accept_encoding=accepts)

    outcome = make_api(gzip=on).handle(call, 0.0, wall)

    assert isinstance(outcome, Reply)
    assert (head(outcome).get("content-encoding") == "gzip") is packed
    body = gzip.decompress(outcome.body) if packed else outcome.body
    assert json.loads(body) == {"input_tokens": 14}


def test_the_state_tells_the_truth(make_api: MakeApi, wall: dt.datetime) -> None:
    """Levels and counts are there for tests, inside and over HTTP, for anyone."""
    api = make_api()
    answering = api.handle(post(), 0.0, wall)
    assert isinstance(answering, Answering)
    api.head(answering, 1.0, wall)
    api.end(answering, 1.0, left=False)
    api.handle(post(path="/v1/nowhere"), 1.0, wall)

    state = api.state(1.0)
    asked = api.handle(Call("GET", "/simulator/state", {}, {}), 1.0, wall)

    assert (state.statuses, state.hung_up) == ({200: 1, 404: 1}, 0)
    assert state.pools[0].output_tokens == 400_000
    assert isinstance(asked, Reply)
    assert json.loads(asked.body)["statuses"] == {"200": 1, "404": 1}


def test_a_caller_that_left_early_is_counted(make_api: MakeApi, wall: dt.datetime) -> None:
    """An answer that is left ends in its pool, and is counted as hung up."""
    api = make_api()
    answering = api.handle(post({**HELLO, "stream": True}), 0.0, wall)
    assert isinstance(answering, Answering)

    api.end(answering, 0.2, left=True)

    assert api.state(0.2).hung_up == 1
    assert api.state(0.2).pools[0].open == 0
