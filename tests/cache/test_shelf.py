"""Between a row on disk and the form a caller wants."""

import itertools

import msgspec

from tests.cache.asked import KEY, SECRET, STREAM, kept
from trayapp.cache.sealing import Seal
from trayapp.cache.shelf import Row, opened, rows, told
from trayapp.model.usage import Usage

SEAL = Seal(SECRET)


def test_what_goes_to_disk_comes_back() -> None:
    """A row opens to the answer it was made of."""
    (row,) = rows(SEAL, [(KEY, kept(7.0))], bytes)

    assert (row.key, row.kept_at) == (KEY, 7.0)
    assert opened(SEAL, KEY, row.sealed) == kept(7.0)


def test_every_row_has_a_nonce_of_its_own() -> None:
    """The same answer twice looks different."""
    numbers = itertools.count()
    chance = lambda size: next(numbers).to_bytes(size)  # noqa: E731 - as long as its name
    one, other = rows(SEAL, [(KEY, kept()), (KEY, kept())], chance)

    assert one.sealed != other.sealed


def test_what_is_damaged_does_not_open() -> None:
    """Nothing comes of a row that is none, or of another kind."""
    (row,) = rows(SEAL, [(KEY, kept())], bytes)

    assert [opened(SEAL, KEY, each) for each in (row.sealed[:-1], None, "text", 5)] == [None] * 4
    assert isinstance(row, Row)


def test_either_form_answers_the_other() -> None:
    """A stream is told plainly and a plain answer as a stream; each in its own form is untouched."""
    as_plain, as_stream = told(kept(stream=True), stream=False), told(kept(), stream=True)

    assert told(kept(stream=True), stream=True) == kept(stream=True)
    assert as_plain is not None
    assert msgspec.json.decode(as_plain.body)["stop_reason"] == "end_turn"
    assert (as_plain.stream, as_plain.usage) == (False, Usage(12, 3))
    assert as_stream is not None
    assert as_stream.body.startswith(STREAM[:20])


def test_what_cannot_be_told_in_the_other_form_is_not() -> None:
    """A form that cannot be had is no answer."""
    assert told(kept(text=b"event: new\ndata: {}\n\n", stream=True), stream=False) is None
