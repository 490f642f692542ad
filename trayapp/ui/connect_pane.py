"""The right side of Connect: one tool, what changes, and how it is let in."""

from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trayapp.model.connecting import CONNECTED, Preview, Standing
from trayapp.ui.connect_form import Form
from trayapp.ui.copying import Copying
from trayapp.ui.diff import Diff
from trayapp.ui.gauge import Face
from trayapp.ui.labels import Elided, Label
from trayapp.ui.look import Look
from trayapp.ui.ring import BESIDE, RingWidget
from trayapp.ui.wording import connecting


class View(msgspec.Struct, frozen=True):
    """What the pane shows."""

    standing: Standing
    preview: Preview | None = None
    token: str = ""
    variables: tuple[tuple[str, str], ...] = ()
    heard: bool = False
    said: str = ""
    """What came of the last step: done, or why not."""
    failed: bool = False


class Pane(QWidget):
    """Draws a `View`."""

    def __init__(self, look: Look, key_chosen: Callable[[], object]) -> None:
        super().__init__()
        self._look = look
        self._heading = Label(look, "heading", wraps=True)
        self._caption = Label(look, "caption", "secondary", wraps=True)
        self._changes = Label(look, "title")
        self._file = Elided(look, "code", "secondary")
        self._added = Label(look, "caption", "healthy")
        self._removed = Label(look, "caption", "critical")
        self.diff = Diff(look)
        self.copying = Copying(look)
        self._hint = Label(look, "caption", "secondary", wraps=True)
        self.form = Form(look, key_chosen)
        self._ring = RingWidget(look, BESIDE)
        self._first = Label(look, "caption", "secondary", wraps=True)
        self._band = QWidget()
        self._said = Label(look, "caption", wraps=True)
        self._arrange()

    def show_view(self, view: View) -> None:
        """Show *view* in the language of now."""
        tr = self._look.voice
        standing, preview = view.standing, view.preview
        done = standing.status in CONNECTED
        self._heading.say(connecting.heading(tr, standing))
        self._caption.say(connecting.caption(tr, standing, preview))
        self._show_changes(view, done=done)
        possible = preview is not None and not preview.refusal and not done
        self.form.setVisible(possible)
        self.form.say()
        self.form.show_token(view.token)
        self._band.setVisible(possible or done)
        self._ring.show_face(Face("healthy", 24) if view.heard else Face("stale", 15))
        self._first.say(connecting.first_request(tr, standing, is_connected=done, heard=view.heard))
        self._paint_band()
        self._said.say(view.said, "critical" if view.failed else "healthy")
        self._said.setVisible(bool(view.said))

    def _show_changes(self, view: View, *, done: bool) -> None:
        tr, preview = self._look.voice, view.preview
        lines = preview.lines if preview and not done else ()
        file = view.standing.file or ""
        self._changes.say(tr("What changes") if lines else tr("Settings file"))
        self._changes.setVisible(bool(file))
        self._file.say(file)
        self._file.setVisible(bool(file))
        for label, text in (
            (self._added, connecting.added(tr, preview) if preview and lines else ""),
            (self._removed, connecting.removed(tr, preview) if preview and lines else ""),
        ):
            label.say(text)
            label.setVisible(bool(lines))
        self.diff.show_lines(lines)
        self.diff.setVisible(bool(lines))
        self.diff.setAccessibleName(tr("What changes"))
        self.copying.show_values(view.variables, view.token)
        self.copying.setVisible(bool(view.variables))
        notes = tuple(map(tr, preview.notes)) if preview and not done else ()
        undo = (
            tr(
                "The file is saved byte for byte before the change. Undo puts it back; if you edit "
                "it meanwhile, Undo removes only these lines."
            ),
        )
        self._hint.say("\n".join((*(undo if lines else ()), *notes)))
        self._hint.setVisible(bool(lines or notes))

    def _paint_band(self) -> None:
        palette = QPalette(self._band.palette())
        tint = self._look.colours.stale.tint
        palette.setColor(QPalette.ColorRole.Window, QColor(tint))
        self._band.setPalette(palette)

    def _arrange(self) -> None:
        title = QHBoxLayout()
        title.setSpacing(8)
        title.addWidget(self._changes)
        title.addWidget(self._file, 1)
        title.addWidget(self._added)
        title.addWidget(self._removed)
        self._band.setAutoFillBackground(True)
        band = QHBoxLayout(self._band)
        band.setContentsMargins(10, 6, 10, 6)
        band.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignVCenter)
        band.addWidget(self._first, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 14, 20, 8)
        whole.setSpacing(8)
        whole.addWidget(self._heading)
        whole.addWidget(self._caption)
        whole.addLayout(title)
        whole.addWidget(self.diff, 1)
        for widget in (self.copying, self._hint, self.form, self._band, self._said):
            whole.addWidget(widget)
        whole.addStretch(0)
