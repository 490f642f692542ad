"""The scripts of `packaging/`, loaded by path: they are no package."""

import importlib.util
import sys
from types import ModuleType

from tests.house_map import ROOT


def load(name: str) -> ModuleType:
    """A fresh module of `packaging/<name>.py`, whose parts a test may replace."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "packaging" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # for NamedTuples, which look their module up
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    return module
