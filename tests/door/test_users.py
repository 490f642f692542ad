"""Other users of this machine, and other programs of this user, learn nothing of the engine."""

import contextlib
import ctypes
import functools
import os
import resource
import signal
import socket
import stat
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.door.front import Front
from tests.journeys.conftest import KEY, Start
from trayapp.engine import guard

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel by /proc"),
]

NOBODY = 65534
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


def forked(action: Callable[[], str], *, writing: int) -> int:
    """Do *action* as the user nobody in a process of its own, which says its outcome to *writing*."""
    "".encode("idna")  # nobody may not read the interpreter's modules, so they are loaded by now
    child = os.fork()
    if child:
        return child
    try:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        said = action()
    except BaseException as error:  # noqa: BLE001 - told to the parent
        said = type(error).__name__
    finally:
        with contextlib.suppress(BaseException):
            os.write(writing, said.encode())
        os._exit(0)  # whatever happens: the test run goes on in the parent alone


def as_nobody(action: Callable[[], str]) -> str:
    """What *action* says as the user nobody; an exception is told by its name."""
    reading, writing = os.pipe()
    child = forked(action, writing=writing)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    os.waitpid(child, 0)
    return said


def speak(path: str) -> str:
    """Say hello on a control socket and return what comes back."""
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(3)
        sock.connect(path)
        sock.sendall(b'{"protocol":1,"version":"0"}\n')
        return sock.recv(100).decode() or "hung up"


@as_root
def test_another_user_cannot_reach_the_socket(front: Front) -> None:
    """Its folder is closed to others, so there is nothing to connect to (A33)."""
    assert as_nobody(lambda: speak(front.engine.ready["control"])) == "PermissionError"


@as_root
def test_another_user_is_hung_up_on_where_modes_fail(start: Start) -> None:
    """With socket and folders opened to all, the kernel's word on the peer still keeps it out (A33)."""
    with tempfile.TemporaryDirectory() as folder:
        engine = start(home=Path(folder))
        path = Path(engine.ready["control"])
        assert path.parent == Path(folder) / "run"
        for each, mode in ((path, 0o666), (path.parent, 0o777), (Path(folder), 0o777)):
            each.chmod(mode)

        said = as_nobody(lambda: speak(str(path)))

        assert said in {"hung up", "ConnectionResetError", "BrokenPipeError"}
        assert speak(str(path)).startswith('{"protocol":1')
        engine.stop()


def touch(file: Path) -> str:
    """Read or make *file*."""
    with file.open("ab+"):
        return "opened"


@as_root
def test_another_user_reads_no_file(front: Front) -> None:
    """Home, database and lock cannot even be listed (A33)."""
    home = front.engine.home
    files = [home / "data" / "meter.db", home / "data" / "lock", home / "config.toml", home / "new"]

    assert {as_nobody(functools.partial(touch, file)) for file in files} == {"PermissionError"}


def test_socket_and_folder_are_closed(front: Front) -> None:
    """The socket is 0600 in a folder of 0700."""
    path = Path(front.engine.ready["control"])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@as_root
def test_another_user_without_a_credential_gets_nothing(front: Front) -> None:
    """By TCP another user is a program like any other: without a credential, 401."""
    request = front.good(key=b"")

    def ask() -> str:
        with socket.create_connection(("127.0.0.1", front.port), 3) as sock:
            sock.sendall(request)
            return sock.recv(12).decode()

    assert as_nobody(ask) == "HTTP/1.1 401"


# --- The process itself (A34) -----------------------------------------------------------------


def test_the_environment_holds_no_secret(front: Front) -> None:
    """Neither the key nor a token can be read from `/proc/PID/environ` or its arguments (A34)."""
    folder = Path(f"/proc/{front.engine.process.pid}")
    try:
        environ = (folder / "environ").read_bytes()
    except PermissionError:
        environ = b""  # closed to us altogether

    assert KEY.encode() not in environ + (folder / "cmdline").read_bytes()
    assert b"sk-ant-" not in environ


def test_no_core_is_written(front: Front) -> None:
    """The limit of core files is 0, and cannot be raised again (A34)."""
    limits = Path(f"/proc/{front.engine.process.pid}/limits").read_text()
    line = next(line for line in limits.splitlines() if line.startswith("Max core"))

    assert line.split()[4:6] == ["0", "0"]


def test_an_abort_leaves_nothing(own: Front) -> None:
    """A process that dies by SIGABRT leaves no core and no word of what it held (A34)."""
    own.served(own.good(b"connection: close"))
    own.engine.process.send_signal(signal.SIGABRT)
    out, said = own.engine.process.communicate(timeout=10)
    own.engine._said = ""
    code, own.engine.process.returncode = own.engine.process.returncode, 0

    assert code == -signal.SIGABRT
    assert not [*own.engine.home.rglob("core*"), *Path.cwd().glob("core*")]
    assert (out, said) == ("", "")


@as_root
@pytest.mark.parametrize(("closed", "said"), [(False, "read"), (True, "PermissionError")])
def test_memory_is_closed_to_the_same_user(closed: bool, said: str) -> None:
    """A program of the same user may read another's memory, unless that one closed it (A34)."""
    held = ctypes.create_string_buffer(b"secret")
    heard, tell = os.pipe()
    wait, let_go = os.pipe()

    def target() -> str:
        ctypes.CDLL(None).prctl(4, 1, 0, 0, 0)  # as a program that this user has just started
        if closed:
            guard.close_memory()
        os.write(tell, b".")
        os.read(wait, 1)
        return ""

    child = forked(target, writing=tell)
    os.read(heard, 1)

    def look() -> str:
        with Path(f"/proc/{child}/mem").open("rb", buffering=0) as memory:
            memory.seek(ctypes.addressof(held))
            return "read" if memory.read(6) == b"secret" else "nothing"

    try:
        assert as_nobody(look) == said
    finally:
        os.write(let_go, b".")
        os.waitpid(child, 0)
        for each in (heard, tell, wait, let_go):
            os.close(each)


def test_no_core_is_possible_after_closing() -> None:
    """Soft and hard limit are 0; asked in a process of its own, since it cannot be undone."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            guard.close_memory()
            os.write(writing, repr(resource.getrlimit(resource.RLIMIT_CORE)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        assert told.read() == "(0, 0)"
    os.waitpid(child, 0)
