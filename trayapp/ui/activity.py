"""Activity: every request, newest first, what they come to, and why one of them waited."""

from pathlib import Path

import msgspec
from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QColor, QGuiApplication, QKeySequence, QPalette, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from trayapp import figures
from trayapp.model.command import Answer
from trayapp.model.history import By, Filter, Record, Sum, SumRequests, Sums
from trayapp.ui.activity_chart import Chart
from trayapp.ui.activity_export import Export
from trayapp.ui.activity_filters import Filters
from trayapp.ui.activity_rows import Rows
from trayapp.ui.activity_table import Table
from trayapp.ui.activity_why import Why
from trayapp.ui.buttons import LinkButton
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.note import Note
from trayapp.ui.window import Window
from trayapp.ui.wording import requests, sums, times

SIZE, LEAST = (1040, 640), (760, 480)
POLL_MS = 1000
"""Between two looks for newer rows."""
_AHEAD = 120
"""Rows below what is seen that are read beforehand."""


class ActivityWindow(Window):
    """The filters, the chart, the table, and one request."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "activity", SIZE)
        self.setMinimumSize(*LEAST)
        self._was_up = False
        self._seen: object = None
        self._sums: tuple[Sum, ...] = ()
        self._by: By = "hour"
        self._asked = 0
        self.filters = Filters(desk)
        self.rows = Rows(desk, self)
        self.export = Export(desk, self)
        self.chart = Chart(desk.look)
        self.charts = QComboBox()
        self.charts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._totals = Label(desk.look, "caption", "secondary")
        self._stale = Label(desk.look, "caption", "warning")
        self.note = Note(desk.look, self._help)
        self.table = Table(desk.look, self.rows)
        self.empty = Label(desk.look, "body", "secondary")
        self.link = LinkButton(desk.look, clicked=self._follow_link)
        self._nothing = QWidget()
        self.newer = LinkButton(desk.look, clicked=self.begin)
        self.said = Label(desk.look, "caption", "secondary")
        self.why = Why(desk)
        self._poll = QTimer(self, interval=POLL_MS, singleShot=True)
        self._poll.timeout.connect(self.look_again)
        self._arrange()
        self._join()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read anew."""
        self._was_up = False
        super().showEvent(event)

    def begin(self) -> None:
        """Read from the newest row on."""
        self._seen = self._count()
        self.table.scrollToTop()
        self.rows.begin(self.filters.asked)
        self._ask_sums()
        self._ask_names()

    def look_again(self) -> None:
        """Show or count what came since, and what all comes to now."""
        self.rows.look_for_newer(show=self.table.verticalScrollBar().value() == 0)
        self._ask_sums()

    def draw(self) -> None:
        """Say every text, and show what was read."""
        tr, is_up = self._desk.look.voice, self._desk.link.is_up
        self.setWindowTitle(tr("Activity – Sluice"))
        self.filters.say()
        self._say_charts()
        self._ground()
        self.table.setAccessibleName(tr("Requests"))
        if is_up and not self._was_up:
            self.begin()
        elif is_up and self._seen != self._count() and not self._poll.isActive():
            self._seen = self._count()
            self._poll.start()
        self._was_up = is_up
        self.rows.say_anew()
        self._show_sums()
        self.show_state()
        self.why.show_record(self._chosen())

    def show_state(self) -> None:
        """Whether there is something to show, how old it is, and what export does."""
        tr, rows = self._desk.look.voice, self.rows.rowCount()
        link = self._desk.link
        since = times.clock(tr, link.since.astimezone(), self._desk.now())
        old = not link.is_up and link.state != "starting"
        self._stale.say(tr("as of {time}", time=since) if old else "")
        self.newer.setVisible(self.rows.newer > 0 and rows > 0)
        self.newer.setText(tr("{n} new requests", self.rows.newer))
        self._nothing.setVisible(rows == 0)
        self.table.setVisible(rows > 0)
        narrow = self.filters.is_narrow
        self.link.setVisible(rows == 0 and not self.rows.reading)
        self.link.setText(tr("Clear filters") if narrow else tr("Connect a tool…"))
        if self.rows.reading:
            self.empty.say(tr("Reading…"))
        elif self.rows.failure:
            self.empty.say(self.rows.failure)
        else:
            none = (
                tr("No requests yet.")
                if self.filters.since is None
                else tr("No requests in this time.")
            )
            self.empty.say(tr("Nothing matches these filters.") if narrow else none)
        self.filters.export.setEnabled(link.is_up and rows > 0 and not self.export.is_running)
        self._say_export()
        self.note.show_matter(self._matter())

    def save(self, target: Path) -> None:
        """Write what is filtered into *target*."""
        self.export.begin(self.filters.asked, target)
        self.show_state()

    # -- asking

    def _ask_sums(self) -> None:
        self._asked += 1
        asked, by = self._asked, self._by

        def heard(answer: Answer) -> None:
            if asked == self._asked and answer.ok:
                self._sums = msgspec.convert(answer.value, Sums).rows
                self._show_sums()

        self._desk.ask(SumRequests(self.filters.asked, by), heard)

    def _ask_names(self) -> None:
        """Which tools and models there are in this time."""
        found: dict[By, list[str]] = {}

        def heard(by: By, answer: Answer) -> None:
            if answer.ok:
                found[by] = [row.key for row in msgspec.convert(answer.value, Sums).rows]
                self.filters.offer(found.get("tool", []), found.get("model", []))

        whole = Filter(since=self.filters.since)
        self._desk.ask(SumRequests(whole, "tool"), lambda answer: heard("tool", answer))
        self._desk.ask(SumRequests(whole, "model"), lambda answer: heard("model", answer))

    def _count(self) -> object:
        """Another value whenever a request may have ended."""
        snapshot = self._desk.snapshot
        if snapshot is None:
            return None
        return tuple((tool.name, tool.requests) for tool in snapshot.tools)

    # -- what the user does

    def _filter(self) -> None:
        one_day = self.filters.is_one_day
        if self._by in {"hour", "day"}:
            self._by = "hour" if one_day else "day"
        self.table.fit(one_day=one_day)
        self._say_charts()
        self.begin()
        self.show_state()

    def _choose_chart(self, at: int) -> None:
        self._by = self.charts.itemData(at)
        self._ask_sums()

    def _scrolled(self, value: int) -> None:
        """Read ahead, so that no end is met while scrolling."""
        bar = self.table.verticalScrollBar()
        if bar.maximum() - value < _AHEAD:
            self.rows.fetchMore()

    def _chosen_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.why.show_record(self.rows.record(current.row()) if current.isValid() else None)

    def _follow_link(self) -> None:
        if self.filters.is_narrow:
            self.filters.clear()
        elif "connect" in self._desk.names:
            self._desk.open("connect")

    def _ask_file(self) -> None:
        tr = self._desk.look.voice
        kinds = f"CSV (*.csv);;{tr('JSON lines')} (*.jsonl)"
        name, kind = QFileDialog.getSaveFileName(self, tr("Export"), "sluice-activity.csv", kinds)
        if name:
            path = Path(name)
            is_json = "jsonl" in kind and path.suffix == ".csv"
            self.save(path.with_suffix(".jsonl") if is_json else path)

    def _copy_row(self) -> None:
        row = self.table.currentIndex().row()
        if row >= 0 and (record := self.rows.record(row)) is not None:
            cells = requests.cells(self._desk.look.voice, record, self._desk.now())
            QGuiApplication.clipboard().setText("\t".join(cells))

    def _help(self, _name: str) -> None:
        self._desk.wanted.emit()

    # -- how it looks

    def _chosen(self) -> Record | None:
        index = self.table.currentIndex()
        return self.rows.record(index.row()) if index.isValid() else None

    def _show_sums(self) -> None:
        tr = self._desk.look.voice
        bars = sums.bars(tr, self._by, self._sums, self._desk.now())
        self.chart.show_bars(tr(sums.CHARTS[self._by]), bars)
        entered = figures.tokens(sum(bar.input_tokens for bar in bars))
        out = figures.tokens(sum(bar.output_tokens for bar in bars))
        self.chart.legend.say(tr("in {tokens}", tokens=entered), tr("out {tokens}", tokens=out))
        self._totals.say(sums.totals(tr, self._sums))

    def _say_charts(self) -> None:
        tr = self._desk.look.voice
        self.charts.blockSignals(True)
        self.charts.clear()
        for by, text in sums.CHARTS.items():
            self.charts.addItem(tr(text), by)
        self.charts.setCurrentIndex(self.charts.findData(self._by))
        self.charts.setAccessibleName(tr("Chart"))
        self.charts.blockSignals(False)

    def _say_export(self) -> None:
        tr, export = self._desk.look.voice, self.export
        written = tr("{n} requests", export.rows)
        if export.is_running:
            self.said.say(tr("Exporting: {rows} so far.", rows=written), "secondary")
        elif export.failure:
            self.said.say(tr("Not exported: {why}", why=export.failure), "critical")
        elif export.target is not None:
            name = export.target.name
            self.said.say(tr("Exported {rows} to “{file}”.", rows=written, file=name), "healthy")
        self.said.setVisible(bool(self.said.text()))

    def _matter(self) -> Matter | None:
        if self._desk.link.is_up or self._desk.link.state == "starting":
            return None
        tr = self._desk.look.voice
        what = tr("What is shown is what was read before.")
        offers = (Offer("start", tr("Start engine")),)
        return Matter(tr("The engine is not running"), what, "critical", "down", offers)

    def _ground(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(self._desk.look.colours.card))
        self.setPalette(palette)
        bands = QPalette(self.palette())
        bands.setColor(QPalette.ColorRole.Window, QColor(self._desk.look.colours.window))
        self.table.follow(self._desk.look)
        self.table.fit(one_day=self.filters.is_one_day)
        for widget in (self.filters, self.why):
            widget.setAutoFillBackground(True)
            widget.setPalette(bands)

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 0)
        head.setSpacing(10)
        head.addWidget(self.charts)
        head.addWidget(self.chart.legend)
        head.addStretch(1)
        head.addWidget(self._stale)
        head.addWidget(self._totals)
        chart = QHBoxLayout()
        chart.setContentsMargins(16, 0, 16, 4)
        chart.addWidget(self.chart)
        nothing = QVBoxLayout(self._nothing)
        nothing.addStretch(2)
        for widget in (self.empty, self.link):
            nothing.addWidget(widget, 0, Qt.AlignmentFlag.AlignHCenter)
        nothing.addStretch(3)
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 0, 16, 0)
        bar.addWidget(self.newer)
        bar.addStretch(1)
        bar.addWidget(self.said)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.note)
        whole.addWidget(self.filters)
        whole.addLayout(head)
        whole.addLayout(chart)
        whole.addLayout(bar)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._nothing, 1)
        whole.addWidget(self.why)

    def _join(self) -> None:
        self.filters.changed.connect(self._filter)
        self.filters.export.clicked.connect(lambda _checked=False: self._ask_file())
        self.charts.activated.connect(self._choose_chart)
        self.rows.told.connect(self.show_state)
        self.export.told.connect(self.show_state)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.table.selectionModel().currentChanged.connect(self._chosen_changed)
        for keys, do in (
            ("Ctrl+F", self.filters.search.setFocus), ("Ctrl+E", self.filters.export.click),
            ("Ctrl+C", self._copy_row),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self).activated.connect(do)
