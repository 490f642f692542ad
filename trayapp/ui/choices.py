"""A list at the side of a window: rows to choose from, each with a caption where there is one."""

import msgspec
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring, tick

ROW, ROW_WITH_CAPTION = 30, 44
_INDENT = 16
_CHOICE = Qt.ItemDataRole.UserRole


class Choice(msgspec.Struct, frozen=True):
    """A row: *name* is for us, *text* and *caption* for the reader."""

    name: str
    text: str
    caption: str = ""
    done: bool = False
    """Whether a tick says that this is as it should be."""


class Choices(QListWidget):
    """Rows by name; `currentItemChanged` tells of a choice, `chosen` says which it is."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setItemDelegate(_Rows(look, self))
        self.setFrameShape(QListWidget.Shape.NoFrame)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        look.changed.connect(self.viewport().update)

    @property
    def chosen(self) -> str | None:
        """The name of the row that is chosen."""
        item: QListWidgetItem | None = self.currentItem()  # None where no row is chosen
        return _choice(item).name if item else None

    def offer(self, choices: tuple[Choice, ...]) -> None:
        """Show *choices*; the one that was chosen stays so, and what changed is drawn in place."""
        if [_choice(self.item(at)).name for at in range(self.count())] != [c.name for c in choices]:
            before = self.chosen
            self.clear()
            for choice in choices:
                self.addItem(QListWidgetItem())
                self._fill(self.count() - 1, choice)
            self.choose(before or (choices[0].name if choices else ""))
            return
        for at, choice in enumerate(choices):
            if _choice(self.item(at)) != choice:
                self._fill(at, choice)

    def choose(self, name: str) -> None:
        """Choose the row *name*, if it is there."""
        for at in range(self.count()):
            if _choice(self.item(at)).name == name:
                self.setCurrentRow(at)

    def _fill(self, at: int, choice: Choice) -> None:
        item = self.item(at)
        item.setData(_CHOICE, choice)
        item.setText(choice.text)
        item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, choice.caption)
        item.setSizeHint(QSize(0, ROW_WITH_CAPTION if choice.caption else ROW))


class _Rows(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """The row: the selection's ground, the text, its caption."""
        colours = self._look.colours
        state: QStyle.StateFlag = option.state
        box: QRect = option.rect
        choice: Choice = index.data(_CHOICE)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, QColor(colours.selection))
        inside = box.adjusted(_INDENT, 0, -8, 0)
        if choice.done:
            tick(painter, QRectF(box.right() - 26, box.top() + 9, 12, 12), colours.healthy.text)
            inside.setRight(box.right() - 30)
        upper = inside.adjusted(0, 5, 0, -inside.height() // 2) if choice.caption else inside
        self._line(painter, upper, choice.text, colours.text, strong=chosen)
        if choice.caption:
            lower = inside.adjusted(0, inside.height() // 2, 0, -5)
            shade = colours.healthy.text if choice.done else colours.tertiary
            self._line(painter, lower, choice.caption, shade, caption=True)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, QRectF(box), colours.accent)
        painter.restore()

    @staticmethod
    def _line(
        painter: QPainter, box: QRect, text: str, colour: str, *, strong: bool = False,
        caption: bool = False,
    ) -> None:  # fmt: skip
        regular = fonts.caption() if caption else fonts.body()
        painter.setFont(fonts.strong() if strong else regular)
        painter.setPen(QColor(colour))
        fits = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), fits)


def _choice(item: QListWidgetItem) -> Choice:
    choice: Choice = item.data(_CHOICE)
    return choice
