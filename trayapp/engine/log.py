"""What goes to stderr: what we wrote ourselves, frames and types; never a key, never a caller's words.

A record is rebuilt from parts that are known to be harmless: its level, the logger's name, its
template, and the arguments only where the logger is our own. An exception is told by its type
and the places it passed; its message only where it is one of our sentences, or the system's word
for an errno. Whatever is left goes through `redacted`. Nobody reads a thousand lines a minute,
so no more than a few dozen are written.
"""

import logging
import os
import re
import sys
import threading
import traceback
from asyncio import AbstractEventLoop
from types import TracebackType
from typing import Any

from trayapp.model.errors import SluiceError

OURS = "sluice"
A_MINUTE = 30
"""Records written within a minute; the rest is counted."""
_CHAIN = 5
_FRAMES = 30

_log = logging.getLogger(OURS)
_SECRET = re.compile(
    r"""
    (?P<key> sk-[A-Za-z]+- ) [\w-]+                          # keys and tokens, by their prefix
  | (?P<scheme> \b(?:bearer|basic) [ ]+ ) [^\s"',;]+         # a header's value
  | (?P<name> \b(?:x-api-key|authorization|api[_-]?key|password|secret|token) ["']? \s*[:=]\s* )
    (?:(?:bearer|basic)[ ]+)? ["']? [^\s"',;]+               # a named value
  | (?P<user> :// ) [^\s/@]+ (?=@)                           # a user in a URL
    """,
    re.IGNORECASE | re.VERBOSE,
)
_OF_CODE = (AttributeError, ImportError, ModuleNotFoundError, NameError, TypeError)
"""The interpreter's own, which name parts of programs and no values."""

_PLAIN = re.compile(r"[A-Za-z ]*")


def redacted(text: str) -> str:
    """*text* with everything that looks like a credential replaced."""
    return _SECRET.sub(lambda found: f"{found[found.lastgroup or 0]}***", text)


def told(error: BaseException) -> str:
    """Type and, where nobody else's words can be in it, message of *error*."""
    name = type(error).__name__
    if isinstance(error, SluiceError):
        return f"{name}: {error.message}"
    if type(error) in _OF_CODE:
        return f"{name}: {error}"
    if isinstance(error, OSError) and isinstance(error.errno, int) and error.errno > 0:
        return f"{name}: {os.strerror(error.errno)}"
    return name


def frames(error: BaseException) -> list[str]:
    """The way *error* took, with what caused it, latest cause first; no values."""
    lines: list[str] = []
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain and len(chain) < _CHAIN:
        chain.append(at)
        at = at.__cause__ or (None if at.__suppress_context__ else at.__context__)
    for each in reversed(chain):
        steps = [
            (frame.f_code.co_filename, number, frame.f_code.co_name)
            for frame, number in traceback.walk_tb(each.__traceback__)
        ]
        lines += [
            f'  File "{file}", line {line}, in {name}' for file, line, name in steps[-_FRAMES:]
        ]
        lines.append(told(each))
        if isinstance(each, BaseExceptionGroup):
            lines += [f"  with {told(one)}" for one in each.exceptions[:_CHAIN]]
    return lines


class Plain(logging.Formatter):
    """A record as one line and the frames of its exception."""

    def format(self, record: logging.LogRecord) -> str:
        """Rebuild *record* from what may be shown of it."""
        is_ours = record.name.partition(".")[0] == OURS
        said = record.getMessage() if is_ours else str(record.msg)
        lines = [f"{self.formatTime(record)} {record.levelname.lower()} {record.name}: {said}"]
        if record.exc_info and record.exc_info[1] is not None:
            lines += frames(record.exc_info[1])
        return redacted("\n".join(lines))


class Few(logging.Filter):
    """Lets *A_MINUTE* records through, and says afterwards how many it kept back."""

    def __init__(self) -> None:
        super().__init__()
        self._since = float("-inf")
        self._seen = 0

    def filter(self, record: logging.LogRecord) -> bool:
        """Count *record* in its minute."""
        if not 0 <= record.created - self._since < 60:
            kept_back = self._seen - A_MINUTE
            self._since, self._seen = record.created, 0
            if kept_back > 0:
                record.msg = f"({kept_back} lines left out before this one) {record.msg}"
        self._seen += 1
        return self._seen <= A_MINUTE


def install() -> None:
    """Send every logger of the process, and whatever nobody caught, to stderr as told above."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(Plain())
    handler.addFilter(Few())
    logging.getLogger().handlers[:] = [handler]
    logging.raiseExceptions = False  # a record that cannot be written would be printed whole
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _thread


def on_loop_error(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what asyncio could tell nobody; its message may hold values, so only its first words."""
    found = _PLAIN.match(str(context.get("message", "")))
    _log.error("asyncio: %s", found[0].strip() if found else "", exc_info=context.get("exception"))


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _log.critical("ended by a mistake of ours", exc_info=(kind, error, trace))


def _unraisable(told: "sys.UnraisableHookArgs") -> None:
    _log.error("an error that nobody could catch", exc_info=told.exc_value)


def _thread(told: threading.ExceptHookArgs) -> None:
    name = told.thread.name if told.thread is not None else "a thread"
    _log.error("%s ended by a mistake of ours", name, exc_info=told.exc_value)
