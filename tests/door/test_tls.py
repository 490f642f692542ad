"""A server that cannot prove its name gets not one byte of a request, and is not asked twice."""

import contextlib
import ssl
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from socket import create_server, socket

import pytest

from tests.door.front import Front
from tests.fakes.certificates import certificate
from tests.fakes.scripted import ScriptedUpstream, answer
from tests.journeys.conftest import KEY, EngineProcess

pytestmark = pytest.mark.slow


class Server:
    """Speaks TLS on this machine, counts its callers, and keeps what they said inside."""

    def __init__(self, context: ssl.SSLContext | None) -> None:
        self.heard = b""
        self.callers = 0
        self.versions: list[str | None] = []
        self._context = context
        self._listening = create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Take no more callers."""
        with contextlib.suppress(OSError):
            self._listening.shutdown(2)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                plain, _ = self._listening.accept()
                self.callers += 1
                with plain, contextlib.suppress(OSError):
                    self._talk(plain)

    def _talk(self, plain: socket) -> None:
        plain.settimeout(5)
        if self._context is None:
            self.heard += plain.recv(65536)
            plain.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            return
        with self._context.wrap_socket(plain, server_side=True) as sock:
            self.versions.append(sock.version())
            while data := sock.recv(65536):
                self.heard += data
                if b"\r\n\r\n" in self.heard:
                    sock.sendall(answer())


@contextlib.contextmanager
def serving(context: ssl.SSLContext | None) -> Iterator[Server]:
    """A server for one test; without a context it knows no TLS."""
    server = Server(context)
    try:
        yield server
    finally:
        server.close()


@contextlib.contextmanager
def engine_at(home: Path, port: int, ca_file: Path | None = None) -> Iterator[Front]:
    """An engine whose upstream is localhost at *port* over TLS, and which trusts *ca_file*."""
    home.mkdir()
    if ca_file is not None:
        (home / "config.toml").write_text(f'[network]\nca_file = "{ca_file}"\n')
    with ScriptedUpstream() as unused:
        flags = ("--upstream", f"https://localhost:{port}", "--allow-loopback-upstream")
        engine = EngineProcess(home, *flags)
        try:
            yield Front(engine, unused)
        finally:
            assert engine.stop() == (0, "")


def weak(context: ssl.SSLContext, version: ssl.TLSVersion) -> ssl.SSLContext:
    """A server that knows no newer TLS than *version*."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = version
    return context


BAD = {
    "self-signed": ("localhost", {}, False, "not trusted"),
    "a wrong name": ("elsewhere.test", {}, True, "hostname"),
    "expired": ("localhost", {"starts": -9, "ends": -2}, True, "not valid now"),
    "not yet valid": ("localhost", {"starts": 2, "ends": 9}, True, "not valid now"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_certificate_that_proves_nothing_ends_it(tmp_path: Path, name: str) -> None:
    """Self-signed, of another name, or of another time: 502 that says which, nothing sent (A39)."""
    subject, times, trusted, words = BAD[name]
    shown = certificate(tmp_path, subject, **times)
    with (
        serving(shown.context()) as server,
        engine_at(tmp_path / "home", server.port, shown.path if trusted else None) as front,
    ):
        answered = front.served(front.good(b"connection: close"))

        assert answered.error == (502, "api_error")
        assert words in answered.message
        assert answered.headers["x-should-retry"] == "false"
        assert (server.callers, server.heard) == (1, b"")
        assert KEY not in answered.message


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1])
def test_old_tls_is_not_spoken(tmp_path: Path, version: ssl.TLSVersion) -> None:
    """A server that knows only TLS 1.0 or 1.1 gets nothing, however good its name (A39)."""
    shown = certificate(tmp_path, "localhost")
    with (
        serving(weak(shown.context(), version)) as server,
        engine_at(tmp_path / "home", server.port, shown.path) as front,
    ):
        answered = front.served(front.good(b"connection: close"))

        assert answered.error == (502, "api_error")
        assert "TLS could not be agreed on" in answered.message
        assert (server.callers, server.heard) == (1, b"")


def test_a_server_without_tls_gets_nothing(tmp_path: Path) -> None:
    """Where TLS is expected and plain HTTP listens, no request is sent in the clear (A39)."""
    with serving(None) as server, engine_at(tmp_path / "home", server.port) as front:
        answered = front.served(front.good(b"connection: close"))

        assert answered.error == (502, "api_error")
        assert server.heard.startswith(b"\x16\x03")
        assert b"HTTP/1.1" not in server.heard
        assert KEY.encode() not in server.heard


def test_a_good_certificate_is_good(tmp_path: Path) -> None:
    """With its authority in `ca_file`, and by TLS 1.2 at least, the same server is spoken to."""
    shown = certificate(tmp_path, "localhost")
    with (
        serving(shown.context()) as server,
        engine_at(tmp_path / "home", server.port, shown.path) as front,
    ):
        answered = front.served(front.good(b"connection: close"))

        assert answered.status == 200
        assert KEY.encode() in server.heard
        assert server.versions[0] in {"TLSv1.2", "TLSv1.3"}


def test_a_server_that_recovers_is_used_again(tmp_path: Path) -> None:
    """A failure of TLS is not remembered: the next request tries anew (A39)."""
    shown = certificate(tmp_path, "localhost")
    with engine_in_trouble(tmp_path, shown.path) as (front, server, bad):
        first = front.served(front.good(b"connection: close"))
        server._context = shown.context()
        second = front.served(front.good(b"connection: close"))

        assert (first.status, second.status) == (502, 200)
        assert bad is not None


@contextlib.contextmanager
def engine_in_trouble(
    folder: Path, ca_file: Path
) -> Iterator[tuple[Front, Server, ssl.SSLContext]]:
    """An engine whose upstream shows a stranger's certificate at first."""
    other = folder / "other"
    other.mkdir()
    bad = certificate(other, "localhost").context()
    with serving(bad) as server, engine_at(folder / "home", server.port, ca_file) as front:
        yield front, server, bad
