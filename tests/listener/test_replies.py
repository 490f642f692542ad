"""Our own answers look like the API's, and say whether trying again can help."""

import json

import pytest

from trayapp.listener.replies import Reply, envelope, failure, hello, refusal
from trayapp.model.errors import (
    BrokenRoad,
    Misconfigured,
    NotServing,
    Refused,
    SluiceError,
    TimedOut,
    Unreachable,
    UpstreamSaid,
)
from trayapp.upstream.addresses import SelfLoop

REFUSED = Refused(413, "request_too_large", "The body is too large.", "size")


def header(reply: Reply, name: bytes) -> bytes | None:
    """The value of *name*, None where it is absent."""
    return dict(reply.headers).get(name)


def test_refusal_has_the_apis_shape() -> None:
    """An SDK reads our refusal as it reads the API's own errors."""
    reply = failure(REFUSED, "slc_1")

    assert reply.status == 413
    assert json.loads(reply.body) == {
        "type": "error",
        "error": {"type": "request_too_large", "message": "The body is too large."},
        "request_id": "slc_1",
    }


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "invalid_request_error"),
        (401, "authentication_error"),
        (403, "permission_error"),
        (404, "not_found_error"),
        (408, "invalid_request_error"),
        (431, "invalid_request_error"),
        (500, "api_error"),
        (502, "api_error"),
        (504, "timeout_error"),
        (508, "api_error"),
    ],
)
def test_status_has_its_type(status: int, kind: str) -> None:
    """Where nobody says otherwise the type follows from the status."""
    assert json.loads(envelope(status, "No.", "slc_1"))["error"]["type"] == kind


@pytest.mark.parametrize(
    "reply", [failure(REFUSED, "slc_1"), refusal(400, "No.", "slc_1"), hello()]
)
def test_answer_of_ours_is_guarded(reply: Reply) -> None:
    """Nothing of ours is stored, sniffed, shared with a page or signed by a server (A01)."""
    names = {name for name, _ in reply.headers}

    assert header(reply, b"cache-control") == b"no-store"
    assert header(reply, b"x-content-type-options") == b"nosniff"
    assert not names & {b"set-cookie", b"server", b"www-authenticate"}
    assert not [name for name in names if name.startswith(b"access-control-")]


def test_refusal_names_the_request() -> None:
    """The id is in the body and in a header, for who looks for it later."""
    assert header(failure(REFUSED, "slc_7"), b"x-sluice-request-id") == b"slc_7"


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (REFUSED, b"false"),
        (Unreachable("No connection."), b"true"),
        (BrokenRoad("The connection broke."), b"true"),
        (TimedOut("No answer."), b"true"),
        (SelfLoop(), b"false"),
        (Misconfigured("A setting is wrong."), b"false"),
        (SluiceError("Something else."), b"false"),
        (NotServing("No key."), b"false"),
    ],
)
def test_failure_says_whether_to_try_again(error: SluiceError, advice: bytes) -> None:
    """Only what may pass by itself invites a retry."""
    assert header(failure(error, "slc_1"), b"x-should-retry") == advice


def test_wait_is_told_in_whole_seconds() -> None:
    """Where we know how long, the answer says so and nothing else."""
    reply = failure(NotServing("Sluice is stopping.", retry_after=2), "slc_1")

    assert (reply.status, header(reply, b"retry-after")) == (503, b"2")
    assert header(reply, b"x-should-retry") is None


def test_loop_has_its_own_status() -> None:
    """An upstream that is Sluice itself is answered as a loop."""
    assert failure(SelfLoop(), "slc_1").status == 508


def test_upstreams_own_words_pass_on() -> None:
    """Who waited behind a refused request gets the same status and body, and is told not to retry."""
    reply = failure(UpstreamSaid(429, b'{"type":"error"}'), "slc_1")

    assert (reply.status, reply.body) == (429, b'{"type":"error"}')
    assert header(reply, b"x-should-retry") == b"false"


def test_hello_is_empty() -> None:
    """Claude Code looks for a 200 and reads nothing."""
    assert (hello().status, hello().body) == (200, b"")
