"""How many files this process may open, and so how many callers it lets in at once."""

import asyncio
import errno
import os
from collections.abc import Callable
from typing import Any

from trayapp.engine import log
from trayapp.engine.problems import Problems

FILES = 8192
"""Descriptors: a thousand callers, what they have upstream, and files."""
OURS = 32
"""Kept for what is not a connection: databases, the control socket, the loop, the trust store."""
FEWEST = 8

CODE = "files"
SENTENCE = (
    "Sluice may open no more files, so callers had to wait. Raise its limit (ulimit -n), or look"
    " for a program that opens connections without end."
)
_EXHAUSTED = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})

Handler = Callable[[asyncio.AbstractEventLoop, dict[str, Any]], None]


def make_room() -> None:
    """Let this process open as many files as it is allowed to: callers are sockets, and wait."""
    if os.name != "posix":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def callers(most: int) -> int:
    """How many callers may be connected, at most *most*: each may need a connection upstream."""
    if os.name != "posix":
        return most
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return most if soft == resource.RLIM_INFINITY else min(most, max(FEWEST, (soft - OURS) // 2))


def on_loop_error(shed: Callable[[], None], problems: Problems) -> Handler:
    """Log what asyncio could tell nobody; where files ran out, let those go who do nothing.

    asyncio itself stops accepting for a second then, so that nothing turns in circles.
    """
    said = False

    def handle(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        nonlocal said
        error = context.get("exception")
        if not (isinstance(error, OSError) and error.errno in _EXHAUSTED):
            log.on_loop_error(loop, context)
            return
        shed()
        problems.open(CODE, SENTENCE)
        if not said:  # the Problem stays; a line for each refused caller would tell no more
            log.on_loop_error(loop, context)
        said = True

    return handle
