"""The worker process of batch jobs: started with the first errand, ended when there are no more."""

import asyncio
import contextlib
import logging
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Callable

import msgspec

from trayapp.batch import process
from trayapp.batch.errands import Begin, Drop, Errand, Line, Up
from trayapp.engine.keys import Start

_log = logging.getLogger("sluice")

IDLE_S = 10.0
"""How long a worker without errands stays: a job may just be going on to its next batch."""
LAST_WORDS_S = 2.0
"""How long one takes to end whose stdin was closed."""
LONGEST_LINE = 64 * 1024 * 1024

Make = Callable[[int], Errand]
"""Makes an errand of its number."""
Heard = Callable[[Up | None], None]
"""Told each result; None: the worker ended first."""

_result = msgspec.json.Decoder(Up)
_encode = msgspec.json.Encoder().encode


class Worker:
    """One worker at a time; what was given to one that died is told so, and may be given again."""

    def __init__(self, begin: Callable[[], Begin], start: Start) -> None:
        self._begin = begin
        self._start = start
        self._heard: dict[int, Heard] = {}
        self._unsent: list[bytes] = []
        self._process: Process | None = None
        self._running = False
        self._number = 0
        self._idle: asyncio.TimerHandle | None = None
        self.deaths = 0
        """Workers that died in a row, none of their errands having ended."""

    def call(self, make: Make, heard: Heard) -> int:
        """Give an errand; *heard* is told what comes of it, from this moment until its end."""
        self._number += 1
        number = self._number
        self._heard[number] = heard
        if self._idle is not None:
            self._idle.cancel()
            self._idle = None
        self._send(_encode(make(number)) + b"\n")
        return number

    async def ask(self, make: Make, take: Callable[[Line], None] = lambda _: None) -> Up | None:
        """Give an errand and wait for its end; *take* is given each line that comes before."""
        future: asyncio.Future[Up | None] = asyncio.get_running_loop().create_future()

        def heard(up: Up | None) -> None:
            if isinstance(up, Line):
                take(up)
            elif not future.done():
                future.set_result(up)

        number = self.call(make, heard)
        try:
            return await future
        finally:
            self.drop(number)

    def drop(self, number: int) -> None:
        """Cut an errand short; nothing more is heard of it."""
        if self._heard.pop(number, None) is not None:
            self._send(_encode(Drop(number)) + b"\n")
            self._rest()

    def stop(self) -> None:
        """End the worker; its errands are not told, since nobody is left to care."""
        self._heard.clear()
        if self._idle is not None:
            self._idle.cancel()
        self._close()

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return self._process.pid if self._process else None

    def _send(self, line: bytes) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.write(line)
            return
        self._unsent.append(line)
        if not self._running:
            self._running = True
            self._start(self._live(), "batch worker")

    async def _live(self) -> None:
        """The life of one process, from its start to its last word."""
        lines: list[bytes] = []
        ended = False
        try:
            worker = await asyncio.create_subprocess_exec(
                *process.COMMAND, stdin=PIPE, stdout=PIPE, stderr=DEVNULL,
                env=process.environment(os.environ), limit=LONGEST_LINE,
            )  # fmt: skip
            assert worker.stdin is not None  # noqa: S101 - for the type checker: it is a pipe
            assert worker.stdout is not None  # noqa: S101 - for the type checker: it is a pipe
            self._process = worker
            lines, self._unsent = self._unsent, []
            worker.stdin.write(_encode(self._begin()) + b"\n" + b"".join(lines))
            while line := await worker.stdout.readline():
                ended = self._take(line) or ended
        except (OSError, ValueError, msgspec.DecodeError) as error:
            _log.warning("the batch worker failed: %s", type(error).__name__)
        finally:
            await self._end(ended=ended)

    async def _end(self, *, ended: bool) -> None:
        worker, self._process, self._running = self._process, None, False
        if worker is not None:
            if worker.stdin is not None:
                worker.stdin.close()
            try:
                await asyncio.wait_for(worker.wait(), LAST_WORDS_S)
            except TimeoutError:
                with contextlib.suppress(ProcessLookupError):
                    worker.kill()
                await worker.wait()
        self.deaths = 0 if ended else self.deaths + bool(self._heard)
        heard, self._heard = self._heard, {}
        self._unsent = []
        for each in heard.values():
            each(None)

    def _take(self, line: bytes) -> bool:
        """Hand a result on; true where it ends an errand."""
        up = _result.decode(line)
        heard = self._heard.get(up.id)
        if heard is None:
            return False
        if isinstance(up, Line):
            heard(up)
            return False
        del self._heard[up.id]
        heard(up)
        self._rest()
        return True

    def _rest(self) -> None:
        if not self._heard and self._idle is None and self._process is not None:
            self._idle = asyncio.get_running_loop().call_later(IDLE_S, self._close)

    def _close(self) -> None:
        self._idle = None
        if not self._heard and self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
