"""The response cache as the relay sees it: looks an answer up, keeps one, and never fails.

The file is opened when the first request needs it. Nothing waits for a write; a lookup waits for
the file's thread, and not long. Whatever goes wrong is a bypass, told once, and tried again.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from trayapp.cache import lookup as say
from trayapp.cache import store, troubles
from trayapp.cache.index import Index
from trayapp.cache.kept import Heard, Kept, kept_of
from trayapp.cache.key import Hasher
from trayapp.cache.lookup import Lookup, bypass
from trayapp.cache.question import NotKept, question_of
from trayapp.cache.queue import Queue
from trayapp.cache.sealing import Seal, derived
from trayapp.cache.shelf import opened, rows, told
from trayapp.cache.stats import Stats
from trayapp.cache.terms import passed_over, terms_of
from trayapp.clock import Timekeeper
from trayapp.db import DamagedDatabase, Database, NewerDatabase
from trayapp.model.exchange import Headers, Request
from trayapp.model.preferences import CachePreferences
from trayapp.model.secret import Secret

LOOKUP_S = 0.05
"""A lookup that takes longer is a miss."""
OPENING_S = 0.5
"""How long the first requests wait for the file to be opened."""
GROUP_S = 0.2
GROUP_ROWS = 64
"""Answers are written together, after this long or when there are so many."""
RETRY_S = 30.0
"""How long after a failure the file is tried again."""
SWEEP_S = 60.0
"""How often what has expired is deleted."""

Start = Callable[[Coroutine[Any, Any, None], str], object]


class Shelf:
    """An open file, with what is needed to use it."""

    def __init__(self, database: Database, seal: Seal, hasher: Hasher, index: Index) -> None:
        self.database = database
        self.seal = seal
        self.hasher = hasher
        self.index = index


class Cache:
    """Answers to what was asked before, of every upstream; *url_of* tells where a named one is.

    *data_key* gives the secret that seals them, *tell* takes what the user should know (None:
    all is well again), *start* runs a task of the engine's.
    """

    def __init__(
        self,
        path: Path,
        preferences: CachePreferences,
        *,
        url_of: Callable[[str], str],
        data_key: Callable[[], Awaitable[Secret]],
        clock: Timekeeper,
        start: Start,
        tell: Callable[[str | None], None],
    ) -> None:
        self.preferences = preferences
        self.damaged = 0
        """Rows that were not what was written; each was a miss."""
        self._path = path
        self._url_of = url_of
        self._data_key = data_key
        self._clock = clock
        self._start = start
        self._tell = tell
        self._shelf: Shelf | None = None
        self._queue = Queue()
        self._opening: asyncio.Future[None] | None = None
        self._opening_ends = self._retry_at = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._sweeping: asyncio.TimerHandle | None = None
        self._reads_fail = self._writes_fail = self._closed = False

    # -- what the relay asks

    async def look(self, request: Request) -> Lookup:
        """Return what there is for *request*; does not raise."""
        why = passed_over(request.caller)
        if why is not None:
            return bypass(why)
        shelf = self._shelf or await self._opened()
        if shelf is None or not self.preferences.enabled:
            return bypass("off")
        try:
            question = question_of(request.body if isinstance(request.body, bytes) else b"")
        except NotKept as reason:
            return bypass(reason.detail)
        return await self._answer(shelf, request, self._key_of(shelf, request, question))

    def _key_of(self, shelf: Shelf, request: Request, question: bytes) -> bytes:
        upstream = self._url_of(request.caller.upstream)
        return shelf.hasher.key_of(request, question, upstream)

    async def _answer(self, shelf: Shelf, request: Request, key: bytes) -> Lookup:
        terms = terms_of(request.headers)
        if terms.fresh:
            return Lookup(say.ASKED_ANEW, key if terms.keep else None)
        kept = await self._find(shelf, key, stream=request.stream)
        if kept is None:
            return Lookup(say.MISS, key, shared=True)
        age = kept.age(self._now())
        if terms.max_age is not None and age > terms.max_age:
            return Lookup(say.ASKED_ANEW, key)
        return Lookup(say.HIT, key, kept, max(age, 0.0))

    def keep(
        self, key: bytes, status: int, headers: Headers, pieces: list[bytes], heard: Heard
    ) -> None:
        """Keep an answer, where it is fit for it; it is on disk within about a fifth of a second."""
        shelf = self._shelf
        kept = kept_of(status, headers, pieces, heard, self._now()) if shelf else None
        if shelf is None or kept is None:
            return
        self._queue.add(key, kept)
        shelf.index.add((key,))
        if self._writes_fail:
            return
        if len(self._queue) >= GROUP_ROWS:
            self._flush()
        elif self._timer is None:
            self._timer = self._later(GROUP_S, self._flush)

    # -- what the engine asks

    def adopt(self, preferences: CachePreferences) -> None:
        """Keep answers by these preferences from now on."""
        self.preferences = preferences

    async def stats(self) -> Stats:
        """Return how much is kept."""
        shelf = self._shelf or await self._opened()
        sums = store.Sums() if shelf is None else await shelf.database.run(store.sums)
        return Stats(
            sums.entries,
            sums.bytes,
            self.preferences.limit,
            self.preferences.lifetime,
            working=shelf is not None and not self._writes_fail,
            damaged=self.damaged,
            dropped=self._queue.dropped,
        )

    async def clear(self) -> None:
        """Forget every answer, and take the file away."""
        while self._opening is not None:
            await asyncio.wait((self._opening,))
        opening = self._opening = asyncio.get_running_loop().create_future()
        try:
            self._queue.clear()
            await self._put_down(self._shelf)
            store.discard(self._path)
        finally:
            self._opening = None
            opening.set_result(None)

    async def close(self) -> None:
        """Write what waits, and close the file."""
        self._closed = True
        if not self._writes_fail:
            self._flush()
        await self._put_down(self._shelf)

    # -- finding

    async def _find(self, shelf: Shelf, key: bytes, *, stream: bool) -> Kept | None:
        waiting = self._queue.find(key)
        if waiting is None and not shelf.index.may_hold(key):
            return None
        if waiting is not None and waiting.stream is stream:
            return self._fresh(waiting)
        try:
            async with asyncio.timeout(LOOKUP_S):
                kept = await self._fetch(shelf, key, waiting, stream=stream)
        except TimeoutError:
            return None
        except Exception as error:  # noqa: BLE001 - a cache that fails is a bypass, whatever it was
            self._reads_fail = True
            self._failed(shelf, error)
            return None
        if self._reads_fail:
            self._reads_fail = False
            self._recovered()
        return self._fresh(kept)

    async def _fetch(
        self, shelf: Shelf, key: bytes, waiting: Kept | None, *, stream: bool
    ) -> Kept | None:
        def fetch(connection: Connection) -> tuple[Kept | None, bool]:
            kept = waiting
            if kept is None:
                sealed = store.find(connection, key)
                if sealed is None:
                    return None, False
                kept = opened(shelf.seal, key, sealed)
            if kept is None:
                store.drop(connection, key)
                return None, True
            return told(kept, stream=stream), False

        kept, damaged = await shelf.database.run(fetch)
        self.damaged += damaged
        return kept

    def _fresh(self, kept: Kept | None) -> Kept | None:
        fresh = kept is not None and kept.is_fresh(self._now(), self.preferences.lifetime)
        return kept if fresh else None

    # -- writing

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        shelf = self._shelf
        answers = self._queue.take() if shelf is not None else []
        if shelf is None or not answers:
            return  # the group under way calls again when it has ended
        limit, before = self.preferences.limit, self._expired_before()
        gone: list[bytes] = []

        def write(connection: Connection) -> None:
            sealed = rows(shelf.seal, answers, os.urandom)
            gone.extend(store.write(connection, sealed, limit=limit, before=before))

        shelf.database.submit(write, lambda error: self._written(shelf, gone, error))

    def _written(self, shelf: Shelf, gone: list[bytes], error: BaseException | None) -> None:
        if shelf is not self._shelf:
            return
        if error is not None:
            self._queue.put_back()
            self._writes_fail = True
            self._failed(shelf, error)
            if not self._closed and self._timer is None:
                self._timer = self._later(RETRY_S, self._flush)
            return
        self._queue.done()
        shelf.index.drop(gone)
        if self._writes_fail:
            self._writes_fail = False
            self._recovered()
        if self._queue and self._timer is None and not self._closed:
            self._timer = self._later(GROUP_S, self._flush)

    def _sweep(self) -> None:
        """Delete what has expired; nothing happens while nothing is kept."""
        self._sweeping = self._later(SWEEP_S, self._sweep)
        shelf = self._shelf
        if shelf is None or not len(shelf.index) or self._writes_fail:
            return
        gone: list[bytes] = []
        before = self._expired_before()

        def ended(error: BaseException | None) -> None:
            if error is not None:
                self._failed(shelf, error)
            shelf.index.drop(gone)

        shelf.database.submit(lambda file: gone.extend(store.sweep(file, before)), ended)

    # -- opening, and what goes wrong

    async def _opened(self) -> Shelf | None:
        """Return the open file; None where it is not to be had, or not soon."""
        if self._closed or not self.preferences.enabled:
            return None
        now = self._clock.monotonic()
        if self._opening is None:
            if now < self._retry_at:
                return None
            self._begin_opening()
        left = self._opening_ends - now
        if left > 0 and self._opening is not None:
            await asyncio.wait((self._opening,), timeout=left)
        return self._shelf

    def _begin_opening(self, worn: Shelf | None = None) -> None:
        self._shelf = None
        self._opening = asyncio.get_running_loop().create_future()
        self._opening_ends = self._clock.monotonic() + OPENING_S
        self._start(self._open(self._opening, worn), "cache")

    async def _open(self, opening: "asyncio.Future[None]", worn: Shelf | None) -> None:
        """Open the file; in the place of *worn* one a new one is made."""
        try:
            if worn is not None:
                await self._put_down(worn)
                store.discard(self._path)
            secret = (await self._data_key()).reveal()
            self._shelf = await self._open_file(secret)
        except Exception as error:  # noqa: BLE001 - a cache that fails is a bypass, whatever it was
            self._retry_at = self._clock.monotonic() + RETRY_S
            self._tell(troubles.sentence_of(error))
        else:
            self._reads_fail = self._writes_fail = False
            self._queue.put_back()
            self._tell(None)
            self._sweeping = self._later(SWEEP_S, self._sweep)
        finally:
            self._opening = None
            opening.set_result(None)

    async def _open_file(self, secret: bytes) -> Shelf:
        """Open the file; one that is damaged, newer or sealed with another key is made anew."""
        try:
            return await self._try_file(secret)
        except (DamagedDatabase, NewerDatabase, store.Unusable):
            pass
        except Exception as error:
            if not troubles.is_damage(error):
                raise
        store.discard(self._path)
        return await self._try_file(secret)

    async def _try_file(self, secret: bytes) -> Shelf:
        database = Database(self._path, store.SCHEMA)
        await database.open()
        limit = self.preferences.limit

        def begin(connection: Connection) -> tuple[Seal, Index]:
            seal = Seal(secret)
            return seal, Index(store.open_for(connection, seal.mark, limit))

        try:
            seal, index = await database.run(begin)
        except BaseException:
            await database.close()
            raise
        return Shelf(database, seal, Hasher(derived(secret, b"cache key")), index)

    def _failed(self, shelf: Shelf, error: BaseException) -> None:
        if shelf is not self._shelf or self._closed:
            return
        if troubles.is_damage(error):
            self._begin_opening(worn=shelf)
        else:
            self._tell(troubles.sentence_of(error))

    def _recovered(self) -> None:
        if not self._reads_fail and not self._writes_fail:
            self._tell(None)

    async def _put_down(self, shelf: Shelf | None) -> None:
        """Close the file, if it is open."""
        self._shelf = None
        for handle in (self._timer, self._sweeping):
            if handle is not None:
                handle.cancel()
        self._timer = self._sweeping = None
        if shelf is not None:
            await shelf.database.close()

    def _expired_before(self) -> float:
        return self._now() - self.preferences.lifetime

    def _now(self) -> float:
        return self._clock.now().timestamp()

    def _later(self, seconds: float, function: Callable[[], None]) -> asyncio.TimerHandle:
        return asyncio.get_running_loop().call_later(seconds, function)
