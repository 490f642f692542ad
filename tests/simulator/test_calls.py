"""A request as the simulator sees it."""

import pytest

from trayapp.simulator.calls import Call, body_limit, call_of
from trayapp.simulator.errors import ApiError

MIB = 1024 * 1024


def test_a_head_becomes_a_call() -> None:
    """Path and query come apart, headers are text by name."""
    call = call_of(b"GET", b"/v1/models?limit=2&after_id=a%20b", ((b"host", b"h:1"),))

    assert (call.method, call.path) == ("GET", "/v1/models")
    assert call.query == {"limit": "2", "after_id": "a b"}
    assert call.origin == "http://h:1"


def test_a_call_takes_its_body_later() -> None:
    """The body is read after the head."""
    call = call_of(b"POST", b"/v1/messages", ()).with_body(b'{"a": 1}')

    assert call.json() == {"a": 1}


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b'"\xff"', b"{'a': 1}", b"[" * 100_000])
def test_what_is_not_json_is_refused(body: bytes) -> None:
    """Broken, badly encoded and bottomless bodies are invalid requests."""
    with pytest.raises(ApiError, match="not valid JSON") as refused:
        Call("POST", "/v1/messages", {}, {}, body).json()

    assert refused.value.status == 400


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/v1/messages", 32 * MIB),
        ("/v1/messages/count_tokens", 32 * MIB),
        ("/v1/messages/batches", 256 * MIB),
        ("/v1/files", 1000 + 64 * 1024),
    ],
)
def test_each_path_has_its_body_limit(path: str, limit: int) -> None:
    """Limits are the API's; files are bounded by the memory given to them."""
    assert body_limit(path, file_bytes=1000) == limit
