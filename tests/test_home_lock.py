"""Which engine owns a home, and what a second one is told."""

import os
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from trayapp.home import EngineRunning, Home, LockHeld
from trayapp.model.errors import Misconfigured


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """`prepare` narrows the process's umask; other tests keep theirs."""
    before = os.umask(0o022)
    yield
    os.umask(before)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home that is ready."""
    home = Home.locate(str(tmp_path / "h"), {})
    home.prepare()
    return home


def test_lock_is_exclusive(home: Home) -> None:
    """A second owner is told by whom the home is held, and where that one answers."""
    with home.lock() as held:
        held.announce("http://127.0.0.1:7429")
        with pytest.raises(EngineRunning) as caught:
            home.lock()

    assert (caught.value.pid, caught.value.base_url) == (os.getpid(), "http://127.0.0.1:7429")
    assert caught.value.message == (
        f"The home {home.given} is in use by process {os.getpid()} at http://127.0.0.1:7429."
    )


def test_lock_of_a_starting_engine_names_its_process(home: Home) -> None:
    """Before an engine answers, its process is all there is to say."""
    with home.lock(), pytest.raises(EngineRunning) as caught:
        home.lock()

    assert caught.value.message == f"The home {home.given} is in use by process {os.getpid()}."


def test_lock_without_words_says_so(home: Home) -> None:
    """A holder that wrote nothing readable is another process."""
    with home.lock():
        home.lock_file.write_text("{nonsense")
        with pytest.raises(EngineRunning) as caught:
            home.lock()

    assert caught.value.message == f"The home {home.given} is in use by another process."
    assert caught.value.pid is None


def test_lock_can_be_taken_after_release(home: Home) -> None:
    """What was let go can be owned again, and releasing twice is harmless."""
    held = home.lock()
    held.release()
    held.release()

    with home.lock():
        assert stat.S_IMODE(home.lock_file.stat().st_mode) == 0o600


def test_stale_words_do_not_hold(home: Home) -> None:
    """A lock file left by an engine that was killed holds nobody up."""
    home.lock_file.write_text('{"pid":1,"base_url":"http://127.0.0.1:1"}')

    with home.lock():
        pass

    assert home.lock_file.read_bytes() == b""


def test_brief_holder_is_waited_for(home: Home) -> None:
    """An engine that starts while `sluice tool` works waits a moment instead of giving up."""
    brief = home.lock(brief=True)
    timer = threading.Timer(0.05, brief.release)
    timer.start()

    with home.lock():
        pass

    timer.join()


def test_brief_holder_is_not_waited_for_for_ever(home: Home) -> None:
    """A task that was to be brief and is stuck is named."""
    with home.lock(brief=True), pytest.raises(EngineRunning):
        home.lock(patience=0.03)


def test_of_many_threads_one_wins(home: Home) -> None:
    """Of twenty that take the lock at once, exactly one has it."""
    won: list[LockHeld] = []
    lost: list[int | None] = []
    start = threading.Barrier(20)

    def take() -> None:
        start.wait()
        try:
            won.append(home.lock())
        except EngineRunning as error:
            lost.append(error.pid)

    threads = [threading.Thread(target=take) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won[0].release()

    assert len(won) == 1
    assert lost == [os.getpid()] * 19


@pytest.mark.slow
def test_of_many_processes_one_wins(home: Home) -> None:
    """Of twenty processes that start at once, exactly one owns the home, and a kill frees it."""
    code = (
        "import sys; from trayapp.home import *\n"
        "try: held = Home.locate(sys.argv[1], {}).lock(); print('won', flush=True)\n"
        "except EngineRunning: print('lost', flush=True)\n"
        "sys.stdin.read()"
    )
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(home.given)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        ) for _ in range(20)
    ]  # fmt: skip
    said = [process.stdout.readline() for process in processes if process.stdout]
    for process in processes:
        process.kill()
        process.communicate()

    assert sorted(said) == ["lost\n"] * 19 + ["won\n"]
    with home.lock():
        pass


@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "folder"])
def test_strange_lock_file_is_refused(home: Home, tmp_path: Path, kind: str) -> None:
    """A lock file that is not a plain file of ours is refused by its path, and left alone."""
    other = tmp_path / "other"
    other.write_text("untouched")
    match kind:
        case "link":
            home.lock_file.symlink_to(other)
        case "hard link":
            home.lock_file.hardlink_to(other)
        case "pipe":
            os.mkfifo(home.lock_file)
        case _:
            home.lock_file.mkdir()

    with pytest.raises(Misconfigured) as caught:
        home.lock()

    assert caught.value.message.startswith(str(home.lock_file))
    assert other.read_text() == "untouched"


def test_children_do_not_inherit_the_lock(home: Home) -> None:
    """A process started by the holder does not keep the home locked."""
    with home.lock() as held:
        assert not os.get_inheritable(held.descriptor)


def test_engine_says_where_its_socket_is(home: Home, tmp_path: Path) -> None:
    """Asked under another TMPDIR, the socket is found where the engine put it."""
    long = Home.locate(str(tmp_path / ("x" * 100)), {"TMPDIR": str(tmp_path)})
    elsewhere = Home.locate(str(long.given), {"TMPDIR": "/other"})
    long.prepare()

    before = elsewhere.engine_socket()
    with long.lock():
        during = elsewhere.engine_socket()

    assert before == elsewhere.control_socket
    assert during == long.control_socket


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a file that is always full")
def test_full_disk_does_not_keep_us_out(home: Home) -> None:
    """What cannot be noted beside the lock is not noted; the lock holds."""
    held = LockHeld(os.open("/dev/full", os.O_RDWR), home.control_socket)

    held.announce("http://127.0.0.1:7429")

    os.close(held.descriptor)
