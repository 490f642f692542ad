"""The front door of the command line."""

import subprocess
import sys

import pytest

from trayapp import __version__
from trayapp.cli import CODES, main
from trayapp.model.errors import Misconfigured, NoEngine, Taken


def test_codes_are_the_contract() -> None:
    """Other programs rely on the exit codes."""
    assert dict(CODES) == {NoEngine: 69, Taken: 75, Misconfigured: 78}


def test_misuse_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """A verb that is not there is a usage error."""
    with pytest.raises(SystemExit) as caught:
        main(["fly"])

    assert caught.value.code == 2
    assert "invalid choice: 'fly'" in capsys.readouterr().err


def test_module_runs_as_the_command() -> None:
    """`python -m trayapp` is `sluice`."""
    done = subprocess.run(
        [sys.executable, "-m", "trayapp", "--version"], capture_output=True, text=True, check=True
    )

    assert done.stdout == f"sluice {__version__}\n"


HEAVY = ("PySide6", "anthropic", "keyring", "sqlite_utils", "tomlkit", "platformdirs", "tomllib",
         "hashlib", "trayapp.simulator", "trayapp.cli.wording", "http.client")  # fmt: skip


@pytest.mark.parametrize("verb", ["serve", "bare"])
def test_verbs_do_not_pay_for_each_other(verb: str) -> None:
    """Reading the flags of `serve` imports nothing heavy."""
    code = (
        "import sys; from trayapp.cli.arguments import parse; from trayapp.cli import main\n"
        "from trayapp import home, settings\n"
        f"parse([{'' if verb == 'bare' else repr(verb)}])\n"
        "print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert not set(done.stdout.split()) & set(HEAVY)
