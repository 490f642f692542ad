"""A developer points a tool at Sluice and sends the first requests."""

import json
from pathlib import Path

import pytest

from tests.fakes.scripted import JSON, ScriptedUpstream
from tests.journeys.conftest import KEY, EngineProcess, Start, message, read_all

pytestmark = pytest.mark.slow


def test_a_connected_tool_is_served_with_the_stored_key(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A tool's token is replaced by the stored key, in the header the tool used."""
    token = engine.token()
    body = b'{"model":"claude-sonnet-5-5", "max_tokens": 5 ,"messages":[]}'

    shown = engine.raw(message(engine.port, f"x-api-key: {token}\r\n", body))

    assert shown.startswith(b"HTTP/1.1 200 OK\r\n")
    assert shown.endswith(b"\r\n\r\n" + JSON)
    assert upstream.seen[0].body == body
    assert upstream.seen[0].values(b"x-api-key") == [KEY.encode()]
    assert not upstream.seen[0].values(b"authorization")
    assert token.encode() not in upstream.raw


def test_an_own_credential_passes_in_its_own_header(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Changing one base URL and keeping the key works: the key goes on as it came."""
    shown = engine.raw(message(engine.port, "authorization: Bearer sk-ant-api03-my-own\r\n"))

    assert shown.startswith(b"HTTP/1.1 200 OK\r\n")
    assert upstream.seen[0].values(b"authorization") == [b"Bearer sk-ant-api03-my-own"]
    assert not upstream.seen[0].values(b"x-api-key")


def test_an_answer_is_passed_on_without_what_is_not_the_apis(engine: EngineProcess) -> None:
    """The API's own headers come through; cookies, server names and CORS headers do not."""
    shown = engine.raw(message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n")).lower()

    assert b"\r\nrequest-id: req_1\r\n" in shown
    assert b"\r\nanthropic-ratelimit-requests-remaining: 40\r\n" in shown
    assert b"\r\nx-sluice-request-id: " in shown
    for name in (b"set-cookie", b"server:", b"access-control"):
        assert name not in shown


def test_what_is_not_json_is_for_upstream_to_judge(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A body that is not JSON goes upstream byte for byte."""
    engine.raw(message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n", b"{no json"))

    assert upstream.seen[0].body == b"{no json"


REFUSED = {
    "no credential": ("", 401, "authentication_error"),
    "an unknown token": ("x-api-key: sk-ant-sluice-nobody\r\n", 401, "authentication_error"),
    "two credentials": (
        "x-api-key: sk-ant-api03-one\r\nauthorization: Bearer sk-ant-api03-two\r\n",
        400,
        "invalid_request_error",
    ),
    "a web page": (
        "x-api-key: sk-ant-api03-one\r\norigin: https://evil.example\r\n",
        403,
        "permission_error",
    ),
}


def test_who_may_not_enter_is_told_so_in_the_apis_own_words(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A refusal wears Anthropic's error envelope, is not to be retried, and sends nothing up."""
    shown = {
        name: engine.raw(message(engine.port, credential))
        for name, (credential, _, _) in REFUSED.items()
    }

    for name, (_, status, kind) in REFUSED.items():
        head, _, body = shown[name].partition(b"\r\n\r\n")
        assert head.startswith(f"HTTP/1.1 {status} ".encode()), name
        assert b"\r\nx-should-retry: false" in head, name
        error = json.loads(body)
        assert (error["type"], error["error"]["type"]) == ("error", kind), name
        assert error["request_id"].startswith("slc_"), name
    assert upstream.raw == b""


def test_a_revoked_token_is_refused_on_the_next_request(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Revoking holds at once, also on a connection that is kept alive."""
    token = engine.token("editor")
    request = message(engine.port, f"x-api-key: {token}\r\n").replace(b"connection: close\r\n", b"")
    with engine.connect() as sock:
        sock.sendall(request)
        assert sock.recv(65536).startswith(b"HTTP/1.1 200 ")

        engine.cli("tool", "revoke", "editor")
        sock.sendall(request)

        assert sock.recv(65536).startswith(b"HTTP/1.1 401 ")


def test_without_a_keyring_tools_are_told_what_to_do(start: Start) -> None:
    """A tool's token alone cannot be served where no key can be read; own keys still are."""
    engine = start(key=None)
    token = engine.token()

    shown = engine.raw(message(engine.port, f"x-api-key: {token}\r\n"))
    own = engine.raw(message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n"))

    assert shown.startswith(b"HTTP/1.1 503 ")
    assert b"No keyring answers here. Start the desktop's own" in shown
    assert own.startswith(b"HTTP/1.1 200 ")


def test_batch_results_are_fetched_through_us(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """A batch's `results_url` leads to the address that the caller used."""
    from tests.fakes.scripted import answer

    url = "https://api.anthropic.com/v1/messages/batches/msgbatch_1/results"
    upstream.then(
        lambda call: call.send(answer(b'{"id":"msgbatch_1","results_url":"%s"}' % url.encode()))
    )
    request = (
        f"GET /v1/messages/batches/msgbatch_1 HTTP/1.1\r\nhost: localhost:{engine.port}\r\n"
        "x-api-key: sk-ant-api03-my-own\r\nconnection: close\r\n\r\n"
    ).encode()

    shown = engine.raw(request)

    body = json.loads(shown.partition(b"\r\n\r\n")[2])
    ours = f"http://localhost:{engine.port}/v1/messages/batches/msgbatch_1/results"
    assert body["results_url"] == ours


def test_a_large_upload_passes_through(engine: EngineProcess, upstream: ScriptedUpstream) -> None:
    """A multipart file goes on while it comes, byte for byte."""
    body = bytes(range(256)) * 20_000
    request = (
        f"POST /v1/files HTTP/1.1\r\nhost: 127.0.0.1:{engine.port}\r\n"
        "x-api-key: sk-ant-api03-my-own\r\ncontent-type: multipart/form-data; boundary=b\r\n"
        f"connection: close\r\ncontent-length: {len(body)}\r\n\r\n"
    ).encode()

    shown = engine.raw(request + body)

    assert shown.startswith(b"HTTP/1.1 200 ")
    assert upstream.seen[0].body == body


def test_the_meter_shows_what_the_first_answer_told(engine: EngineProcess) -> None:
    """After one answer the pool, its limits and the tool's tokens are in the Snapshot."""
    token = engine.token("editor")
    engine.raw(message(engine.port, f"x-api-key: {token}\r\n"))

    status = engine.status()

    pools = status["pools"]
    assert isinstance(pools, list)
    assert pools[0]["organization"] == "11111111-2222-3333-4444-555555555555"
    assert pools[0]["meters"][0]["kind"] == "requests"
    assert pools[0]["meters"][0]["limit"] == 50
    assert pools[0]["meters"][0]["source"] == "measured"
    tools = status["tools"]
    assert isinstance(tools, list)
    assert {
        key: tools[0][key] for key in ("name", "requests", "input_tokens", "output_tokens")
    } == {
        "name": "editor",
        "requests": 1,
        "input_tokens": 12,
        "output_tokens": 3,
    }
    diagnostics = status["diagnostics"]
    assert isinstance(diagnostics, dict)
    assert (diagnostics["accepted"], diagnostics["ok"], diagnostics["in_flight"]) == (1, 1, 0)


def test_totals_and_tools_outlive_a_restart(start: Start, tmp_path: Path) -> None:
    """The day's totals and the tools that may enter are there again after a restart."""
    first = start()
    token = first.token("editor")
    first.raw(message(first.port, f"x-api-key: {token}\r\n"))
    first.stop()

    second = start()
    shown = second.raw(message(second.port, f"x-api-key: {token}\r\n"))

    assert shown.startswith(b"HTTP/1.1 200 ")
    totals = second.status()["totals"]
    assert isinstance(totals, dict)
    assert totals["requests"] == 2


def test_a_keep_alive_connection_serves_many_requests(
    engine: EngineProcess, upstream: ScriptedUpstream
) -> None:
    """Twenty requests on one connection use one connection upstream."""
    request = message(engine.port, "x-api-key: sk-ant-api03-my-own\r\n")
    kept = request.replace(b"connection: close\r\n", b"")
    with engine.connect() as sock:
        sock.sendall(kept * 19 + request)
        shown = read_all(sock)

    assert shown.count(b"HTTP/1.1 200 OK") == 20
    assert len(upstream.seen) == 20
