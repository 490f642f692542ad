"""The verbs of the command line; each starts an engine or asks a running one."""

import importlib
import os
import sys
from collections.abc import Sequence

from trayapp.cli.arguments import Told, parse
from trayapp.model.errors import Misconfigured, NoEngine, SluiceError, Taken

FAILED, INTERRUPTED = 1, 130
CODES: tuple[tuple[type[SluiceError], int], ...] = (
    (NoEngine, 69),
    (Taken, 75),
    (Misconfigured, 78),
)
"""The exit code of what can go wrong, by sysexits.h; anything else of ours is 1."""

SPOKEN = {"pause": "hold", "resume": "hold", "disconnect": "connect"}
"""Verbs whose file has another name."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb and return its exit code; what went wrong is one sentence on stderr."""
    told = parse(argv)
    for stream in (sys.stdout, sys.stderr):
        if reconfigure := getattr(stream, "reconfigure", None):
            reconfigure(errors="replace")  # a bar or a dash must not end a verb on an old terminal
    try:
        code = _run(told)
        sys.stdout.flush()  # here, where a reader that left can still be handled
    except SluiceError as error:
        print(f"sluice: {error.message}", file=sys.stderr)
        return next((code for kind, code in CODES if isinstance(error, kind)), FAILED)
    except BrokenPipeError:
        # Its reader left; what is still to be flushed at exit goes nowhere, without a traceback.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _run(told: Told) -> int:
    """Each verb is imported when it is asked for: `serve` must not pay for the others."""
    verb = importlib.import_module(f"trayapp.cli.{SPOKEN.get(told.verb, told.verb)}")
    code: int = verb.run(told)
    return code
