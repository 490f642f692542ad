"""Two commands on a fresh machine: `demo` shows Sluice at work, `test` proves it.

    python3 packaging/bootstrap.py demo [--seconds N ...]
    python3 packaging/bootstrap.py test [arguments for pytest ...]

Python's own library only, and written so that Python 3.8 can still read it and say what it
lacks. Everything lands in `.venv`, pinned by hash in the two lock files. A stamp in `.venv`
says which locks, Python and folder it was made for; whatever does not match exactly is made
anew, which is also how an interrupted first run heals.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
NEWEST = (3, 14)
VERBS = ("demo", "test")

MISLEADING = (
    "PIP_PREFIX",
    "PIP_TARGET",
    "PIP_USER",
    "PYTHONHOME",
    "PYTHONPATH",
    "VIRTUAL_ENV",
    "__PYVENV_LAUNCHER__",
)
"""What would send pip or Python to another place than `.venv`."""


class SetupError(Exception):
    """Set-up cannot go on; the message is for the person at the terminal."""


def say(words: str) -> None:
    """Print at once, so that our lines and those of pip keep their order."""
    print(f"bootstrap: {words}", flush=True)


def child_environment() -> dict[str, str]:
    """The environment without what leads elsewhere, and with paths read as UTF-8."""
    kept = {name: value for name, value in os.environ.items() if name not in MISLEADING}
    kept.update(PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1")
    return kept


def run(command: list[str], otherwise: str) -> None:
    """Run to the end; raises `SetupError` with the sentence *otherwise* when it does not succeed."""
    finished = subprocess.run(
        command, check=False, env=child_environment(), stdin=subprocess.DEVNULL
    )
    if finished.returncode != 0:
        raise SetupError(otherwise)


def hand_over(command: list[str]) -> int:
    """Become *command*, so that Ctrl-C and signals reach it alone; on Windows wait for it."""
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(command[0], command, child_environment())  # noqa: S606 - no shell is wanted
    return subprocess.call(command, env=child_environment())


# --- Which Python ---------------------------------------------------------------------------


def suits(version: tuple[int, int]) -> bool:
    """Whether Sluice runs on this Python."""
    return OLDEST <= version <= NEWEST


def candidates() -> list[list[str]]:
    """The commands by which other Pythons may answer, newest first."""
    minors = range(NEWEST[1], OLDEST[1] - 1, -1)
    named = [shutil.which(f"python3.{minor}") for minor in minors]
    named += [shutil.which("python3"), shutil.which("python")]
    launcher = shutil.which("py") if os.name == "nt" else None
    launched = [[launcher, f"-3.{minor}"] for minor in minors] if launcher else []
    return [[path] for path in named if path] + launched


def version_of(command: list[str]) -> tuple[int, int] | None:
    """What *command* says it is; None when it does not start (a pyenv shim, a store alias)."""
    ask = [*command, "-c", "import sys; print(*sys.version_info[:2])"]
    try:
        answer = subprocess.run(
            ask,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        major, minor = answer.stdout.split()
        return int(major), int(minor)
    except (OSError, ValueError, subprocess.CalledProcessError):
        return None


def suitable_python() -> list[str]:
    """The first Python found that suits; raises `SetupError` when there is none."""
    for command in candidates():
        version = version_of(command)
        if version is not None and suits(version):
            return command
    oldest, newest, present = (
        ".".join(str(part) for part in version)
        for version in (OLDEST, NEWEST, sys.version_info[:3])
    )
    raise SetupError(
        f"needs Python {oldest} to {newest}, this is {present}, and no other was found on PATH"
    )


# --- The virtual environment ----------------------------------------------------------------


class Stamp(NamedTuple):
    """What a `.venv` was made for; digests are SHA-256 in hex, *dev* is empty without tests."""

    base: str
    dev: str
    project: str


def digest(*parts: bytes) -> str:
    """One digest over all parts and their borders."""
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def wanted_stamp(root: Path, verb: str) -> Stamp:
    """What *verb* needs; a tree that was moved or met another Python needs a new one."""
    place = f"{sys.implementation.cache_tag} {root}".encode()
    packaging = root / "packaging"
    return Stamp(
        base=digest(place, (packaging / "requirements.lock").read_bytes()),
        dev=digest((packaging / "requirements-dev.lock").read_bytes()) if verb == "test" else "",
        project=digest((root / "pyproject.toml").read_bytes()),
    )


class Environment:
    """`.venv` of one tree: what is in it, and how it comes to be what is wanted."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / ".venv"
        scripts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
        self.python = str(self.folder.joinpath(*scripts))
        self.stamp_file = self.folder / "sluice.json"

    def stamp(self) -> Stamp | None:
        """What it was finished for; None when it never was, or no longer starts."""
        try:
            stamp = Stamp(**json.loads(self.stamp_file.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return stamp if version_of([self.python]) else None

    def prepare(self, wanted: Stamp) -> None:
        """Make it what is wanted, doing only what is missing; raises `SetupError`."""
        present = self.stamp()
        if present is None or present.base != wanted.base:
            self.create()
            self.install("requirements.lock")
            present = Stamp(base=wanted.base, dev="", project="")
        if wanted.dev and present.dev != wanted.dev:
            self.unfinish()
            self.install("requirements-dev.lock")
            present = present._replace(dev=wanted.dev)
        if present.project != wanted.project:
            self.unfinish()
            self.install_project()
        self.finish(wanted._replace(dev=present.dev))

    def create(self) -> None:
        version = ".".join(str(part) for part in sys.version_info[:2])
        say(f"making {self.folder} with Python {version}; the first time this fetches some 150 MB")
        if self.folder.is_dir() and not self.folder.is_symlink():
            shutil.rmtree(self.folder)
        # Started from inside `.venv` itself, sys.executable has just been removed.
        python = getattr(sys, "_base_executable", None) or sys.executable
        command = [python, "-m", "venv", "--clear", str(self.folder)]
        run(command, f"Python's venv could not make {self.folder}; its words are above")

    def install(self, lock: str) -> None:
        say(f"installing what {lock} names")
        path = str(self.root / "packaging" / lock)
        command = [self.python, "-m", "pip", "install", "-qq", "--require-hashes", "-r", path]
        run(
            command,
            "pip could not install them, its words are above; the first run needs a network",
        )

    def install_project(self) -> None:
        """Editable; the build tools come from the lock, so nothing is fetched."""
        flags = ["-qq", "--no-build-isolation", "--no-deps", "--no-index"]
        command = [self.python, "-m", "pip", "install", *flags, "--editable", str(self.root)]
        run(command, "pip could not install this folder itself; its words are above")
        self.point_here()

    def point_here(self) -> None:
        """Name the folder by its way from here, which is ASCII wherever the folder lies.

        Until 3.13 Python reads `.pth` files by the locale's encoding: under `LC_ALL=C`, and on
        Windows, a letter like ü in the folder's name would keep it from starting, or from
        finding the folder.
        """
        for pointer in self.folder.rglob("*sluice_tray*.pth"):
            way = os.path.relpath(self.root, pointer.parent)
            pointer.write_text(f"{way}\n", "ascii")

    def unfinish(self) -> None:
        """Take the stamp away first: an interruption from here on shows."""
        if self.stamp_file.exists():
            self.stamp_file.unlink()

    def finish(self, stamp: Stamp) -> None:
        self.stamp_file.write_text(json.dumps(stamp._asdict()), "utf-8")


# --- The two verbs --------------------------------------------------------------------------


def system_groups(verb: str) -> list[str]:
    """Which of the system's packages to look for: a tray needs a screen, tests bring their own."""
    if verb == "test":
        return ["base", "qt", "tray", "screen", "keyring"]
    return ["base", "qt", "tray"] if os.environ.get("DISPLAY") else ["base", "qt"]


def final_command(environment: Environment, verb: str, rest: list[str]) -> list[str]:
    """What is run once everything is in place."""
    if verb == "demo":
        return [environment.python, "-m", "trayapp", "demo", *rest]
    return [environment.python, str(environment.root / "packaging" / "checks.py"), *rest]


def bootstrap(verb: str, rest: list[str]) -> int:
    """Prepare and hand over; raises `SetupError`."""
    if not suits(sys.version_info[:2]):
        return hand_over([*suitable_python(), str(Path(__file__).resolve()), verb, *rest])
    system = str(ROOT / "packaging" / "system_packages.py")
    run(
        [sys.executable, system, *system_groups(verb)],
        "run this again once that is installed",
    )
    environment = Environment(ROOT)
    environment.prepare(wanted_stamp(ROOT, verb))
    return hand_over(final_command(environment, verb, rest))


def main(arguments: list[str]) -> int:
    """The exit code: 0 done, 1 failed, 2 usage."""
    if not arguments or arguments[0] not in VERBS:
        print((__doc__ or "").split("\n\n")[1])
        return 2
    try:
        return bootstrap(arguments[0], arguments[1:])
    except SetupError as failure:
        say(str(failure))
    except KeyboardInterrupt:
        say("interrupted; the next run repairs what is unfinished")
    return 1


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")  # a folder's name the terminal cannot write
    sys.exit(main(sys.argv[1:]))
