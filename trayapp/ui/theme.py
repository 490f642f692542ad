"""Light or dark: what the system says or the user wants, as colours and as Qt's palette."""

from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from trayapp.ui.colours import DARK, LIGHT, Colours, plain

Setting = Literal["system", "light", "dark"]

_Role = QPalette.ColorRole
_Scheme = Qt.ColorScheme


class Theme(QObject):
    """Keeps the application's palette right; *changed* when the colours are others.

    The palette is ours, because Qt's own does not follow when the system changes between light
    and dark. Where the user asked the system for high contrast it stays the system's.
    """

    changed = Signal()

    def __init__(self, setting: Setting = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._setting: Setting = setting
        self._native = QPalette(QGuiApplication.palette())
        self.colours = LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)
        self._follow()

    @property
    def setting(self) -> Setting:
        """What the user wants."""
        return self._setting

    def choose(self, setting: Setting) -> None:
        """Be light, dark or as the system is from now on."""
        self._setting = setting
        self._follow()

    def _follow(self) -> None:
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            self._become(high_contrast(self._native), self._native)
        else:
            dark = self._setting == "dark" or (
                self._setting == "system" and hints.colorScheme() == _Scheme.Dark
            )
            colours = DARK if dark else LIGHT
            self._become(colours, palette(colours))

    def _become(self, colours: Colours, palette: QPalette) -> None:
        QGuiApplication.setPalette(palette)
        if colours != self.colours:
            self.colours = colours
            self.changed.emit()


def high_contrast(native: QPalette) -> Colours:
    """Colours of a palette that was made to be told apart: shapes stay, our fills give way."""
    ground, text = native.color(_Role.Base), native.color(_Role.Text)
    selection = native.color(_Role.Highlight)
    dark = ground.lightness() < text.lightness()
    return plain(ground.name(), text.name(), selection.name(), dark=dark)


def palette(colours: Colours) -> QPalette:
    """Qt's palette in our colours, from which the native style draws its controls."""
    made = QPalette()
    for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
        _fill(made, group, colours, colours.text)
    _fill(made, QPalette.ColorGroup.Disabled, colours, colours.border)
    return made


def _fill(made: QPalette, group: QPalette.ColorGroup, colours: Colours, text: str) -> None:
    roles: dict[QPalette.ColorRole, str] = {
        _Role.Window: colours.window,
        _Role.WindowText: text,
        _Role.Base: colours.card,
        _Role.AlternateBase: colours.row,
        _Role.Text: text,
        _Role.PlaceholderText: colours.tertiary,
        _Role.Button: colours.card,
        _Role.ButtonText: text,
        _Role.BrightText: colours.critical.text,
        _Role.ToolTipBase: colours.card,
        _Role.ToolTipText: colours.text,
        _Role.Highlight: colours.selection,
        _Role.HighlightedText: colours.text,
        _Role.Accent: colours.accent,
        _Role.Link: colours.accent,
        _Role.LinkVisited: colours.accent,
        _Role.Light: colours.card,
        _Role.Midlight: colours.line,
        _Role.Mid: colours.border,
        _Role.Dark: colours.border,
        _Role.Shadow: colours.line,
    }
    for role, colour in roles.items():
        made.setColor(group, role, QColor(colour))
