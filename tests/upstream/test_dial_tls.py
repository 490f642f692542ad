"""Whom TLS trusts, and that everyone else gets nothing."""

from pathlib import Path

import pytest

from tests.fakes.certificates import Certificate, certificate
from tests.fakes.dialling import NAME, connection, dialer, failure, origin, status
from tests.fakes.road import play
from tests.fakes.servers import Line, answer, serving, silence
from trayapp.model.errors import Misconfigured
from trayapp.upstream import dial
from trayapp.upstream.dial import UntrustedRoad


def test_trusted_certificate_is_good(
    good: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its issuer in `ca_file` a server is trusted, and no log of keys is written (A38)."""
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))

    async def scene() -> None:
        async with (
            serving(answer, context=good.context()) as server,
            connection(dialer(origin(server.port), ca_file=str(good.path))) as made,
        ):
            assert await status(made) == 200

    play(scene)

    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize(
    ("name", "starts", "ends", "trusted", "words"),
    [
        (NAME, -1, 1, False, "the certificate is not trusted by this system"),
        ("other.test", -1, 1, True, "certificate verify failed: hostname"),
        (NAME, -2, -1, True, "the certificate is not valid now"),
        (NAME, 1, 2, True, "the certificate is not valid now"),
    ],
)
def test_bad_certificate_gets_nothing(
    name: str, starts: int, ends: int, trusted: bool, words: str, tmp_path: Path
) -> None:
    """An unknown, foreign, expired or future certificate ends it before a byte was said (A39)."""
    bad = certificate(tmp_path, name, starts=starts, ends=ends)
    heard = []

    async def listen(line: Line) -> None:
        heard.append(await line.reader.read(1))

    async def scene() -> None:
        async with serving(listen, context=bad.context()) as server:
            ca_file = str(bad.path) if trusted else None
            failed = await failure(dialer(origin(server.port), ca_file=ca_file))

            assert words in failed.message
            assert (type(failed), failed.may_retry) == (UntrustedRoad, False)

    play(scene)

    assert b"".join(heard) == b""


def test_bad_certificate_at_one_address_is_enough(tmp_path: Path) -> None:
    """Where one address of a name shows a bad certificate, the others are not asked."""
    bad = certificate(tmp_path, NAME)

    async def scene() -> None:
        async with serving(silence, context=bad.context(), host="127.0.0.9") as server:
            failed = await failure(dialer(origin(server.port)), ("127.0.0.9", "127.0.0.1"))

            assert type(failed) is UntrustedRoad

    play(scene)


def test_server_without_tls_is_not_trusted() -> None:
    """A server that speaks plainly where TLS is due gets nothing either."""

    async def scene() -> None:
        async def speak(line: Line) -> None:
            line.say(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            await line.gone()

        async with serving(speak) as server:
            failed = await failure(dialer(origin(server.port)))

            assert "TLS could not be agreed on" in failed.message

    play(scene)


def test_server_that_closes_may_be_tried_again() -> None:
    """A close in the middle of TLS is a fault of the road, not of trust (R02)."""

    async def scene() -> None:
        async def close(line: Line) -> None:
            line.reset()

        async with serving(close) as server:
            failed = await failure(dialer(origin(server.port)))

            assert "closed the connection" in failed.message
            assert failed.may_retry

    play(scene)


def test_silence_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A road on which nothing comes back is given up."""
    monkeypatch.setattr(dial, "CONNECT_S", 0.05)

    async def scene() -> None:
        async with serving(silence) as server:
            failed = await failure(dialer(origin(server.port)))

            assert "no answer within" in failed.message

    play(scene)


@pytest.mark.parametrize("content", [None, b"", b"not a certificate"])
def test_ca_file_that_cannot_be_read_is_a_mistake(content: bytes | None, tmp_path: Path) -> None:
    """A wrong setting is told as one, not as a fault of the road."""
    file = tmp_path / "ca.pem"
    if content is not None:
        file.write_bytes(content)

    async def scene() -> None:
        with pytest.raises(Misconfigured, match="ca_file"):
            async with connection(dialer(origin(443), ca_file=str(file))):
                pass

    play(scene)


@pytest.mark.slow
def test_dead_address_leaves_time_for_the_next(
    good: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address that swallows everything costs a part of the time, not all of it (R14)."""
    monkeypatch.setattr(dial, "CONNECT_S", 1.0)

    async def scene() -> None:
        async with (
            serving(answer, context=good.context()) as server,
            serving(silence, host="127.0.0.9", port=server.port),
            connection(
                dialer(origin(server.port), ca_file=str(good.path)), ("127.0.0.9", "127.0.0.1")
            ) as made,
        ):
            assert await status(made) == 200

    play(scene)
