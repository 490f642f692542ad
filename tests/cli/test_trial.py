"""Trying a key: what its worker may know, and how its verdict is told."""

import subprocess
from typing import Any

import msgspec
import pytest

from trayapp.batch.errands import Tried
from trayapp.cli.trial import NotTaken, check
from trayapp.model.errors import Misconfigured
from trayapp.model.preferences import NetworkPreferences, Preferences, UpstreamPreferences
from trayapp.model.secret import Secret

KEY = Secret(b"sk-ant-api03-CANARY-abcdefgh")


class Worker:
    """Stands in for the process: remembers how it was started."""

    def __init__(self, output: bytes) -> None:
        self.output = output
        self.silent = False

    def run(self, command: list[str], **options: Any) -> "subprocess.CompletedProcess[bytes]":
        self.command, self.options = command, options
        if self.silent:
            raise subprocess.TimeoutExpired(command, options["timeout"])
        return subprocess.CompletedProcess(command, 3, self.output)


def worker(monkeypatch: pytest.MonkeyPatch, tried: Tried | None = None) -> Worker:
    """A worker that says *tried*."""
    made = Worker(b"" if tried is None else msgspec.json.encode(tried) + b"\n")
    monkeypatch.setattr("subprocess.run", made.run)
    return made


def test_accepted_key_names_its_upstream(monkeypatch: pytest.MonkeyPatch) -> None:
    """The key goes down stdin, and neither argv nor environ know of it."""
    monkeypatch.setenv("ANTHROPIC_API_KEY", "other")
    made = worker(monkeypatch, Tried("accepted", 200))
    network = NetworkPreferences(proxy="http://u:p@proxy:3128", ca_file="/ca.pem")

    url = check(KEY, UpstreamPreferences(), network)

    assert url == "https://api.anthropic.com"
    assert msgspec.json.decode(made.options["input"]) == {
        "type": "try_key",
        "url": url,
        "key": KEY.reveal().decode(),
        "proxy": "http://u:p@proxy:3128",
        "ca_file": "/ca.pem",
    }
    assert "CANARY" not in f"{made.command} {made.options['env']}"
    assert "ANTHROPIC_API_KEY" not in made.options["env"]


@pytest.mark.parametrize(
    ("tried", "words"),
    [
        (Tried("refused", 401), "does not accept this key (401). It was not stored."),
        (
            Tried("unclear", 529),
            "answered 529, which does not say whether the key is good. Nothing",
        ),
        (Tried("unreachable", cause="no answer in time"), "could not be asked: no answer in time."),
        (None, "could not be tried: the process that tries keys ended with 3. Nothing was stored"),
    ],
)
def test_each_verdict_has_its_sentence(
    monkeypatch: pytest.MonkeyPatch, tried: Tried | None, words: str
) -> None:
    """What keeps a key from being stored is told, and --no-check named where it may help."""
    worker(monkeypatch, tried)

    with pytest.raises(NotTaken) as told:
        check(KEY, UpstreamPreferences(), NetworkPreferences())

    assert words in told.value.message
    assert ("--no-check" in told.value.message) is (tried is None or tried.verdict != "refused")


def test_worker_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker has a deadline."""
    worker(monkeypatch).silent = True

    with pytest.raises(NotTaken, match="no answer in time"):
        check(KEY, UpstreamPreferences(), NetworkPreferences())


def test_key_is_not_tried_where_it_may_not_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """An upstream on this machine needs its setting, for a trial as for requests."""
    preferences = Preferences(upstream=UpstreamPreferences(url="http://127.0.0.1:1"))

    with pytest.raises(Misconfigured, match="allow_loopback"):
        check(KEY, preferences.upstream, preferences.network)
