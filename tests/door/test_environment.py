"""What the environment says about TLS, proxies and Python changes nothing and learns nothing."""

import socket
from pathlib import Path

import pytest

from tests.door.front import Front, sluice
from tests.door.test_tls import engine_at, serving
from tests.fakes.certificates import certificate
from tests.fakes.scripted import ScriptedUpstream
from tests.journeys.conftest import ROOT, Start

pytestmark = pytest.mark.slow

CLOSE = b"connection: close"


def test_no_key_log_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SSLKEYLOGFILE would give every TLS secret away; it is never opened (A38)."""
    log = tmp_path / "keys"
    monkeypatch.setenv("SSLKEYLOGFILE", str(log))
    shown = certificate(tmp_path, "localhost")
    with (
        serving(shown.context()) as server,
        engine_at(tmp_path / "home", server.port, shown.path) as front,
    ):
        assert front.served(front.good(CLOSE)).status == 200

    assert not log.exists()


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"])
def test_a_variable_adds_no_authority(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """An authority that only a variable names is not trusted (A38)."""
    shown = certificate(tmp_path, "localhost")
    monkeypatch.setenv(name, str(shown.path))
    with (
        serving(shown.context()) as server,
        engine_at(tmp_path / "home", server.port) as front,
    ):
        assert front.served(front.good(CLOSE)).status == 502
        assert server.heard == b""


def test_a_folder_of_authorities_adds_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SSL_CERT_DIR, with the names that OpenSSL looks for, is not read (A38)."""
    shown = certificate(tmp_path, "localhost")
    folder = tmp_path / "certs"
    folder.mkdir()
    for number in range(3):
        (folder / f"00000000.{number}").write_bytes(shown.path.read_bytes())
    monkeypatch.setenv("SSL_CERT_DIR", str(folder))
    with serving(shown.context()) as server, engine_at(tmp_path / "home", server.port) as front:
        assert front.served(front.good(CLOSE)).status == 502
        assert server.heard == b""


PROXIES = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]


def test_no_proxy_of_the_environment_is_used(
    start: Start, upstream: ScriptedUpstream, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HTTPS_PROXY and its kin get no connection (A38)."""
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.getsockname()[1]}")
        front = Front(start(), upstream)
        answered = front.served(front.good(CLOSE))
        proxy.setblocking(False)

        assert answered.status == 200
        with pytest.raises(BlockingIOError):
            proxy.accept()


def test_an_unused_proxy_is_named_where_it_may_be_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A 502 says that HTTPS_PROXY is set and not used, without repeating its password."""
    monkeypatch.setenv("HTTPS_PROXY", "http://user:CANARYPASS@127.0.0.1:9")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with engine_at(tmp_path / "home", port) as front:
        answered = front.served(front.good(CLOSE))

        assert answered.status == 502
        assert "HTTPS_PROXY" in answered.message
        assert b"CANARYPASS" not in answered.raw


def test_no_netrc_is_read(
    start: Start, upstream: ScriptedUpstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A netrc with a password for the upstream adds no credential (A38)."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password CANARYPASS\ndefault login a password b\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    front = Front(start(home=tmp_path / "home"), upstream)

    front.served(front.good(CLOSE))

    assert not upstream.seen[-1].values(b"authorization")
    assert b"CANARYPASS" not in upstream.raw


SHADOWS = ["msgspec", "httptools", "truststore", "cryptography", "asyncio", "argparse", "ssl",
           "logging", "sqlite3", "hashlib", "json", "platformdirs", "tomllib"]  # fmt: skip


def shadows(folder: Path) -> Path:
    """A folder whose modules bear the names of ours and leave a trace when they run."""
    folder.mkdir()
    for name in SHADOWS:
        text = f"open({str(folder / 'ran')!r}, 'a').write({name!r})\nraise SystemExit(99)\n"
        (folder / f"{name}.py").write_text(text)
    return folder


def test_pythonpath_replaces_no_module(
    start: Start, upstream: ScriptedUpstream, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Modules of PYTHONPATH with the names of ours are not run (A38)."""
    folder = shadows(tmp_path / "evil")
    monkeypatch.setenv("PYTHONPATH", str(folder))
    monkeypatch.setenv("PYTHONSTARTUP", str(folder / "json.py"))
    front = Front(start(home=tmp_path / "home"), upstream)

    assert front.served(front.good(CLOSE)).status == 200
    assert not (folder / "ran").exists()


def test_the_present_folder_replaces_no_module(tmp_path: Path) -> None:
    """Started as a module in a stranger's checkout, nothing of that checkout is run (T10)."""
    folder = shadows(tmp_path / "checkout")
    home = str(tmp_path / "home")

    done = sluice("status", "--home", home, cwd=folder, environ={"PYTHONPATH": str(ROOT)})

    assert done.returncode == 69
    assert not (folder / "ran").exists()


def test_a_checkout_says_nothing_to_the_engine(tmp_path: Path, upstream: ScriptedUpstream) -> None:
    """No config of the present folder is read: a repository cannot name the upstream (T10)."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in ("config.toml", ".env", "sluice.toml", ".sluice"):
        (folder / name).write_text(f'[upstream]\nurl = "{upstream.url}"\nSLUICE_HOME={folder}\n')
    home = str(tmp_path / "home")

    done = sluice("status", "--home", home, cwd=folder, environ={"PYTHONPATH": str(ROOT)})

    assert done.returncode == 69
    assert home in done.stderr
