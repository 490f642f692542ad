"""Tools that point at nobody are looked up when the engine is down."""

from pytestqt.qtbot import QtBot

from trayapp.model.connecting import ConnectAnswer, ConnectAsk
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import connections
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.gallery.stage import still
from trayapp.ui.link import Link
from trayapp.ui.look import Look
from trayapp.ui.stranded import Stranded

UP, RESTARTING, DOWN = (Link("connected", NOW), Link("restarting", NOW), Link("down", NOW))


class Asked:
    """Counts the questions, and answers as the invented user's tools stand."""

    def __init__(self) -> None:
        self.times = 0

    def answer(self, ask: ConnectAsk) -> ConnectAnswer:
        self.times += 1
        return connections.told(ask)


def desk_of(asked: Asked) -> Desk:
    return still(NOW, RUNNING, UP, Look(system=["en"]), tools=asked.answer)


def test_a_restart_strands_nobody_and_an_end_does(qtbot: QtBot) -> None:
    """It is asked once, and forgotten when an engine answers again."""
    asked = Asked()
    desk = desk_of(asked)
    desk.stand(RESTARTING)
    before = desk.stranded

    desk.stand(DOWN)
    desk.changed.emit()
    down = desk.stranded
    desk.stand(UP)

    assert (before, down, desk.stranded) == ((), ("Claude Code", "Zed"), ())
    assert asked.times == 1


def test_an_answer_that_comes_after_the_engine_is_not_believed(qtbot: QtBot) -> None:
    """By then nobody is stranded."""
    desk = desk_of(Asked())
    stranded = Stranded(desk, desk)

    stranded._heard(ConnectAnswer(connections.STANDINGS))

    assert desk.stranded == ()
