"""The way through a CONNECT proxy, and what is said where it is closed."""

import base64
from pathlib import Path

import pytest

from tests.fakes.certificates import Certificate, certificate
from tests.fakes.dialling import NAME, connection, dialer, failure, free_port, origin, status
from tests.fakes.road import play
from tests.fakes.servers import Line, answer, saying, serving, silence, tunnel
from trayapp.model.errors import Misconfigured
from trayapp.upstream import dial
from trayapp.upstream.dial import ClosedRoad, Proxy, UntrustedRoad, proxy_of


def behind(port: int, credential: str = "") -> Proxy:
    """The proxy on *port* of this machine."""
    return proxy_of(f"http://{credential}127.0.0.1:{port}")


@pytest.mark.parametrize("credential", ["", "user:p%40ss@"])
def test_proxy_leads_to_upstream(good: Certificate, credential: str) -> None:
    """CONNECT names the upstream, and TLS is spoken with it through the proxy (R43)."""
    heads: list[bytes] = []

    async def scene() -> None:
        async with (
            serving(answer, context=good.context()) as server,
            serving(tunnel(server.port, heads)) as proxy,
            connection(
                dialer(origin(443), ca_file=str(good.path), proxy=behind(proxy.port, credential))
            ) as made,
        ):
            assert await status(made) == 200

    play(scene)

    pair = base64.b64encode(b"user:p@ss")
    line = b"Proxy-Authorization: Basic " + pair + b"\r\n" if credential else b""
    target = b"upstream.test:443"
    assert heads == [
        b"CONNECT " + target + b" HTTP/1.1\r\nHost: " + target + b"\r\n" + line + b"\r\n"
    ]


def test_address_is_named_in_brackets_to_a_proxy() -> None:
    """An IPv6 upstream is asked for as URLs write it."""
    heads: list[bytes] = []

    async def refuse(line: Line) -> None:
        heads.append(await line.head())
        line.say(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        await line.gone()

    async def scene() -> None:
        async with serving(refuse) as proxy:
            await failure(dialer(origin(443, name="fd00::5"), proxy=behind(proxy.port)))

    play(scene)

    assert heads[0].startswith(b"CONNECT [fd00::5]:443 HTTP/1.1\r\nHost: [fd00::5]:443\r\n")


@pytest.mark.parametrize(
    ("said", "words", "may_retry"),
    [
        (b"HTTP/1.1 407 Auth\r\n\r\n", "The proxy asks for a user name and password", False),
        (
            b"HTTP/1.1 502 Bad\r\n\r\n",
            "The proxy refuses the way to upstream.test: it says 502",
            True,
        ),
        (b"SSH-2.0-OpenSSH\r\n\r\n", "does not answer as a proxy does", True),
        (b"HTTP/1.1\r\n\r\n", "does not answer as a proxy does", True),
        (b"x" * 20000, "does not answer as a proxy does", True),
    ],
)
def test_proxy_that_refuses_is_told_of(said: bytes, words: str, may_retry: bool) -> None:
    """What is the proxy's fault is said to be, and there is no way round it (R43)."""

    async def scene() -> None:
        async with serving(saying(said)) as proxy:
            failed = await failure(dialer(origin(443), proxy=behind(proxy.port)))

            assert words in failed.message
            assert isinstance(failed, ClosedRoad) is not may_retry

    play(scene)


def test_proxy_that_hangs_up_is_told_of() -> None:
    """A proxy that says nothing and closes is named in the failure."""

    async def hang_up(line: Line) -> None:
        await line.head()

    async def scene() -> None:
        async with serving(hang_up) as proxy:
            failed = await failure(dialer(origin(443), proxy=behind(proxy.port)))

            assert "upstream.test through the proxy: the other side closed" in failed.message

    play(scene)


def test_proxy_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that never answers costs its time and no more (R43)."""
    monkeypatch.setattr(dial, "CONNECT_S", 0.05)

    async def scene() -> None:
        async with serving(silence) as proxy:
            failed = await failure(dialer(origin(443), proxy=behind(proxy.port)))

            assert "through the proxy: no answer within" in failed.message

    play(scene)


def test_proxy_that_is_not_there_is_told_of() -> None:
    """The proxy that refuses is not mistaken for the upstream."""

    async def scene() -> None:
        failed = await failure(dialer(origin(443), proxy=behind(free_port())))

        assert failed.message == "No connection to the proxy: refused."

    play(scene)


def test_proxy_that_reads_along_is_not_trusted(good: Certificate, tmp_path: Path) -> None:
    """A certificate of the proxy's own is as bad as any other (R43)."""
    forged = certificate(tmp_path, NAME)

    async def scene() -> None:
        async with (
            serving(answer, context=forged.context()) as server,
            serving(tunnel(server.port, [])) as proxy,
        ):
            road = dialer(origin(443), ca_file=str(good.path), proxy=behind(proxy.port))
            failed = await failure(road)

            assert type(failed) is UntrustedRoad

    play(scene)


def test_answer_to_connect_may_come_in_pieces(good: Certificate) -> None:
    """A slow proxy's head is read to its end before TLS begins."""

    async def dribble(line: Line) -> None:
        await line.head()
        line.say(b"HTTP/1.1 503 Later\r\n")
        await line.writer.drain()
        line.say(b"retry-after: 1\r\n\r\n")
        await line.gone()

    async def scene() -> None:
        async with serving(dribble) as proxy:
            failed = await failure(dialer(origin(443), proxy=behind(proxy.port)))

            assert "it says 503" in failed.message

    play(scene)


def test_a_proxy_that_was_named_is_used_for_this_machine_too() -> None:
    """Whoever names a proxy means it: there is no way round it, not even to this machine."""
    heads: list[bytes] = []

    async def scene() -> None:
        async with (
            serving(answer) as server,
            serving(tunnel(server.port, heads)) as proxy,
            connection(
                dialer(
                    origin(server.port, name="127.0.0.1", secure=False), proxy=behind(proxy.port)
                )
            ) as made,
        ):
            assert await status(made) == 200

    play(scene)

    assert len(heads) == 1


@pytest.mark.parametrize(
    ("url", "name", "port", "credential"),
    [
        ("http://proxy.example:3128", "proxy.example", 3128, None),
        ("http://proxy.example", "proxy.example", 80, None),
        ("http://[fd00::1]:8080/", "fd00::1", 8080, None),
        ("http://user:p%40ss%3A@proxy.example", "proxy.example", 80, b"user:p@ss:"),
        ("http://user@proxy.example", "proxy.example", 80, b"user:"),
    ],
)
def test_proxys_url_is_read(url: str, name: str, port: int, credential: bytes | None) -> None:
    """Host, port and an optional credential, percent-encoded as in any URL."""
    read = proxy_of(url)

    shown = read.credential.reveal() if read.credential else None
    assert (read.name, read.port, shown) == (name, port, credential)
    assert "ss" not in repr(read.credential)


@pytest.mark.parametrize(
    "url", ["https://secret@proxy", "socks5://proxy", "proxy:3128", "http://", "http://[::1", ""]
)
def test_other_proxy_is_a_mistake(url: str) -> None:
    """Only a plain HTTP proxy is known here, and a wrong URL is not repeated."""
    with pytest.raises(Misconfigured) as told:
        proxy_of(url)

    assert "secret" not in told.value.message
