"""A verb that works on the home itself while no engine has it, and else asks the engine."""

import threading
from collections.abc import Callable
from typing import Any

from trayapp.cli.ask import Control
from trayapp.home import EngineRunning, Home
from trayapp.model.command import Command
from trayapp.model.errors import NoEngine, SluiceError

_TRIES = 50
_PAUSE = 0.1
"""An engine that is just starting holds the home and does not answer yet: 5 s for it."""


class NotDone(SluiceError):
    """The engine refused; the message says why."""


def by_whoever_has(home: Home, command: Command, here: Callable[[], Any]) -> Any:
    """Do *command* by *here* or by the engine, whoever has the home; raises `NotDone` if refused."""
    for attempt in range(_TRIES):
        try:
            with home.lock(brief=True):
                return here()
        except EngineRunning:
            try:
                with Control(home) as control:
                    answer = control.ask(command)
            except NoEngine:
                if attempt == _TRIES - 1:
                    raise
                threading.Event().wait(_PAUSE)
                continue
            if not answer.ok:
                raise NotDone(answer.message) from None
            return answer.value
    raise AssertionError("unreachable")
