"""Heads of requests as upstream gets them, and which beginnings of them are remembered."""

import pytest

from tests.fakes.requests import a_request
from trayapp.model.exchange import Headers
from trayapp.model.secret import TOKEN_PREFIX, Secret
from trayapp.upstream.heads import REMEMBERED, Heads


def heads() -> Heads:
    """The writer of one origin, with nothing remembered."""
    return Heads(b"api.anthropic.com", b"/gateway")


def said(*headers: tuple[bytes, bytes]) -> Headers:
    """What a tool says: its Host, *headers*, a length and a token."""
    return (
        (b"host", b"127.0.0.1:7429"),
        *headers,
        (b"content-length", b"7"),
        (b"x-api-key", TOKEN_PREFIX + b"t" * 43),
    )


def test_head_is_written_whole() -> None:
    """A request line, Host, what passes, one credential, and the length of the body."""
    request = a_request(headers=said((b"content-type", b"application/json")))

    assert heads().head_of(request, 7) == (
        b"POST /gateway/v1/messages HTTP/1.1\r\nhost: api.anthropic.com\r\n"
        b"content-type: application/json\r\naccept-encoding: identity\r\n"
        b"x-api-key: sk-ant-api03-stored\r\ncontent-length: 7\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("method", "length", "end"),
    [
        (b"POST", None, b"transfer-encoding: chunked\r\n\r\n"),
        (b"POST", 0, b"content-length: 0\r\n\r\n"),
        (b"GET", 3, b"content-length: 3\r\n\r\n"),
        (b"GET", 0, b"x-api-key: sk-ant-api03-stored\r\n\r\n"),
        (b"HEAD", 0, b"x-api-key: sk-ant-api03-stored\r\n\r\n"),
    ],
)
def test_length_is_ours_to_say(method: bytes, length: int | None, end: bytes) -> None:
    """Chunks where none is known, none where there is no body and no method that means one."""
    assert heads().head_of(a_request(method=method), length).endswith(end)


def test_same_head_again_is_the_same() -> None:
    """What is remembered is what would be written anew, whatever length and credential go with it."""
    ours = heads()
    first = a_request(headers=said((b"x-app", b"cli"), (b"connection", b"keep-alive")))
    second = a_request(headers=first.headers, credential=Secret(b"other-key"), form="bearer")
    ours.head_of(first, 7)

    assert len(ours._known) == 1
    assert ours.head_of(second, 99) == heads().head_of(second, 99)
    assert b"authorization: Bearer other-key\r\n" in ours.head_of(second, 99)


@pytest.mark.parametrize(
    "changed",
    [
        {"target": b"/v1/messages?beta=true"},
        {"method": b"PUT"},
        {"headers": said((b"x-app", b"ide"))},
        {"headers": said((b"x-app", b"cli"), (b"connection", b"x-app"))},
        {"headers": said((b"x-app", b"cli"), (b"anthropic-beta", b"a"))},
    ],
)
def test_other_head_is_another(changed: dict[str, object]) -> None:
    """Method, target, every field that passes, and what Connection names make a difference."""
    ours = heads()
    ours.head_of(a_request(headers=said((b"x-app", b"cli"))), 7)
    request = a_request(**{"headers": said((b"x-app", b"cli")), **changed})

    assert ours.head_of(request, 7) == heads().head_of(request, 7)


@pytest.mark.parametrize(
    "changed",
    [
        {"headers": said((b"x-goog-api-key", b"abc"))},
        {"headers": said((b"X-Vault-Token", b"abc"))},
        {"headers": said((b"x-custom", b"sk-ant-api03-other"))},
        {"headers": said((b"x-custom", b"Bearer abc"))},
        {"headers": said((b"x-custom", TOKEN_PREFIX + b"t" * 43))},
        {"headers": said((b"x-custom", b"v" * 5000))},
        {"target": b"/v1/models?key=abc"},
        {"target": b"/v1/models?q=sk-ant-api03-other"},
    ],
)
def test_what_may_be_secret_is_not_remembered(changed: dict[str, object]) -> None:
    """A field or a query that may hold a credential keeps its head from being remembered."""
    ours = heads()
    request = a_request(**changed)

    assert ours.head_of(request, 7) == heads().head_of(request, 7)
    assert ours._known == {}


def test_nothing_secret_is_remembered() -> None:
    """Credentials, cookies and tokens that do not pass are no part of what is kept."""
    ours = heads()
    secrets = ((b"cookie", b"s=canary"), (b"proxy-authorization", b"Basic canary"))
    ours.head_of(a_request(headers=said((b"x-app", b"cli"), *secrets)), 7)

    kept = repr(ours._known)
    assert "cli" in kept
    assert all(word not in kept for word in ("canary", "sk-ant"))


def test_oldest_is_forgotten() -> None:
    """What is remembered is bounded; the first head goes first."""
    ours = heads()
    for number in range(REMEMBERED + 1):
        ours.head_of(a_request(target=b"/v1/models/%d" % number), 0)

    targets = [target for _, target, _ in ours._known]
    assert len(targets) == REMEMBERED
    assert (targets[0], targets[-1]) == (b"/v1/models/1", b"/v1/models/%d" % REMEMBERED)


def test_line_end_in_a_credential_is_refused() -> None:
    """A credential cannot bring lines of its own, on the first head or a remembered one."""
    ours = heads()
    ours.head_of(a_request(), 7)

    with pytest.raises(ValueError, match="line end"):
        ours.head_of(a_request(credential=Secret(b"key\r\nx-evil: 1")), 7)
