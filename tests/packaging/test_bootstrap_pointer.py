"""How `.venv` points at the folder whose program it runs."""

from pathlib import Path

import pytest

from tests.packaging.scripts import load


def test_folder_is_named_in_ascii(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Python before 3.13 reads the pointer to the folder by the locale, which may be ASCII."""
    bootstrap = load("bootstrap")
    tree = tmp_path / "a tree ü"
    site = tree / ".venv" / "lib" / "site-packages"
    site.mkdir(parents=True)
    pointer = site / "_editable_impl_sluice_tray.pth"
    monkeypatch.setattr(
        bootstrap, "run", lambda *_: pointer.write_text(str(tree), "utf-8") and None
    )

    bootstrap.Environment(tree).install_project()

    assert (site / pointer.read_text("ascii").strip()).resolve() == tree.resolve()
