"""The ways to run rows, side by side, as rows of radio buttons that the arrows choose."""

import datetime as dt

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionButton,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trayapp.model.jobs import Way
from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.speech import later
from trayapp.ui.wording import batches

HEADS = (
    later("Way"), later("Requests"), later("Tokens in"), later("Out"), later("Cost"),
    later("Done by"), later("Limited by"),
)  # fmt: skip
ROW, HEAD = 30, 26
_USUAL = 5
"""Rows; with a number of rows a call of the user's own there is one more."""
_RADIO = 30
_DONE = 5


class Plan(QTableWidget):
    """Signal *picked* when another way is chosen."""

    picked = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(0, len(HEADS))
        self._look = look
        self._ways: tuple[Way, ...] = ()
        self._model = ""
        self._is_old = False
        self._said: tuple[object, ...] = ()
        look.changed.connect(self.viewport().update)
        self.setItemDelegate(_Cells(look, self))
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        heads = self.horizontalHeader()
        heads.setHighlightSections(False)
        heads.setFixedHeight(HEAD)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        heads.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.setFixedHeight(HEAD + _USUAL * ROW + 2)
        self.currentCellChanged.connect(self._moved)

    @property
    def chosen(self) -> Way | None:
        """The way that would be gone."""
        at = self.currentRow()
        return self._ways[at] if 0 <= at < len(self._ways) else None

    @property
    def ways(self) -> tuple[Way, ...]:
        """All of them."""
        return self._ways

    def show_ways(self, ways: tuple[Way, ...], model: str) -> None:
        """Show *ways*; what was chosen before stays chosen, where it is still there."""
        before = self.chosen
        self._ways, self._model, self._is_old = ways, model, False
        self.viewport().update()
        self.blockSignals(True)
        self.setRowCount(len(ways))
        self.setFixedHeight(HEAD + max(_USUAL, len(ways)) * ROW + 2)
        if ways:
            self.setCurrentCell(_like(before, ways), 0)
        self.blockSignals(False)

    def grow_old(self) -> None:
        """Its numbers are of what stood there before."""
        self._is_old = True
        self.viewport().update()

    @property
    def is_old(self) -> bool:
        """Whether another plan is on its way."""
        return self._is_old

    def say(self, now: dt.datetime) -> None:
        """Every cell, in the language of now."""
        tr = self._look.voice
        saying = (self._ways, self._model, tr, now.date())
        if saying == self._said:
            return
        self._said = saying
        self.setAccessibleName(tr("Plan"))
        self.setHorizontalHeaderLabels([tr(head) for head in HEADS])
        for column in range(len(HEADS)):
            head = self.horizontalHeaderItem(column)
            if head is not None:
                head.setTextAlignment(_side(column))
        for row, way in enumerate(self._ways):
            spoken = batches.spoken(tr, way, self._model, now)
            for column, text in enumerate(batches.cells(tr, way, self._model, now)):
                item = QTableWidgetItem(text)
                item.setTextAlignment(_side(column))
                item.setData(Qt.ItemDataRole.AccessibleTextRole, text if column else spoken)
                if column == _DONE:
                    item.setFont(fonts.strong())
                self.setItem(row, column, item)
        self.viewport().update()

    def _moved(self, row: int, _column: int, before: int, _before: int) -> None:
        if row != before:
            self.viewport().update()
            self.picked.emit()


class _Cells(QStyledItemDelegate):
    """The chosen row's ground over its whole width, and the platform's radio button before it."""

    def __init__(self, look: Look, table: Plan) -> None:
        super().__init__(table)
        self._look = look
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """A cell."""
        colours = self._look.colours
        box: QRect = option.rect
        chosen = index.row() == self._table.currentRow()
        painter.save()
        painter.fillRect(box, QColor(colours.selection if chosen else colours.card))
        if index.column() == 0:
            self._radio(painter, box, chosen=chosen, widget=self._table)
            box = box.adjusted(_RADIO, 0, 0, 0)
        quiet = self._table.is_old or index.column() == len(HEADS) - 1
        painter.setPen(QColor(colours.tertiary if quiet else colours.text))
        painter.setFont(index.data(Qt.ItemDataRole.FontRole) or fonts.body())
        side = index.data(Qt.ItemDataRole.TextAlignmentRole)
        painter.drawText(box.adjusted(6, 0, -6, 0), int(side), str(index.data() or ""))
        painter.restore()

    def sizeHint(  # noqa: N802 - Qt's name
        self, _option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As wide as its text with air on both sides."""
        metrics = QFontMetrics(index.data(Qt.ItemDataRole.FontRole) or fonts.body())
        radio = 0 if index.column() else _RADIO
        return QSize(metrics.horizontalAdvance(str(index.data() or "")) + 16 + radio, ROW)

    @staticmethod
    def _radio(painter: QPainter, box: QRect, *, chosen: bool, widget: QWidget) -> None:
        radio = QStyleOptionButton()
        radio.rect = QRect(box.left() + 10, box.center().y() - 8, 16, 16)
        on = QStyle.StateFlag.State_On if chosen else QStyle.StateFlag.State_Off
        radio.state = QStyle.StateFlag.State_Enabled | on
        widget.style().drawPrimitive(
            QStyle.PrimitiveElement.PE_IndicatorRadioButton, radio, painter, widget
        )


def _side(column: int) -> Qt.AlignmentFlag:
    left = column in {0, len(HEADS) - 1}
    side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter


def _like(before: Way | None, ways: tuple[Way, ...]) -> int:
    """Where the way of the same kind is, else that of the same mode, else the first."""
    if before is None:
        return 0
    key = (before.mode, before.per_call, before.model)
    same = (at for at, way in enumerate(ways) if (way.mode, way.per_call, way.model) == key)
    near = (at for at, way in enumerate(ways) if way.mode == before.mode)
    return next(same, next(near, 0))
