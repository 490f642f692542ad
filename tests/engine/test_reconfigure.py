"""Changed settings reach those who live by them, and nobody else."""

from msgspec.structs import replace

from trayapp.engine.reconfigure import Reconfigure
from trayapp.model.errors import Misconfigured, SluiceError
from trayapp.model.preferences import ListenerPreferences, PacingPreferences, Preferences

OLD = Preferences()
NEW = replace(OLD, pacing=PacingPreferences(60.0))


def test_only_what_changed_is_told() -> None:
    """A room that lives by another part is left in peace."""
    told: list[object] = []
    rooms = Reconfigure(OLD)
    rooms.hand(lambda now: now.pacing.longest_hold, told.append)
    rooms.hand(lambda now: now.listener, told.append)

    assert rooms.change(NEW) == []
    assert rooms.change(NEW) == []
    assert (told, rooms.current) == ([60.0], NEW)


def test_room_that_cannot_take_it_keeps_nobody_else_from_it() -> None:
    """What it says is returned, and it is told again when the setting is put right."""
    told: list[object] = []

    def refuse(port: int) -> None:
        told.append(port)
        if port == 1:
            raise Misconfigured("Taken.")

    rooms = Reconfigure(OLD)
    rooms.hand(lambda now: now.listener.port, refuse)
    rooms.hand(lambda now: now.pacing.longest_hold, told.append)

    refused: list[SluiceError] = rooms.change(replace(NEW, listener=ListenerPreferences(1)))
    again = rooms.change(NEW)

    assert [error.message for error in refused] == ["Taken."]
    assert (told, again) == ([1, 60.0, 7429], [])
