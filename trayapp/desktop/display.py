"""Whether there is a screen that Qt could draw on; Qt itself ends the process where there is none."""

import ctypes
import importlib
import importlib.util
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

PATIENCE_S = 3.0
X_PORT = 6000


def why_none(environ: Mapping[str, str]) -> str | None:
    """Why no window can be shown, as the beginning of a sentence; None where one can."""
    if "QT_QPA_PLATFORM" not in environ and sys.platform.startswith("linux"):
        if not _answers(environ):
            return "there is no display"
        if not environ.get("WAYLAND_DISPLAY") and (lacking := _lacks_for_x()):
            return f"Qt lacks a library for this display ({lacking})"
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return f"Qt does not load ({error})"
    return None


def _answers(environ: Mapping[str, str]) -> bool:
    if wayland := environ.get("WAYLAND_DISPLAY"):
        folder = Path(environ.get("XDG_RUNTIME_DIR", "/nowhere"))
        if _connects(socket.AF_UNIX, str(folder / wayland)):
            return True
    display = environ.get("DISPLAY", "")
    host, colon, rest = display.rpartition(":")
    number = rest.partition(".")[0]
    if not colon or not number.isdecimal():
        return False
    if host in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _connects(socket.AF_UNIX, path) or _connects(socket.AF_UNIX, f"\0{path}")
    return _connects(socket.AF_INET, (host, X_PORT + int(number)))


def _connects(family: int, address: str | tuple[str, int]) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.settimeout(PATIENCE_S)
            probe.connect(address)
    except (OSError, ValueError):
        return False
    return True


def _lacks_for_x() -> str | None:
    """The library that Qt's plugin for X needs and this system has not; a bare Debian lacks some."""
    found = importlib.util.find_spec("PySide6")
    folders = list(found.submodule_search_locations or []) if found else []
    plugin = Path("Qt", "plugins", "platforms", "libqxcb.so")
    for file in (Path(folder) / plugin for folder in folders):
        if file.exists():
            try:
                ctypes.CDLL(str(file))
            except OSError as error:
                return str(error).partition(":")[0]
    return None
