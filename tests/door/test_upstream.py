"""Where requests go is the user's word alone, and what an upstream sends back can hurt nobody."""

import json
import socket
import subprocess
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.door.front import Front, sluice
from tests.fakes.scripted import HEAD, LAST, Call, ScriptedUpstream, answer, stream_head
from tests.journeys.conftest import KEY, EngineProcess, Start
from trayapp.model.errors import Misconfigured
from trayapp.settings import upstream_fault
from trayapp.upstream.addresses import origin_of

pytestmark = pytest.mark.slow

CLOSE = b"connection: close"


@pytest.fixture
def evil() -> Iterator[ScriptedUpstream]:
    """A server that must never be spoken to."""
    with ScriptedUpstream() as scripted:
        yield scripted
        assert scripted.raw == b""
        assert not scripted._threads


# --- Nothing in a request moves it (A21) ------------------------------------------------------

LURES = [
    "x-upstream: {url}",
    "x-forwarded-host: {host}",
    "x-forwarded-proto: http",
    "x-original-url: {url}/v1/messages",
    "x-rewrite-url: {url}/v1/messages",
    "x-http-method-override: DELETE",
    "x-method-override: DELETE",
    "forwarded: host={host}",
    "host-override: {host}",
    "via: 1.1 {host}",
    "x-real-ip: 10.0.0.1",
    "x-sluice-upstream: {url}",
    "proxy-connection: keep-alive",
    "te: trailers",
    "keep-alive: timeout=9",
    "connection: close, x-hidden",
]


def test_no_header_leads_elsewhere(front: Front, evil: ScriptedUpstream) -> None:
    """Headers that tell other servers to go elsewhere are not passed on, and lead nowhere (A21)."""
    fields = [lure.format(url=evil.url, host=f"127.0.0.1:{evil.port}").encode() for lure in LURES]

    answered = front.served(front.good(*fields, b"x-hidden: yes", b"x-mine: yes"))

    seen = dict(front.upstream.seen[-1].headers)
    assert answered.status == 200
    assert seen[b"host"] == f"127.0.0.1:{front.upstream.port}".encode()
    assert seen[b"x-mine"] == b"yes"
    for lure in LURES:
        assert lure.partition(":")[0].encode() not in seen
    assert b"x-hidden" not in seen
    assert str(evil.port).encode() not in front.upstream.seen[-1].head


def test_no_body_leads_elsewhere(front: Front, evil: ScriptedUpstream) -> None:
    """`api_base` and its like pass as what they are: bytes of the body (A21)."""
    body = (
        f'{{"model":"m","api_base":"{evil.url}","base_url":"{evil.url}","api_key":"sk-x",'
        f'"extra_headers":{{"host":"evil"}},"messages":[]}}'
    ).encode()

    assert front.served(front.good(CLOSE, body=body)).status == 200
    assert front.upstream.seen[-1].body == body
    assert front.upstream.seen[-1].values(b"x-api-key") == [KEY.encode()]


def test_no_query_leads_elsewhere(front: Front, evil: ScriptedUpstream) -> None:
    """A URL in the query stays in the query (A21)."""
    line = f"POST /v1/messages?base_url={evil.url} HTTP/1.1".encode()

    assert front.served(front.good(CLOSE, line=line)).status == 200
    assert front.upstream.seen[-1].head.startswith(line + b"\r\n")


# --- What an upstream may be (A22, A23) -------------------------------------------------------

BAD_UPSTREAMS = [
    "http://api.anthropic.com",
    "https://169.254.169.254",
    "https://[fe80::1]",
    "https://[::ffff:169.254.169.254]",
    "https://[::1]",
    "https://0.0.0.0",
    "https://[::]",
    "https://224.0.0.1",
    "https://localhost",
    "https://127.0.0.1",
    "https://127.9.9.9:8443",
    "https://a.localhost",
    "file:///etc/passwd",
    "ftp://api.anthropic.com",
    "gopher://api.anthropic.com",
    "//api.anthropic.com",
    "api.anthropic.com",
    "https://",
    "https://user:pw@api.anthropic.com",
    "https://api.anthropic.com@evil.example",
    "https://аpi.anthropic.com",
    "https://api.anthropic.com.",
    "https://api.anthropic.com?x",
    "https://api.anthropic.com#x",
    "https://api.anthropic.com:0",
    "https://api.anthropic.com:99999",
    "https://api.anthropic.com\\@evil.example",
    "https://api.anthropic.com\tx",
    "https://api anthropic.com",
]


def ended(tmp_path: Path, *flags: str) -> subprocess.CompletedProcess[str]:
    """Start an engine that is expected to end by itself."""
    return sluice("serve", "--port", "0", "--home", str(tmp_path), *flags)


@pytest.mark.parametrize("url", BAD_UPSTREAMS)
def test_an_upstream_that_cannot_be_meant_is_refused(url: str) -> None:
    """Plain http, this machine, link-local, odd schemes and forged names cannot be used (A22)."""
    if (fault := upstream_fault(url)) is None:
        with pytest.raises(Misconfigured) as caught:
            origin_of(url, allow_loopback=False)
        fault = caught.value.message

    assert "pw" not in fault


@pytest.mark.parametrize("url", BAD_UPSTREAMS[:3] + BAD_UPSTREAMS[-14:-12])
def test_such_an_upstream_ends_the_start(tmp_path: Path, url: str) -> None:
    """An engine that is told to use it says why not and ends with 78 (A22)."""
    done = ended(tmp_path, "--upstream", url)

    assert (done.returncode, done.stdout) == (78, "")
    assert done.stderr.startswith("sluice: ")


@pytest.mark.parametrize("url", BAD_UPSTREAMS[4:7])
def test_a_setting_is_no_way_round(tmp_path: Path, url: str) -> None:
    """The same in config.toml ends the start alike, and the file stays as it is (A22)."""
    config = f'[upstream]\nurl = "{url}"\n'
    (tmp_path / "config.toml").write_text(config)

    assert ended(tmp_path).returncode == 78
    assert (tmp_path / "config.toml").read_text() == config


@pytest.mark.parametrize("name", ["2130706433", "0x7f000001", "127.1", "0177.0.0.1"])
def test_a_number_that_is_this_machine_is_not_connected_to(
    tmp_path: Path, upstream: ScriptedUpstream, name: str
) -> None:
    """What only the resolver reads as loopback is found out before connecting (A22, A23)."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        engine = EngineProcess(tmp_path, "--upstream", f"https://{name}:{port}")
        front = Front(engine, upstream)
        answered = front.served(front.good(CLOSE))
        engine.stop()
        listening.setblocking(False)

        with pytest.raises(BlockingIOError):
            listening.accept()
    assert answered.status == 502
    assert "not allowed" in answered.message


def test_we_are_not_our_own_upstream(start: Start, upstream: ScriptedUpstream) -> None:
    """An upstream that is this very relay is a loop, told as 508 before it closes (A23)."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    engine = start("--upstream", f"http://127.0.0.1:{port}", "--port", str(port))
    front = Front(engine, upstream)

    answered = front.served(front.good(CLOSE))

    assert answered.status == 508
    assert front.snapshot().diagnostics.accepted == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("scheme", ["http:", "https:", ""])
def test_a_redirect_is_not_followed(
    front: Front, evil: ScriptedUpstream, status: int, scheme: str
) -> None:
    """Wherever it leads, a redirect is 502, and the key goes nowhere (A24)."""
    where = f"{scheme}//127.0.0.1:{evil.port}/v1/messages"
    head = f"HTTP/1.1 {status} Moved\r\nlocation: {where}\r\n".encode()
    front.upstream.then(lambda call: call.send(answer(b"", head)))

    answered = front.served(front.good(CLOSE, body=front.fresh()))

    assert answered.status == 502
    assert "location" not in answered.headers
    assert "redirect" in answered.message


# --- What an upstream may send (A32) ----------------------------------------------------------


def memory(front: Front) -> int:
    """The most resident bytes that the engine ever had."""
    status = Path(f"/proc/{front.engine.process.pid}/status").read_text()
    line = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def bomb(size: int) -> bytes:
    """A gzip body that unpacks to *size* zeros, made of one block told again and again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + block * (size >> 20)


def pings(call: Call) -> None:
    """Send pings until the caller leaves."""
    call.send(stream_head())
    ping = b'event: ping\ndata: {"type":"ping"}\n\n'
    for _ in range(20_000):
        call.send(b"%x\r\n%b\r\n" % (len(ping), ping))


def one_line(call: Call) -> None:
    """Send one SSE line of 40 MB."""
    call.send(stream_head())
    for _ in range(640):
        call.send(b"10000\r\n" + b"x" * 65536 + b"\r\n")
    call.send(LAST)


def gzipped(call: Call) -> None:
    """Send a bomb that nobody asked for."""
    head = HEAD + b"content-encoding: gzip\r\n"
    call.send(answer(bomb(2 << 30), head))


HOSTILE: dict[str, tuple[Callable[[Call], None], int]] = {
    "a gzip bomb": (gzipped, 200),
    "an endless ping": (pings, 200),
    "one endless line": (one_line, 200),
    "many headers": (lambda call: call.send(HEAD + b"x: y\r\n" * 200_000 + b"\r\n"), 502),
    "a large header": (lambda call: call.send(HEAD + b"x: " + b"y" * 1_000_000 + b"\r\n\r\n"), 502),
    "a status that splits": (lambda call: call.send(b"HTTP/1.1 200 \r\nX:\0\r\n\r\n"), 502),
    "a bare CR": (lambda call: call.send(HEAD + b"x: a\rset-cookie: b\r\n\r\n"), 502),
    "two lengths": (lambda call: call.send(HEAD + b"content-length: 1\r\n" * 2 + b"\r\na"), 502),
    "length and chunks": (
        lambda call: call.send(
            HEAD + b"content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
        ),
        502,
    ),
    "a switch": (lambda call: call.send(b"HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n"), 502),
    "endless interim": (lambda call: call.send(b"HTTP/1.1 103 Hints\r\nlink: x\r\n\r\n" * 99), 502),
    "not HTTP": (lambda call: call.send(b"220 smtp.example ESMTP\r\n" * 9), 502),
    "HTTP/2": (lambda call: call.send(b"\0\0\x12\4\0\0\0\0\0\0\3\0\0\0d"), 502),
    "no UTF-8": (lambda call: call.send(answer(b"\xff\xfe{\xc3\x28")), 200),
    "deep JSON": (lambda call: call.send(answer(b"[" * 1_000_000)), 200),
    "a huge number": (lambda call: call.send(answer(b'{"usage":{"input_tokens":1e999}}')), 200),
    "no usage": (lambda call: call.send(answer(b'{"usage":[1,2]}')), 200),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upstream_harms_nobody(front: Front, name: str) -> None:
    """Bombs, floods and forgeries pass as bytes or end as 502, in little memory (A32)."""
    script, status = HOSTILE[name]

    def close_after(call: Call) -> None:
        script(call)
        call._socket.shutdown(socket.SHUT_WR)

    before = memory(front)
    front.upstream.then(close_after)
    answered = front.served(front.good(CLOSE, body=front.fresh()))

    assert answered.status == status
    assert "set-cookie" not in answered.headers
    assert memory(front) - before < 64 * 1024 * 1024
    assert front.served(front.good(CLOSE, body=front.fresh())).status == 200
    assert not [each for each in front.snapshot().problems if each.code == "bug"]


NAMES = ["<img src=x onerror=alert(1)>", "\u202egnp.exe", "x" * 10_000, "\x1b[2J\x07", "{0!r}%s"]


@pytest.mark.parametrize("name", NAMES)
def test_a_hostile_model_name_is_only_a_name(front: Front, name: str) -> None:
    """What an answer calls its model moves no cursor and fills no line of `status` (A42)."""
    body = json.dumps({"model": name, "usage": {"input_tokens": 1, "output_tokens": 1}}).encode()
    front.upstream.then(lambda call: call.send(answer(body)))
    front.served(front.good(CLOSE, body=json.dumps({"model": name}).encode()))

    shown = front.engine.cli("status").stdout

    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert max(len(line) for line in shown.splitlines()) < 300
