"""The keys that work in every window."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QGuiApplication, QKeySequence
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from trayapp.model.command import Pause, Resume
from trayapp.model.preferences import DEFAULT_PORT
from trayapp.ui.desk import Desk
from trayapp.ui.speech import later

WINDOWS = {
    "panel": "Ctrl+1",
    "activity": "Ctrl+2",
    "batch": "Ctrl+3",
    "connect": "Ctrl+4",
    "settings": "Ctrl+,",
}
_TITLES = {
    "panel": later("Open Sluice"),
    "activity": later("Activity"),
    "batch": later("Batch"),
    "connect": later("Connect"),
    "settings": later("Settings"),
}


def base_url(desk: Desk) -> str:
    """Where tools reach us; before an engine said so, where it will listen."""
    known = desk.snapshot
    return known.base_url if known else f"http://127.0.0.1:{DEFAULT_PORT}"


def copy_base_url(desk: Desk) -> None:
    """Put it into the clipboard."""
    QGuiApplication.clipboard().setText(base_url(desk))


def turn_pause(desk: Desk) -> None:
    """Pause, or go on; without an engine there is nothing to pause."""
    if desk.link.is_up and desk.snapshot is not None:
        desk.ask(Resume() if desk.snapshot.paused else Pause())


class Shortcuts:
    """Actions of one window; their texts are said anew by `follow`."""

    def __init__(self, window: QWidget, desk: Desk) -> None:
        self._desk = desk
        self._window = window
        self._texts: dict[QAction, str] = {}
        for name, keys in WINDOWS.items():
            if name in desk.names:
                self._add(_TITLES[name], (keys,), self._opens(name))
        self._add(later("Pause or resume"), ("Ctrl+Shift+P",), lambda: turn_pause(desk))
        self._add(later("Copy base URL"), ("Ctrl+Shift+C",), lambda: copy_base_url(desk))
        self._add(later("Close"), ("Esc", "Ctrl+W"), window.close)
        self._add(later("Explain"), ("F1",), explain)
        self._add(later("Quit Sluice"), ("Ctrl+Q",), desk.leaving.emit)

    def follow(self) -> None:
        """Say the texts in the language of now."""
        for action, text in self._texts.items():
            action.setText(self._desk.look.voice(text))

    def _opens(self, name: str) -> Callable[[], object]:
        return lambda: self._desk.open(name)

    def _add(self, text: str, keys: tuple[str, ...], do: Callable[[], object]) -> None:
        action = QAction(self._window)
        action.setShortcuts([QKeySequence(each) for each in keys])
        action.triggered.connect(lambda _checked=False: do())
        self._window.addAction(action)
        self._texts[action] = text


def explain() -> None:
    """Show the words that the focused thing has for those who ask."""
    focused = QApplication.focusWidget()
    if focused is None:
        return
    words = focused.whatsThis() or focused.toolTip() or focused.accessibleName()
    QToolTip.showText(focused.mapToGlobal(focused.rect().bottomLeft()), words, focused)
