"""Binds to loopback, accepts, and hands each request on once its head may enter."""

import asyncio
import contextlib
import errno
import itertools
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Protocol

import msgspec

from trayapp.listener.admittance import Door, Knock
from trayapp.listener.callers import UNKNOWN, Admitted, Tools, admit
from trayapp.listener.memory import Memory, Shed, Stay
from trayapp.listener.replies import Reply, failure, hello, refusal
from trayapp.listener.routes import HELLO, METHODS, Rule, check_carriage, place_of
from trayapp.listener.slowing import Slowing
from trayapp.model.errors import NotServing, PortTaken, Refused, SluiceError
from trayapp.model.exchange import Caller, CredentialForm, Receiver, Request
from trayapp.model.secret import Secret
from trayapp.wire.connection import ServerConnection
from trayapp.wire.exchange import Exchange
from trayapp.wire.limits import Limits
from trayapp.wire.messages import Broken
from trayapp.wire.sweep import Sweep

BACKLOG = 1024
AT_ONCE = 1
"""Callers accepted in one turn of the loop. Where files have run out, asyncio fails so many times
in a row and plans a new start for each: with more than one, those multiply until it spins."""
MODEL_NAME = 128
"""Characters of a model's id that are kept, as a name to count by; upstream gets all of them."""


NOT_YET = Secret(b"")
"""Stands where the stored key will be, once the keyring gives it."""


class _Peek(msgspec.Struct):
    """What we need to know of a Messages body; the rest is checked as JSON and left alone."""

    model: str = ""
    stream: bool = False


_peek = msgspec.json.Decoder(_Peek).decode

Carry = Callable[[Request, Exchange], Awaitable[None]]
Start = Callable[[Coroutine[Any, Any, None], str], "asyncio.Task[None]"]


class Keys(Protocol):
    """Where a request's upstream credential comes from."""

    async def lent(self, caller: Caller, form: CredentialForm) -> tuple[Secret, CredentialForm]:
        """Return the key for a tool's request, and its header; raises `NotServing` where none comes."""

    def check_own(self) -> None:
        """Raise `Refused` where callers' own credentials may not go upstream."""


class Sockets(msgspec.Struct, frozen=True):
    """What `bind` got; *v6_taken* when another process has the port on [::1]."""

    port: int
    bound: tuple[socket.socket, ...]
    v6_taken: bool = False


class Listener:
    """One port of this machine, on both loopback addresses."""

    def __init__(
        self,
        *,
        door: Door,
        tools: Tools,
        keys: Keys,
        carry: Carry,
        start: Start,
        limits: Limits,
        sweep: Sweep,
        now: Callable[[], float],
        refused: Callable[[Refused], None],
        shed: Shed,
    ) -> None:
        self.tools = tools
        self._refused = refused
        self._memory = Memory(shed)
        self._parted_all = asyncio.Event()
        self.connections: set[ServerConnection] = set()
        self._door = door
        self._keys = keys
        self._carry = carry
        self._start = start
        self._limits = limits
        self._sweep = sweep
        self._now = now
        self._slowing = Slowing()
        self._servers: list[asyncio.Server] = []
        self._draining = False
        self._aborted = False
        self._prefix = f"slc_{secrets.token_hex(6)}"
        self._numbers = itertools.count(1)

    async def open(self, sockets: Sockets) -> None:
        """Accept on *sockets*, as `bind` gives them."""
        loop = asyncio.get_running_loop()
        for each in sockets.bound:
            server = await loop.create_server(self._connection, sock=each, backlog=AT_ONCE)
            each.listen(BACKLOG)
            self._servers.append(server)

    async def move(self, sockets: Sockets) -> None:
        """Accept on *sockets* as well, then no more on those before; who is here stays."""
        before, self._servers = self._servers, []
        await self.open(sockets)
        for server in before:
            server.close()

    def close(self) -> None:
        """Accept no more, and let idle callers go; answers under way go on."""
        self._draining = True
        loop = asyncio.get_running_loop()
        for server in self._servers:
            # asyncio loses whom it has accepted when the server closes in the same turn.
            with contextlib.suppress(NotImplementedError):
                for each in server.sockets:
                    loop.remove_reader(each.fileno())
            loop.call_soon(server.close)
        for connection in tuple(self.connections):
            connection.drain()

    async def emptied(self) -> None:
        """Wait until no caller is left; only after `close`."""
        while self.connections:
            self._parted_all.clear()
            await self._parted_all.wait()

    def abort(self) -> None:
        """Cut what is left, and let nobody in any more."""
        self._aborted = True
        for connection in tuple(self.connections):
            connection.abort()

    def admit(self, hosts: tuple[str, ...]) -> None:
        """Let these further Hosts in from the next request on."""
        self._door = Door(hosts)

    def holds(self, port: int) -> bool:
        """Whether one of our callers speaks from *port* of this machine."""
        return any(connection.peer[1] == port for connection in self.connections)

    def shed_idle(self) -> None:
        """Let every caller go that does nothing: what it holds is needed elsewhere."""
        for connection in tuple(self.connections):
            if connection.idle:
                connection.abort()

    def _connection(self) -> ServerConnection:
        return ServerConnection(limits=self._limits, opened=self._opened, sweep=self._sweep)

    def _opened(self, connection: ServerConnection) -> None:
        if self._aborted:
            connection.abort()
            return
        if len(self.connections) >= self._limits.connections:
            self._make_room()
        self.connections.add(connection)
        task = self._start(self._converse(connection), "caller")
        connection.lost = lambda: _cancel(task)
        connection.closed = lambda: self._parted(connection)
        task.add_done_callback(lambda _: connection.part())
        if self._draining:
            connection.drain()

    def _parted(self, connection: ServerConnection) -> None:
        self.connections.discard(connection)
        if not self.connections:
            self._parted_all.set()

    def _make_room(self) -> None:
        idle = [each for each in self.connections if each.idle]
        if idle:
            min(idle, key=lambda each: each.idle_since).abort()

    async def _converse(self, connection: ServerConnection) -> None:
        while (exchange := await connection.next()) is not None:
            request_id = f"{self._prefix}{next(self._numbers):x}"
            if isinstance(exchange, Broken):
                self._refused(Refused(exchange.status, "", exchange.message, exchange.reason))
                reply = refusal(exchange.status, exchange.message, request_id)
                connection.refuse(reply.status, reply.headers, reply.body)
                return
            await self._serve(exchange, request_id)

    async def _serve(self, exchange: Exchange, request_id: str) -> None:
        try:
            request, rule = self._enter(exchange, request_id)
        except Refused as error:
            self._refused(error)
            if error.reason == UNKNOWN:
                await asyncio.sleep(self._slowing.delay(self._now()))
            _refuse(exchange, failure(error, request_id))
            return
        except SluiceError as error:
            _answer(exchange, failure(error, request_id))
            return
        except Exception:
            _refuse(exchange, refusal(500, "Sluice made a mistake.", request_id))
            raise
        if rule is HELLO:
            _answer(exchange, hello())
            return
        try:
            await self._carry_body(request, rule, exchange)
        except SluiceError as error:
            if isinstance(error, Refused):
                self._refused(error)
            _fail(exchange, _marked(failure(error, request_id), request))
        except Exception:
            _fail(exchange, refusal(500, "Sluice made a mistake.", request_id))
            raise

    def _enter(self, exchange: Exchange, request_id: str) -> tuple[Request, Rule]:
        head = exchange.head
        fields = head.fields
        if len(fields) != len(head.headers):
            fields = dict(reversed(head.headers))  # the first value of each name
        connection = exchange.connection
        peer, port = connection.peer[0], connection.local[1]
        self._door.check(
            Knock(head.method, head.target, head.headers, fields, head.upgrade, peer, port)
        )
        if head.method not in METHODS:
            message = "This method is not possible here."
            raise Refused(405, "invalid_request_error", message, "method")
        place = place_of(head.target)
        if place is not None and place.rule is HELLO:
            _check_hello(head.headers, head.target, self.tools)
        admitted = admit(head.headers, head.target, self.tools)
        if place is None:
            raise Refused(404, "not_found_error", "Sluice has no such path.", "path")
        length = head.length if head.length is not None or head.chunked else 0
        check_carriage(place.rule, head.method, fields, length)
        request = Request(
            id=request_id,
            route=place.rule.route,
            method=head.method,
            target=place.target,
            headers=head.headers,
            caller=admitted.caller,
            credential=self._credential(admitted, place.rule),
            form=admitted.form,
            origin=b"http://" + fields[b"host"],
            arrived=self._now(),
        )
        return request, place.rule

    def _credential(self, admitted: Admitted, rule: Rule) -> Secret:
        if rule is HELLO:
            return Secret(b"")
        if admitted.own is not None:
            self._keys.check_own()
            return admitted.own
        return NOT_YET

    async def _carry_body(self, request: Request, rule: Rule, exchange: Exchange) -> None:
        if self._draining:
            raise NotServing("Sluice is stopping.", retry_after=2)
        if request.credential is NOT_YET:
            lent = await self._keys.lent(request.caller, request.form)
            request.credential, request.form = lent
        if rule.streamed:
            request.body = _Streamed(exchange, rule.size)
            await self._carry(request, exchange)
            return
        stay = Stay(self._memory)
        try:
            request.body = body = await exchange.read(rule.size, stay.grow)
            if rule.names_model:
                request.model, request.stream = _named(body)
            await self._carry(request, exchange)
        finally:
            stay.end()


def _named(body: bytes) -> tuple[str, bool]:
    """The model that *body* asks for, and whether for a stream."""
    try:
        seen = _peek(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        seen = _Peek()
    return seen.model[:MODEL_NAME], seen.stream


class _Streamed:
    """A body on its way through, bounded by its route."""

    def __init__(self, exchange: Exchange, size: int) -> None:
        self._exchange = exchange
        self._size = size
        head = exchange.head
        self.length = head.length if head.length is not None or head.chunked else 0

    def pour(self, receiver: Receiver) -> Awaitable[None]:
        return self._exchange.pour(receiver, self._size)

    def pause(self) -> None:
        self._exchange.pause()

    def resume(self) -> None:
        self._exchange.resume()


def _cancel(task: "asyncio.Task[None]") -> None:
    task.cancel()


def _check_hello(headers: tuple[tuple[bytes, bytes], ...], target: bytes, tools: Tools) -> None:
    try:
        admit(headers, target, tools)
    except Refused:
        raise Refused(404, "not_found_error", "Sluice has no such path.", "path") from None


def _refuse(exchange: Exchange, reply: Reply) -> None:
    """Answer before the body was read: the caller may still be sending it."""
    exchange.refuse(reply.status, reply.headers, reply.body)


def _answer(exchange: Exchange, reply: Reply) -> None:
    exchange.reply(reply.status, reply.headers, reply.body)


def _marked(reply: Reply, request: Request) -> Reply:
    """*reply* with what the response cache said of *request*, if it was asked."""
    if not request.cache_status:
        return reply
    status = b"cache-status", request.cache_status.removesuffix(b"; stored")
    return msgspec.structs.replace(reply, headers=(*reply.headers, status))


def _fail(exchange: Exchange, reply: Reply) -> None:
    """Say what went wrong, or where the answer had begun, cut it."""
    if exchange.started:
        exchange.end(whole=False)
    else:
        _answer(exchange, reply)


def bind(port: int) -> Sockets:
    """Take *port* (0: a free one) on 127.0.0.1 and, where there is such an address, on [::1].

    Raises `PortTaken` when 127.0.0.1 has it no more.
    """
    try:
        first = _bound(socket.AF_INET, "127.0.0.1", port)
    except OSError as error:
        if error.errno in {errno.EADDRINUSE, errno.EACCES}:
            raise PortTaken(port) from None
        raise
    port = first.getsockname()[1]
    try:
        return Sockets(port, (first, _bound(socket.AF_INET6, "::1", port)))
    except OSError as error:
        return Sockets(port, (first,), v6_taken=error.errno == errno.EADDRINUSE)


def _bound(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(BACKLOG)
    except OSError:
        made.close()
        raise
    made.setblocking(False)
    return made
