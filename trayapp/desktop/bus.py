"""A D-Bus of this desktop: calls out, answers and signals in. One `QLocalSocket`, no thread.

The bytes are jeepney's, which keyring brings along on Linux; PySide's QtDBus cannot say an
unsigned number or a byte, which half of the desktop's own calls begin with. Where there is no
jeepney, or no bus, everything that wants one goes without.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

ANSWER_MS = 3000
"""How long a service may take; nothing here waits for it meanwhile."""

Body = tuple[Any, ...]
Heard = Callable[[Body], None]
Answered = Callable[[Body | None], None]
"""Hears the answer's values, or None for an error or no answer in time."""


class Service(msgspec.Struct, frozen=True):
    """One interface of one object of one service."""

    name: str
    path: str
    interface: str


_BUS = Service("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")


def session_address(environ: Mapping[str, str]) -> str | None:
    """The address of the desktop's bus; None where the session has none."""
    if address := environ.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    bus = Path(environ.get("XDG_RUNTIME_DIR", "/nowhere")) / "bus"
    return f"unix:path={bus}" if bus.exists() else None


def system_address(environ: Mapping[str, str]) -> str | None:
    """The address of the machine's bus, which tells of sleep; None where there is none."""
    if address := environ.get("DBUS_SYSTEM_BUS_ADDRESS"):
        return address
    bus = Path("/run/dbus/system_bus_socket")
    return f"unix:path={bus}" if bus.exists() else None


class Bus(QObject):
    """One connection. What is called or listened for before it is open is said once it is.

    Signals: *opened*; *closed* when there is no bus, or none any more.
    """

    opened = Signal()
    closed = Signal()

    def __init__(self, address: str | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_open = False
        self._address = address
        self._ended = False
        self._serial = 0
        self._answers: dict[int, Answered] = {}
        self._heard: dict[tuple[str, str], Heard] = {}
        self._later: list[bytes] = []
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._speak)
        self._socket.readyRead.connect(self._take)
        self._socket.disconnected.connect(self._end)
        self._socket.errorOccurred.connect(lambda _error: self._end())

    def open(self) -> None:
        """Connect, once; ends in *opened* or *closed*."""
        path = self._prepare()
        if path is None:
            self._end()
            return
        if path.startswith("\0"):
            option = QLocalSocket.SocketOption.AbstractNamespaceOption
            self._socket.setSocketOptions(option)
        self._socket.connectToServer(path.lstrip("\0"))

    def call(
        self, service: Service, member: str, signature: str = "", body: Body = (),
        done: Answered | None = None,
    ) -> None:  # fmt: skip
        """Call *member*; *done* hears its answer, or None. Never waits."""
        from jeepney import DBusAddress, new_method_call

        address = DBusAddress(service.path, service.name, service.interface)
        message = new_method_call(address, member, signature or None, body)
        self._serial += 1
        number = self._serial
        if done is not None:
            self._answers[number] = done
            QTimer.singleShot(ANSWER_MS, self, lambda: self._answer(number, None))
        data = message.serialise(serial=number)
        if self.is_open:
            self._socket.write(data)
        else:
            self._later.append(data)

    def listen(self, service: Service, member: str, heard: Heard) -> None:
        """Hear the signal *member* from now on; a service that is not there yet may say it later."""
        self._heard[service.interface, member] = heard
        rule = f"type='signal',sender='{service.name}',interface='{service.interface}'"
        self.call(_BUS, "AddMatch", "s", (f"{rule},member='{member}'",))

    def watch(self, name: str, changed: Callable[[str], None]) -> None:
        """Hear now, and whenever it changes, who owns *name*; "" where nobody does."""

        def told(body: Body) -> None:
            if body[0] == name:
                changed(body[2])

        self.listen(_BUS, "NameOwnerChanged", told)
        self.call(_BUS, "GetNameOwner", "s", (name,), lambda body: changed(body[0] if body else ""))

    def close(self) -> None:
        """Hang up."""
        self._socket.abort()
        self._end()

    def _prepare(self) -> str | None:
        """Where the bus's socket is, with all at hand to speak to it; None where it cannot be."""
        try:
            # Only a desktop with a bus pays for these.
            from jeepney.auth import Authenticator
            from jeepney.bus import get_connectable_addresses
            from jeepney.low_level import Parser

            found: str = next(get_connectable_addresses(self._address or ""))
        except (ImportError, RuntimeError, ValueError):
            return None
        self._login = Authenticator()
        self._parser = Parser()
        return found

    def _speak(self) -> None:
        self._socket.write(self._login.data_to_send())

    def _take(self) -> None:
        data = bytes(self._socket.readAll().data())
        if not self._login.authenticated:
            self._log_in(data)
            return
        self._parser.add_data(data)
        while (message := self._parser.get_next_message()) is not None:
            self._hear(message)

    def _log_in(self, data: bytes) -> None:
        try:
            self._login.feed(data)
        except ValueError:
            self.close()
            return
        # The last line to send is BEGIN; from then on the bus speaks messages.
        if self._login.authenticated:
            self._socket.write(b"BEGIN\r\n")
            self._open()

    def _open(self) -> None:
        self._serial += 1
        hello = self._serial
        from jeepney import DBusAddress, new_method_call

        address = DBusAddress(_BUS.path, _BUS.name, _BUS.interface)
        self._socket.write(new_method_call(address, "Hello").serialise(serial=hello))
        self.is_open = True
        later, self._later = self._later, []
        for data in later:
            self._socket.write(data)
        self.opened.emit()

    def _hear(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        fields, kind = message.header.fields, message.header.message_type
        if kind is MessageType.signal:
            name = (fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, ""))
            if heard := self._heard.get(name):
                heard(message.body)
        elif kind in {MessageType.method_return, MessageType.error}:
            good = kind is MessageType.method_return
            number = fields.get(HeaderFields.reply_serial, 0)
            self._answer(number, message.body if good else None)

    def _answer(self, number: int, body: Body | None) -> None:
        if done := self._answers.pop(number, None):
            done(body)

    def _end(self) -> None:
        if self._ended:
            return
        self._ended = True
        self.is_open = False
        answers, self._answers = self._answers, {}
        for done in answers.values():
            done(None)
        self.closed.emit()
