"""Which credential a request goes upstream with; the stored key may come after the first request.

An engine starts before the keyring is unlocked. The key is read in the background, and from then
on kept in memory; tools wait for it a while, own credentials are served all the time. A locked
keyring is asked once, since asking shows a prompt; from then on it is only looked at.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from trayapp.credentials import DEFAULT, State
from trayapp.engine.problems import Problems
from trayapp.model.errors import (
    KeyringFailure,
    KeyringHangs,
    KeyringLocked,
    NotServing,
    SluiceError,
)
from trayapp.model.secret import Secret

HOLD_S = 30.0
"""How long tools wait for a keyring, counted from the first that needs it."""
RETRY_S = 5
LOOK_S = 1.0
"""Between looks at a keyring that somebody waits for."""
SELDOM = 30
"""Nobody waits: so many times that long."""

KEYRING, REFUSED = "keyring", "key_refused"
"""The codes of the two problems told from here."""

NO_KEY = "No key is stored{}. Store one by: sluice key set{}. A tool's own key works without."
OWN = "Requests with a key of their own are served meanwhile."
NOT_ACCEPTED = "The API does not accept the stored key{} (401). Store another by: sluice key set{}"
GIVEN = "This engine was started with --key-env and keeps that key until it ends."


class Alarm(Protocol):
    """Something that will ring, or a task that runs."""

    def cancel(self) -> object:
        """Let it not."""


Start = Callable[[Coroutine[Any, Any, None], str], Alarm]


class Timer(Protocol):
    """The one thing asked of an event loop."""

    def call_later(self, delay: float, callback: Callable[[], None], /) -> Alarm:
        """Call back once."""


class Keyring(Protocol):
    """What is asked of `credentials.Credentials`."""

    async def look(self, name: str) -> State: ...

    async def get(self, name: str) -> Secret | None: ...

    def asking(self, name: str) -> bool: ...

    def forget(self, name: str) -> None: ...


class Keys:
    """The stored key, if there is one, and whether callers may bring their own.

    *key* is one that was given at the start; then *keyring* is None and no keyring is touched.
    *use* is told each key that comes into use.
    """

    def __init__(
        self,
        key: Secret | None,
        *,
        name: str = DEFAULT,
        problems: Problems,
        timer: Timer,
        keyring: Keyring | None = None,
        use: Callable[[Secret], None],
    ) -> None:
        self.key = key
        self._name = name
        self._of = ("", "") if name == DEFAULT else (f" for “{name}”", f" {name}")
        """How sentences tell this key from others: after a noun, after a command."""
        self._code = REFUSED if name == DEFAULT else f"{REFUSED}:{name}"
        self._task: Alarm | None = None
        self._problems = problems
        self._timer = timer
        self._keyring = keyring
        self._use = use
        self._failure: KeyringFailure | None = None
        self._refused: Secret | None = None
        self._pending = keyring is not None
        """Nothing is known yet."""
        self._may_prompt = True
        self._looks = 0
        self._again = False
        self._wanted = False
        self._bell = asyncio.Event()
        self._waiting: set[asyncio.Future[None]] = set()
        self._told: set[asyncio.Future[None]] = set()
        self._hold: Alarm | None = None
        self._held_enough = False
        if key is not None:
            use(key)

    def start(self, start: Start) -> None:
        """Begin to read the keyring, by a task that *start* makes."""
        if self._keyring is not None:
            self._task = start(self._watch(self._keyring), "keyring")

    async def stored(self) -> Secret:
        """Return the key for tools' requests; raises `NotServing` where none comes in time."""
        if self.key is None:
            await self._come()
        if self.key is None:
            raise self._absence()
        return self.key

    @property
    def refused(self) -> bool:
        """Whether upstream does not accept the key."""
        return self._refused is not None

    async def changed(self) -> None:
        """Read the key again, since the user stored or removed it; raises where that failed."""
        if self._keyring is None:
            raise SluiceError(GIVEN)
        self._keyring.forget(self._name)  # it would bring the old one
        self._may_prompt = True
        self._ask_again()
        read = asyncio.get_running_loop().create_future()
        self._told.add(read)
        try:
            await read
        finally:
            self._told.discard(read)
        if self._failure is not None:
            raise self._failure

    def answered(self, status: int | None) -> None:
        """Take the status of an answer to the stored key: after a 401 it is read once more."""
        if status == 401 and self.key is not None and self._refused is not self.key:
            self._refused = self.key
            if self._keyring is None:
                self._problems.open(self._code, NOT_ACCEPTED.format(*self._of))
            else:
                self._ask_again()
        elif status == 200 and self._refused is not None:
            self._refused = None
            self._problems.clear(self._code)

    def stop(self) -> None:
        """Let nobody wait any longer."""
        self._held_enough = True
        self._release()

    def end(self) -> None:
        """Stop for good: this key's upstream is gone from the settings."""
        self.stop()
        self._problems.clear(self._code)
        if self._failure is not None:
            self._problems.clear(KEYRING)  # another key that waits for it tells it again
        if self._task is not None:
            self._task.cancel()

    # -- those who wait

    def _absence(self) -> NotServing:
        if self._pending:
            return NotServing(KeyringHangs.sentence, RETRY_S)
        if self._failure is None:
            return NotServing(NO_KEY.format(*self._of))
        return NotServing(self._failure.message, RETRY_S if self._failure.passes else None)

    async def _come(self) -> None:
        """Wait while the key may still come."""
        self._wanted = True
        may_come = self._pending or (self._failure is not None and self._failure.passes)
        if not may_come or self._held_enough:
            return
        if self._hold is None:
            self._hold = self._timer.call_later(HOLD_S, self.stop)
        waiter = asyncio.get_running_loop().create_future()
        self._waiting.add(waiter)
        try:
            await waiter
        finally:
            self._waiting.discard(waiter)

    def _release(self) -> None:
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_result(None)
        if self._hold is not None:
            self._hold.cancel()
            self._hold = None

    # -- the task that reads

    def _ask_again(self) -> None:
        self._again = True
        self._bell.set()

    async def _watch(self, keyring: Keyring) -> None:
        while True:
            await self._read(keyring)
            await self._rest()

    async def _read(self, keyring: Keyring) -> None:
        self._again = self._wanted = False
        try:
            self._found(await self._ask(keyring))
        except KeyringFailure as failure:
            self._failed(failure)
        self._pending = False
        if not self._again:
            for each in self._told:
                if not each.done():
                    each.set_result(None)

    async def _ask(self, keyring: Keyring) -> Secret | None:
        state = await keyring.look(self._name)
        if state == "absent":
            return None
        if state != "open" and not self._may_prompt and not keyring.asking(self._name):
            # A backend that cannot tell is asked again now and then, prompt or not.
            self._looks += 1
            if state == "locked":
                raise self._failure if isinstance(self._failure, KeyringLocked) else KeyringLocked()
            if self._looks < SELDOM and self._failure is not None:
                raise self._failure
        self._may_prompt, self._looks = False, 0
        return await keyring.get(self._name)

    def _found(self, key: Secret | None) -> None:
        self._failure, self._held_enough = None, False
        if key is None or self.key is None or key.reveal() != self.key.reveal():
            self.key, self._refused = key, None
            if key is not None:
                self._use(key)
        self._problems.clear(KEYRING)
        if self._refused is None:
            self._problems.clear(self._code)
        else:
            self._problems.open(self._code, NOT_ACCEPTED.format(*self._of))
        self._release()

    def _failed(self, failure: KeyringFailure) -> None:
        self._failure = failure
        said = failure.message.removesuffix(".")  # one that ends in a command has no full stop
        self._problems.open(KEYRING, f"{said}. {OWN}")
        if not failure.passes:
            self._release()

    async def _rest(self) -> None:
        """Until there is a reason to look again."""
        looks = 0
        while not self._again:
            self._bell.clear()
            failing = self._failure is not None
            alarm = self._timer.call_later(LOOK_S, self._bell.set) if failing else None
            try:
                await self._bell.wait()
            finally:
                if alarm is not None:
                    alarm.cancel()
            looks += 1
            if failing and (self._wanted or self._waiting or looks >= SELDOM):
                return
