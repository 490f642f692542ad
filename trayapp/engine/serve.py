"""The process of the engine: one instance, the ready line, signals, exit codes."""

import asyncio
import gc
import itertools
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

import msgspec

from trayapp.engine import guard, log, room
from trayapp.engine.engine import Engine
from trayapp.engine.port_owner import holder_of
from trayapp.home import Home, LockHeld
from trayapp.listener.server import Sockets, bind
from trayapp.model.errors import PortTaken, Taken
from trayapp.model.preferences import Preferences
from trayapp.model.serving import ServeOptions

_ENDINGS = (signal.SIGINT, signal.SIGTERM)


class Ready(msgspec.Struct, frozen=True, omit_defaults=False):
    """The one line on standard output: requests are accepted from now on."""

    base_url: str
    control: str
    pid: int
    event: str = "ready"


def run(home: Home, preferences: Preferences, options: ServeOptions) -> int:
    """Run an engine until it is told to stop; 0 then, and an error otherwise.

    Raises `Taken` where another engine has the home or someone has the port, `Misconfigured`
    where a setting cannot be used.
    """
    log.install()
    guard.forget(os.environ)
    guard.close_memory()
    room.make_room()
    home.prepare()
    with home.lock() as lock:
        preferences = options.over(preferences)
        port = preferences.listener.port
        try:
            sockets = bind(port)
        except PortTaken as taken:
            raise Taken(f"Port {port} is used by {holder_of(port)}.") from taken
        try:
            asyncio.run(_serve(home, preferences, options, sockets, lock))
        finally:
            for each in sockets.bound:
                each.close()
            _ignore_signals()  # what has ended well is not to be killed on its last steps
    return 0


async def _serve(
    home: Home, preferences: Preferences, options: ServeOptions, sockets: Sockets, lock: LockHeld
) -> None:
    engine = Engine(home, preferences, options, sockets)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(engine.on_loop_error)

    def on_signal() -> None:
        if stop.is_set():
            engine.abort()
        stop.set()

    _handle_signals(loop, on_signal)
    async with engine:
        lock.announce(engine.base_url)
        ready = Ready(engine.base_url, str(home.control_socket), os.getpid())
        sys.stdout.write(msgspec.json.encode(ready).decode() + "\n")
        sys.stdout.flush()
        gc.freeze()  # what start made stays: no collection looks at it again
        gc.enable()
        engine.on_stop = stop.set
        engine.on_move = lock.announce
        await stop.wait()
        await engine.drain(options.drain)


def _handle_signals(loop: asyncio.AbstractEventLoop, on_signal: Callable[[], None]) -> None:
    """Tell of the first signal and of the second; further ones have nothing more to say.

    Not by the loop's own handlers: they go with it, and a signal in the last moments would then
    kill a process that has ended well.
    """
    before = itertools.count()

    def pass_on(_number: int, _frame: FrameType | None) -> None:
        if next(before):
            _ignore_signals()
        if not loop.is_closed():
            loop.call_soon_threadsafe(on_signal)

    for number in _ENDINGS:
        signal.signal(number, pass_on)


def _ignore_signals() -> None:
    for number in _ENDINGS:
        signal.signal(number, signal.SIG_IGN)
