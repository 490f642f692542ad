"""Reads the files that travel with the package: `models.toml`, `plans.toml`, translations."""

from pathlib import Path


def folder(package: Path) -> Path:
    """Where resources lie: inside an installed *package*, beside it in a checkout."""
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def read(name: str) -> bytes:
    """The bytes of the resource called *name*, such as `models.toml`."""
    return (folder(Path(__file__).parent) / name).read_bytes()


def names(under: str, ending: str) -> tuple[str, ...]:
    """The resources in the folder *under* whose names end so, each as `read` wants it."""
    place = folder(Path(__file__).parent) / under
    return tuple(f"{under}/{file.name}" for file in sorted(place.glob(f"*{ending}")))
