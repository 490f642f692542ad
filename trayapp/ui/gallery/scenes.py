"""Every window in every state worth a picture.

To add one, write a function that makes the widget on a desk, and a line in `SCENES`. The function
imports what it needs itself; the widget is drawn as it is, so do there what a user would do to
get to that state.
"""

import datetime as dt
from collections.abc import Callable

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from trayapp.model.snapshot import Snapshot
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import adjusting, afternoon, batches, connections, requests, samples
from trayapp.ui.gallery.stage import Replies, Tools
from trayapp.ui.link import Link

NOW = samples.NOW


class Scene(msgspec.Struct, frozen=True):
    """How a picture comes about: the widget, and what the engine says."""

    make: Callable[[Desk], QWidget]
    snapshot: Snapshot | None = None
    link: Link = Link("connected", NOW)
    replies: Replies | None = None
    tools: Tools | None = None
    now: dt.datetime = NOW
    once: bool = False
    """Whether language and theme make no difference."""


def _tray_icon(desk: Desk) -> QWidget:
    from trayapp.ui.gallery.icon_sheet import IconSheet

    return IconSheet(desk)


def _connect(tool: str) -> Callable[[Desk], QWidget]:
    """The window with *tool* chosen."""

    def make(desk: Desk) -> QWidget:
        from trayapp.ui.connect import ConnectWindow

        window = ConnectWindow(desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        window.late.stop()
        window.draw()
        window.tools.choose(tool)
        return window

    return make


def _first_run(page: int) -> Callable[[Desk], QWidget]:
    """The window after *page* steps."""

    def make(desk: Desk) -> QWidget:
        from trayapp.ui.first_run import FirstRun

        window = FirstRun(desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        if page:
            window.skip_step()
            window.tool.tools.choose("opencode" if page == 1 else "zed")
        if page == 2:
            window.next.click()
        return window

    return make


def _activity(
    row: int | None = None, text: str = "", *, lost: bool = False
) -> Callable[[Desk], QWidget]:
    """The window with *row* chosen, where *text* is sought; *lost*: the engine is gone by now."""

    def make(desk: Desk) -> QWidget:
        from trayapp.ui.activity import ActivityWindow

        window = ActivityWindow(desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.filters.search.setText(text)
        window.show()
        if row is not None:
            window.table.selectRow(row)
        if lost:
            desk.stand(_DOWN)
            window.draw()
        return window

    return make


def _batch(csv: str = "") -> Callable[[Desk], QWidget]:
    """The window, with the rows of *csv* merged."""

    def make(desk: Desk) -> QWidget:
        from trayapp.ui.batch import BatchWindow

        window = BatchWindow(desk, at_once=True)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        if csv:
            window.asking.form.prompt.setPlainText("{review}")
            window.asking.form.system.setPlainText(batches.SYSTEM)
            window.asking.form.name.setText(batches.NAME)
            window.take_text(csv, "reviews.csv", "UTF-8")
            window.choice.plan.setCurrentCell(1, 0)
        window.draw()
        return window

    return make


def _settings(page: str) -> Callable[[Desk], QWidget]:
    """The window with *page* chosen."""

    def make(desk: Desk) -> QWidget:
        from trayapp.ui.settings import SettingsWindow

        window = SettingsWindow(desk)
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        window.choices.choose(page)
        return window

    return make


_DOWN = Link("down", NOW)


def _panel(desk: Desk) -> QWidget:
    from trayapp.ui.panel import Panel

    panel = Panel(desk)
    panel.most = 1200
    return panel


SCENES: dict[str, Scene] = {
    "activity": Scene(_activity(0), samples.RUNNING, replies=requests.told),
    "activity-refused": Scene(_activity(7), samples.RUNNING, replies=requests.told),
    "activity-down": Scene(_activity(3, lost=True), samples.RUNNING, replies=requests.told),
    "activity-empty": Scene(_activity(), samples.RUNNING, replies=requests.nothing),
    "activity-no-match": Scene(_activity(None, "xyz"), samples.RUNNING, replies=requests.nothing),
    "batch": Scene(_batch(batches.CSV), batches.RUNNING, replies=batches.told),
    "batch-done": Scene(_batch(), batches.FINISHED, replies=batches.told),
    "batch-empty": Scene(_batch(), samples.RUNNING, replies=batches.told),
    "batch-down": Scene(_batch(batches.CSV), batches.RUNNING, link=_DOWN, replies=batches.told),
    "batch-faults": Scene(_batch(batches.FAULTY), samples.RUNNING, replies=batches.told),
    "connect": Scene(_connect("opencode"), samples.RUNNING, tools=connections.told),
    "connect-done": Scene(_connect("zed"), samples.RUNNING, tools=connections.told),
    "connect-variables": Scene(_connect("python-sdk"), samples.RUNNING, tools=connections.told),
    "connect-impossible": Scene(_connect("cursor"), samples.RUNNING, tools=connections.told),
    "connect-down": Scene(_connect("claude-code"), link=_DOWN, tools=connections.told),
    "first-run": Scene(_first_run(0), samples.RUNNING),
    "first-run-tool": Scene(_first_run(1), samples.RUNNING, tools=connections.told),
    "first-run-request": Scene(_first_run(2), samples.RUNNING, tools=connections.told),
    "first-run-down": Scene(_first_run(0), link=_DOWN),
    "connect-looking": Scene(_connect("")),
    "tray-icon": Scene(_tray_icon, once=True),
    "panel": Scene(_panel, afternoon.BUSY),
    "panel-calm": Scene(_panel, afternoon.CALM),
    "panel-crowded": Scene(_panel, afternoon.CROWDED),
    "panel-paused": Scene(_panel, afternoon.PAUSED),
    "panel-empty": Scene(_panel, afternoon.EMPTY),
    "panel-loading": Scene(_panel, link=afternoon.STARTING),
    "panel-offline": Scene(_panel, afternoon.OFFLINE),
    "panel-capped": Scene(_panel, afternoon.CAPPED),
    "panel-down": Scene(_panel, afternoon.BUSY, afternoon.DOWN, tools=connections.told),
    "panel-restarting": Scene(_panel, afternoon.BUSY, afternoon.RESTARTING),
    **{
        f"settings-{page}": Scene(_settings(page), samples.RUNNING, replies=adjusting.told)
        for page in ("keys", "tools", "pacing", "cache", "warnings", "general", "files")
    },
    "settings-mistake": Scene(_settings("pacing"), samples.RUNNING, replies=adjusting.mistaken),
    "settings-down": Scene(_settings("keys"), link=_DOWN, replies=adjusting.silent),
}
