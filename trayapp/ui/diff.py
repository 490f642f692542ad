"""A difference of two texts, line by line: to look at, to scroll by keys, and to be read aloud."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trayapp.model.connecting import DiffLine
from trayapp.ui import fonts
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring

ROW = 20
_LINE = Qt.ItemDataRole.UserRole
_NUMBER, _SIGN, _TEXT = 34, 76, 98
"""Where the columns begin: the second number, the sign, the text."""


class Diff(QListWidget):
    """Shows lines of a difference; nothing in it can be changed."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._lines: tuple[DiffLine, ...] = ()
        self.setItemDelegate(_Lines(look, self))
        self.setHorizontalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(4 * ROW)
        look.changed.connect(self._say)

    def show_lines(self, lines: tuple[DiffLine, ...]) -> None:
        """Show *lines*; the same ones keep their place."""
        if lines == self._lines:
            return
        self._lines = lines
        self.clear()
        for line in lines:
            item = QListWidgetItem()
            item.setData(_LINE, line)
            self.addItem(item)
        self._say()

    def _say(self) -> None:
        """The words for a screen reader, and the size in the fonts of now."""
        metrics = QFontMetrics(fonts.code())
        for at, line in enumerate(self._lines):
            width = _TEXT + metrics.horizontalAdvance(line.text) + 16
            self.item(at).setSizeHint(QSize(width, max(ROW, metrics.height() + 2)))
            self.item(at).setData(Qt.ItemDataRole.AccessibleTextRole, self._spoken(line))
        self.viewport().update()

    def _spoken(self, line: DiffLine) -> str:
        tr = self._look.voice
        if line.sign == "+":
            return tr("added, line {number}: {text}", number=line.new, text=line.text)
        if line.sign == "-":
            return tr("removed, line {number}: {text}", number=line.old, text=line.text)
        return line.text


class _Lines(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:  # fmt: skip
        """The ground of its kind, both numbers, the sign, the text."""
        colours = self._look.colours
        line: DiffLine = index.data(_LINE)
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        ground, shade = {
            "+": (colours.added, colours.added_text), "-": (colours.removed, colours.removed_text),
        }.get(line.sign, (colours.card, colours.secondary))  # fmt: skip
        painter.save()
        painter.fillRect(box, QColor(ground))
        painter.setFont(fonts.code())
        painter.setPen(QColor(colours.tertiary))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        left = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        for number, at in ((line.old, 0), (line.new, _NUMBER)):
            where = QRect(box.left() + at, box.top(), _NUMBER - 4, box.height())
            painter.drawText(where, right, str(number or ""))
        painter.setPen(QColor(shade))
        painter.drawText(box.adjusted(_SIGN, 0, 0, 0), left, line.sign)
        painter.drawText(box.adjusted(_TEXT, 0, 0, 0), left, line.text)
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, QRectF(box), colours.accent)
        painter.restore()
