"""`sluice key`: what is taken for a key, when it is stored, and who is told."""

import io
import json
from pathlib import Path

import pytest

from tests.fakes.control import FakeEngine, control, line
from tests.fakes.keyring import FakeKeyring, WinVaultKeyring
from trayapp.cli import key as verb
from trayapp.cli import main, trial
from trayapp.cli.trial import NotTaken
from trayapp.credentials import Credentials
from trayapp.engine import guard
from trayapp.home import Home
from trayapp.model.command import Answer, Ask, KeyChanged
from trayapp.model.errors import KeyringLocked, NoKeyring
from trayapp.model.preferences import NetworkPreferences, UpstreamPreferences
from trayapp.model.secret import Secret

KEY = "sk-ant-api03-CANARY-abcdefgh"
URL = "https://api.anthropic.com"


class Shell:
    """A user at a shell with a keyring of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.home = Home.locate(str(folder / "h"), {})
        self.keyring = FakeKeyring()
        self.verdict: NotTaken | None = None
        self.tried: list[bytes] = []
        self._patch = monkeypatch
        monkeypatch.setattr(verb, "Credentials", self._credentials)
        monkeypatch.setattr(trial, "check", self._check)
        monkeypatch.setattr(guard, "close_memory", lambda: None)
        self.type("")

    def type(self, text: str) -> None:
        """What is piped in."""
        self._patch.setattr("sys.stdin", io.StringIO(text))

    def run(self, *said: str) -> int:
        return main(["key", *said, "--home", str(self.home.given)])

    def _credentials(self, index: Path, *, deadline: float) -> Credentials:
        return Credentials(index, pick=lambda: self.keyring, deadline=min(deadline, 2.0))

    def _check(
        self, key: Secret, upstream: UpstreamPreferences, network: NetworkPreferences
    ) -> str:
        self.tried.append(key.reveal())
        if self.verdict is not None:
            raise self.verdict
        return upstream.url


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell without any key."""
    return Shell(tmp_path, monkeypatch)


Said = pytest.CaptureFixture[str]


def test_piped_key_is_tried_and_stored(shell: Shell, capsys: Said) -> None:
    """A key from a pipe is tried first, and what is printed does not show it."""
    shell.type(f"{KEY}\n")

    assert shell.run("set") == 0

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == (
        "The key for “anthropic” is stored in FakeKeyring. https://api.anthropic.com accepts it.\n"
    )
    assert (shell.tried, shell.keyring.entries) == (
        [KEY.encode()],
        {("sluice", "anthropic"): KEY},
    )


def test_refused_key_is_not_stored(shell: Shell, capsys: Said) -> None:
    """What the upstream does not accept is not stored, and the sentence says so."""
    shell.type(KEY)
    shell.verdict = NotTaken("It was not stored.")

    assert shell.run("set") == 1
    assert capsys.readouterr().err == "sluice: It was not stored.\n"
    assert shell.keyring.entries == {}


def test_key_can_be_stored_untried(shell: Shell, capsys: Said) -> None:
    """With --no-check nobody is asked."""
    shell.type(KEY)

    assert shell.run("set", "--no-check") == 0
    assert shell.tried == []
    assert capsys.readouterr().err == "The key for “anthropic” is stored in FakeKeyring.\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "No key was given"),
        (" \n", "No key was given"),
        ("short", "This is no API key"),
        ("two words of it", "This is no API key"),
        ("ключ-от-квартиры", "This is no API key"),
        ("k" * 8193, "This is no API key"),
        ("sk-ant-sluice-" + "t" * 43, "a token that Sluice gave to a tool"),
    ],
)
def test_what_is_no_key_is_refused(shell: Shell, capsys: Said, text: str, words: str) -> None:
    """Only printable ASCII of 8 to 8192 characters is tried, and never one of our own tokens."""
    shell.type(text)

    assert shell.run("set") == 1
    assert words in capsys.readouterr().err
    assert (shell.tried, shell.keyring.entries) == ([], {})


@pytest.mark.parametrize("named", [KEY, "Two Words", ""])
def test_key_on_the_command_line_is_refused(shell: Shell, capsys: Said, named: str) -> None:
    """A key is never taken from argv, nor repeated."""
    with pytest.raises(SystemExit) as caught:
        shell.run("set", named)

    said = capsys.readouterr()
    assert caught.value.code == 2
    assert "CANARY" not in said.err + said.out
    assert ("never given on the command line" in said.err) is (named == KEY)


def test_unknown_upstream_has_no_key(shell: Shell, capsys: Said) -> None:
    """A key that nothing would use is not stored."""
    shell.type(KEY)

    assert shell.run("set", "other") == 1
    assert "There is no upstream “other”" in capsys.readouterr().err


def test_nobody_types_a_key_that_cannot_be_kept(shell: Shell, capsys: Said) -> None:
    """Without a usable keyring the key is not even asked for."""
    shell.type(KEY)
    shell.keyring.failure = NoKeyring()
    shell._patch.setattr(
        verb,
        "Credentials",
        lambda index, **_: Credentials(index, pick=lambda: (_ for _ in ()).throw(NoKeyring())),
    )

    assert shell.run("set") == 1
    assert "No keyring answers here" in capsys.readouterr().err
    assert shell.tried == []


def test_key_that_is_too_long_is_not_tried(shell: Shell, capsys: Said) -> None:
    """Windows' limit is told before the upstream is asked."""
    shell.keyring = WinVaultKeyring()
    shell.type("k" * 1281)

    assert shell.run("set") == 1
    assert "up to 1280 characters" in capsys.readouterr().err
    assert shell.tried == []


def test_locked_keyring_is_said(shell: Shell, capsys: Said) -> None:
    """A keyring that stays locked ends the verb with its sentence."""
    shell.type(KEY)
    shell.keyring.failure = KeyringLocked()

    assert shell.run("set") == 1
    assert "The keyring is locked. Unlock it" in capsys.readouterr().err


def test_key_is_asked_for_at_a_terminal(shell: Shell, capsys: Said) -> None:
    """At a terminal the key is typed without an echo."""
    terminal = io.StringIO("not this")
    terminal.isatty = lambda: True  # type: ignore[method-assign] # a terminal of a test's own
    shell._patch.setattr("sys.stdin", terminal)
    asked: list[str] = []

    def typed(prompt: str) -> str:
        asked.append(prompt)
        return KEY

    assert verb.ask("anthropic", typed).reveal() == KEY.encode()
    assert asked == ["API key for “anthropic” (not shown): "]


def test_closed_terminal_gives_no_key(shell: Shell) -> None:
    """Ctrl-D at the prompt is no key."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign] # a terminal of a test's own
    shell._patch.setattr("sys.stdin", terminal)

    def closed(_: str) -> str:
        raise EOFError

    with pytest.raises(verb.NoSuchKey, match="No key was given"):
        verb.ask("anthropic", closed)


def test_slow_keyring_is_told_of(shell: Shell) -> None:
    """Where the keyring takes long, its prompt may be waiting, and that is said."""
    shell._patch.setattr(verb, "SOON_S", 0.01)
    shell.keyring.open.clear()
    said: list[str] = []

    def say(words: str) -> None:
        said.append(words)
        shell.keyring.open.set()

    shell._patch.setattr(verb, "_say", say)

    assert shell.run("remove") == 1
    assert said == [verb.WAITING]


def test_keys_are_listed(shell: Shell, capsys: Said) -> None:
    """The list says which, since when, where, and the last four characters."""
    shell.type(KEY)
    shell.run("set")
    capsys.readouterr()
    shell.run("list")
    text = capsys.readouterr().out
    shell.run("list", "--json")
    (row,) = json.loads(capsys.readouterr().out)

    assert text.startswith("anthropic        …efgh    since 20")
    assert text.endswith("in FakeKeyring\n")
    assert (row["name"], row["ends_in"], row["backend"]) == ("anthropic", "efgh", "FakeKeyring")


def test_empty_list_says_what_to_do(shell: Shell, capsys: Said) -> None:
    """Without a key the list is empty, and the way to one is on stderr."""
    shell.run("list")

    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "No key stored yet. Store one by: sluice key set\n")


def test_list_without_a_keyring_still_lists(shell: Shell, capsys: Said) -> None:
    """What is known is shown, with why the keyring cannot be used."""
    shell.type(KEY)
    shell.run("set")
    capsys.readouterr()
    shell._patch.setattr(
        verb,
        "Credentials",
        lambda index, **_: Credentials(index, pick=lambda: (_ for _ in ()).throw(NoKeyring())),
    )
    shell.run("list")

    said = capsys.readouterr()
    assert "in a keyring that cannot be used now" in said.out
    assert "No keyring answers here" in said.err


def test_removed_key_is_gone(shell: Shell, capsys: Said) -> None:
    """Removing asks nothing, and a second time there is nothing to remove."""
    shell.type(KEY)
    shell.run("set")
    capsys.readouterr()

    assert shell.run("remove") == 0
    assert shell.keyring.entries == {}
    assert shell.run("remove", "anthropic") == 1
    assert capsys.readouterr().err == (
        "The key for “anthropic” is removed.\nsluice: No key is stored for “anthropic”.\n"
    )


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("", "The running engine knows."),
        ("The keyring is locked.", "The running engine: The keyring is locked."),
    ],
)
def test_running_engine_is_told(shell: Shell, capsys: Said, message: str, words: str) -> None:
    """An engine that runs is told that the key changed, never the key itself."""
    shell.type(KEY)

    def answer(ask: Ask) -> list[bytes]:
        return [line(Answer(ask.id, ok=not message, message=message))]

    with control(shell.home, FakeEngine(reply=answer)) as engine:
        assert shell.run("set") == 0

    assert [ask.ask for ask in engine.heard] == [KeyChanged("anthropic")]
    assert words in capsys.readouterr().err
