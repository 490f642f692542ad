"""The panel: what is left, what runs out and when, who waits, and what to do about it."""

import datetime as dt

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from trayapp.model.command import CancelHold, Resume, SendNow
from trayapp.model.snapshot import Snapshot
from trayapp.ui.desk import Desk
from trayapp.ui.gauge import is_offline
from trayapp.ui.labels import Label
from trayapp.ui.look import Look
from trayapp.ui.note import Note
from trayapp.ui.panel_foot import Foot
from trayapp.ui.panel_head import Head
from trayapp.ui.panel_held import HeldBox
from trayapp.ui.panel_menu import keeps_open
from trayapp.ui.panel_meter import MeterRow
from trayapp.ui.panel_pool import PoolBox
from trayapp.ui.panel_section import PanelSection
from trayapp.ui.panel_steps import Steps
from trayapp.ui.panel_today import SpendBox, ToolsBox
from trayapp.ui.window import Window
from trayapp.ui.wording import holds, matters, today
from trayapp.ui.wording.calm import Calm
from trayapp.ui.wording.heads import is_used
from trayapp.ui.wording.pool_sections import order, section

WIDTH = 360
SHARE = 0.88
"""Of the screen's height that the panel may take."""


class _Card(QWidget):
    """The ground of the middle; *arranged* when its content may have another height."""

    arranged = Signal()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high as its words are once they are wrapped, and not as Qt would guess."""
        return QSize(0, self.height_of(min(self.width(), WIDTH)))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The same."""
        return self.minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        """Tell, once all parts know their own."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.arranged.emit()
        return done

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)

    def height_of(self, width: int) -> int:
        """How high its parts are at *width*."""
        for part in self.findChildren(PanelSection):
            part.column.activate()  # or its old height would be told
        # Not by the column's own sum: it remembers, and to invalidate it is to be asked again.
        items = (self.column.itemAt(place) for place in range(self.column.count()))
        parts = (item.widget() for item in items if item is not None)
        return sum(_height_of(part, width) for part in parts if part and not part.isHidden())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """One colour."""
        QPainter(self).fillRect(self.rect(), QColor(self._look.colours.card))


def _height_of(part: QWidget, width: int) -> int:
    return part.heightForWidth(width) if part.hasHeightForWidth() else part.sizeHint().height()


class _Words(PanelSection):
    """A title and a sentence, where there is nothing to draw."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._title = Label(look, "title")
        self._text = Label(look, "caption", "secondary", wraps=True)
        self.column.addWidget(self._title)
        self.column.addWidget(self._text)

    def say(self, title: str, text: str) -> None:
        """Show both; hidden where there is no text."""
        self.setVisible(bool(text))
        self._title.say(title)
        self._text.say(text)


class Panel(Window):
    """Head, note, a middle that scrolls where it is too high, foot."""

    counts = True

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "panel")
        self.setWindowTitle("Sluice")
        self.most: int | None = None
        """How high it may be, where that is not a share of its screen."""
        self._calm = Calm()
        self._order: tuple[str, ...] = ()
        self._pools: dict[str, PoolBox] = {}
        look = desk.look
        self.head, self.foot = Head(desk), Foot(desk)
        self.note = Note(look, self._do)
        self.steps = Steps(desk)
        self.none = _Words(look)
        self.spend, self.tools = SpendBox(look), ToolsBox(look)
        self.held = HeldBox(
            look, lambda each: desk.ask(SendNow(each)), lambda each: desk.ask(CancelHold(each))
        )
        for row in self.spend.rows:
            row.moved.connect(self._move)
        self.tools.entered.connect(self._show_tool)
        self._middle = _Card(look)
        self._middle.arranged.connect(self._fit)
        self._column = self._middle.column
        for part in (self.steps, self.none, self.spend, self.held, self.tools):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self._middle)
        self._scroll.setMinimumHeight(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for fixed in (self.head, self.note):
            whole.addWidget(fixed)
        whole.addWidget(self._scroll, 1)
        whole.addWidget(self.foot)
        self.setFixedWidth(WIDTH)

    def draw(self) -> None:
        """Show what is now; parts that stay the same are not drawn again."""
        desk = self._desk
        tr, now, snapshot = desk.look.voice, desk.now(), desk.present()
        if snapshot is not None:
            snapshot = self._calm.steady(snapshot, now)
        self.head.draw()
        self.note.show_matter(
            matters.matter(tr, snapshot, desk.link, now, desk.names, desk.stranded)
        )
        self.foot.draw()
        self._draw_empty(snapshot)
        if snapshot is None:
            for part in (self.spend, self.held, self.tools, *self._pools.values()):
                part.hide()
        else:
            self._draw_pools(snapshot, now)
            self.spend.show_spend(today.spend(tr, snapshot, now), today.captions(tr, snapshot, now))
            self._draw_held(snapshot, now)
            self.tools.show_tools(*today.tools(tr, snapshot))
        self._fit()

    def rows(self) -> list[MeterRow]:
        """Every meter's row from top to bottom."""
        found = [row for name in self._order for row in self._pools[name].rows.values()]
        return found + [row for row in self.spend.rows if row.isVisibleTo(self)]

    # -- parts

    def _draw_empty(self, snapshot: Snapshot | None) -> None:
        tr = self._desk.look.voice
        fresh = snapshot is not None and not is_used(snapshot)
        self.steps.setVisible(fresh)
        self.steps.draw()
        known = snapshot is not None and any(pool.meters for pool in snapshot.pools)
        words = tr("No limit known yet. Each meter appears with the first answer that names it.")
        if snapshot is None:
            words = tr("Reading…")
        self.none.say(tr("Meters"), "" if known else words)

    def _draw_pools(self, snapshot: Snapshot, now: dt.datetime) -> None:
        desk = self._desk
        lost = None if desk.link.is_up else desk.link.since
        pools = {pool.id: pool for pool in snapshot.pools if pool.meters}
        self._arrange(snapshot, now, set(pools))
        offline = is_offline(snapshot)
        for name in self._order:
            shown = section(desk.look.voice, pools[name], now, lost=lost, offline=offline)
            self._pools[name].show_section(shown)

    def _arrange(self, snapshot: Snapshot, now: dt.datetime, wanted: set[str]) -> None:
        """Keep the order of when the panel was opened; new pools come below."""
        told = [name for name in order(snapshot.pools, now) if name in wanted]
        kept = [name for name in self._order if name in wanted]
        new = tuple(kept + [name for name in told if name not in kept])
        if new == self._order:
            for box in self._pools.values():
                box.show()
            return
        for name in set(self._pools) - wanted:
            gone = self._pools.pop(name)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        self._order = new
        first = self._column.indexOf(self.none) + 1
        for at, name in enumerate(new):
            box = self._pools.setdefault(name, PoolBox(self._desk.look, self._move))
            self._column.removeWidget(box)
            self._column.insertWidget(first + at, box)
            box.show()

    def _draw_held(self, snapshot: Snapshot, now: dt.datetime) -> None:
        desk, tr = self._desk, self._desk.look.voice
        up = desk.link.is_up
        held, total = (snapshot.held, snapshot.held_total) if up else ((), 0)
        waiting, more = holds.first(tr, held, total, now)
        empty = tr("Nothing is held. A request waits here when a limit would refuse it.")
        if not up:
            empty = tr("What was held ended with the engine; tools send it again by themselves.")
        self.held.show()
        self.held.show_all(waiting, total, more or ("" if waiting else empty))

    def _move(self, way: int) -> None:
        rows = self.rows()
        focused = next((at for at, row in enumerate(rows) if row.hasFocus()), None)
        if focused is not None and 0 <= focused + way < len(rows):
            row = rows[focused + way]
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self._scroll.ensureWidgetVisible(row)

    def _show_tool(self, name: str) -> None:
        """Open Activity with what the tool *name* asked."""
        if "activity" in self._desk.names:
            from trayapp.ui.activity import ActivityWindow

            window = self._desk.open("activity")
            if isinstance(window, ActivityWindow):
                window.filters.choose_tool(name)

    def _do(self, name: str) -> None:
        """What a button of the note does."""
        match name:
            case "start":
                self._desk.wanted.emit()
            case "resume":
                self._desk.ask(Resume())
            case _:
                self._desk.open(name)

    # -- place and size

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Near the pointer, which is where it was asked for; pools in the order of now."""
        self._order = ()
        super().showEvent(event)
        if not event.spontaneous():
            self._fit()
            self.move(self._near(QCursor.pos()))

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Close when another window is looked at, unless *Keep open* is set."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and not self.isActiveWindow():
            QTimer.singleShot(0, self, self._leave)

    def _leave(self) -> None:
        ours = QGuiApplication.focusWindow() is not None
        if (
            self.isVisible()
            and not self.isActiveWindow()
            and not ours
            and not keeps_open(self._desk)
        ):
            self.close()

    def _fit(self) -> None:
        """As high as the content, and at most a share of the screen."""
        fixed = self.head.height() + self.foot.sizeHint().height()
        if self.note.isVisibleTo(self):
            self.note.relay()
            fixed += self.note.heightForWidth(WIDTH)
        room = self.most or int(self.screen().availableGeometry().height() * SHARE)
        middle = self._middle.height_of(WIDTH)
        wanted = min(room, fixed + middle)
        if wanted != self.height():
            self.setFixedHeight(wanted)

    def _near(self, point: QPoint) -> QPoint:
        screen = QGuiApplication.screenAt(point) or self.screen()
        room = screen.availableGeometry()
        left = min(max(point.x() - self.width() // 2, room.left()), room.right() - self.width())
        top = min(max(point.y(), room.top()), room.bottom() - self.height())
        return QPoint(left, top)
