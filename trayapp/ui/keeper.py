"""Keeps an engine: joins the one that runs, else starts one, and again when it crashes."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from trayapp import __version__
from trayapp.home import Home, is_ours
from trayapp.model.command import Stop
from trayapp.model.snapshot import Snapshot
from trayapp.ui.desk import Desk
from trayapp.ui.upkeep import Upkeep, is_older

KNOCK_MS = 50
"""How often an engine that is starting is asked whether it is there."""
LISTEN_MS = 2000
"""How often to look for an engine that someone else may have started."""
GIVES_UP_MS = 20_000
"""A start that took longer failed."""
ENDS_MS = 45_000
"""An engine that is told to stop drains for half a minute."""
SHOWN_AFTER_MS = 2000
GRACE_MS = 3000
"""Whoever runs `serve` may start it again by themselves; they come first."""


class Started(Protocol):
    """What the keeper asks of a process; `process.Process` is one."""

    @property
    def code(self) -> int | None:
        """Its exit code, None while it runs."""

    @property
    def why(self) -> str:
        """Its last sentence."""

    def terminate(self) -> None:
        """Ask it to end."""


Start = Callable[[], Started]


class Keeper(QObject):
    """Sees to it that an engine runs while the tray does, and tells the desk how things stand."""

    def __init__(self, desk: Desk, home: Home, start: Start, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._bridge = desk.bridge
        self._home = home
        self._start = start
        self._upkeep = Upkeep(desk.clock.now())
        self._process: Started | None = None
        self._waited_ms = 0
        self._is_replacing = False
        self._is_lost = False
        self._gone: Callable[[], None] | None = None
        self._next: Callable[[], None] = self._knock
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._rings)
        self._bridge.opened.connect(self._opened)
        self._bridge.closed.connect(self._closed)
        self._bridge.changed.connect(self._look)
        desk.wanted.connect(self._wanted)

    def begin(self) -> None:
        """Join an engine or start one."""
        self._knock()

    def leave(self, gone: Callable[[], None]) -> None:
        """Let go: a tray's engine drains and stops, one of `serve` stays; then *gone* is called."""
        self._gone = gone
        self._timer.stop()
        snapshot = self._bridge.snapshot
        if self._bridge.is_open and snapshot is not None and snapshot.owner == "tray":
            self._bridge.ask(Stop())
            self._in(ENDS_MS, self._left)
        elif self._process is not None and self._process.code is None and not self._bridge.is_open:
            self._process.terminate()
            self._waited_ms = 0
            self._in(KNOCK_MS, self._await_end)
        else:
            self._left()

    def _left(self) -> None:
        self._timer.stop()
        gone, self._gone = self._gone, None
        if gone is not None:
            gone()

    def _await_end(self) -> None:
        """Its socket closes a moment before it has ended: the next one needs its lock."""
        self._waited_ms += KNOCK_MS
        running = self._process is not None and self._process.code is None
        if (running or self._home.holder() == "held") and self._waited_ms < ENDS_MS:
            self._in(KNOCK_MS, self._await_end)
        else:
            self._left()

    # -- what the bridge tells

    def _opened(self) -> None:
        self._timer.stop()
        self._waited_ms = 0
        self._is_replacing = self._is_lost = False
        self._upkeep.opened(self._bridge.version, self._desk.clock.now())
        self._tell()

    def _look(self, snapshot: Snapshot) -> None:
        """An engine older than this tray, and ours, makes room for a new one when it is idle."""
        if self._is_replacing or self._gone or snapshot.owner != "tray":
            return
        busy = snapshot.diagnostics.in_flight or snapshot.held_total
        if is_older(self._bridge.version, __version__) and not busy and not _works(snapshot):
            self._is_replacing = True
            self._bridge.ask(Stop())

    def _closed(self, why: str) -> None:
        if self._gone is not None:
            self._waited_ms = 0
            self._in(KNOCK_MS, self._await_end)
        elif self._upkeep.link.is_up:
            self._waited_ms = 0
            self._is_lost = True
            self._upkeep.lost(self._desk.clock.now())
            self._tell()
            self._in(KNOCK_MS, self._lost)
        elif self._is_lost:
            self._in(KNOCK_MS, self._lost)
        elif why:
            self._upkeep.ended(self._desk.clock.now(), why)
            self._tell()
            self._in(LISTEN_MS, self._knock)
        else:
            self._nobody_there()

    # -- what to do where no engine answers

    def _knock(self) -> None:
        path = self._home.engine_socket()
        try:
            strange = not is_ours(path)
        except OSError:
            strange = False  # nothing there: trying says so
        if strange:
            self._closed(f"{path} was not put there by an engine of yours.")
        else:
            self._bridge.connect_to(path)

    def _nobody_there(self) -> None:
        """An attempt to join found nobody."""
        if self._process is not None:
            self._await_start()
        elif self._upkeep.link.state == "starting":
            self._spawn()
        else:
            self._in(LISTEN_MS, self._knock)

    def _lost(self) -> None:
        """The engine is gone: whether it crashed shows by what it left in its lock."""
        holder = self._home.holder()
        self._waited_ms += KNOCK_MS
        if holder == "held" and self._waited_ms < ENDS_MS:
            self._still_ending()
        elif self._is_of_serve() and holder == "left" and self._waited_ms < GRACE_MS:
            self._in(KNOCK_MS, self._lost)
        else:
            self._is_lost = False
            self._after(holder)

    def _after(self, holder: str) -> None:
        if self._is_replacing:
            self._is_replacing = False
            self._spawn()
        elif holder == "free":
            self._process = None
            self._upkeep.ended(self._desk.clock.now())
            self._tell()
            self._in(LISTEN_MS, self._knock)
        else:
            self._failed(*self._last_words())

    def _still_ending(self) -> None:
        """Someone holds the lock: the old engine, which is ending, or already another one."""
        if self._waited_ms >= SHOWN_AFTER_MS and self._upkeep.link.state != "down":
            self._upkeep.ended(self._desk.clock.now())
            self._tell()
        self._knock()

    def _is_of_serve(self) -> bool:
        return self._bridge.snapshot is not None and self._bridge.snapshot.owner == "serve"

    def _spawn(self) -> None:
        self._waited_ms = 0
        self._upkeep.trying(self._desk.clock.now())
        self._tell()
        try:
            self._process = self._start()
        except OSError as error:
            self._failed(error.strerror or str(error), None)
            return
        self._in(KNOCK_MS, self._knock)

    def _await_start(self) -> None:
        """One was started and does not answer yet."""
        self._waited_ms += KNOCK_MS
        if self._process is not None and self._process.code is not None:
            self._failed(*self._last_words())
        elif self._waited_ms >= GIVES_UP_MS and self._process is not None:
            self._process.terminate()
            self._failed(f"It did not answer within {GIVES_UP_MS // 1000} s.", None)
        else:
            self._in(KNOCK_MS, self._knock)

    def _last_words(self) -> tuple[str, int | None]:
        if self._process is None or self._is_of_serve():
            return "", None
        return self._process.why, self._process.code

    def _failed(self, why: str, code: int | None) -> None:
        self._process = None
        delay = self._upkeep.failed(self._desk.clock.now(), why, code)
        self._tell()
        if delay is None:
            self._in(LISTEN_MS, self._knock)
        else:
            self._in(round(delay * 1000), self._spawn)

    def _wanted(self) -> None:
        """The user asks for an engine now."""
        if not self._bridge.is_open and self._gone is None:
            self._timer.stop()
            self._upkeep.wanted()
            self._spawn()

    def _tell(self) -> None:
        self._desk.stand(self._upkeep.link)

    def _rings(self) -> None:
        self._next()

    def _in(self, milliseconds: int, do: Callable[[], None]) -> None:
        self._next = do
        self._timer.start(milliseconds)


def _works(snapshot: Snapshot) -> bool:
    return any(job.state == "running" for job in snapshot.jobs)
