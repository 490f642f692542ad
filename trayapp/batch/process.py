"""How a worker is started, and what of the environment it gets."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import trayapp

COMMAND = (sys.executable, "-P", "-m", "trayapp", "worker")
"""Our own interpreter, no shell; the present folder adds no modules."""

KEPT = ("HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR",
        "USERPROFILE")  # fmt: skip
"""Nothing that the SDK or its transport would obey."""


def environment(environ: Mapping[str, str]) -> dict[str, str]:
    """The worker's environment: it finds this same package, whatever folder the user is in."""
    kept = {name: environ[name] for name in KEPT if name in environ}
    ours = str(Path(trayapp.__file__).parent.parent)
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, (ours, environ.get("PYTHONPATH"))))}
