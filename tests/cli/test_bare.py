"""Bare `sluice`: a tray where one can be seen, else an engine without a window."""

import sys
from pathlib import Path

import pytest

from trayapp.cli import bare, main
from trayapp.engine import serve
from trayapp.home import Home
from trayapp.model.preferences import Preferences
from trayapp.model.serving import ServeOptions


def test_without_a_display_it_serves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under ssh the relay runs all the same, and says that it does."""
    served: list[ServeOptions] = []

    def run(_home: Home, _preferences: Preferences, options: ServeOptions) -> int:
        served.append(options)
        return 0

    monkeypatch.setattr(serve, "run", run)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    code = main(["--home", str(tmp_path / "home")])

    assert code == 0
    assert [options.owner for options in served] == ["serve"]
    assert capsys.readouterr().err == (
        "sluice: there is no display, so this runs as: sluice serve\n"
    )


def test_engine_of_a_tray_knows_whose_it_is(tmp_path: Path) -> None:
    """It uses the tray's own home, and tells every tray that it may be stopped."""
    named = bare.engine_command(Home.locate(str(tmp_path), {}))
    usual = bare.engine_command(Home.locate(None, {"XDG_RUNTIME_DIR": str(tmp_path)}))

    assert named[-3:] == ["tray", "--home", str(tmp_path)]
    assert usual[-2:] == ["--owner", "tray"]
