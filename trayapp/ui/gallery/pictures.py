"""Takes the pictures: each scene in each language and theme, at each scale, as PNG."""

import itertools
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from trayapp.ui.gallery.scenes import SCENES, Scene
from trayapp.ui.gallery.stage import still
from trayapp.ui.language import LANGUAGES
from trayapp.ui.look import Look
from trayapp.ui.theme import Setting

THEMES: tuple[Setting, ...] = ("light", "dark")
SCALES = (1, 2)
FONTS = ("Inter", "Noto Sans", "DejaVu Sans")
"""What stands in for a system's font where there is no desktop; the first that is installed."""
BASE = 13
"""The height of body text in pictures."""


class Shot(msgspec.Struct, frozen=True):
    """One picture."""

    scene: str
    language: str
    theme: Setting
    scale: int

    @property
    def file(self) -> str:
        """`panel.zh_CN.dark@2x.png`."""
        return f"{self.scene}.{self.language}.{self.theme}@{self.scale}x.png"


def shots(scenes: Mapping[str, Scene]) -> Iterator[Shot]:
    """Every picture of *scenes*, those of one language and theme after another."""
    for language, theme, name, scale in itertools.product(LANGUAGES, THEMES, scenes, SCALES):
        if not scenes[name].once or (language, theme) == ("en", "light"):
            yield Shot(name, language, theme, scale)


def application() -> QApplication:
    """An application that needs no display, with the pictures' font."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication(["sluice"])
    families = set(QFontDatabase.families())
    font = QFont([name for name in FONTS if name in families] or app.font().families())
    font.setPixelSize(BASE)
    app.setFont(font)
    return app


def take(folder: Path, scenes: Mapping[str, Scene] = SCENES) -> int:
    """Write every picture into *folder*; how many there are. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    look = Look()
    taken = 0
    for shot in shots(scenes):
        if look.theme.setting != shot.theme:
            look.choose_theme(shot.theme)
        if look.language != shot.language:
            look.choose_language(shot.language)
        picture = draw(scenes[shot.scene], look, shot.scale)
        if not picture.save(str(folder / shot.file)):
            raise OSError(f"cannot write {folder / shot.file}")
        taken += 1
    return taken


def draw(scene: Scene, look: Look, scale: int) -> QImage:
    """The scene's widget as an image of *scale* device pixels a logical one."""
    desk = still(scene.now, scene.snapshot, scene.link, look, scene.replies, tools=scene.tools)
    widget = scene.make(desk)
    try:
        return photographed(widget, scale)
    finally:
        widget.close()
        widget.deleteLater()
        desk.deleteLater()
        QGuiApplication.sendPostedEvents(_ANY, QEvent.Type.DeferredDelete)


_ANY: QObject = None  # type: ignore[assignment]  # Qt's word for all receivers


def photographed(widget: QWidget, scale: int) -> QImage:
    """*widget* as it would be on a screen, though it never gets to one."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()
    QGuiApplication.processEvents()
    image = QImage(widget.size() * scale, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    painter = QPainter(image)
    widget.render(painter, QPoint(0, 0))
    painter.end()
    return image
