"""The wheel, as users get it: what is in it, and that it runs from where it is unpacked."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import trayapp
from tests.house_map import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built here, without a network and without isolation."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """Every file in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_wheel_carries_the_data_files(names: list[str]) -> None:
    """Without its tables of models and plans the meter knows no price and no limit."""
    data = {file.name for file in (ROOT / "resources").iterdir() if file.is_file()}

    assert "trayapp/resources/models.toml" in names
    assert {f"trayapp/resources/{name}" for name in data} <= set(names)


def test_wheel_carries_the_program_alone(names: list[str]) -> None:
    """No tests come along, and nothing that runs when any Python starts."""
    tops = {name.partition("/")[0] for name in names}
    at_start = [
        name
        for name in names
        if name.endswith(".pth") or Path(name).name in {"sitecustomize.py", "usercustomize.py"}
    ]

    assert tops == {"trayapp", f"sluice_tray-{trayapp.__version__}.dist-info"}
    assert at_start == []


def test_wheel_has_the_version_of_the_program(wheel: Path) -> None:
    """The package's version and the program's own are one."""
    assert wheel.name == f"sluice_tray-{trayapp.__version__}-py3-none-any.whl"


def test_wheel_runs_from_where_it_is_unpacked(wheel: Path, tmp_path: Path) -> None:
    """The program in the wheel starts and reads its own data files."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = "import trayapp.resources as r; print(r.__file__, b'claude' in r.read('models.toml'))"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}

    place_and_data, version = (
        subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for arguments in (["-c", code], ["-m", "trayapp", "--version"])
    )

    assert place_and_data == f"{tmp_path / 'trayapp' / 'resources.py'} True"
    assert version == f"sluice {trayapp.__version__}"
