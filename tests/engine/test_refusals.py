"""Who was refused is counted, and told where the user could have meant it otherwise."""

import pytest

from tests.fakes.clock import START
from trayapp.engine.problems import Problems
from trayapp.engine.refusals import HOST, ORIGIN, Refusals
from trayapp.model.errors import Refused


class Desk:
    """Refusals and whoever looks at them."""

    def __init__(self) -> None:
        self.changes = 0
        self.problems = Problems(lambda: START, self.changed)
        self.refusals = Refusals(self.problems, self.changed)

    def changed(self) -> None:
        self.changes += 1

    def note(self, reason: str) -> None:
        self.refusals.note(Refused(403, "permission_error", "evil.example may not.", reason))


def test_each_reason_has_its_count() -> None:
    """The counters are by reason, and each change shows."""
    desk = Desk()
    for reason in ("path", "path", "length"):
        desk.note(reason)

    assert desk.refusals.counts == {"path": 2, "length": 1}
    assert desk.changes == 3
    assert desk.problems.all() == ()
    assert repr(desk.refusals) == "<Refusals {'path': 2, 'length': 1}>"


@pytest.mark.parametrize(("reason", "message"), [("host", HOST), ("origin", ORIGIN)])
def test_a_page_or_another_name_is_a_problem(reason: str, message: str) -> None:
    """A Host or an Origin opens one Problem, in our words and none of the stranger's."""
    desk = Desk()
    desk.note(reason)
    desk.note(reason)

    (told,) = desk.problems.all()
    assert (told.code, told.message) == (f"refused_{reason}", message)
    assert "evil" not in told.message


def test_a_problem_names_its_setting_and_what_it_means() -> None:
    """The user reads what to set, and what would then be let in."""
    assert "[listener] hosts" in HOST
    assert "only with a credential" in HOST
    assert "No setting" in ORIGIN
