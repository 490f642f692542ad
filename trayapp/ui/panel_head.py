"""The panel's head: the tray's face, what is going on, *Pause*, and the menu."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from trayapp.ui import shortcuts
from trayapp.ui.buttons import Button
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import Gauge
from trayapp.ui.labels import Elided, Label
from trayapp.ui.painting import focus_ring, line_below
from trayapp.ui.panel_menu import PanelMenu
from trayapp.ui.ring import RingWidget
from trayapp.ui.wording import heads

HEIGHT = 48
_FACE = 20


class MenuButton(QPushButton):
    """Three lines; opens the menu."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setFixedSize(28, 28)
        self.clicked.connect(self._open)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The lines, and the ring of the focus."""
        painter = QPainter(self)
        colours = self._desk.look.colours
        painter.setPen(QPen(QColor(colours.text if self.underMouse() else colours.secondary), 1.5))
        for y in (10, 14, 18):
            painter.drawLine(QPointF(8, y), QPointF(20, y))
        if self.hasFocus():
            focus_ring(painter, QRectF(self.rect()), colours.accent)

    def _open(self) -> None:
        menu = PanelMenu(self._desk, self)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))


class Head(QWidget):
    """Stays where it is while the middle scrolls."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._gauge = Gauge()
        self._mark: tuple[bool, str] | None = None
        self.setFixedHeight(HEIGHT)
        self._face = RingWidget(desk.look, _FACE)
        self._name = Label(desk.look, "title")
        self._busy = Elided(desk.look, "caption", "secondary")
        self.pause = Button(clicked=lambda: shortcuts.turn_pause(desk))
        self.pause.setFixedHeight(24)
        self._menu = MenuButton(desk)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._face)
        row.addWidget(self._name)
        row.addWidget(self._busy, 1)
        row.addWidget(self.pause)
        row.addWidget(self._menu)

    def draw(self) -> None:
        """Say every text and show the face of now."""
        desk, tr = self._desk, self._desk.look.voice
        snapshot = desk.present()
        paused = snapshot is not None and snapshot.paused
        self._face.show_face(self._gauge.look(snapshot, desk.link, desk.clock.now()))
        self._name.say("Sluice")
        self._busy.say(heads.head(tr, snapshot, desk.link))
        self.pause.setText(tr("Resume") if paused else tr("Pause"))
        self.pause.setEnabled(desk.link.is_up and snapshot is not None)
        self._show_mark(paused=paused)
        self._menu.setAccessibleName(tr("Menu"))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The ground of heads and feet, and a line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._desk.look.colours.window))
        line_below(painter, QRectF(self.rect()), self._desk.look.colours.line)

    def _show_mark(self, *, paused: bool) -> None:
        mark = (paused, self._desk.look.colours.text)
        if mark != self._mark:
            self._mark = mark
            self.pause.setIcon(_mark(*mark))
            self.pause.setIconSize(QSize(10, 10))


def _mark(paused: bool, colour: str) -> QIcon:  # noqa: FBT001 - one of two shapes
    """Two bars, or a triangle where requests are paused."""
    ratio = 2
    canvas = QPixmap(10 * ratio, 10 * ratio)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.transparent)
    painter = QPainter(canvas)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    if paused:
        painter.drawPolygon([QPointF(2, 1), QPointF(9, 5), QPointF(2, 9)])
    else:
        painter.drawRect(QRectF(2, 1, 2, 8))
        painter.drawRect(QRectF(6, 1, 2, 8))
    painter.end()
    return QIcon(canvas)
