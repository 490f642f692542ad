"""The prompts: text to paste or write, a file that was dropped, and the rows they are read as."""

from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QListView,
    QPlainTextEdit,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trayapp.ui import fonts
from trayapp.ui.batch_reading import Draft
from trayapp.ui.look import Look
from trayapp.ui.painting import focus_ring
from trayapp.ui.wording import batches

EDITABLE = 300_000
"""Characters; more is read, and shown as rows, but a text field would be slow with it."""
ROW = 20
_INDENT = 44

_Index = QModelIndex | QPersistentModelIndex


def file_of(mime: QMimeData) -> Path | None:
    """The first file that is dropped or pasted."""
    found = (url.toLocalFile() for url in mime.urls() if url.isLocalFile())
    return next((Path(name) for name in found), None)


class Editor(QPlainTextEdit):
    """Text; a file, or more than can be edited, goes to those who read it."""

    file_given = Signal(Path)
    much_given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setFont(fonts.code())
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Text and files."""
        return file_of(source) is not None or source.hasText()

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """What was pasted or dropped, as text without form."""
        file = file_of(source)
        if file is not None:
            self.file_given.emit(file)
        elif len(source.text()) > EDITABLE:
            self.much_given.emit(source.text())
        else:
            self.insertPlainText(source.text())


class Prompts(QStackedWidget):
    """The text, or its rows."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.editor = Editor()
        self.model = Preview(look)
        self.rows = QListView()
        self.rows.setModel(self.model)
        self.rows.setUniformItemSizes(True)
        self.rows.setItemDelegate(_Lines(look, self.rows))
        self.addWidget(self.editor)
        self.addWidget(self.rows)
        self.setMinimumHeight(6 * ROW)
        look.changed.connect(self.rows.viewport().update)

    @property
    def shows_rows(self) -> bool:
        """Whether the rows are looked at."""
        return self.currentWidget() is self.rows

    def say(self) -> None:
        """Every text, in the language of now."""
        tr = self._look.voice
        self.editor.setPlaceholderText(tr("Paste prompts, one a line, or drop a file."))
        self.editor.setAccessibleName(tr("Prompts"))
        self.rows.setAccessibleName(tr("Rows as they will be sent"))


class Preview(QAbstractListModel):
    """The rows of a draft, a line each."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._draft = Draft()

    def show(self, draft: Draft) -> None:
        """Show these."""
        self.beginResetModel()
        self._draft = draft
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008 - Qt's name and default
        """Rows."""
        return 0 if parent.isValid() else len(self._draft.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The prompt, or what is wrong with the row; beside it what a reader should know."""
        row = self._draft.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.fault.sentence if row.fault else " ".join(row.prompt[:400].split())
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.fault.sentence if row.fault else row.prompt[:2000]
        if role == Qt.ItemDataRole.StatusTipRole and row.same_as is not None:
            return batches.same_as(self._look.voice, row.same_as + 1)
        if role == Qt.ItemDataRole.UserRole:
            return row.fault is not None
        return None


class _Lines(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, _index: _Index) -> QSize:  # noqa: N802 - Qt's name
        """A line."""
        return QSize(0, max(ROW, option.fontMetrics.height() + 4))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Its number, the prompt, and that it is the same as another."""
        colours = self._look.colours
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.selection))
        painter.setFont(fonts.code())
        painter.setPen(QColor(colours.tertiary))
        number = QRect(box.left(), box.top(), _INDENT - 12, box.height())
        painter.drawText(number, int(middle | Qt.AlignmentFlag.AlignRight), str(index.row() + 1))
        note = index.data(Qt.ItemDataRole.StatusTipRole) or ""
        room = box.adjusted(_INDENT, 0, -8, 0)
        metrics = painter.fontMetrics()
        beside = metrics.horizontalAdvance(f"  {note}") if note else 0
        bad = index.data(Qt.ItemDataRole.UserRole)
        painter.setPen(QColor(colours.critical.text if bad else colours.text))
        width = room.width() - beside
        text = metrics.elidedText(index.data(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(room, int(middle), text)
        painter.setPen(QColor(colours.paused.text))
        painter.drawText(
            room.adjusted(metrics.horizontalAdvance(text + "  "), 0, 0, 0), int(middle), note
        )
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, QRectF(box), colours.accent)
        painter.restore()
