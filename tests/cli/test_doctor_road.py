"""The road to an upstream: reached or not, by what way, and who vouches for it."""

import asyncio
import datetime as dt
from pathlib import Path

import pytest

from tests.fakes.certificates import certificate
from tests.fakes.servers import Part, saying, serving, tunnel
from trayapp.cli import doctor_road
from trayapp.cli.doctor_road import Road, issuer_of, tried
from trayapp.cli.doctor_traps import PROXIES
from trayapp.cli.findings import Finding

NOW = dt.datetime(2026, 11, 25, 12, 0, tzinfo=dt.UTC)
REFUSAL = (
    b"HTTP/1.1 401 Unauthorized\r\ndate: Wed, 25 Nov 2026 12:01:00 GMT\r\ncontent-length: 0\r\n\r\n"
)


def way(port: int, **more: object) -> Road:
    """The road to *port* of this machine."""
    return Road(**{
        "name": "work", "url": f"http://127.0.0.1:{port}", "allow_loopback": True,
        "proxy": None, "ca_file": None, **more,
    })  # type: ignore[arg-type]  # fmt: skip


def found(part: Part) -> list[Finding]:
    """What is said of an upstream that plays *part*."""

    async def scene() -> list[Finding]:
        async with serving(part) as server:
            return await tried(way(server.port), NOW)

    return asyncio.run(scene())


def test_upstream_that_refuses_has_answered() -> None:
    """No key is sent, so a refusal is what a good upstream says."""
    (finding,) = found(saying(REFUSAL))

    assert (finding.state, finding.words[-11:]) == ("ok", "(HTTP 401).")


@pytest.mark.parametrize("words", [b"", b"SSH-2.0-OpenSSH\r\n\r\n", b"HTTP/1.1 x\r\n\r\n"])
def test_what_is_no_api_is_told(words: bytes) -> None:
    """Something else may sit at that address."""
    (finding,) = found(saying(words))

    assert (finding.state, "does not answer" in finding.words) == ("failed", True)


@pytest.mark.parametrize(
    ("date", "noted"),
    [
        (b"Wed, 25 Nov 2026 13:00:00 GMT", "60 min away"),
        (b"yesterday", ""),
        (b"Wed, 25 Nov 2026 12:04:00 GMT", ""),
    ],
)
def test_clock_is_compared(date: bytes, noted: str) -> None:
    """A clock that is off makes good certificates look bad."""
    findings = found(saying(b"HTTP/1.1 401 No\r\nx: y\r\nDate: " + date + b"\r\n\r\n"))

    assert noted in findings[-1].words
    assert len(findings) == (2 if noted else 1)


def test_upstream_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor ends whatever the other side does."""
    monkeypatch.setattr(doctor_road, "ANSWER_S", 0.01)

    async def scene() -> list[Finding]:
        async with serving(lambda line: line.gone()) as server:
            return await tried(way(server.port), NOW)

    assert asyncio.run(scene())[0].state == "failed"


def test_issuer_is_told(tmp_path: Path) -> None:
    """Who signed the certificate is named, with what a company's name would mean."""
    made = certificate(tmp_path, "localhost")

    async def scene() -> list[Finding]:
        async with serving(saying(REFUSAL), context=made.context()) as server:
            url = f"https://localhost:{server.port}"
            return await tried(way(server.port, url=url, ca_file=str(made.path)), NOW)

    _, finding = asyncio.run(scene())
    assert finding.subject == "Certificate"


def test_untrusted_certificate_is_told(tmp_path: Path) -> None:
    """What this system does not trust is a failure with its cause."""
    made = certificate(tmp_path, "localhost")

    async def scene() -> list[Finding]:
        async with serving(saying(REFUSAL), context=made.context()) as server:
            return await tried(way(server.port, url=f"https://localhost:{server.port}"), NOW)

    (finding,) = asyncio.run(scene())
    assert "not trusted by this system" in finding.words


def test_way_through_a_proxy() -> None:
    """With a proxy the way is named, and what it refuses points at the setting."""
    heads: list[bytes] = []

    async def scene() -> tuple[list[Finding], list[Finding]]:
        async with (
            serving(saying(REFUSAL)) as server,
            serving(tunnel(server.port, heads)) as good,
            serving(saying(b"HTTP/1.1 407 No\r\n\r\n")) as bad,
        ):
            return (
                await tried(way(server.port, proxy=f"http://127.0.0.1:{good.port}"), NOW),
                await tried(way(server.port, proxy=f"http://127.0.0.1:{bad.port}"), NOW),
            )

    through, refused = asyncio.run(scene())
    assert "answers through the proxy" in through[0].words
    assert (refused[0].state, "[network] proxy" in refused[0].remedy) == ("failed", True)


@pytest.mark.parametrize(("variable", "words"), [("HTTPS_PROXY", "[network] proxy"), ("X", "URL")])
def test_closed_road_says_what_to_look_at(
    monkeypatch: pytest.MonkeyPatch, variable: str, words: str
) -> None:
    """Where the environment names a proxy that is likely the missing setting."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, "http://p:1")

    (finding,) = doctor_road.road(way(1, url="http://example.com"), NOW)

    assert words in finding.remedy


@pytest.mark.parametrize(
    ("certificate", "name"),
    [
        ({"issuer": ((("organizationName", "Acme"),), (("commonName", "CA 1"),))}, "Acme"),
        ({"issuer": ((("commonName", "CA 1"),),)}, "CA 1"),
        ({}, None),
    ],
)
def test_issuer_of_a_certificate(certificate: dict[str, object], name: str | None) -> None:
    """The organization says more than the name of its key."""
    assert issuer_of(certificate) == name
