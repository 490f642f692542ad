"""The log tells what went wrong and where, and never a key, a prompt or a value."""

import asyncio
import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest

from trayapp.engine import log
from trayapp.model.errors import BrokenRoad

KEY = "sk-ant-api03-CANARYKEY"
PROMPT = "CANARY-prompt"


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What an installed log writes; hooks and handlers are put back afterwards."""
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    for name in ("excepthook", "unraisablehook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    monkeypatch.setattr(logging, "raiseExceptions", logging.raiseExceptions)
    root = logging.getLogger()
    handlers = root.handlers[:]
    log.install()
    yield stderr
    root.handlers[:] = handlers


def failing(error: BaseException) -> BaseException:
    """*error* as it is once it was raised and caught."""
    try:
        raise error
    except BaseException as caught:  # noqa: BLE001 - any at all
        return caught


SECRETS = [
    (KEY, "sk-ant-***"),
    ("sk-ant-sluice-" + "t" * 43, "sk-ant-***"),
    ("sk-proj-abc_DEF-123", "sk-proj-***"),
    ("Bearer abc.def-ghi", "Bearer ***"),
    ("authorization: Bearer abc.def", "authorization: ***"),
    ("Authorization: Basic dXNlcjpwdw==", "Authorization: ***"),
    ('{"x-api-key": "hunter2"}', '{"x-api-key": ***"}'),
    ("api_key=hunter2&x=y", "api_key=***"),
    ("password = hunter2", "password = ***"),
    ("http://user:hunter2@proxy:8080/", "http://***@proxy:8080/"),
    ("b'sk-ant-api03-x' and sk-ant-api03-y", "b'sk-ant-***' and sk-ant-***"),
]


@pytest.mark.parametrize(("text", "shown"), SECRETS)
def test_what_looks_like_a_credential_is_left_out(text: str, shown: str) -> None:
    """Keys, tokens, header values, named values and users of URLs are replaced."""
    assert log.redacted(f"before {text} after").startswith(f"before {shown}")
    assert "hunter2" not in log.redacted(text)


def test_plain_words_stay() -> None:
    """A sentence without a credential is not touched."""
    text = "task caller failed: The token is not known. See https://127.0.0.1:7429/v1"

    assert log.redacted(text) == text


TOLD = [
    (BrokenRoad("The road broke."), "BrokenRoad: The road broke."),
    (ValueError(PROMPT), "ValueError"),
    (KeyError(KEY), "KeyError"),
    (OSError(28, "No space", PROMPT), "OSError: No space left on device"),
    (ConnectionResetError(), "ConnectionResetError"),
    (TypeError("f() missing 1 required argument"), "TypeError: f() missing 1 required argument"),
    (AttributeError("no attribute 'x'"), "AttributeError: no attribute 'x'"),
    (UnicodeDecodeError("utf-8", PROMPT.encode(), 0, 1, PROMPT), "UnicodeDecodeError"),
    (AssertionError(PROMPT), "AssertionError"),
]


@pytest.mark.parametrize(("error", "shown"), TOLD)
def test_an_exception_is_told_without_values(error: Exception, shown: str) -> None:
    """Our sentences, the system's words and names of programs are told; other messages may hold anything."""
    assert log.told(error) == shown


def test_a_failure_shows_its_way(written: io.StringIO) -> None:
    """A record with an exception has the frames it passed and its type, no locals and no lines of code."""
    local = PROMPT
    error = failing(ValueError(local, KEY))

    logging.getLogger("sluice").error("task %s failed", "caller", exc_info=error)

    shown = written.getvalue()
    assert "error sluice: task caller failed\n" in shown
    assert "test_log.py" in shown
    assert ", in failing\nValueError\n" in shown
    assert PROMPT not in shown
    assert KEY not in shown


def test_causes_are_told_first(written: io.StringIO) -> None:
    """What led to a failure stands before it, however it is linked; what was suppressed does not."""
    try:
        try:
            try:
                raise KeyError(KEY)
            except KeyError:
                raise ValueError(PROMPT) from None
        except ValueError as error:
            raise RuntimeError(PROMPT) from error
    except RuntimeError as error:
        logging.getLogger("sluice").exception("failed", exc_info=error)

    lines = [line for line in written.getvalue().splitlines() if not line.startswith("  ")]
    assert lines[1:] == ["ValueError", "RuntimeError"]


def test_a_group_tells_its_members(written: io.StringIO) -> None:
    """Of several failures at once each is named."""
    group = failing(ExceptionGroup(PROMPT, [ValueError(PROMPT), BrokenRoad("The road broke.")]))

    logging.getLogger("sluice").error("failed", exc_info=group)

    assert "  with ValueError\n  with BrokenRoad: The road broke.\n" in written.getvalue()
    assert PROMPT not in written.getvalue()


def test_other_loggers_do_not_tell_values(written: io.StringIO) -> None:
    """Of another library's record its template is shown, and none of its arguments."""
    logging.getLogger("asyncio").warning("%r failed for %s", PROMPT, KEY)

    assert "warning asyncio: %r failed for %s\n" in written.getvalue()
    assert PROMPT not in written.getvalue()


def test_a_key_in_our_own_words_is_left_out(written: io.StringIO) -> None:
    """The last line of defence: what looks like a key is replaced wherever it came from."""
    logging.getLogger("sluice.x").error("sending %s", KEY)

    assert "error sluice.x: sending sk-ant-***\n" in written.getvalue()


def test_a_flood_of_records_is_counted(written: io.StringIO) -> None:
    """Within a minute only so many are written; the next minute's first one tells how many were not."""
    logger = logging.getLogger("sluice")
    first = logger.makeRecord("sluice", logging.ERROR, "", 0, "again", (), None)
    for _ in range(log.A_MINUTE + 5):
        logger.handle(first)
    later = logger.makeRecord("sluice", logging.ERROR, "", 0, "later", (), None)
    later.created = first.created + 61
    logger.handle(later)

    lines = written.getvalue().splitlines()
    assert len(lines) == log.A_MINUTE + 1
    assert lines[-1].endswith("(5 lines left out before this one) later")


def test_a_record_that_cannot_be_written_says_nothing(written: io.StringIO) -> None:
    """Where a template and its arguments do not fit, Python would print both; ours prints none."""
    too_many = (PROMPT, KEY)
    logging.getLogger("sluice").error("only %s", *too_many)

    assert PROMPT not in written.getvalue()


def test_what_nobody_caught_is_told_alike(written: io.StringIO) -> None:
    """The hooks of the interpreter and of threads end in the same log."""
    error = failing(ValueError(PROMPT))

    sys.excepthook(type(error), error, error.__traceback__)
    thread = threading.Thread(target=lambda: 1 / 0, name="sluice-x")
    thread.start()
    thread.join()

    assert "critical sluice: ended by a mistake of ours\n" in written.getvalue()
    assert "error sluice: sluice-x ended by a mistake of ours\n" in written.getvalue()
    assert "ZeroDivisionError" in written.getvalue()
    assert PROMPT not in written.getvalue()


def test_what_could_not_be_raised_is_told_alike(written: io.StringIO) -> None:
    """An error in a finalizer is told without the object it happened in."""

    class Odd:
        def __repr__(self) -> str:
            return PROMPT

        def __del__(self) -> None:
            raise ValueError(PROMPT)

    Odd()

    assert "an error that nobody could catch" in written.getvalue()
    assert PROMPT not in written.getvalue()


def test_ctrl_c_is_no_mistake(written: io.StringIO) -> None:
    """An interrupt that nobody caught is not told as a failure."""
    error = failing(KeyboardInterrupt())

    sys.excepthook(type(error), error, error.__traceback__)

    assert written.getvalue() == ""


def test_the_loops_own_failures_are_told_alike(written: io.StringIO) -> None:
    """A callback that fails is told by asyncio's first words, without its arguments."""

    def fail(_value: str) -> None:
        raise ValueError(PROMPT)

    async def scene() -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(log.on_loop_error)
        loop.call_soon(fail, PROMPT)
        loop.call_exception_handler({"message": f"<{PROMPT}>"})
        await asyncio.sleep(0)

    asyncio.run(scene())

    shown = written.getvalue()
    assert "error sluice: asyncio: Exception in callback" in shown
    assert ", in fail\nValueError\n" in shown
    assert PROMPT not in shown
