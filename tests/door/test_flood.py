"""Many callers at once, slow ones, silent ones, and those who ask for everything at a time."""

import contextlib
import resource
import socket
from collections.abc import Iterator

import pytest

from tests.door.front import Answered, Front, stopwatch
from tests.fakes.scripted import HEAD, answer

pytestmark = pytest.mark.slow


@contextlib.contextmanager
def many(front: Front, number: int, first: bytes = b"") -> Iterator[list[socket.socket]]:
    """Connections that said *first* and then nothing."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < 4096:
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4096), hard))
        except ValueError:
            pytest.skip("this system allows too few files")
    with contextlib.ExitStack() as stack:
        made: list[socket.socket] = []
        for _ in range(number):
            sock = stack.enter_context(socket.create_connection(("127.0.0.1", front.port), 10))
            sock.sendall(first)
            made.append(sock)
        yield made


def slowest(front: Front, times: int = 20) -> float:
    """The longest that a good request took, in seconds."""
    waits = []
    for _ in range(times):
        at = stopwatch()
        assert front.served(front.good(b"connection: close")).status == 200
        waits.append(stopwatch() - at)
    return max(waits)


BEGINNINGS = (b"", b"POST /v1/messages HTTP/1.1\r\nhost: ", b"P", b"\r\n\r\n\r\n")


def test_idle_callers_are_in_nobodys_way(own: Front) -> None:
    """Two thousand connections that say nothing, or begin and stop, delay no good request (R18, R19)."""
    with contextlib.ExitStack() as stack:
        for first in BEGINNINGS:
            stack.enter_context(many(own, 500, first))

        assert slowest(own) < 4.0


def test_the_oldest_idle_caller_makes_room(own: Front) -> None:
    """Above the cap the connection that idles longest is closed, the newest is not (R19)."""
    with many(own, 1_100) as made:
        assert slowest(own, 1) < 4.0
        made[0].settimeout(3)
        made[-1].settimeout(0.2)

        with contextlib.suppress(ConnectionResetError):
            assert made[0].recv(1) == b""
        with pytest.raises(TimeoutError):
            made[-1].recv(1)


def test_callers_that_never_finish_a_body_are_in_nobodys_way(own: Front) -> None:
    """A hundred good heads whose bodies do not come hold no place of others (R18)."""
    with many(own, 100, own.good(body=b"", length=1000)):
        assert slowest(own) < 4.0
        assert own.snapshot().diagnostics.accepted == 20


def test_a_hundred_requests_in_one_write_are_answered_in_order(own: Front) -> None:
    """Pipelined requests are served one after the other, a bad one among them in its place (R44)."""
    head = HEAD.replace(b"limit: 50", b"limit: 5000").replace(b"remaining: 40", b"remaining: 4900")
    own.upstream.usual = lambda call: call.send(answer(head=head))
    first, later = (
        b"".join(own.good(body=b'{"model":"claude-sonnet-5-5","n":%d}' % n) for n in numbers)
        for numbers in (range(50), range(50, 100))
    )
    missing = own.good(line=b"GET /nowhere HTTP/1.1", media=b"", body=b"")
    with own.engine.connect() as sock:
        sock.sendall(first + missing + later)
        shown = own.read(sock)

    statuses = [int(part[:3]) for part in shown.split(b"HTTP/1.1 ")[1:]]
    assert statuses == [200] * 50 + [404]
    assert len(own.upstream.seen) == 50


def test_refused_callers_that_never_leave_are_let_go(own: Front) -> None:
    """Who was refused and goes on sending or stays is closed after two seconds (A01)."""
    with many(own, 50, own.good(host=b"host: evil", body=b"", length=10_000)) as made:
        for sock in made:
            assert Answered(own.read(sock)).status == 403
        assert slowest(own, 3) < 4.0


def test_a_flood_at_the_door_fills_no_log(own: Front) -> None:
    """Thousands of refusals are numbers in the Snapshot, and not one line (T15)."""
    evil = own.good(host=b"host: evil")
    for _ in range(500):
        own.say(evil)

    assert own.refusals() == {"host": 500}
    own.audit()
