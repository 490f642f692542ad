"""The `sluice` command and `python -m trayapp`: installed modules before all others, then the verbs."""

import os
import sys


def main() -> int:
    """Run one verb; its exit code."""
    installed_first(sys.path, os.environ.get("PYTHONPATH", ""))
    from trayapp.cli import main as run

    return run()


def installed_first(path: list[str], variable: str) -> None:
    """Let the folders of *variable* (PYTHONPATH) and the present one add modules, not replace ours.

    `python -m` looks in the present folder first: a checkout with a `json.py` would run in us.
    What the interpreter itself imported before this line is out of our hands.
    """
    named = [name for name in variable.split(os.pathsep) if name] + [os.curdir]
    foreign = {os.path.realpath(name) for name in named}
    path.sort(key=lambda entry: os.path.realpath(entry) in foreign)


if __name__ == "__main__":
    sys.exit(main())
