"""What other processes may learn of this one: no core file, no look into its memory, no key log."""

import os
import sys
from collections.abc import MutableMapping

UNWANTED = ("SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NETRC")
"""Variables that could give TLS secrets away or put other roots in: without effect here."""

_PR_SET_DUMPABLE = 4


def forget(environ: MutableMapping[str, str]) -> None:
    """Take the variables out that would change whom TLS trusts or tells."""
    for name in UNWANTED:
        environ.pop(name, None)


def close_memory() -> None:
    """Write no core files, and let no process of this user attach or read `/proc/PID/mem`.

    A debugger then needs root, and `/proc/PID` shows root as the owner of most of its files.
    """
    if os.name != "posix":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        # Where a program takes the cores (systemd-coredump), the limit is not asked.
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
