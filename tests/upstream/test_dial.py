"""New connections, and why there are none, over real sockets of this machine."""

import asyncio
import errno
import socket
import threading

import pytest

from tests.fakes.dialling import connection, dialer, failure, free_port, origin, status
from tests.fakes.road import play
from tests.fakes.servers import answer, serving
from trayapp.model.errors import Unreachable
from trayapp.upstream.addresses import Forbidden, SelfLoop
from trayapp.wire.limits import Limits
from trayapp.wire.pool import Pool
from trayapp.wire.sweep import Sweep


def test_plain_connection_carries_a_request() -> None:
    """Without TLS there is a connection to this machine."""

    async def scene() -> None:
        async with (
            serving(answer) as server,
            connection(dialer(origin(server.port, name="127.0.0.1", secure=False))) as made,
        ):
            assert await status(made) == 200

    play(scene)


def test_nobody_listens() -> None:
    """A closed port is refused in words, and may open again."""

    async def scene() -> None:
        failed = await failure(dialer(origin(free_port())))

        assert failed.message == "No connection to upstream.test: refused."
        assert failed.may_retry

    play(scene)


def test_unused_proxy_is_named() -> None:
    """Who has a proxy in the environment and none in the settings is told so."""

    async def scene() -> None:
        failed = await failure(dialer(origin(free_port()), unused_proxy=True))

        assert "HTTPS_PROXY is set but not used" in failed.message

    play(scene)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (socket.gaierror(socket.EAI_NONAME, "?"), "the name cannot be resolved"),
        (OSError(errno.EHOSTUNREACH, "?"), "the network says EHOSTUNREACH"),
        (OSError(99999, "?"), "the network says 99999"),
        (ConnectionResetError(), "the other side closed the connection"),
        (UnicodeError("label too long"), "the connection could not be made"),
        (OSError("?"), "the connection could not be made"),
    ],
)
def test_failure_is_told_in_words(error: Exception, words: str) -> None:
    """Each cause has its sentence, and none repeats what the system said."""

    async def scene() -> None:
        def fail(_name: str, _port: int) -> list[str]:
            raise error

        with pytest.raises(Unreachable) as told:
            await dialer(origin(443), look_up=fail)(lambda: pytest.fail("nothing to connect"))

        assert told.value.message == f"No connection to upstream.test: {words}."

    play(scene)


def test_failing_resolver_is_outlived() -> None:
    """A name that was found minutes ago still leads there while the resolver fails (R14)."""

    async def scene() -> None:
        said: list[list[str]] = [["127.0.0.1"]]

        def ask(_name: str, _port: int) -> list[str]:
            if not said:
                raise socket.gaierror(socket.EAI_AGAIN, "?")
            return said.pop()

        async with serving(answer) as server:
            dialling = dialer(origin(server.port, secure=False), look_up=ask)
            pool = Pool(dialling, limits=Limits(), sweep=Sweep(asyncio.get_running_loop()))
            for _ in range(2):
                made, _ = await pool.acquire()
                assert await status(made) == 200
                made.abort()
            pool.close()

    play(scene)


def test_silent_resolver_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever waits for a resolver that says nothing waits once, and on one thread (R14)."""
    monkeypatch.setattr("trayapp.upstream.dial.NAMES_S", 0.02)
    speak = threading.Event()
    asked: list[str] = []

    def ask(name: str, _port: int) -> list[str]:
        asked.append(name)
        speak.wait(5)
        return []

    async def scene() -> None:
        dialling = dialer(origin(443), look_up=ask)
        for _ in range(2):
            with pytest.raises(Unreachable) as told:
                await dialling(lambda: pytest.fail("nothing to connect"))
            assert told.value.message == (
                "No connection to upstream.test: the name cannot be resolved."
            )
            assert (told.value.may_retry, told.value.at_once) == (True, False)
        speak.set()

    play(scene)

    assert asked == ["upstream.test"]


def test_name_that_leads_nowhere_is_a_failure() -> None:
    """A resolver that answers with nothing is one more way to fail."""

    async def scene() -> None:
        failed = await failure(dialer(origin(443)), ())

        assert "could not be made" in failed.message

    play(scene)


@pytest.mark.parametrize(
    "addresses", [("127.0.0.1",), ("160.79.104.10", "127.0.0.1"), ("169.254.169.254",)]
)
def test_forged_name_is_not_connected_to(addresses: tuple[str, ...]) -> None:
    """A name with any address that is not allowed is not trusted with the others (A23)."""

    async def scene() -> None:
        async with serving(answer) as server:
            failed = await failure(dialer(origin(server.port), allow_loopback=False), addresses)

            assert (type(failed), server.lines) == (Forbidden, 0)

    play(scene)


def test_own_listener_is_a_loop() -> None:
    """Sluice does not connect to itself (A23)."""

    async def scene() -> None:
        async with serving(answer) as server:
            ours = frozenset({("127.0.0.1", server.port)})
            failed = await failure(dialer(origin(server.port), ours=lambda: ours))

            assert (type(failed), failed.status, server.lines) == (SelfLoop, 508, 0)

    play(scene)


def test_next_address_is_tried() -> None:
    """Where one address refuses, the next may not."""

    async def scene() -> None:
        async with (
            serving(answer) as server,
            connection(
                dialer(origin(server.port, secure=False)), ("127.0.0.9", "127.0.0.1")
            ) as made,
        ):
            assert await status(made) == 200

    play(scene)
