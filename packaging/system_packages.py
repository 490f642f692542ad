"""What the system itself must bring: found by trying, named for the distribution at hand.

    python3 packaging/system_packages.py base [qt] [tray] [screen] [keyring]

Root on Debian or Ubuntu gets what is missing by apt-get; everyone else gets the exact
command. Without venv nothing can start, and the exit code is 1; without the rest the first
download, or the tests that need it by name, may fail or be skipped. Standard library only;
macOS and Windows bring everything.
"""

import ctypes
import importlib.util
import os
import platform
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

APT_LISTS = Path("/var/lib/apt/lists")
APT_INSTALL = ("apt-get", "install", "-y", "--no-install-recommends")


class Need(NamedTuple):
    """One thing the system brings: how to try it, and the packages that hold it.

    *apt* lists names from the most particular to the plainest; the first one that this
    release knows is taken.
    """

    name: str
    present: Callable[[str], bool]
    apt: tuple[str, ...]
    dnf: str


def loads(library: str) -> bool:
    """Whether the dynamic linker finds it, by its full soname."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def answers(program: str) -> bool:
    """Whether the shell finds it."""
    return shutil.which(program) is not None


def makes_venv(_name: str) -> bool:
    """Whether pip can be put into a new environment; Debian packs that part apart."""
    return importlib.util.find_spec("ensurepip") is not None


def trusts_someone(_name: str) -> bool:
    """Whether there is any certificate to check a download by."""
    paths = ssl.get_default_verify_paths()
    bundles = (paths.cafile, os.environ.get("PIP_CERT"), "/etc/ssl/certs/ca-certificates.crt")
    if any(bundle and Path(bundle).is_file() for bundle in bundles):
        return True
    return any(Path(paths.openssl_capath).glob("*.0"))


VENV_OF_THIS = f"python3.{sys.version_info.minor}-venv"

NEEDS: dict[str, tuple[Need, ...]] = {
    "base": (
        Need("venv", makes_venv, (VENV_OF_THIS, "python3-venv"), "python3"),
        Need("CA certificates", trusts_someone, ("ca-certificates",), "ca-certificates"),
    ),
    "qt": (
        # Found by ldd and by trial in a bare Debian 12: Qt's widgets drawn without a screen.
        Need("libglib-2.0.so.0", loads, ("libglib2.0-0t64", "libglib2.0-0"), "glib2"),
        Need("libGL.so.1", loads, ("libgl1",), "libglvnd-glx"),
        Need("libEGL.so.1", loads, ("libegl1",), "libglvnd-egl"),
        Need("libdbus-1.so.3", loads, ("libdbus-1-3",), "dbus-libs"),
        Need("libfontconfig.so.1", loads, ("libfontconfig1",), "fontconfig"),
        Need("libxkbcommon.so.0", loads, ("libxkbcommon0",), "libxkbcommon"),
    ),
    "tray": (
        # A tray needs a real display; this is what Qt's xcb platform adds to the above.
        Need("libxkbcommon-x11.so.0", loads, ("libxkbcommon-x11-0",), "libxkbcommon-x11"),
        Need("libxcb-cursor.so.0", loads, ("libxcb-cursor0",), "xcb-util-cursor"),
        Need("libxcb-icccm.so.4", loads, ("libxcb-icccm4",), "xcb-util-wm"),
        Need("libxcb-keysyms.so.1", loads, ("libxcb-keysyms1",), "xcb-util-keysyms"),
        Need("libxcb-shape.so.0", loads, ("libxcb-shape0",), "libxcb"),
    ),
    "screen": (
        # For the tests alone: a display of their own, a bus of their own, and a tray to sit in.
        Need("Xvfb", answers, ("xvfb",), "xorg-x11-server-Xvfb"),
        Need("dbus-daemon", answers, ("dbus-daemon",), "dbus-daemon"),
        Need("trayer", answers, ("trayer",), "trayer"),
    ),
    "keyring": (
        # For the tests alone: a Secret Service of their own, on a bus of its own.
        Need("dbus-daemon", answers, ("dbus-daemon",), "dbus-daemon"),
        Need("gnome-keyring-daemon", answers, ("gnome-keyring",), "gnome-keyring"),
    ),
}


def missing(groups: list[str]) -> list[Need]:
    """What does not answer when tried."""
    return [need for group in groups for need in NEEDS[group] if not need.present(need.name)]


def apt_knows(package: str) -> bool:
    """Whether this release has a real package of that name (some gained the suffix t64)."""
    try:
        shown = subprocess.run(
            ["apt-cache", "show", "--no-all-versions", package],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return False
    return shown.returncode == 0 and bool(shown.stdout.strip())


def apt_names(needs: list[Need]) -> list[str]:
    """The package of each need: the first name the release knows, else the plainest."""
    return [next(filter(apt_knows, need.apt[:-1]), need.apt[-1]) for need in needs]


def family() -> str:
    """`apt`, `dnf` or nothing, by what the system says it is and the tool it has."""
    try:
        release = platform.freedesktop_os_release()
    except OSError:
        return ""
    names = {release.get("ID", ""), *release.get("ID_LIKE", "").split()}
    if names & {"debian", "ubuntu"} and shutil.which("apt-get"):
        return "apt"
    return "dnf" if names & {"fedora", "rhel"} else ""


def listed() -> bool:
    """Whether apt has been told which packages there are; a bare image comes without."""
    return any(APT_LISTS.glob("*_Packages*"))


def as_root(commands: list[str]) -> str:
    """One line to type; a bare Debian has no sudo."""
    if os.geteuid() == 0:
        return " && ".join(commands)
    if shutil.which("sudo"):
        return " && ".join(f"sudo {command}" for command in commands)
    return f"as root: {' && '.join(commands)}"


def advice(needs: list[Need], kind: str) -> str:
    """What a person types, or looks for, to get what is missing."""
    if kind == "apt":
        install = " ".join([*APT_INSTALL, *apt_names(needs)])
        return as_root([install] if listed() else ["apt-get update", install])
    if kind == "dnf":
        names = dict.fromkeys(need.dnf for need in needs)
        return as_root([f"dnf install {' '.join(names)}"])
    return f"install your system's packages for: {', '.join(need.name for need in needs)}"


def apt(command: list[str]) -> bool:
    """Whether apt-get did it; it asks nothing."""
    print(f"bootstrap: {' '.join(command)}", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.run(command, check=False, env=quiet, stdin=subprocess.DEVNULL).returncode == 0


def apt_install(needs: list[Need]) -> None:
    """Fetch lists where there are none, or where the present ones are too old to serve."""
    update = ["apt-get", "update", "-q"]
    if not listed():
        apt(update)
    if not apt([*APT_INSTALL, "-q", *apt_names(needs)]):
        apt(update)
        apt([*APT_INSTALL, "-q", *apt_names(needs)])


def still_missing(groups: list[str]) -> list[Need]:
    """Try again in a new process: this one has looked for modules before they came."""
    code = "import sys; sys.path.insert(0, sys.argv[1]); import system_packages as s; "
    code += "print(*(need.name for need in s.missing(sys.argv[2:])), sep='\\n')"
    here = str(Path(__file__).resolve().parent)
    answer = subprocess.run(
        [sys.executable, "-c", code, here, *groups],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )
    names = set(answer.stdout.splitlines())
    return [need for group in groups for need in NEEDS[group] if need.name in names]


def main(groups: list[str]) -> int:
    """The exit code: 1 when nothing can start without what is missing."""
    lacking = missing(groups) if sys.platform.startswith("linux") else []
    if not lacking:
        return 0
    kind = family()
    if kind == "apt" and os.geteuid() == 0:
        apt_install(lacking)
        lacking = still_missing(groups)
    if lacking:
        names = ", ".join(need.name for need in lacking)
        print(f"bootstrap: this system lacks {names}\n    {advice(lacking, kind)}", flush=True)
    return int(any(need.name == "venv" for need in lacking))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
