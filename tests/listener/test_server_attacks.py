"""The attack table on a real port: refused from the head alone, and told to no page."""

import pytest

from tests.fakes.listening import TOKEN, House, caller, play

GOOD = (b"x-api-key: " + TOKEN, b"content-type: application/json", b"content-length: 2")
POST = b"POST /v1/messages"


@pytest.mark.parametrize(
    ("line", "fields", "host", "status"),
    [
        (POST, GOOD, b"host: attacker.example", 403),
        (POST, GOOD, b"", 400),
        (POST, (b"host: evil", *GOOD), None, 400),
        (b"GET http://evil.example/v1/models", GOOD[:1], None, 400),
        (b"CONNECT api.anthropic.com:443", (), b"host: api.anthropic.com:443", 400),
        (b"OPTIONS *", GOOD[:1], None, 405),
        (b"TRACE /", GOOD[:1], None, 405),
        (POST, (b"origin: https://evil.example", *GOOD), None, 403),
        (b"OPTIONS /v1/messages", (b"access-control-request-method: POST",), None, 403),
        (POST, (b"sec-fetch-site: none", *GOOD), None, 403),
        (POST, (GOOD[0], b"content-type: text/plain", GOOD[2]), None, 415),
        (POST, (b"upgrade: websocket", b"connection: upgrade", *GOOD), None, 403),
        (POST, GOOD[1:], None, 401),
        (POST, (b"authorization: Bearer", *GOOD[1:]), None, 401),
        (POST, (b"x-api-key: " + TOKEN[:-1] + b"x", *GOOD[1:]), None, 401),
        (POST, (b"x-api-key: " + b"x" * 70000, *GOOD[1:]), None, 431),
        (b"POST /v1/messages?api_key=" + TOKEN, GOOD, None, 401),
        (b"GET /health", (), None, 401),
        (b"GET /health", GOOD[:1], None, 404),
        (b"GET /v1/%2e%2e/admin", GOOD[:1], None, 404),
        (b"GET /api/hello", (), None, 404),
        (POST, (b"content-encoding: gzip", *GOOD), None, 415),
        (POST, (b"content-length: 5", *GOOD), None, 400),
        (POST, (*GOOD[:2], b"content-length: 33554433"), None, 413),
    ],
)
def test_attack_is_refused_at_the_door(
    line: bytes, fields: tuple[bytes, ...], host: bytes | None, status: int
) -> None:
    """A refusal comes from the head alone, says nothing to pages, and closes (A01-A31)."""

    async def scene(house: House) -> None:
        async with caller(house) as tool:
            tool.say(line, *fields, host=host)
            answered = await tool.hear()

            assert answered.status == status
            assert answered.headers["cache-control"] == "no-store"
            assert answered.headers["x-content-type-options"] == "nosniff"
            assert not {"server", "set-cookie", "www-authenticate"} & set(answered.headers)
            assert not [each for each in answered.headers if each.startswith("access-control")]
            assert TOKEN.decode() not in answered.body.decode()
            assert await tool.closed()

    house = play(scene)
    assert (house.carried, len(house.refused)) == ([], 1)
