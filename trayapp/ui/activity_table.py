"""Activity's table: rows of one height, in our colours, with room between the columns."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from trayapp.ui import fonts
from trayapp.ui.activity_rows import GLYPH, Rows
from trayapp.ui.look import Look
from trayapp.ui.wording import requests

ROW, HEAD = 26, 28
_AIR = 6
"""On both sides of a cell."""
_SAMPLES = (
    "00:00:00", "Batch “Reviews”", "Opus 5.5 → Sonnet 5.5", "999k", "999k", "Prompt cache",
    "<$0.001", "41 min", "First token", "Tok/s", "",
)  # fmt: skip
_SIDES = tuple(
    (Qt.AlignmentFlag.AlignRight if at in requests.NUMBERS else Qt.AlignmentFlag.AlignLeft).value
    | Qt.AlignmentFlag.AlignVCenter.value
    for at in range(len(requests.COLUMNS))
)
_LONG_TIME = "28 Nov 00:00:00"


class Table(QTableView):
    """Shows *rows*, one of them chosen."""

    def __init__(self, look: Look, rows: Rows) -> None:
        super().__init__()
        self.setHorizontalHeader(_Head(look, self))
        self.setItemDelegate(_Cells(look, rows, self))
        self.setModel(rows)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setMinimumSectionSize(40)

    def fit(self, *, one_day: bool) -> None:
        """Give each column what its values need in the fonts and words of now."""
        metrics, model = self.fontMetrics(), self.model()
        for column, sample in enumerate(_SAMPLES[:-1]):
            head = model.headerData(column, Qt.Orientation.Horizontal)
            shown = sample if column or one_day else _LONG_TIME
            width = max(metrics.horizontalAdvance(shown), metrics.horizontalAdvance(head) + 4)
            self.setColumnWidth(column, width + 2 * _AIR + 7)

    def follow(self, look: Look) -> None:
        """Be drawn in the colours of now."""
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Base, QColor(look.colours.card))
        palette.setColor(QPalette.ColorRole.AlternateBase, QColor(look.colours.row))
        self.setPalette(palette)
        self.viewport().update()


class _Head(QHeaderView):
    def __init__(self, look: Look, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._look = look
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as the other bands."""
        return QSize(super().sizeHint().width(), HEAD)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N802, N803 - Qt's names
        """The column's name on the side of its values, and a line below."""
        colours, model = self._look.colours, self.model()
        painter.save()
        painter.fillRect(rect, QColor(colours.window))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(colours.line))
        painter.setFont(fonts.strong())
        painter.setPen(QColor(colours.secondary))
        side: Qt.AlignmentFlag = model.headerData(
            logicalIndex, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        text: str = model.headerData(logicalIndex, Qt.Orientation.Horizontal)
        inside = rect.adjusted(_AIR + 3, 0, -_AIR - 3, 0)
        painter.drawText(inside, side.value, text)
        painter.restore()


class _Cells(QStyledItemDelegate):
    def __init__(self, look: Look, rows: Rows, parent: QTableView) -> None:
        super().__init__(parent)
        self._look = look
        self._rows = rows

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """The cell with room on both sides; ours, because Qt's asks eight times for each."""
        state: QStyle.StateFlag = option.state
        box: QRect = option.rect
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(self._look.colours.selection))
        text, colour, glyph = self._rows.drawn(index.row(), index.column())
        inside = box.adjusted(_AIR + 3, 0, -_AIR - 3, 0)
        if glyph is not None:
            painter.drawPixmap(inside.left(), box.center().y() - GLYPH // 2, glyph)
            inside.setLeft(inside.left() + GLYPH + _AIR)
        painter.setPen(colour or QColor(self._look.colours.text))
        fits = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, _SIDES[index.column()], fits)
