"""A pool in the panel: whose it is, its last hour, and a row for each meter."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trayapp.ui import fonts, sparkline
from trayapp.ui.gauge import Face
from trayapp.ui.look import Look
from trayapp.ui.panel_meter import MeterRow
from trayapp.ui.panel_section import PanelSection
from trayapp.ui.ring import BESIDE, paint_ring
from trayapp.ui.wording.pool_sections import Section


class _Heading(QWidget):
    """Name and last hour; below them whose it is and where its numbers come from."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._section: Section | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)

    def show_section(self, section: Section) -> None:
        """Draw it, if the heading of it is another."""
        before, self._section = self._section, section
        if before is None or _seen(before) != _seen(section):
            said = (section.title, section.line, section.source, section.history_spoken)
            self.setAccessibleName(". ".join(part for part in said if part))
            self.setToolTip(section.line)
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines."""
        return QSize(200, self._title_height() + self._line_height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Both lines."""
        if self._section is None:
            return
        painter = QPainter(self)
        section, colours, width = self._section, self._look.colours, self.width()
        left = width
        if any(used is not None for used in section.history):
            left = width - sparkline.WIDTH
            box = QRectF(left, 0, sparkline.WIDTH, sparkline.HEIGHT)
            fill = colours.secondary
            if section.tone in {"warning", "critical", "depleted"}:
                fill = colours.shades(section.tone).fill
            sparkline.paint_sparkline(painter, box, section.history, fill, colours.line)
            left -= 8
        painter.setFont(fonts.strong())
        title = QRect(0, 0, left, self._title_height())
        _draw(painter, title, section.title, colours.text)
        painter.setFont(fonts.caption())
        right = self._paint_source(painter, section)
        line = QRect(0, self._title_height(), right - 8, self._line_height())
        _draw(painter, line, section.line, colours.secondary)

    def _paint_source(self, painter: QPainter, section: Section) -> int:
        """Draw the source at the right; where it begins."""
        colours = self._look.colours
        width = painter.fontMetrics().horizontalAdvance(section.source)
        left = self.width() - width
        box = QRect(left, self._title_height(), width, self._line_height())
        painter.setPen(QColor(colours.tertiary))
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
        painter.drawText(box, int(flags), section.source)
        if section.stale:
            left -= BESIDE + 4
            at = QPoint(left, box.top() + (box.height() - BESIDE) // 2)
            face = Face("stale", 24)
            paint_ring(painter, QRect(at, QSize(BESIDE, BESIDE)), face, colours)
        return left

    def _title_height(self) -> int:
        return max(18, QFontMetrics(fonts.strong()).height())

    def _line_height(self) -> int:
        return max(16, QFontMetrics(fonts.caption()).height())

    def _follow(self) -> None:
        self.updateGeometry()
        self.update()


class PoolBox(PanelSection):
    """One pool's section; its *rows* keep their meters, so that the focus stays where it is."""

    def __init__(
        self, look: Look, move: Callable[[int], object], parent: QWidget | None = None
    ) -> None:
        super().__init__(look, parent)
        self._move = move
        self._heading = _Heading(look)
        self.column.addWidget(self._heading)
        self._heading.show()
        self.rows: dict[str, MeterRow] = {}

    def show_section(self, section: Section) -> None:
        """Show *section*."""
        self._heading.show_section(section)
        wanted = [row.key for row in section.rows]
        if wanted != list(self.rows):
            self._arrange(wanted)
        for row in section.rows:
            self.rows[row.key].show_row(row)

    def _arrange(self, wanted: list[str]) -> None:
        for key in set(self.rows) - set(wanted):
            gone = self.rows.pop(key)
            self.column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self.rows = {key: self.rows.get(key) or self._row() for key in wanted}
        for row in self.rows.values():
            self.column.removeWidget(row)
            self.column.addWidget(row)
            row.show()  # Qt would do so later, and the panel's height is reckoned now

    def _row(self) -> MeterRow:
        row = MeterRow(self._look)
        row.moved.connect(self._move)
        return row


def _draw(painter: QPainter, box: QRect, text: str, colour: str) -> None:
    painter.setPen(QColor(colour))
    fits = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
    painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), fits)


def _seen(section: Section) -> tuple[object, ...]:
    return (section.title, section.line, section.source, section.history, section.tone)
