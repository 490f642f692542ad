"""Refusals, in the API's own shape."""

import json

import pytest

from trayapp.simulator.errors import ApiError, body_of, exceeded, kind_of, openai_body_of


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, "invalid_request_error"),
        (401, "authentication_error"),
        (402, "billing_error"),
        (403, "permission_error"),
        (404, "not_found_error"),
        (405, "invalid_request_error"),
        (409, "conflict_error"),
        (413, "request_too_large"),
        (418, "invalid_request_error"),
        (429, "rate_limit_error"),
        (500, "api_error"),
        (502, "api_error"),
        (504, "timeout_error"),
        (529, "overloaded_error"),
    ],
)
def test_each_status_has_its_type(status: int, kind: str) -> None:
    """The error type follows the status, listed or not."""
    assert kind_of(status) == kind


@pytest.mark.parametrize("status", [400, 401, 404, 413, 429, 500, 504, 529])
def test_a_body_has_the_documented_shape(status: int) -> None:
    """Type, error with type and message, request id: nothing else."""
    body = json.loads(body_of(ApiError(status), "req_1"))

    assert body.keys() == {"type", "error", "request_id"}
    assert (body["type"], body["request_id"]) == ("error", "req_1")
    assert body["error"].keys() == {"type", "message"}
    assert body["error"]["type"] == kind_of(status)
    assert body["error"]["message"]


def test_a_code_stands_in_details() -> None:
    """A finer error code is `error.details.error_code`."""
    error = ApiError(404, "gone", code="file_expired")

    body = json.loads(body_of(error, "req_1"))

    assert body["error"]["details"] == {"error_code": "file_expired"}


def test_overload_says_the_one_word() -> None:
    """A 529 without words of its own says Overloaded."""
    assert ApiError(529).message == "Overloaded"


def test_without_retry_after_there_is_no_such_header() -> None:
    """Most refusals say nothing of a later try."""
    assert ApiError(400, "no").headers() == ()


def test_a_rate_limit_names_what_was_exceeded() -> None:
    """The 429 tells limit, unit, model and organization, and when to come back."""
    error = exceeded(30000, "input tokens", "claude-opus-5-5", "org", 7)

    assert "30,000 input tokens per minute" in error.message
    assert "claude-opus-5-5" in error.message
    assert error.headers() == ((b"retry-after", b"7"),)


def test_chat_clients_get_their_own_shape() -> None:
    """An error in the chat format has no envelope of ours."""
    body = json.loads(openai_body_of(ApiError(401, "who?")))

    error = {"message": "who?", "type": "authentication_error", "param": None, "code": None}
    assert body == {"error": error}
