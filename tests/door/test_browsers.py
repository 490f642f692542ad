"""A web page can make a browser send requests here; what marks them is never overlooked."""

import pytest

from tests.door.front import JSON, Front

pytestmark = pytest.mark.slow

ORIGINS = [
    "https://evil.example",
    "http://evil.example:{port}",
    "null",
    "http://localhost:3000",
    "http://127.0.0.1:{port}",
    "http://localhost:{port}",
    "http://[::1]:{port}",
    "chrome-extension://abcdefghijklmnop",
    "moz-extension://x",
    "file://",
    "app://obsidian.md",
    "",
    "x" * 5000,
]


@pytest.mark.parametrize("origin", ORIGINS)
def test_an_origin_is_refused_also_with_a_good_token(front: Front, origin: str) -> None:
    """Only pages have an Origin; no value of it lets one in (A11)."""
    named = f"origin: {origin.format(port=front.port)}".encode()

    answered = front.refused(front.good(named))

    assert answered.error == (403, "permission_error")
    assert answered.message == "Web pages may not use Sluice."


def test_a_simple_request_of_a_page_is_refused(front: Front) -> None:
    """What a page may send without asking first, text/plain and no token, is 403 (A10)."""
    request = front.good(
        b"origin: https://evil.example", key=b"", media=b"content-type: text/plain"
    )

    answered = front.refused(request)

    assert answered.status == 403


def test_a_rebinding_page_is_refused(front: Front) -> None:
    """A page whose name now leads here has its own Host and Origin, and gets nothing (A02)."""
    name = b"attacker.example:%d" % front.port
    request = front.good(b"origin: http://" + name, host=b"host: " + name)

    answered = front.refused(request)

    assert answered.status == 403


PATHS = ["/v1/messages", "/v1/models", "/api/hello", "/", "/metrics", "/admin", "/status", "*"]
PREFLIGHT = (
    b"access-control-request-method: POST",
    b"access-control-request-headers: x-api-key",
    b"access-control-request-private-network: true",
    b"access-control-request-local-network: true",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_preflight_gets_no_leave(front: Front, path: str) -> None:
    """OPTIONS with what browsers ask before a request is 403 and carries no CORS header (A12)."""
    line = f"OPTIONS {path} HTTP/1.1".encode()
    request = front.good(*PREFLIGHT, b"origin: https://evil.example", line=line, media=b"")

    answered = front.refused(request)

    assert answered.status == 403


@pytest.mark.parametrize("field", PREFLIGHT[:3])
def test_each_mark_of_a_preflight_is_enough(front: Front, field: bytes) -> None:
    """One of the headers that only browsers send is enough, on a good POST too."""
    assert front.refused(front.good(field)).status == 403


MARKS = [
    "sec-fetch-site: cross-site",
    "sec-fetch-site: same-site",
    "sec-fetch-site: same-origin",
    "sec-fetch-site: none",
    "Sec-Fetch-Site:",
    "SEC-FETCH-SITE: none",
    "referer: https://evil.example/",
    "referer: http://127.0.0.1:{port}/",
    "Referer:",
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_navigation_is_refused(front: Front, mark: str) -> None:
    """Images, links and the address bar send no Origin, but these; with a token too (A13)."""
    answered = front.refused(front.good(mark.format(port=front.port).encode()))

    assert answered.status == 403


def test_an_image_is_refused(front: Front) -> None:
    """What `<img src>` sends gets the same refusal as every page, before a word about its token."""
    request = front.good(
        b"sec-fetch-site: cross-site",
        b"sec-fetch-mode: no-cors",
        b"sec-fetch-dest: image",
        line=b"GET /v1/models HTTP/1.1",
        key=b"",
        media=b"",
        body=b"",
    )

    assert front.refused(request).status == 403


def test_nodes_own_fetch_is_served(front: Front) -> None:
    """Node's fetch sends `sec-fetch-mode: cors` and is no browser (A13)."""
    fields = (b"sec-fetch-mode: cors", b"accept: */*", b"user-agent: node", b"connection: close")

    assert front.served(front.good(*fields)).status == 200


FORMS = [
    b"content-type: application/x-www-form-urlencoded",
    b"content-type: multipart/form-data; boundary=x",
    b"content-type: text/plain",
    b"content-type: text/plain;application/json",
    b"content-type: application/jsonx",
    b"content-type: json",
    b"content-type: application/json, text/plain",
    b"content-type:",
    b"",
]


@pytest.mark.parametrize("media", FORMS)
def test_a_form_is_refused(front: Front, media: bytes) -> None:
    """What a form or a page could send without a preflight is 415, with a token too (A14)."""
    assert front.refused(front.good(media=media)).error == (415, "invalid_request_error")


def test_media_type_is_said_once(front: Front) -> None:
    """A second content type makes no form JSON: who says two says none."""
    request = front.good(JSON, media=b"content-type: text/plain")

    assert front.refused(request).error == (400, "invalid_request_error")


UPGRADES = [
    (b"connection: upgrade", b"upgrade: websocket", b"sec-websocket-version: 13"),
    (b"connection: Upgrade", b"upgrade: WebSocket", b"sec-websocket-key: x"),
    (b"connection: upgrade, http2-settings", b"upgrade: h2c", b"http2-settings: AAMAAABk"),
    (b"connection: upgrade", b"upgrade: TLS/1.2"),
    (b"upgrade: websocket",),
    (b"connection: close", b"upgrade:"),
]


@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize("path", [b"/", b"/v1/messages", b"/admin"])
@pytest.mark.parametrize("fields", UPGRADES)
def test_no_upgrade_is_taken(
    front: Front, path: bytes, fields: tuple[bytes, ...], with_token: bool
) -> None:
    """A WebSocket or h2c is 403 on any path, with and without a token, and never 101 (A15)."""
    line = b"GET " + path + b" HTTP/1.1"
    key = None if with_token else b""

    answered = front.refused(front.good(*fields, line=line, key=key, media=b"", body=b""))

    assert answered.status == 403


def test_a_page_becomes_a_problem(front: Front) -> None:
    """The user reads that a page tried, and that no setting would let it in."""
    front.refused(front.good(b"origin: https://evil.example"))

    told = {problem.code: problem.message for problem in front.snapshot().problems}

    assert "No setting lets pages in" in told["refused_origin"]
    assert "evil" not in told["refused_origin"]
