"""A secret gives itself away by one word only."""

import copy
import json
import pickle
import traceback

import msgspec
import pytest

from trayapp.model.secret import Secret

CANARY = b"sk-ant-api03-CANARY"


def test_reveal_gives_the_bytes() -> None:
    """There is one way to the value, and a search finds all its uses."""
    assert Secret(CANARY).reveal() == CANARY


@pytest.mark.parametrize(
    "shown",
    [
        repr(Secret(CANARY)),
        str(Secret(CANARY)),
        f"{Secret(CANARY)}",
        f"{Secret(CANARY)!r:>40}",
        f"{Secret(CANARY):>40}",
        "%s %r" % (Secret(CANARY), Secret(CANARY)),  # noqa: UP031 - the old way has to hide too
        str([Secret(CANARY)]),
        str({"key": Secret(CANARY)}),
    ],
)
def test_printing_shows_nothing(shown: str) -> None:
    """However it is printed or formatted, stars come out."""
    assert "***" in shown
    assert "CANARY" not in shown


def test_traceback_shows_nothing() -> None:
    """A traceback with all local values holds no secret."""
    secret = Secret(CANARY)
    try:
        raise ValueError(secret)
    except ValueError as error:
        told = traceback.TracebackException.from_exception(error, capture_locals=True)

    assert "CANARY" not in "".join(told.format())


@pytest.mark.parametrize("copying", [pickle.dumps, copy.copy, copy.deepcopy, json.dumps])
def test_secret_is_not_carried_off(copying: object) -> None:
    """It is neither pickled, nor copied, nor written as JSON."""
    assert callable(copying)

    with pytest.raises(TypeError):
        copying(Secret(CANARY))


def test_msgspec_does_not_write_it() -> None:
    """A frame that holds a secret by mistake cannot be sent."""
    with pytest.raises(TypeError):
        msgspec.json.encode({"key": Secret(CANARY)})


def test_equal_secrets_are_not_equal() -> None:
    """Comparing by accident tells nothing about the value."""
    assert Secret(CANARY) != Secret(CANARY)


def test_secret_has_no_further_attributes() -> None:
    """Nothing can be hung on it, and `vars` finds nothing."""
    assert not hasattr(Secret(CANARY), "__dict__")
