"""Values that are to be copied into a tool by hand: a name, the value, and *Copy*."""

from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from trayapp.model.secret import TOKEN_PREFIX
from trayapp.ui import fonts
from trayapp.ui.buttons import CopyButton
from trayapp.ui.labels import Label
from trayapp.ui.look import Look


class Copying(QWidget):
    """A row for each value; a token in it is copied whole and shown by its ends."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._shown: tuple[tuple[str, str], ...] = ()
        self.buttons: list[CopyButton] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setColumnStretch(1, 1)

    def show_values(self, values: tuple[tuple[str, str], ...], token: str) -> None:
        """Show *values*, in which `{token}` stands for *token*."""
        filled = tuple((name, value.replace("{token}", token)) for name, value in values)
        if filled == self._shown:
            return
        self._shown = filled
        self.buttons = []
        while (old := self._grid.takeAt(0)) is not None:
            if (widget := old.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for row, (name, value) in enumerate(filled):
            self._add(row, name, value)

    def _add(self, row: int, name: str, value: str) -> None:
        label = Label(self._look, "code")
        label.say(name)
        field = QLineEdit(masked(value))
        field.setReadOnly(True)
        field.setFont(fonts.code())
        field.setAccessibleName(name)
        self._grid.addWidget(label, row, 0)
        self._grid.addWidget(field, row, 1)
        self.buttons.append(CopyButton(self._look, lambda: value))
        self._grid.addWidget(self.buttons[-1], row, 2)


def masked(value: str) -> str:
    """*value* as it may be looked at: of a token, the beginning and the last four characters."""
    prefix = TOKEN_PREFIX.decode()
    if not value.startswith(prefix):
        return value
    return f"{prefix}{'•' * 12}{value[-4:]}"
