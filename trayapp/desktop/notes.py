"""Notifications through the desktop's own service, with buttons where it has them.

What is told of one thing replaces what was told of it before. Where no service answers, the
caller is told so and shows the note by the tray icon itself.
"""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from trayapp.desktop.bus import Body, Bus, Service

SERVICE = Service(
    "org.freedesktop.Notifications",
    "/org/freedesktop/Notifications",
    "org.freedesktop.Notifications",
)
DEFAULT = "default"
"""The action of a click on the note itself."""

_NORMAL, _CRITICAL = 1, 2
_SERVER_DECIDES = -1


class Note(msgspec.Struct, frozen=True):
    """One notification; *about* is what it replaces an earlier one of.

    Title and body are plain text. *actions* are pairs of a name and what its button says.
    """

    about: str
    title: str
    body: str
    actions: tuple[tuple[str, str], ...] = ()
    is_urgent: bool = False


class Notes(QObject):
    """The notification service. Signal *acted* with what a note was about, and the button's name."""

    acted = Signal(str, str)

    def __init__(self, bus: Bus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bus = bus
        self._can: frozenset[str] | None = None
        self._numbers: dict[str, int] = {}
        bus.listen(SERVICE, "ActionInvoked", self._acted)
        bus.listen(SERVICE, "NotificationClosed", self._closed)

    def show(self, note: Note, image: QImage, otherwise: Callable[[], None]) -> None:
        """Show *note* with *image*; *otherwise* is called where no service took it."""
        if self._can is not None:
            self._send(note, image, otherwise)
            return

        def told(answer: Body | None) -> None:
            if answer is None:
                otherwise()
            else:
                self._can = frozenset(answer[0])
                self._send(note, image, otherwise)

        self._bus.call(SERVICE, "GetCapabilities", done=told)

    def withdraw(self, about: str) -> None:
        """Take back what was told of *about*, if it still stands."""
        if number := self._numbers.pop(about, 0):
            self._bus.call(SERVICE, "CloseNotification", "u", (number,))

    def _send(self, note: Note, image: QImage, otherwise: Callable[[], None]) -> None:
        can = self._can or frozenset()
        body = _escaped(note.body) if "body-markup" in can else note.body
        words = [word for pair in note.actions for word in pair] if "actions" in can else []
        hints = {
            "urgency": ("y", _CRITICAL if note.is_urgent else _NORMAL),
            "desktop-entry": ("s", "sluice"),
            "image-data": ("(iiibiiay)", _pixels(image)),
        }
        replaces = self._numbers.get(note.about, 0)

        def told(answer: Body | None) -> None:
            if answer is None:
                self._can = None  # it may be another service by the next time
                otherwise()
            else:
                self._numbers[note.about] = answer[0]

        arguments = ("Sluice", replaces, "", note.title, body, words, hints, _SERVER_DECIDES)
        self._bus.call(SERVICE, "Notify", "susssasa{sv}i", arguments, told)

    def _acted(self, body: Body) -> None:
        # Some services say it twice: the note is gone after the first time.
        if about := self._about(body[0]):
            del self._numbers[about]
            self.acted.emit(about, body[1])

    def _closed(self, body: Body) -> None:
        if about := self._about(body[0]):
            del self._numbers[about]

    def _about(self, number: int) -> str | None:
        return next((about for about, at in self._numbers.items() if at == number), None)


def _escaped(text: str) -> str:
    """For services that read a body as markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _pixels(image: QImage) -> tuple[int, int, int, bool, int, int, bytes]:
    """Width, height, bytes a row, alpha, bits a sample, samples a pixel, and the pixels."""
    plain = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = bytes(plain.constBits())
    return plain.width(), plain.height(), plain.bytesPerLine(), True, 8, 4, data
