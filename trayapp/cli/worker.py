"""`python -m trayapp worker`: started by ourselves, never by people."""

import os
import sys

from trayapp.batch import worker
from trayapp.cli.arguments import Told
from trayapp.engine import guard, log


def run(_told: Told) -> int:
    """Serve tasks from stdin until it ends; the exit code."""
    log.install()
    guard.forget(os.environ)
    guard.close_memory()
    return worker.serve(sys.stdin.buffer, sys.stdout.buffer)
