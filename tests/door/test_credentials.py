"""Who has no good credential gets 401, and a good one is the only thing upstream is shown."""

import hashlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.door.front import BODY, CANARY, Answered, Front, stopwatch
from tests.fakes.scripted import START, STOP, Call, stream_head
from tests.journeys.conftest import KEY

pytestmark = pytest.mark.slow

NONE = [
    b"",
    b"x-api-key:",
    b"x-api-key:   ",
    b"authorization:",
    b"authorization: Bearer",
    b"authorization: Bearer ",
    b"authorization: Bearer    ",
    b"authorization: Basic",
    b"authorization: Basic dXNlcjpwYXNzd29yZA==",
    b"authorization: Digest username=x",
    b"authorization: sk-ant-api03-without-a-scheme",
    b"proxy-authorization: Bearer sk-ant-api03-proxy",
    b"x-api-keys: sk-ant-api03-misspelt",
    b"api-key: sk-ant-api03-another-name",
    b"cookie: x-api-key=sk-ant-api03-cookie",
    b"x-api-key: short",
]


@pytest.mark.parametrize("key", NONE)
def test_without_a_credential_nothing_is_served(front: Front, key: bytes) -> None:
    """No credential, an empty one, or one of another scheme is 401, with no prompt asked for (A16)."""
    answered = front.refused(front.good(key=key))

    assert answered.error == (401, "authentication_error")
    assert "www-authenticate" not in answered.headers


WRONG: dict[str, Callable[[str], str]] = {
    "same length": lambda token: token[:-1] + ("A" if token[-1] != "A" else "B"),
    "a prefix": lambda token: token[:-1],
    "the prefix alone": lambda _: "sk-ant-sluice-",
    "longer": lambda token: token + "A",
    "swapped case": lambda token: token[:14] + token[14:].swapcase(),
    "doubled": lambda token: token + token,
    "its digest": lambda token: "sk-ant-sluice-" + hashlib.sha256(token.encode()).hexdigest(),
    "SQL": lambda _: "sk-ant-sluice-' OR 1=1 --",
    "SQL wildcard": lambda _: "sk-ant-sluice-%",
    "a path": lambda _: "sk-ant-sluice-../../lock",
    "an escape": lambda token: token + "%00",
    "a format": lambda _: "sk-ant-sluice-{0.__class__}%s%n",
    "a homoglyph": lambda token: token[:20] + "\u0430" + token[21:],
    "a zero-width space": lambda token: token + "\u200b",
}


HEADERS = ("x-api-key: {}", "authorization: Bearer {}")


@pytest.mark.parametrize(
    ("name", "header"), [(name, HEADERS[at % 2]) for at, name in enumerate(WRONG)]
)
def test_a_wrong_token_is_refused(front: Front, name: str, header: str) -> None:
    """Nothing but the token itself will do, and what was sent is not repeated (A18, A19)."""
    wrong = WRONG[name](front.token)
    data = Path(front.engine.home / "data" / "meter.db").read_bytes()

    answered = front.refused(front.good(key=header.format(wrong).encode()))

    assert answered.error == (401, "authentication_error")
    assert wrong[14:] not in answered.body.decode() or wrong == "sk-ant-sluice-"
    assert Path(front.engine.home / "data" / "meter.db").read_bytes() == data


def test_space_behind_a_token_is_not_part_of_it(front: Front) -> None:
    """Optional white space round a header's value means nothing (RFC 9110 5.5), so A18's row is 200."""
    key = b"x-api-key: " + front.token.encode() + b" \t"

    assert front.served(front.good(b"connection: close", key=key)).status == 200


def test_space_inside_a_bearer_is_part_of_it(front: Front) -> None:
    """A token with another word behind it is another token."""
    key = b"authorization: Bearer " + front.token.encode() + b" x"

    assert front.refused(front.good(key=key)).status == 401


@pytest.mark.parametrize("control", [b"\0", b"\n", b"\r", b"\x1b"])
def test_control_bytes_in_a_token_are_refused(front: Front, control: bytes) -> None:
    """What would break out of a line is 400 or 401 (A19)."""
    key = b"x-api-key: sk-ant-sluice-" + control + b"x"

    assert front.refused(front.good(key=key)).status in {400, 401}


def test_an_enormous_token_is_431(front: Front) -> None:
    """A megabyte of credential is answered as too large a head (A18)."""
    key = b"x-api-key: sk-ant-sluice-" + b"a" * 1_000_000

    assert front.refused(front.good(key=key)).status == 431


ELSEWHERE: dict[str, Callable[[str], dict[str, Any]]] = {
    "query": lambda token: {"line": f"POST /v1/messages?api_key={token} HTTP/1.1".encode()},
    "query, escaped": lambda token: {
        "line": f"POST /v1/messages?k={token.replace('-', '%2D')} HTTP/1.1".encode()
    },
    "path": lambda token: {"line": f"POST /v1/{token} HTTP/1.1".encode()},
    "body": lambda token: {"body": f'{{"api_key":"{token}"}}'.encode()},
}


@pytest.mark.parametrize("place", ELSEWHERE)
def test_a_token_elsewhere_does_not_count(front: Front, place: str) -> None:
    """A token in the query, the path or the body is none (A18)."""
    request = front.good(key=b"", **ELSEWHERE[place](front.token))

    assert front.refused(request).status == 401


def test_a_token_in_a_cookie_does_not_count(front: Front) -> None:
    """Browsers send cookies by themselves, so none is ever read (A18)."""
    cookie = b"cookie: x-api-key=" + front.token.encode()

    assert front.refused(front.good(cookie, key=b"")).status == 401


def test_a_token_in_a_url_is_refused_beside_a_good_one(front: Front) -> None:
    """A URL is written to too many places: a token there is 401 even where a header has it too."""
    line = f"POST /v1/messages?api_key={front.token} HTTP/1.1".encode()

    assert front.refused(front.good(line=line)).status == 401


def test_two_different_tokens_are_refused(front: Front) -> None:
    """Two tokens that differ name two tools, so none."""
    other = b"authorization: Bearer sk-ant-sluice-" + b"b" * 43

    assert front.refused(front.good(other)).status == 401


def test_two_different_keys_of_its_own_are_refused(front: Front) -> None:
    """Which of two keys would be billed is not ours to guess."""
    keys = (b"x-api-key: sk-ant-api03-one", b"authorization: Bearer sk-ant-api03-two")

    assert front.refused(front.good(keys[1], key=keys[0])).error == (400, "invalid_request_error")


OTHERS = [
    b"authorization: Bearer sk-ant-api03-REAL2",
    b"authorization: Basic UkVBTDI=",
    b"proxy-authorization: Basic UkVBTDI=",
    b"cookie: session=REAL2",
    b"X-Api-Key: sk-ant-api03-REAL2",
]


@pytest.mark.parametrize("other", OTHERS)
def test_upstream_sees_one_credential(front: Front, other: bytes) -> None:
    """Beside a tool's token every other credential is dropped: upstream gets the key alone (A25)."""
    answered = front.served(front.good(other, b"connection: close"))

    seen = front.upstream.seen[-1]
    assert answered.status == 200
    assert seen.values(b"x-api-key") == [KEY.encode()]
    assert not seen.values(b"authorization")
    assert b"REAL2" not in seen.head
    assert b"UkVBTDI" not in seen.head
    assert front.token.encode() not in front.upstream.raw


def test_a_revoked_token_ends_at_once_but_its_stream_does_not(own: Front) -> None:
    """After a revocation the kept-alive connection gets 401, while a running stream ends well (A20)."""
    go_on = threading.Event()

    def finish_late(call: Call) -> None:
        call.send(stream_head() + START)
        go_on.wait(10)
        call.send(STOP + b"0\r\n\r\n")

    own.upstream.then(finish_late)
    with own.engine.connect() as stream, own.engine.connect() as kept:
        stream.sendall(own.good(b"connection: close", body=BODY[:-1] + b',"stream":true}'))
        own.until(stream, b"message_start")
        kept.sendall(own.good())
        assert kept.recv(65536).startswith(b"HTTP/1.1 200 ")
        own.engine.cli("tool", "revoke", "tool")
        kept.sendall(own.good())

        assert Answered(own.read(kept)).status == 401
        go_on.set()
        assert own.read(stream).endswith(b"0\r\n\r\n")


def test_a_rotated_token_replaces_the_old_one(own: Front) -> None:
    """Of a tool that was connected anew only the new token enters."""
    old = own.token
    own.engine.cli("tool", "revoke", "tool")
    own.token = own.engine.token("tool")

    assert own.refused(own.good(key=b"x-api-key: " + old.encode())).status == 401
    assert own.served(own.good(b"connection: close")).status == 200


def test_a_flood_of_bad_tokens_harms_nobody(own: Front) -> None:
    """Of a thousand bad tokens each gets its 401, slower after a while; good calls go on (A44)."""
    bad = own.good(key=b"x-api-key: sk-ant-sluice-nobody")
    answers: list[int] = []
    waits: list[float] = []

    def try_tokens(times: int) -> None:
        answers.extend(own.say(bad, 10).status for _ in range(times))

    threads = [threading.Thread(target=try_tokens, args=(20,)) for _ in range(50)]
    began = stopwatch()
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        at = stopwatch()
        assert own.served(own.good(b"connection: close")).status == 200
        waits.append(stopwatch() - at)
    for thread in threads:
        thread.join()

    assert answers == [401] * 1000
    assert stopwatch() - began > 20 * 0.25 * 0.9
    assert sorted(waits)[len(waits) // 2] < 0.2
    assert own.refusals()["token"] == 1000
    own.audit()


def test_a_few_mistakes_are_answered_at_once(own: Front) -> None:
    """A tool with an old token is not slowed, and a good token never is."""
    bad = own.good(key=b"x-api-key: sk-ant-sluice-nobody")
    at = stopwatch()
    for _ in range(10):
        own.say(bad)

    assert stopwatch() - at < 1.0


def test_prompts_leave_no_trace(own: Front) -> None:
    """After served and refused calls nothing of key, token or prompt is in any file or word."""
    own.served(own.good(b"connection: close"))
    own.refused(own.good(b"origin: https://evil.example"))
    own.refused(own.good(key=b"x-api-key: sk-ant-sluice-" + CANARY.encode()))
    shown = own.engine.cli("status", "--json").stdout

    own.audit(shown)
