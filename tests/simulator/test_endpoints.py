"""Which path answers what."""

import json
from typing import Any

import msgspec
import pytest

from trayapp.simulator.calls import Call, Reply
from trayapp.simulator.catalog import Catalog
from trayapp.simulator.dice import Ids
from trayapp.simulator.endpoints import Endpoints, find, version_of
from trayapp.simulator.errors import ApiError
from trayapp.simulator.messages import Answering, Asked
from trayapp.simulator.settings import Settings
from trayapp.simulator.timeline import Timeline

HELLO = {
    "model": "claude-opus-5-5",
    "max_tokens": 100,
    "messages": [{"role": "user", "content": "say: hi"}],
}
FORM = (
    b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhi\r\n--x--\r\n'
)


@pytest.fixture
def endpoints(catalog: Catalog, asked: Asked) -> Endpoints:
    return Endpoints(Settings(), catalog, Ids(1), Timeline(0.0, asked.at, 1.0))


def call(method: str, path: str, value: Any = None, **query: str) -> Call:
    body = b"" if value is None else json.dumps(value).encode()
    return Call(method, path, query, {"host": "h:1"}, body)


def told(endpoints: Endpoints, asked: Asked, made: Call, now: float = 0.0) -> Any:
    reply = endpoints.route(made, msgspec.structs.replace(asked, now=now))
    assert isinstance(reply, Reply)
    return json.loads(reply.body)


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/chat/completions"])
def test_messages_are_spoken(endpoints: Endpoints, asked: Asked, path: str) -> None:
    """Both formats are answered by a speech."""
    assert isinstance(endpoints.route(call("POST", path, HELLO), asked), Answering)


def test_tokens_are_counted(endpoints: Endpoints, asked: Asked) -> None:
    """count_tokens answers at once."""
    counted = told(endpoints, asked, call("POST", "/v1/messages/count_tokens", HELLO))

    assert counted == {"input_tokens": 14}


def test_models_come_in_pages(endpoints: Endpoints, asked: Asked) -> None:
    """The cursor of one page leads to the next."""
    first = told(endpoints, asked, call("GET", "/v1/models", limit="2"))
    after = first["last_id"]
    second = told(endpoints, asked, call("GET", "/v1/models", limit="2", after_id=after))

    assert [row["type"] for row in first["data"]] == ["model", "model"]
    assert first["has_more"]
    assert after not in {row["id"] for row in second["data"]}


def test_retired_models_are_shown_when_asked(endpoints: Endpoints, asked: Asked) -> None:
    """The lifecycle filter chooses what is listed."""
    listed = told(endpoints, asked, call("GET", "/v1/models", **{"lifecycle[]": "retired"}))

    assert {row["lifecycle"] for row in listed["data"]} == {"retired"}


def test_one_model_is_told_by_its_alias(endpoints: Endpoints, asked: Asked) -> None:
    """An alias gives the model it means."""
    row = told(endpoints, asked, call("GET", "/v1/models/claude-haiku-4-5"))

    assert row["id"] == "claude-haiku-4-5-20251001"


def test_a_batch_lives_its_life(endpoints: Endpoints, asked: Asked) -> None:
    """Created, listed, fetched when ended, and deleted."""
    rows = {"requests": [{"custom_id": "a", "params": HELLO}]}
    path = "/v1/messages/batches"
    made = told(endpoints, asked, call("POST", path, rows))
    mine = f"{path}/{made['id']}"

    listed = told(endpoints, asked, call("GET", path))
    ended = told(endpoints, asked, call("GET", mine), now=10.0)
    results = endpoints.route(
        call("GET", f"{mine}/results"), msgspec.structs.replace(asked, now=10.0)
    )
    gone = told(endpoints, asked, call("DELETE", mine), now=10.0)

    assert [row["id"] for row in listed["data"]] == [made["id"]]
    assert ended["results_url"] == f"http://h:1{mine}/results"
    assert isinstance(results, Reply)
    assert json.loads(results.body)["result"]["message"]["content"][0]["text"] == "hi"
    assert gone["type"] == "message_batch_deleted"


def test_a_batch_can_be_cancelled(endpoints: Endpoints, asked: Asked) -> None:
    """Cancelling tells the batch as it now is."""
    rows = {"requests": [{"custom_id": "a", "params": HELLO}]}
    made = told(endpoints, asked, call("POST", "/v1/messages/batches", rows))

    cancelled = told(endpoints, asked, call("POST", f"/v1/messages/batches/{made['id']}/cancel"))

    assert cancelled["processing_status"] == "canceling"


def test_a_file_lives_its_life(endpoints: Endpoints, asked: Asked) -> None:
    """Uploaded, listed, told, not downloaded, deleted."""
    headers = {"content-type": "multipart/form-data; boundary=x"}
    made = told(endpoints, asked, Call("POST", "/v1/files", {}, headers, FORM))
    mine = f"/v1/files/{made['id']}"

    listed = told(endpoints, asked, call("GET", "/v1/files"))
    single = told(endpoints, asked, call("GET", mine))
    with pytest.raises(ApiError, match="downloadable"):
        endpoints.route(call("GET", f"{mine}/content"), asked)
    gone = told(endpoints, asked, call("DELETE", mine))

    assert listed["data"] == [made]
    assert single == made
    assert gone["type"] == "file_deleted"


def test_endpoints_beside_have_their_own_limit(endpoints: Endpoints, asked: Asked) -> None:
    """The files limit refuses with a wait, and Messages do not notice."""
    for _ in range(500):
        endpoints.route(call("GET", "/v1/files"), asked)

    with pytest.raises(ApiError, match="500 requests per minute") as refused:
        endpoints.route(call("GET", "/v1/files"), asked)

    assert (refused.value.status, refused.value.retry_after) == (429, 1)
    endpoints.route(call("POST", "/v1/messages", HELLO), asked)


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/message", "/v1/messages/", "/v1/models/a/b"])
def test_an_unknown_path_is_not_found(path: str) -> None:
    """Nothing else is there."""
    with pytest.raises(ApiError) as refused:
        find("GET", path)

    assert (refused.value.status, refused.value.kind) == (404, "not_found_error")


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/v1/messages"), ("PUT", "/v1/models"), ("PATCH", "/v1/files/f")]
)
def test_a_known_path_has_its_methods(method: str, path: str) -> None:
    """Another method on a known path is a 405."""
    with pytest.raises(ApiError) as refused:
        find(method, path)

    assert refused.value.status == 405


@pytest.mark.parametrize(
    ("path", "sent", "version"),
    [
        ("/v1/messages", "2023-06-01", "2023-06-01"),
        ("/v1/models", None, "2026-10-21"),
        ("/v1/models/x", None, "2026-10-21"),
        ("/v1/chat/completions", None, "2026-10-21"),
        ("/v1/chat/completions", "2023-06-01", "2023-06-01"),
    ],
)
def test_a_version_is_taken_from_the_header(path: str, sent: str | None, version: str) -> None:
    """Where no version is needed, the newest is meant."""
    headers = {} if sent is None else {"anthropic-version": sent}

    assert version_of(Call("GET", path, {}, headers)) == version


@pytest.mark.parametrize("path", ["/v1/messages", "/v1/messages/batches", "/v1/files"])
def test_elsewhere_a_version_is_required(path: str) -> None:
    """Without the header it is an invalid request."""
    with pytest.raises(ApiError, match="anthropic-version"):
        version_of(Call("GET", path, {}, {}))
