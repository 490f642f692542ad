"""The flags of `sluice serve`, checked before anything is started."""

from pathlib import Path

import pytest

from trayapp.cli import main
from trayapp.cli.arguments import parse
from trayapp.cli.serve import options_of
from trayapp.engine import serve
from trayapp.home import Home
from trayapp.model.errors import Misconfigured, Taken
from trayapp.model.preferences import Preferences
from trayapp.model.serving import ServeOptions

Starts = list[tuple[Home, Preferences, ServeOptions]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Starts:
    """Engines that would have been started."""
    starts: Starts = []

    def run(home: Home, preferences: Preferences, options: ServeOptions) -> int:
        starts.append((home, preferences, options))
        return 0

    monkeypatch.setattr(serve, "run", run)
    return starts


def test_flags_become_options(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that was said arrives, the key as a secret."""
    monkeypatch.setenv("SLUICE_TEST_KEY", "sk-ant-api03-canary")

    told = parse([
        "serve", "--port", "0", "--upstream", "https://h", "--key-env", "SLUICE_TEST_KEY",
        "--allow-loopback-upstream", "--proxy", "http://p:1", "--drain", "2",
    ])  # fmt: skip
    options = options_of(told)

    assert options.key
    assert options.key.reveal() == b"sk-ant-api03-canary"
    assert (options.port, options.upstream, options.proxy) == (0, "https://h", "http://p:1")
    assert (options.allow_loopback_upstream, options.drain) == (True, 2.0)
    assert "canary" not in repr(options)


@pytest.mark.parametrize(
    ("flags", "said"),
    [
        (["--upstream", "https://u:secret@h"], "--upstream must not hold a user name or password."),
        (["--upstream", "h:80"], "--upstream must begin with https:// or http://."),
        (["--proxy", "socks5://h"], "--proxy must begin with https:// or http://."),
    ],
)
def test_flag_that_cannot_be_meant_is_refused(flags: list[str], said: str) -> None:
    """A wrong URL is named by its flag and never repeated."""
    with pytest.raises(Misconfigured) as caught:
        options_of(parse(["serve", *flags]))

    assert caught.value.message == said


def test_engine_gets_home_and_settings(started: Starts, tmp_path: Path) -> None:
    """`serve` prepares the home, reads the settings and starts an engine with both."""
    (tmp_path / "config.toml").write_text("[listener]\nport = 9\n")
    code = main(["serve", "--home", str(tmp_path), "--port", "0"])

    home, preferences, options = started[0]
    assert (code, home.given, preferences.listener.port, options.port) == (0, tmp_path, 9, 0)
    assert home.data.is_dir()


def test_bad_settings_exit_with_78(
    started: Starts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is wrong in config.toml is one sentence, and nothing is started."""
    (tmp_path / "config.toml").write_text("\n[listener]\nprot = 9\n")

    assert main(["serve", "--home", str(tmp_path)]) == 78
    assert capsys.readouterr().err == (
        f"sluice: {tmp_path}/config.toml, line 3: “listener.prot” is not known.\n"
    )
    assert not started


def test_public_host_exits_with_78(
    started: Starts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """HOST=0.0.0.0 starts nothing."""
    monkeypatch.setenv("HOST", "0.0.0.0")

    assert main(["serve", "--home", str(tmp_path)]) == 78
    assert not started


def test_taken_port_exits_with_75(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A port or a home that is held says by whom."""

    def run(*_: object) -> int:
        raise Taken("Port 7429 is used by “other” (process 5).")

    monkeypatch.setattr(serve, "run", run)

    assert main(["serve", "--home", str(tmp_path)]) == 75
    assert capsys.readouterr().err == "sluice: Port 7429 is used by “other” (process 5).\n"


def test_interrupt_while_starting_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Ctrl-C before anything runs exits as shells expect."""

    def run(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(serve, "run", run)

    assert main(["serve", "--home", str(tmp_path)]) == 130
