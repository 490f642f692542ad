"""The Qt that is installed can be relied on."""

import sys

from PySide6.QtCore import QObject


def test_calls_give_back_the_none_they_borrow() -> None:
    """Calls that return nothing leave the count of None as it was, or it ends the process one day."""
    thing, before = QObject(), sys.getrefcount(None)

    for _ in range(1000):
        thing.setObjectName("x")

    assert abs(sys.getrefcount(None) - before) < 500, "run: python3 packaging/bootstrap.py test"
