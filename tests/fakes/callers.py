"""Many callers at once, each with one request on a connection of its own."""

import json
import selectors
import socket
import time
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True)
class Told:
    """One whole answer; *at* is when it had come, in monotonic seconds."""

    head: str
    body: bytes
    at: float

    @property
    def status(self) -> int:
        """What the status line says."""
        return int(self.head.split(" ", 2)[1])

    def value(self, name: str) -> str | None:
        """The header *name*, None where there is none."""
        for line in self.head.split("\r\n")[1:]:
            field, _, value = line.partition(": ")
            if field.lower() == name:
                return value
        return None

    @property
    def message(self) -> str:
        """What its error says."""
        said: str = json.loads(self.body)["error"]["message"]
        return said


def body_of(text: str = "say: yes", **more: Any) -> bytes:
    """A Messages body with one line of prompt."""
    fields = {"model": "claude-sonnet-5-5", "max_tokens": 1000} | more
    return json.dumps(
        fields | {"messages": [{"role": "user", "content": text}]}, separators=(",", ":")
    ).encode()


class Callers:
    """Asks at *port*; answers are noted in the order they come, by the names of who asked."""

    def __init__(self, port: int, credential: str = "x-api-key: sk-ant-api03-my-own") -> None:
        self.told: dict[str, Told] = {}
        self._port = port
        self._credential = credential
        self._selector = selectors.DefaultSelector()
        self._heard: dict[str, bytes] = {}
        self._sockets: dict[str, socket.socket] = {}

    def ask(self, name: str, body: bytes | None = None, *fields: str) -> None:
        """Send a request; *fields* are further header lines, a credential among them."""
        body = body_of() if body is None else body
        named = any(field.startswith(("x-api-key:", "authorization:")) for field in fields)
        lines = (
            "POST /v1/messages HTTP/1.1",
            f"host: 127.0.0.1:{self._port}",
            *(() if named else (self._credential,)),
            *fields,
            "content-type: application/json",
            "anthropic-version: 2023-06-01",
            "connection: close",
            f"content-length: {len(body)}",
        )
        sock = socket.create_connection(("127.0.0.1", self._port), 20)
        self._sockets[name] = sock
        self._heard[name] = b""
        self._selector.register(sock, selectors.EVENT_READ, name)
        sock.sendall("\r\n".join((*lines, "", "")).encode() + body)

    def hang_up(self, *names: str) -> None:
        """Let callers leave without their answers."""
        for name in names:
            self._drop(name)

    def wait(self, *names: str, seconds: float = 20.0) -> bool:
        """Read until those (all, where none is named) are answered; false where time is over."""
        end = time.monotonic() + seconds  # noqa: TID251 - processes run by the real clock
        while any(name not in self.told for name in names) if names else self._sockets:
            left = end - time.monotonic()  # noqa: TID251 - see above
            if left <= 0 or not self._sockets:
                return False
            for key, _ in self._selector.select(left):
                self._read(str(key.data))
        return True

    def _read(self, name: str) -> None:
        try:
            data = self._sockets[name].recv(65536)
        except ConnectionError:
            data = b""
        self._heard[name] += data
        if data:
            return
        head, _, body = self._heard[name].partition(b"\r\n\r\n")
        self.told[name] = Told(head.decode("latin-1"), body, time.monotonic())  # noqa: TID251 - see above
        self._drop(name)

    def _drop(self, name: str) -> None:
        sock = self._sockets.pop(name)
        self._selector.unregister(sock)
        sock.close()

    def statuses(self) -> list[int]:
        """The statuses of all answers, in the order they came."""
        return [told.status for told in self.told.values()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.hang_up(*self._sockets)
        self._selector.close()
