"""What the environment may say to an engine, and how a key leaves it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from trayapp.cli.environment import refuse_everywhere, take_key
from trayapp.model.errors import Misconfigured

KEY = "sk-ant-api03-canary"


@pytest.mark.parametrize("name", ["HOST", "SLUICE_HOST"])
@pytest.mark.parametrize("value", ["0.0.0.0", "::", "[::]", "*"])
def test_wish_to_listen_everywhere_is_refused(name: str, value: str) -> None:
    """A variable that asks for every address is answered, not ignored."""
    with pytest.raises(Misconfigured) as caught:
        refuse_everywhere({name: value})

    assert caught.value.message == (
        f"{name} asks to listen on every address; Sluice listens on loopback only. Unset {name}."
    )


@pytest.mark.parametrize("environ", [{}, {"HOST": "my-laptop"}, {"HOST": ""}])
def test_ordinary_host_is_no_matter(environ: dict[str, str]) -> None:
    """Many shells put the machine's name into HOST."""
    refuse_everywhere(environ)


def test_key_leaves_the_environment() -> None:
    """The key is taken and its variable gone; others stay."""
    environ = {"K": f" {KEY}\n", "OTHER": "x"}

    assert take_key("K", environ).reveal() == KEY.encode()
    assert environ == {"OTHER": "x"}


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "--key-env: the variable 'K' is not set or is empty."),
        ("  ", "--key-env: the variable 'K' is not set or is empty."),
        ("short", "--key-env: the variable 'K' does not hold an API key."),
        ("sk-ant api03", "--key-env: the variable 'K' does not hold an API key."),
        ("sk-ant-клюç", "--key-env: the variable 'K' does not hold an API key."),
        ("x" * 8193, "--key-env: the variable 'K' does not hold an API key."),
    ],
)
def test_what_is_no_key_is_refused(value: str | None, said: str) -> None:
    """A missing or malformed key is said without showing it, and is gone all the same."""
    environ = {} if value is None else {"K": value}
    with pytest.raises(Misconfigured) as caught:
        take_key("K", environ)

    assert caught.value.message == said
    assert "K" not in environ


def test_key_set_by_the_process_itself_leaves_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable that the process set itself is taken like one it was given."""
    monkeypatch.setenv("SLUICE_TEST_KEY", KEY)

    assert take_key("SLUICE_TEST_KEY").reveal() == KEY.encode()
    assert "SLUICE_TEST_KEY" not in os.environ


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_key_leaves_proc() -> None:
    """Neither the variable nor its value can be read from /proc or by a child; others can."""
    code = (
        "import os; from trayapp.cli.environment import take_key\n"
        "take_key('SLUICE_TEST_KEY')\n"
        "given = open('/proc/self/environ', 'rb').read()\n"
        "child = os.popen('env').read()\n"
        "print(b'canary' in given, b'SLUICE_TEST_KEY' in given, b'STAYS=1' in given,\n"
        "      'canary' in child, 'STAYS=1' in child, 'SLUICE_TEST_KEY' in os.environ)"
    )
    environ = {**os.environ, "SLUICE_TEST_KEY": KEY, "STAYS": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["False", "False", "True", "False", "True", "False"]
