"""A desktop on a D-Bus of its own: a panel that shows tray icons, and a notification service.

It speaks dbus-fast in a thread. A test says what its user does, and sees what that user sees.
"""

import asyncio
import subprocess
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

import msgspec
from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

WATCHER, ITEM = "org.kde.StatusNotifierWatcher", "org.kde.StatusNotifierItem"
MENU, NOTES = "com.canonical.dbusmenu", "org.freedesktop.Notifications"
PROPERTIES = "org.freedesktop.DBus.Properties"
PATIENCE = 15.0

T = TypeVar("T")


class Note(msgspec.Struct, frozen=True):
    """A notification as it was asked for."""

    id: int
    app: str
    replaces: int
    title: str
    body: str
    actions: tuple[str, ...]
    hints: dict[str, Any]


class Desktop:
    """One session. Its panel and its notification service come when they are told to."""

    def __init__(self, listening: str | None = None) -> None:
        self.capabilities = ["body", "actions"]
        self.items: list[str] = []
        self.notes: list[Note] = []
        self.closed: list[int] = []
        self.is_silent = False
        self._news = threading.Condition()
        self._bus_process = subprocess.Popen(
            [
                "dbus-daemon", "--session", "--nofork", "--print-address",
                *([f"--address={listening}"] if listening else []),
            ],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        )  # fmt: skip
        assert self._bus_process.stdout
        self.address = self._bus_process.stdout.readline().strip()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._bus = self._run(self._connect())

    def show_panel(self) -> None:
        """Let the panel come, which shows tray icons."""
        self._run(self._bus.request_name(WATCHER))
        self._signal("/StatusNotifierWatcher", WATCHER, "StatusNotifierHostRegistered", "", [])

    def hide_panel(self) -> None:
        """Let the panel go, with all icons in it."""
        self._run(self._bus.release_name(WATCHER))
        self.items.clear()

    def show_notifications(self) -> None:
        """Let the notification service come."""
        self._run(self._bus.request_name(NOTES))

    def hide_notifications(self) -> None:
        """Let the service go."""
        self._run(self._bus.release_name(NOTES))

    def put_away(self, number: int) -> None:
        """Close a notification, as its user does."""
        path = "/org/freedesktop/Notifications"
        self._signal(path, NOTES, "NotificationClosed", "uu", [number, 2])

    def end_bus(self) -> None:
        """Let the session's bus end, as at log-out."""
        self._bus_process.terminate()

    def wait(self, true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
        """Wait until *true* after an icon or a note came; whether it did in time."""
        with self._news:
            return self._news.wait_for(true, seconds)

    def icon(self) -> dict[int, bytes]:
        """The last icon's pixels (ARGB, big endian) by its width."""
        (value,) = self._call("/StatusNotifierItem", PROPERTIES, "Get", "ss", [ITEM, "IconPixmap"])
        return {width: bytes(data) for width, _height, data in value.value}

    def tooltip(self) -> tuple[str, str]:
        """What the panel shows under the pointer: its title and its text."""
        (value,) = self._call("/StatusNotifierItem", PROPERTIES, "Get", "ss", [ITEM, "ToolTip"])
        return value.value[2], value.value[3]

    def activate(self) -> None:
        """Click on the icon."""
        self._call("/StatusNotifierItem", ITEM, "Activate", "ii", [10, 10])

    def menu(self) -> dict[str, dict[str, Any]]:
        """What a user sees of the icon's menu, by what each entry says; separators left out."""
        return {label: row for label, row in self._rows() if label and row.get("visible", True)}

    def choose(self, label: str) -> None:
        """Click on an entry of the menu."""
        number = self.menu()[label]["id"]
        arguments = [number, "clicked", Variant("i", 0), 0]
        self._call("/MenuBar", MENU, "Event", "isvu", arguments)

    def invoke(self, number: int, action: str) -> None:
        """Press a notification's button."""
        path = "/org/freedesktop/Notifications"
        self._signal(path, NOTES, "ActionInvoked", "us", [number, action])

    def close(self) -> None:
        """End the session."""
        self._loop.call_soon_threadsafe(self._bus.disconnect)
        with suppress(EOFError, ConnectionError):  # the bus may have ended first
            self._run(self._bus.wait_for_disconnect())  # type: ignore[no-untyped-call] # it has no types
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()
        self._bus_process.terminate()
        self._bus_process.communicate(timeout=PATIENCE)

    # -- on the bus

    async def _connect(self) -> MessageBus:
        bus = await MessageBus(self.address, BusType.SESSION).connect()
        bus.add_message_handler(self._answer)
        return bus

    def _answer(self, message: Message) -> Message | bool:
        if message.message_type is not MessageType.METHOD_CALL:
            return False
        if self.is_silent:
            return True
        reply = self._reply(message)
        return False if reply is None else Message.new_method_return(message, *reply)

    def _reply(self, message: Message) -> tuple[str, list[Any]] | None:
        answers: dict[str, Callable[[], tuple[str, list[Any]]]] = {
            "RegisterStatusNotifierItem": lambda: self._registered(message.sender or ""),
            "GetCapabilities": lambda: ("as", [self.capabilities]),
            "Notify": lambda: ("u", [self._notify(message.body)]),
            "CloseNotification": lambda: self._withdrawn(message.body[0]),
        }
        if message.path == "/StatusNotifierWatcher":
            answers["Get"] = lambda: ("v", [Variant("b", True)])
        answer = answers.get(message.member or "")
        return answer() if answer else None

    def _registered(self, sender: str) -> tuple[str, list[Any]]:
        self._note(lambda: self.items.append(sender))
        return "", []

    def _withdrawn(self, number: int) -> tuple[str, list[Any]]:
        self._note(lambda: self.closed.append(number))
        return "", []

    def _notify(self, body: list[Any]) -> int:
        app, replaces, _icon, title, text, actions, hints, _timeout = body
        number = replaces or len(self.notes) + 1
        note = Note(number, app, replaces, title, text, tuple(actions), dict(hints))
        self._note(lambda: self.notes.append(note))
        return number

    def _note(self, change: Callable[[], None]) -> None:
        with self._news:
            change()
            self._news.notify_all()

    def _rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        _revision, root = self._call("/MenuBar", MENU, "GetLayout", "iias", [0, -1, []])
        for child in root[2]:
            number, properties, _children = child.value
            row = {name: value.value for name, value in properties.items()}
            yield row.get("label", ""), {"id": number, **row}

    def _call(
        self, path: str, interface: str, member: str, kind: str, body: list[Any]
    ) -> list[Any]:
        """Ask the application whose icon came last."""
        message = Message(
            destination=self.items[-1], path=path, interface=interface, member=member,
            signature=kind, body=body,
        )  # fmt: skip
        reply = self._run(self._bus.call(message))
        assert reply is not None
        assert reply.message_type is MessageType.METHOD_RETURN, reply.body
        answer: list[Any] = reply.body
        return answer

    def _signal(self, path: str, interface: str, member: str, kind: str, body: list[Any]) -> None:
        self._run(self._bus.send(Message.new_signal(path, interface, member, kind, body)))

    def _run(self, work: Awaitable[T]) -> T:
        async def wait() -> T:
            return await work

        return asyncio.run_coroutine_threadsafe(wait(), self._loop).result(PATIENCE)


@contextmanager
def desktop(listening: str | None = None) -> Iterator[Desktop]:
    """A session that ends with the test; *listening* is its bus's address, else any."""
    session = Desktop(listening)
    try:
        yield session
    finally:
        session.close()
