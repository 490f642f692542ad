"""`sluice demo --screenshots DIR`: a picture of every window, state, language and theme."""

import os
import subprocess
import sys


def photograph(folder: str) -> int:
    """Write the pictures into *folder*, in a process of its own: it needs Qt, but no display."""
    command = [sys.executable, "-m", "trayapp.ui.gallery", folder]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    finished = subprocess.run(  # noqa: S603 - our own program
        command, check=False, env=environment, stdin=subprocess.DEVNULL
    )
    return 0 if finished.returncode == 0 else 1
