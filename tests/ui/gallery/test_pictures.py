"""Pictures are taken without an engine and without a display."""

import datetime as dt
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.fakes.control import SNAPSHOT
from trayapp.model.command import Answer, ListTools, Pause
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import pictures
from trayapp.ui.gallery.scenes import NOW, SCENES, Scene
from trayapp.ui.gallery.stage import still
from trayapp.ui.link import Link
from trayapp.ui.look import Look


def label(desk: Desk) -> QWidget:
    """A scene of one line."""
    made = QLabel(desk.look.voice("Output tokens"))
    made.setFixedSize(80, 20)
    return made


def test_every_language_theme_and_scale_is_taken(tmp_path: Path, qtbot: QtBot) -> None:
    """A scene has twelve pictures, one that is the same everywhere has two."""
    scenes = {"line": Scene(label), "plain": Scene(label, once=True)}

    taken = pictures.take(tmp_path, scenes)

    names = sorted(file.name for file in tmp_path.iterdir())
    assert (taken, len(names)) == (14, 14)
    assert "line.zh_TW.dark@2x.png" in names


def test_pictures_are_as_large_as_their_scale(qtbot: QtBot) -> None:
    """At 200 % a picture has twice the pixels."""
    look = Look(system=["en"])

    sizes = [pictures.draw(Scene(label), look, scale).width() for scale in (1, 2)]

    assert sizes == [80, 160]


def test_languages_differ(qtbot: QtBot) -> None:
    """The picture is in the language it was asked in."""
    english = pictures.draw(Scene(label), Look(system=["en"]), 1)
    chinese = pictures.draw(Scene(label), Look(system=["zh"]), 1)

    assert english != chinese


def test_folder_that_cannot_be_written_is_told(tmp_path: Path, qtbot: QtBot) -> None:
    """Nothing is lost in silence."""
    (tmp_path / "line.en.light@1x.png").mkdir()

    with pytest.raises(OSError, match="cannot write"):
        pictures.take(tmp_path, {"line": Scene(label)})


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENES)
def test_every_scene_can_be_drawn(name: str, qtbot: QtBot) -> None:
    """Each scene of the list comes to a picture that shows something."""
    image = pictures.draw(SCENES[name], Look(system=["en"]), 1)

    corner = image.pixelColor(0, 0)
    assert any(
        image.pixelColor(x, y) != corner
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 3)
    )


def test_still_desk_answers_as_the_scene_says(qtbot: QtBot) -> None:
    """Queries are answered at once, and nothing else happens."""
    heard: list[Answer] = []
    told = Answer(1, ok=True, value=["Zed"])
    desk = still(
        NOW, SNAPSHOT, Link("connected", NOW), Look(system=["en"]),
        lambda command: told if isinstance(command, ListTools) else Answer(2, ok=False), {},
    )  # fmt: skip
    silent = still(NOW, None, Link("down", NOW), Look(system=["en"]), None, {})

    desk.ask(ListTools(), heard.append)
    desk.ask(Pause())
    silent.ask(Pause(), heard.append)
    silent.bridge.connect_to(Path("nowhere"))

    assert heard == [told, Answer(0, ok=True)]
    assert (desk.snapshot, silent.snapshot) == (SNAPSHOT, None)
    assert (
        desk.clock.today() <= NOW <= desk.clock.now() + dt.timedelta(seconds=desk.clock.elapsed())
    )
