"""How the desk stands with its engine, as one value; no Qt."""

import datetime as dt
from typing import Literal

import msgspec

State = Literal["starting", "connected", "down", "restarting"]


class Link(msgspec.Struct, frozen=True):
    """Whether an engine answers, and what is done about it where none does.

    - `starting`: none has answered yet, and one is on its way.
    - `connected`: one answers; *version* is its own.
    - `restarting`: it crashed; try *attempt* of *tries* is made at *next_at* (None: under way).
    - `down`: none answers and none is being started; *attempt* restarts failed before.

    *since* is when it came to be so: of `restarting` and `down` it is when the engine was lost.
    *why* is the engine's last sentence, in English, where it left one, and *code* its exit code.
    """

    state: State
    since: dt.datetime
    version: str = ""
    attempt: int = 0
    tries: int = 0
    next_at: dt.datetime | None = None
    why: str = ""
    code: int | None = None

    @property
    def is_up(self) -> bool:
        """Whether what the last Snapshot says is still being kept up to date."""
        return self.state == "connected"
