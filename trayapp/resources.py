"""Reads the files that travel with the package: `models.toml`, `plans.toml`, pictures."""

from pathlib import Path


def folder(package: Path) -> Path:
    """Where resources lie: inside an installed *package*, beside it in a checkout."""
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def read(name: str) -> bytes:
    """The bytes of the resource called *name*, such as `models.toml`."""
    return (folder(Path(__file__).parent) / name).read_bytes()
