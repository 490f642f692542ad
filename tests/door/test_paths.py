"""No path is open without a credential, and none can be read in two ways."""

import itertools

import pytest

from tests.door.front import Front

pytestmark = pytest.mark.slow

METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"]
ROUTES = [
    "/v1/messages",
    "/v1/messages?beta=true",
    "/v1/messages/count_tokens",
    "/v1/messages/batches",
    "/v1/messages/batches/msgbatch_1",
    "/v1/messages/batches/msgbatch_1/results",
    "/v1/messages/batches/msgbatch_1/cancel",
    "/v1/files",
    "/v1/files/file_1/content",
    "/v1/models",
    "/v1/models/claude-opus-5-5",
    "/v1/v1/messages",
    "/messages",
    "/models",
    "/chat/completions",
    "/v1/complete",
    "/v1/skills",
    "/api/hello",
    "/",
    "/health",
    "/healthz",
    "/metrics",
    "/status",
    "/favicon.ico",
    "/docs",
    "/openapi.json",
    "/debug",
    "/debug/pprof",
    "/admin",
    "/config",
    "/.env",
    "/v1",
    "/v1/",
    "*",
]


@pytest.mark.parametrize(("route", "method"), [*itertools.product(ROUTES, METHODS)])
def test_nothing_is_open_without_a_credential(front: Front, route: str, method: str) -> None:
    """Every route with every method is refused to who shows no credential (A17)."""
    line = f"{method} {route} HTTP/1.1".encode()
    request = front.good(line=line, key=b"")
    before, reached = front.refusals(), front.reached()

    answered = front.say(request)

    assert answered.status in {400, 401, 403, 404, 405}
    assert front.reached() == reached
    assert sum(front.refusals().values()) == sum(before.values()) + 1
    if method != "HEAD":
        front.guarded(answered)


TWISTED = [
    "//",
    "//v1/messages",
    "/v1//messages",
    "/v1/messages//",
    "/v1/./messages",
    "/v1/../admin",
    "/v1/..",
    "/v1/messages/..",
    "/v1/%2e%2e/admin",
    "/v1/%2E%2e/admin",
    "/v1/.%2e/admin",
    "/v1/%252e%252e/admin",
    "/v1/messages%2fbatches",
    "/v1%2fmessages",
    "/v1/messages%5c",
    "/v1\\messages",
    "/v1/messages;x",
    "/v1/messages;/../admin",
    "/v1/messages%3bx",
    "/v1/messages%00",
    "/v1/messages%0d%0ax:y",
    "/v1/messages%",
    "/v1/messages%zz",
    "/v1/messages%2",
    "/V1/messages",
    "/v1/Messages/../x",
    "/v2/messages",
    "/v1x/messages",
    "/v1messages",
    "/messagesx",
    "/api/hello/",
    "/api/hellox",
    "/api",
    "/api/v1/messages",
    "/proxy/https://evil.example",
]


@pytest.mark.parametrize("target", TWISTED)
def test_a_twisted_path_leads_nowhere(front: Front, target: str) -> None:
    """With a good token too, a path that two parsers could read in two ways is refused (A17)."""
    line = f"POST {target} HTTP/1.1".encode()

    assert front.refused(front.good(line=line)).status in {400, 404}


FORMS = {
    "absolute": ("GET http://evil.example/v1/models HTTP/1.1", 400),
    "absolute, ours": ("GET http://127.0.0.1:{port}/v1/models HTTP/1.1", 400),
    "absolute, https": ("GET https://api.anthropic.com/v1/models HTTP/1.1", 400),
    "absolute, user": ("GET http://a@127.0.0.1:{port}/v1/models HTTP/1.1", 400),
    "another scheme": ("GET ftp://evil.example/ HTTP/1.1", 400),
    "authority": ("CONNECT api.anthropic.com:443 HTTP/1.1", 400),
    "authority, ours": ("CONNECT 127.0.0.1:{port} HTTP/1.1", 400),
    "asterisk": ("OPTIONS * HTTP/1.1", 405),
    "trace": ("TRACE / HTTP/1.1", 405),
    "trace of a route": ("TRACE /v1/messages HTTP/1.1", 405),
    "options": ("OPTIONS /v1/messages HTTP/1.1", 405),
    "a method of WebDAV": ("PROPFIND /v1/messages HTTP/1.1", 405),
    "a verb of caches": ("PURGE /v1/messages HTTP/1.1", 405),
    "no slash": ("GET v1/models HTTP/1.1", 400),
    "a fragment": ("GET /v1/models#x HTTP/1.1", None),
}


@pytest.mark.parametrize("name", FORMS)
def test_we_are_no_forward_proxy(front: Front, name: str) -> None:
    """Absolute targets, CONNECT, OPTIONS and TRACE are refused with a good Host and token (A08)."""
    line, status = FORMS[name]
    request = front.good(line=line.format(port=front.port).encode(), media=b"", body=b"")

    answered = front.refused(request)

    assert answered.status == (status or answered.status)


def test_trace_does_not_echo(front: Front) -> None:
    """TRACE would hand a page the token of another; it gets nothing back (A08)."""
    answered = front.refused(front.good(b"x-secret: told", line=b"TRACE / HTTP/1.1"))

    assert b"told" not in answered.raw


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT", "PATCH"])
def test_a_route_takes_its_own_methods(front: Front, method: str) -> None:
    """A message is posted; nothing else can be done to it."""
    line = f"{method} /v1/messages HTTP/1.1".encode()

    assert front.refused(front.good(line=line)).error == (405, "invalid_request_error")


def test_hello_is_silent_without_a_credential(front: Front) -> None:
    """`/api/hello` does not exist for who has no credential, so that no page learns we are here."""
    line = b"HEAD /api/hello HTTP/1.1"

    assert front.say(front.good(line=line, key=b"", body=b"")).status == 404
    assert front.say(front.good(b"connection: close", line=line, body=b"")).status == 200
