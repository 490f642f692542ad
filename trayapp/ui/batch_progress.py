"""How far a job is: a bar, the count, and a line of facts."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from trayapp.model.snapshot import Job
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.painting import ratio_of, snapped
from trayapp.ui.wording import batches

BAR = 8


class Progress(QWidget):
    """Two lines; nothing where there is no job."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.bar = _Bar(look)
        self.count = Label(look, "title")
        self.facts = Label(look, "caption", "secondary", wraps=True)
        self.counts = Label(look, "caption", "secondary")
        self.reason = Label(look, "caption", "warning", wraps=True)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.addWidget(self.bar, 1)
        upper.addWidget(self.count)
        lower.addWidget(self.facts, 1)
        lower.addWidget(self.counts)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addLayout(upper)
        whole.addLayout(lower)
        whole.addWidget(self.reason)

    def draw(self, job: Job | None, desk: Desk) -> None:
        """Show *job*."""
        tr = desk.look.voice
        self.setVisible(job is not None)
        if job is None:
            return
        said = batches.progress(tr, job)
        self.bar.show_share((job.done + job.failed) / job.rows if job.rows else 0.0, said)
        self.count.say(said)
        self.facts.say("      ".join(batches.line(tr, job, desk.now())))
        self.counts.say(batches.counts(tr, job))
        reason = job.reason
        if not desk.link.is_up and job.state == "running":
            reason = tr("It continues when the engine runs.")
        elif job.state == "paused" and not reason:
            reason = tr("Paused by you")
        self.reason.say(reason)
        self.reason.setVisible(bool(reason))


class _Bar(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._share = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_share(self, share: float, said: str) -> None:
        """Fill it so far."""
        self.setAccessibleName(said)
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A line."""
        return QSize(120, BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The track, and what is done of it."""
        painter, colours = QPainter(self), self._look.colours
        whole = self.rect()
        painter.fillRect(whole, QColor(colours.track_line))
        painter.fillRect(whole.adjusted(1, 1, -1, -1), QColor(colours.track))
        width = snapped(whole.width() * min(1.0, self._share), ratio_of(painter))
        painter.fillRect(0, 0, round(width), whole.height(), QColor(colours.accent))
