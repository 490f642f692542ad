"""Builds every part and joins them: start, serve, stop; the only place that knows all rooms."""

import asyncio
import logging
from collections.abc import Callable
from types import TracebackType
from typing import Self

from trayapp.cache.cache import Cache
from trayapp.clock import Clock
from trayapp.credentials import INDEX, Credentials
from trayapp.db import Database
from trayapp.engine import room
from trayapp.engine.address import Address
from trayapp.engine.alerts import Alerts
from trayapp.engine.archive import Archive
from trayapp.engine.control import Control
from trayapp.engine.datakey import DataKey
from trayapp.engine.desk import Desk
from trayapp.engine.jobs import Jobs
from trayapp.engine.keybox import Keybox
from trayapp.engine.meters import Meters
from trayapp.engine.problems import Problems
from trayapp.engine.publisher import Publisher
from trayapp.engine.purse import Purse
from trayapp.engine.reconfigure import Reconfigure
from trayapp.engine.refusals import Refusals
from trayapp.engine.register import Register
from trayapp.engine.rhythm import TICK_S, Rhythm
from trayapp.engine.roads import Roads, plan_of
from trayapp.engine.settings_file import SettingsFile
from trayapp.engine.stops import Stops
from trayapp.engine.storage import Storage
from trayapp.engine.tasks import Tasks
from trayapp.engine.turns import Turns
from trayapp.engine.view import View
from trayapp.engine.warner import Warner
from trayapp.flights import Flights
from trayapp.home import Home
from trayapp.listener.admittance import Door
from trayapp.listener.callers import Tools
from trayapp.listener.server import Listener, Sockets
from trayapp.meter.book import Book
from trayapp.meter.budgets import Budgets
from trayapp.meter.history import History
from trayapp.meter.ledger import SCHEMA, Ledger
from trayapp.meter.pools import Pools
from trayapp.meter.prices import models
from trayapp.meter.tally import Tally, Today
from trayapp.model.exchange import Request
from trayapp.model.outcome import Outcome
from trayapp.model.preferences import Preferences
from trayapp.model.quota import Quota
from trayapp.model.refusal import Refusal
from trayapp.model.serving import ServeOptions
from trayapp.model.snapshot import Snapshot
from trayapp.relay import Relay
from trayapp.wire.limits import Limits
from trayapp.wire.sweep import Sweep

_log = logging.getLogger("sluice")

QUEUED_S = 1.0
"""How long a stopping engine lets requests wait for their turn."""
LAST_WORDS_S = 0.5
"""How long callers of cut streams have to take the error event."""
GOODBYES = 3
"""Turns of the loop that closed sockets need: an accept under way, its transport, its end."""


class Engine:
    """One running relay: `async with engine` accepts requests from its entry to its exit."""

    def __init__(
        self, home: Home, preferences: Preferences, options: ServeOptions, sockets: Sockets
    ) -> None:
        self.home = home
        self.on_stop: Callable[[], None] = lambda: None
        self.on_move: Callable[[str], None] = lambda _: None
        self._clock = Clock()
        self._rhythm = Rhythm(self._clock.monotonic(), self._clock.elapsed())
        self._loop, self._aborted = asyncio.get_running_loop(), asyncio.Event()
        self._tasks = Tasks(self._report)
        self._publisher = Publisher(self._snapshot, self._clock.monotonic, self._loop.call_later)
        self._problems = Problems(self._clock.now, self._publisher.changed)
        self._address = Address(sockets, self._problems, preferences.listener.port)
        self.base_url = self._address.base_url
        self._refusals = Refusals(self._problems, self._publisher.changed)
        self._sweep = Sweep(self._loop)
        self._meters(home, preferences)
        self._road(preferences, options)
        self._door(preferences)
        self._watch(preferences)
        self._settings = self._reconfigured(preferences, options)
        self._view = View(
            self._clock,
            self.base_url,
            options.owner,
            turns=self._turns,
            meters=self._drawn,
            alerts=self._alerts,
            tally=self._tally,
            book=self._book,
            problems=self._problems,
            refusals=self._refusals,
            tasks=self._tasks,
            rhythm=self._rhythm,
            jobs=self._jobs,
            keys=self._keys,
        )
        desk = Desk(
            register=self._register,
            archive=self._archive,
            storage=self._storage,
            keys=self._keys,
            turns=self._turns,
            settings=self._settings,
            holds=self._listener.holds,
            cache=self._cache,
            jobs=self._jobs,
            stop=lambda: self.on_stop(),  # noqa: PLW0108 - it is set later
        )
        self._control = Control(home.control_socket, self._publisher, self._tasks, desk.do)

    def _meters(self, home: Home, preferences: Preferences) -> None:
        self._pools = Pools()
        self._tally = Tally(self._clock.now())
        self._db = Database(home.meter_db, SCHEMA)
        self._storage = Storage(
            self._db,
            self._clock,
            self._problems,
            known=lambda: self._register.on_roll,
            kept_from=lambda: self._archive.kept_from,
        )
        self._storage.opened = self._load
        self._ledger = Ledger(
            self._db, failed=self._storage.failed, recovered=self._storage.recovered
        )
        self._book = Book(
            self._clock, record=self._record, learn=self._learn, later=self._loop.call_later
        )
        self._book.begun = self._publisher.changed
        self._archive = Archive(
            History(self._db), self._clock, self._put_down, preferences.history.days
        )

    def _put_down(self) -> None:
        """Have every request that ended written, before somebody reads."""
        self._book.flush()
        self._ledger.flush()

    def _road(self, preferences: Preferences, options: ServeOptions) -> None:
        self._limits = Limits(connections=room.callers(Limits().connections))
        self._roads = Roads(self._limits, self._sweep, self._address.ours)
        self._roads.lay(plan_of(preferences))
        self._turns = Turns(
            self._pools,
            self._roads,
            self._clock,
            self._loop,
            stated=preferences.stated(),
            longest_hold=preferences.pacing.longest_hold,
        )
        keyring = Credentials(self.home.data / INDEX)
        in_file = options.key is not None or preferences.storage.key == "file"
        self._data_key = DataKey(self.home.data_key, None if in_file else keyring)
        self._keys = Keybox(
            options.key,
            problems=self._problems,
            timer=self._loop,
            keyring=keyring,
            use=self._turns.keep,
        )
        self._keys.hold(preferences.named())
        self._pacer = self._turns.pacer
        self._stops = Stops(self._problems)
        self._budgets = Budgets(preferences.budget, self._tally)
        purse = Purse(self._budgets, self._roads, self._turns, self._clock)
        self._cache = self._response_cache(preferences)
        flights = Flights(self._tasks.start)
        self._relay = Relay(self._pacer, purse, self._book, self._cache, flights)
        self._relay.may_pay = purse.check

    def _response_cache(self, preferences: Preferences) -> Cache:
        return Cache(
            self.home.cache_db,
            preferences.cache,
            url_of=self._roads.url_of,
            data_key=self._data_key.secret,
            clock=self._clock,
            start=self._tasks.start,
            tell=self._cache_trouble,
        )

    def _door(self, preferences: Preferences) -> None:
        tools = Tools({})
        self._register = Register(self._db, tools, self._publisher.changed, self.home.tools_file)
        self._listener = Listener(
            door=Door(preferences.listener.hosts),
            tools=tools,
            keys=self._keys,
            carry=self._relay.carry,
            start=self._tasks.start,
            limits=self._limits,
            sweep=self._sweep,
            now=self._clock.monotonic,
            refused=self._refusals.note,
            shed=self._pacer.shed,
        )
        self._jobs = Jobs(
            self._db,
            self._data_key.secret,
            self._clock,
            base_url=lambda: self.base_url,
            known=tools,
            turns=self._turns,
            tasks=self._tasks,
            problems=self._problems,
            changed=self._publisher.changed,
        )

    def _watch(self, preferences: Preferences) -> None:
        self._warner = Warner(preferences.warnings.command, self._problems, self._tasks.start)
        self._drawn = Meters(self._clock, self._pools, self._turns, self._tally, self._budgets)
        self._alerts = Alerts(
            self._clock,
            self._loop,
            build=self._snapshot,
            changed=self._publisher.changed,
            tell=self._warner.tell,
            budgets=self._budgets,
            preferences=preferences.warnings,
            cap=lambda: self._drawn.cap,
        )
        self._pacer.on_change = self._moved
        self._pacer.on_refusal = self._refused
        self.on_loop_error = room.on_loop_error(self._listener.shed_idle, self._problems)

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        await self._storage.open()
        await self._load()
        await self._control.open()
        await self._listener.open(self._address.sockets)
        self._tick_next()
        self._tasks.start(self._storage.tend(), "storage")
        self._loop.call_soon(models)  # read once, before files could run out; not before accepting
        self._keys.start(self._tasks.start)  # takes its first step once the ready line is out
        self._jobs.begin()
        self._address.tell()
        return self

    async def _load(self) -> None:
        """Take up what earlier runs left, as far as the file can be read."""
        storage, today = self._storage, self._clock.today()
        self._register.make_do()
        await storage.first(self._register.load(), None)
        self._tally.restore(await storage.first(self._ledger.today(today), Today(today)))
        learned = await storage.first(self._ledger.limits(), ())
        self._pools.restore(learned, self._clock.monotonic())
        self._turns.remember(learned, [])

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ticking.cancel()
        self._alerts.stop()
        self._listener.close()
        self._listener.abort()
        await self._tasks.see_off(self._jobs.close(), "batch jobs")
        await self._tasks.see_off(self._control.close(), "control")
        self._storage.stop()
        self._tasks.cancel()
        self._roads.close()
        await self._tasks.__aexit__(None, None, None)
        await self._tasks.see_off(self._cache.close(), "cache")
        await self._tasks.see_off(self._close_ledger(), "ledger")
        await self._tasks.see_off(self._db.close(), "meter.db")
        for _ in range(GOODBYES):
            await asyncio.sleep(0)

    async def _close_ledger(self) -> None:
        self._book.flush()
        self._ledger.keep_limits(self._pools.learned())
        await self._ledger.close()

    def abort(self) -> None:
        """End a drain that is under way now."""
        self._aborted.set()

    async def drain(self, seconds: float) -> None:
        """Accept no more, let answers end for *seconds*, then break off the rest, saying so."""
        self._listener.close()
        self._jobs.rest()
        self._keys.stop()
        handle = self._loop.call_later(QUEUED_S, self._pacer.stop)
        try:
            if not await self._emptied_within(seconds):
                self._relay.break_off()
                await self._emptied_within(LAST_WORDS_S)
        finally:
            handle.cancel()

    async def _emptied_within(self, seconds: float) -> bool:
        emptied = self._tasks.start(self._listener.emptied(), "drain")
        aborted = self._tasks.start(_wait(self._aborted), "abort")
        await asyncio.wait((emptied, aborted), timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        done = emptied.done()
        emptied.cancel()
        aborted.cancel()
        return done

    # -- what the parts tell

    def _moved(self) -> None:
        self._alerts.stir()
        self._publisher.changed()
        self._jobs.ring()

    def _refused(self, refusal: Refusal, request: Request) -> None:
        self._stops.refused(refusal, request)
        self._alerts.refused(refusal)

    def _record(self, outcome: Outcome) -> None:
        self._tally.record(outcome, self._clock.now())
        self._ledger.record(outcome)
        self._alerts.ended(outcome)
        self._jobs.record(outcome)
        if not outcome.cached:  # it says nothing of upstream
            self._stops.ended(outcome)
        if not outcome.own and not outcome.cached:
            self._keys.answered(outcome.upstream, outcome.status)
        self._publisher.changed()

    def _learn(self, request: Request, quota: Quota) -> None:
        self._turns.learn(request, quota)
        self._moved()

    def _report(self, name: str, error: Exception) -> None:
        _log.error("task %s failed", name, exc_info=error)
        self._problems.open("bug", f"Sluice made a mistake in “{name}”: {type(error).__name__}.")

    def _cache_trouble(self, sentence: str | None) -> None:
        if sentence is None:
            self._problems.clear("cache")
        else:
            self._problems.open("cache", sentence)

    def _snapshot(self) -> Snapshot:
        return self._view.snapshot()

    # -- what changes while it runs

    def _reconfigured(self, preferences: Preferences, options: ServeOptions) -> SettingsFile:
        """Tell each room which part of the settings it lives by; flags of the start stay above."""
        self._address.moved = self._moved_to
        rooms = Reconfigure(preferences)
        rooms.hand(lambda now: now.listener.port, self._address.move)
        rooms.hand(plan_of, self._roads.lay)
        rooms.hand(Preferences.named, self._keys.hold)
        rooms.hand(Preferences.stated, self._turns.state)
        rooms.hand(lambda now: now.pacing.longest_hold, self._turns.hold_for)
        rooms.hand(lambda now: now.listener.hosts, self._listener.admit)
        rooms.hand(lambda now: now.history.days, self._archive.keep_for)
        rooms.hand(lambda now: now.budget, self._budgets.adopt)
        rooms.hand(lambda now: now.warnings, self._alerts.adopt)
        rooms.hand(lambda now: now.warnings.command, self._warner.adopt)
        rooms.hand(lambda now: now.cache, self._cache.adopt)
        return SettingsFile(
            self.home.config_file, rooms, self._problems, self._publisher.changed, options.over
        )

    def _moved_to(self, sockets: Sockets, base_url: str) -> None:
        self._tasks.start(self._move(sockets, base_url), "port")

    async def _move(self, sockets: Sockets, base_url: str) -> None:
        await self._listener.move(sockets)
        self.base_url = self._view.base_url = base_url
        self.on_move(base_url)
        self._publisher.changed()

    def _tick_next(self) -> None:
        self._ticking = self._loop.call_later(TICK_S, self._tick)

    def _tick(self) -> None:
        self._tick_next()  # before what might fail
        seen = self._rhythm.tick(self._clock.monotonic(), self._clock.elapsed())
        if seen.woke:
            _log.warning("slept %.0f s, late %.0f s", seen.slept, seen.late)
            self._roads.wake()
            self._pacer.wake()
        self._settings.look()


async def _wait(event: asyncio.Event) -> None:
    await event.wait()
