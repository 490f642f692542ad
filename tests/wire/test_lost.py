"""What is known of a request whose connection was lost."""

import pytest

from trayapp.wire.lost import LostEarly


@pytest.mark.parametrize("sent_all", [True, False])
def test_lost_connection_tells_whether_the_request_had_left(sent_all: bool) -> None:
    """Only what never left as a whole is known not to have been processed."""
    assert LostEarly(sent_all=sent_all).sent_all is sent_all
