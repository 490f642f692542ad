"""Every reason of the pacer's has a cause that people are told."""

from typing import get_args

from trayapp.engine.causes import cause_of
from trayapp.model.snapshot import Cause
from trayapp.pacing.ticket import Reason


def test_every_reason_has_a_cause() -> None:
    """None is left out, and none has a cause that nobody can say."""
    causes = {cause_of(reason)[0] for reason in get_args(Reason)}

    assert causes <= set(get_args(Cause))


def test_limits_name_their_meter() -> None:
    """Who waits for a limit is told for which one."""
    assert cause_of("output_tokens") == ("limit", "output_tokens")
    assert cause_of("turn") == ("turn", None)
