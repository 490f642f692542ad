"""Modules of PYTHONPATH and of the present folder come behind those that are installed."""

import os
from pathlib import Path

import pytest

from trayapp.__main__ import installed_first


def test_foreign_folders_come_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The present folder and those of the variable go behind the others, in their order."""
    monkeypatch.chdir(tmp_path)
    path = [str(tmp_path), "/opt/named", "/usr/lib/python", "/usr/lib/site", "/opt/other"]

    installed_first(path, os.pathsep.join(["/opt/other", "", "/opt/named"]))

    assert path == ["/usr/lib/python", "/usr/lib/site", str(tmp_path), "/opt/named", "/opt/other"]


def test_the_empty_name_is_the_present_folder() -> None:
    """`python -c` names the present folder by nothing."""
    path = ["", "/usr/lib/python"]

    installed_first(path, "")

    assert path == ["/usr/lib/python", ""]


def test_an_installed_copy_stays_where_it_is() -> None:
    """Without a variable only the present folder moves."""
    path = ["/opt/sluice/bin", "/usr/lib/python", "/opt/sluice/lib"]

    installed_first(path, "")

    assert path == ["/opt/sluice/bin", "/usr/lib/python", "/opt/sluice/lib"]
