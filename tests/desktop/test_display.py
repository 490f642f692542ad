"""Whether a window could be shown, found out before Qt ends the process for it."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from trayapp.desktop import display
from trayapp.desktop.display import why_none


@pytest.fixture
def wayland(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A compositor that listens."""
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "wayland-7"))
        server.listen()
        yield {"XDG_RUNTIME_DIR": str(tmp_path), "WAYLAND_DISPLAY": "wayland-7"}


@pytest.fixture
def x_over_tcp(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """An X server that listens for other machines, as over ssh."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(display, "X_PORT", server.getsockname()[1] - 3)
        yield {"DISPLAY": "127.0.0.1:3.0"}


@pytest.mark.parametrize(
    "environ",
    [
        {},
        {"DISPLAY": ""},
        {"DISPLAY": "rubbish"},
        {"DISPLAY": ":nine"},
        {"DISPLAY": ":59999"},
        {"DISPLAY": "unix:59999.0"},
        {"WAYLAND_DISPLAY": "wayland-0"},
        {"WAYLAND_DISPLAY": "wayland-0", "XDG_RUNTIME_DIR": "/nowhere"},
    ],
)
def test_nothing_answers(environ: dict[str, str]) -> None:
    """A variable alone is no display."""
    assert why_none(environ) == "there is no display"


def test_chosen_platform_is_believed() -> None:
    """Who names Qt's platform knows what they do."""
    assert why_none({"QT_QPA_PLATFORM": "offscreen"}) is None


def test_compositor_answers(wayland: dict[str, str]) -> None:
    """A Wayland session is a display."""
    assert why_none(wayland) is None


def test_x_over_a_network(x_over_tcp: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """An X server of another machine is a display."""
    monkeypatch.setattr(display, "_lacks_for_x", lambda: None)

    assert why_none(x_over_tcp) is None


def test_lacking_library_is_named(
    x_over_tcp: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a display and without Qt's library for it, the library is said."""

    def lacks(name: str) -> None:
        raise OSError("libxcb-cursor.so.0: cannot open shared object file")

    monkeypatch.setattr("ctypes.CDLL", lacks)

    assert why_none(x_over_tcp) == "Qt lacks a library for this display (libxcb-cursor.so.0)"


def test_qt_that_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without Qt's libraries runs without windows."""

    def fails(name: str) -> None:
        raise ImportError("libGL.so.1: cannot open shared object file")

    monkeypatch.setattr("importlib.import_module", fails)

    assert why_none({"QT_QPA_PLATFORM": "offscreen"}) == (
        "Qt does not load (libGL.so.1: cannot open shared object file)"
    )
