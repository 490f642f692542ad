"""What is remembered of a connection."""

import msgspec

from trayapp.connect.edit import Entry, Item, Trace
from trayapp.connect.patch import Step
from trayapp.connect.record import Connection, Edit


def test_a_record_is_read_as_it_was_kept() -> None:
    """Places of all kinds come back as themselves."""
    steps = (
        Step(("a", Item("name", "x", 1), "value"), "{base}", Trace(made=2, hollow=" ")),
        Step(("s", Entry("A=")), "A={token}", Trace(replaced=True, lead="\r\n")),
    )
    edit = Edit("/f", "json", "after", steps, "before", ("/d",))
    record = Connection("zed", "http://h", "2026", "interactive", "Zed", "digest", edit)

    assert msgspec.json.decode(msgspec.json.encode(record), type=Connection) == record
    assert record.ours.base == "http://h"
    assert record.ours.digest == "digest"
