"""What may be said on the command line."""

from typing import Any

import pytest

from trayapp import __version__
from trayapp.cli.arguments import parse


@pytest.mark.parametrize(
    ("said", "fields"),
    [
        ("", {"verb": "bare", "home": None, "port": None, "key_env": None, "drain": 30.0}),
        ("--home H", {"verb": "bare", "home": "H"}),
        (
            "serve --port 0 --upstream U --key-env K --allow-loopback-upstream --proxy P --drain 0",
            {"verb": "serve", "home": None, "port": 0, "upstream": "U", "key_env": "K",
             "allow_loopback_upstream": True, "proxy": "P", "drain": 0.0},
        ),
        ("serve --home H", {"verb": "serve", "home": "H", "port": None, "drain": 30.0}),
        ("--home H serve", {"verb": "serve", "home": "H", "allow_loopback_upstream": False}),
        ("--home G serve --home H", {"home": "H"}),
        ("status", {"verb": "status", "json": False, "watch": False, "line": False}),
        ("status --json", {"json": True}),
        ("status --watch", {"watch": True}),
        ("status --line --home H", {"line": True, "home": "H"}),
        ("--home H tool list --json", {"verb": "tool", "action": "list", "json": True, "home": "H"}),
        ("tool --home H list", {"json": False, "home": "H"}),
        ("tool list --home H", {"home": "H"}),
        ("tool add X", {"action": "add", "name": "X", "kind": "normal", "no_cache": False}),
        ("tool add X --kind batch --no-cache", {"kind": "batch", "no_cache": True}),
        ("tool revoke X", {"action": "revoke", "name": "X"}),
        ("cache stats", {"verb": "cache", "action": "stats", "json": False}),
        ("cache stats --json --home H", {"json": True, "home": "H"}),
        ("cache clear", {"action": "clear"}),
        ("simulate", {"verb": "simulate", "port": 0, "rpm": None, "minute": 60.0, "seed": None}),
        (
            "simulate --port 9 --rpm 1 --itpm 2 --otpm 3 --minute 0.5 --seed 0",
            {"port": 9, "rpm": 1, "itpm": 2, "otpm": 3, "minute": 0.5, "seed": 0},
        ),
        ("demo", {"verb": "demo", "seconds": None}),
        ("demo --seconds 2.5", {"seconds": 2.5}),
        ("demo --screenshots shots", {"screenshots": "shots", "seconds": None}),
    ],
)  # fmt: skip
def test_flags_are_read(said: str, fields: dict[str, Any]) -> None:
    """Every verb and flag of the contract, with --home before the verb or after it."""
    told = vars(parse(said.split()))

    assert {name: told[name] for name in fields} == fields


@pytest.mark.parametrize(
    "said",
    [
        "fly", "serve now", "serve --prt 1", "serve --por 1", "serve --port", "serve --port 65536",
        "serve --port -1", "serve --port x", "serve --port ١", "serve --port 1234567890123456",
        "serve --drain -1", "serve --drain nan", "serve --drain inf", "serve --drain x",
        "status --json --watch", "status --line --json", "tool", "tool add", "tool add X --kind big",
        "tool rename X", "simulate --rpm 0", "simulate --minute 0", "demo --seconds 0", "connect",
    ],
)  # fmt: skip
def test_misuse_ends_with_the_usage(said: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What is not understood exits with 2 and says how it is meant."""
    with pytest.raises(SystemExit) as caught:
        parse(said.split())

    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: sluice")


@pytest.mark.parametrize("name", ["", " ", "x" * 65, "a\nb", "a\x1bb"])
def test_name_of_a_tool_is_printable(name: str) -> None:
    """A name that is empty, endless or holds control characters is misuse."""
    with pytest.raises(SystemExit):
        parse(["tool", "add", name])


def test_name_may_be_any_words() -> None:
    """Spaces and letters of any language are fine."""
    assert parse(["tool", "add", " Éditeur 编辑 "]).name == "Éditeur 编辑"


def test_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """`sluice --version` prints one line."""
    with pytest.raises(SystemExit) as caught:
        parse(["--version"])

    assert caught.value.code == 0
    assert capsys.readouterr().out == f"sluice {__version__}\n"
