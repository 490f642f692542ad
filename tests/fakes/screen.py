"""A screen of a test's own: an X server that nobody sees."""

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATIENCE = 15.0


def is_possible() -> bool:
    """Whether this machine has such a server."""
    return shutil.which("Xvfb") is not None


@contextmanager
def screen() -> Iterator[str]:
    """The display's name, such as `:5`; the server picks a free one and says which."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1024x600x24", "-nolisten", "tcp"],
        pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writing)
    guard = threading.Timer(PATIENCE, server.kill)
    guard.start()
    try:
        with os.fdopen(reading) as said:
            number = said.readline().strip()
        guard.cancel()
        assert number, "the X server did not start"
        yield f":{number}"
    finally:
        guard.cancel()
        server.terminate()
        server.wait(PATIENCE)
