"""Every check in its order: style, types, contracts, the tests, and what the tests reach.

Run by `bootstrap.py test` with `.venv`'s Python; arguments go to pytest. All steps run even
when one fails. The last line is pytest's own closing line, so that whoever reads only the
end sees the count; the exit code is 1 when any step failed.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

CONTRACTS = "import sys; from importlinter.cli import lint_imports_command as run; sys.exit(run())"

STEPS = {
    "style": ["-m", "ruff", "check"],
    "format": ["-m", "ruff", "format", "--check"],
    "types": ["-m", "mypy"],
    "contracts": ["-c", CONTRACTS],
}

SUITE = ["-m", "pytest"]
WHOLE = ["--cov", "--cov-report=", "--dist=load", "--maxschedchunk=1"]
"""How the whole suite runs: measured, and in as many processes as there are cores."""
REACH = ["-m", "tests.thinking_coverage"]

MOST_CORES = 4
"""Many tests start engines of their own; more side by side would only wait for each other."""

RAN = (0, 1)
"""pytest's exit codes when every test was run; others mean it was cut short or never began."""

CLOSING = re.compile(r"(passed|failed|errors?|skipped|deselected|xfailed|no tests ran)\b.* in \d")


def say(words: str) -> None:
    """Print at once, so that our lines and those of the steps keep their order."""
    print(f"checks: {words}", flush=True)


def environment() -> dict[str, str]:
    """Without a display Qt draws into memory, unless told otherwise."""
    return {"QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"} | os.environ


def passes(name: str, arguments: list[str]) -> bool:
    """Run one step by the Python that runs us."""
    say(name)
    command = [sys.executable, *arguments]
    finished = subprocess.run(
        command, check=False, cwd=ROOT, env=environment(), stdin=subprocess.DEVNULL
    )
    return finished.returncode == 0


def qt_plugin() -> list[str]:
    """pytest-qt ends the whole run where Qt cannot be loaded, so it comes only where it can."""
    qt = [sys.executable, "-c", "import PySide6.QtWidgets"]
    if subprocess.run(qt, check=False, capture_output=True).returncode == 0:
        return []
    say("Qt does not load on this system: tests that draw are skipped")
    return ["-p", "no:pytest-qt"]


def pass_on(output: Iterable[str]) -> str:
    """Print lines as they come and hold back pytest's closing line, which is said last."""
    held = ""
    for line in output:
        shown = line
        if CLOSING.search(line):
            shown, held = held, line
        print(shown, end="", flush=True)
    return held


def spread(arguments: list[str]) -> list[str]:
    """The whole suite goes to every core and is measured; a part of it is run as asked."""
    cores = min(os.cpu_count() or 1, MOST_CORES)
    return arguments or [*WHOLE, f"--numprocesses={cores}"]


def suite(arguments: list[str]) -> tuple[int, str]:
    """Run the tests: pytest's exit code, and its closing line."""
    say("tests")
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    with subprocess.Popen(
        [sys.executable, *SUITE, *qt_plugin(), *colour, *spread(arguments)],
        cwd=ROOT,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        closing = pass_on(process.stdout)
    return process.returncode, closing


def main(arguments: list[str]) -> int:
    """The exit code: 0 when every step passed."""
    failed = [name for name, step in STEPS.items() if not passes(name, step)]
    code, closing = suite(arguments)
    failed += ["tests"] if code else []
    if arguments or code not in RAN:
        say("reach: left out, it speaks only of the whole suite")
    elif not passes("reach", REACH):
        failed.append("reach")
    say(f"failed: {', '.join(failed)}" if failed else "all passed")
    print(closing.rstrip("\n"), flush=True)
    return int(bool(failed))


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
