"""What windows remember from one day to the next: their places, the theme, the language."""

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


class Memory:
    """Values by name, in an INI *file*; without one they last as long as the process."""

    def __init__(self, file: Path | None = None) -> None:
        self._kept: dict[str, str] = {}
        self._file = file and QSettings(str(file), QSettings.Format.IniFormat)

    def word(self, name: str, otherwise: str) -> str:
        """A word that was kept, such as a setting."""
        kept = self._file.value(name) if self._file else self._kept.get(name)
        return kept if isinstance(kept, str) else otherwise

    def keep(self, name: str, word: str) -> None:
        """Remember *word*; where it cannot be written, until the end of the process."""
        if self._file:
            self._file.setValue(name, word)
        else:
            self._kept[name] = word

    def place(self, name: str) -> QByteArray:
        """Where a window stood, as Qt's `restoreGeometry` wants it; empty if it never was open."""
        return QByteArray.fromBase64(self.word(f"places/{name}", "").encode())

    def keep_place(self, name: str, place: QByteArray) -> None:
        """Remember what Qt's `saveGeometry` gave."""
        self.keep(f"places/{name}", place.toBase64().toStdString())

    def close(self) -> None:
        """Write what is not written yet."""
        if self._file:
            self._file.sync()
