"""Activity: what was is found, looked at, drawn and written down."""

import datetime as dt
import json
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.fakes.history import FakeHistory
from trayapp.model.history import PAGE_ROWS, Filter, SumRequests
from trayapp.model.snapshot import ToolTotals
from trayapp.ui.activity import ActivityWindow
from trayapp.ui.desk import Desk
from trayapp.ui.gallery import requests
from trayapp.ui.gallery.samples import NOW, RUNNING
from trayapp.ui.gallery.stage import Replies, still
from trayapp.ui.link import Link
from trayapp.ui.look import Look

UP, DOWN = Link("connected", NOW), Link("down", NOW)


def desk_of(replies: Replies, link: Link = UP) -> Desk:
    return still(NOW, RUNNING, link, Look(system=["en"]), replies)


def opened(qtbot: QtBot, desk: Desk) -> ActivityWindow:
    window = ActivityWindow(desk)
    qtbot.addWidget(window)
    window.show()
    return window


def more_requests(desk: Desk, number: int) -> None:
    """A Snapshot says that requests ended."""
    totals = (ToolTotals("Zed", "interactive", number),)
    desk.bridge._show(msgspec.structs.replace(RUNNING, tools=totals))


def test_the_first_page_is_read_when_it_opens(qtbot: QtBot) -> None:
    """Today's requests, and what they come to by the hour."""
    history = FakeHistory(1000)

    window = opened(qtbot, desk_of(history.reply))

    (page,) = history.pages
    assert (page.filter.since, page.limit) == (window._desk.clock.today(), PAGE_ROWS)
    assert window.table.model().rowCount() == PAGE_ROWS
    assert SumRequests(page.filter, "hour") in history.heard


def test_scrolling_reads_ahead(qtbot: QtBot) -> None:
    """The next page is there before the end is seen."""
    window = opened(qtbot, desk_of(FakeHistory(1000).reply))
    bar = window.table.verticalScrollBar()

    bar.setValue(bar.maximum() - 100)

    assert window.rows.rowCount() == 2 * PAGE_ROWS


def test_filters_ask_the_engine(qtbot: QtBot) -> None:
    """Each part of the filter reaches the question."""
    history = FakeHistory(3)
    window = opened(qtbot, desk_of(history.reply))
    filters = window.filters

    filters.choose_tool("Zed")
    filters.model.setCurrentIndex(filters.model.findData("claude-sonnet-5-5"))
    filters.verdict.setCurrentIndex(filters.verdict.findData("cached"))
    filters.period.setCurrentIndex(filters.period.findData("7"))

    since = window._desk.clock.today() - dt.timedelta(days=6)
    wanted = Filter(("Zed",), ("claude-sonnet-5-5",), ("cached",), since)
    assert history.pages[-1].filter == wanted
    assert SumRequests(wanted, "day") in history.heard


def test_typing_asks_once(qtbot: QtBot) -> None:
    """Not with every key."""
    history = FakeHistory(30)
    window = opened(qtbot, desk_of(history.reply))
    before = len(history.pages)

    with qtbot.waitSignal(window.filters.changed, timeout=2000):
        QTest.keyClicks(window.filters.search, "r29")

    assert [page.filter.text for page in history.pages[before:]] == ["r29"]
    assert window.rows.rowCount() == 1


def test_nothing_found_offers_to_clear(qtbot: QtBot) -> None:
    """The way back is beside the sentence."""
    window = opened(qtbot, desk_of(requests.nothing))
    window.filters.search.setText("x")
    window.filters.changed.emit()
    said, offered = window.empty.text(), window.link.text()

    window.link.click()

    assert (said, offered) == ("Nothing matches these filters.", "Clear filters")
    assert (window.filters.asked, window.empty.text()) == (Filter(), "No requests yet.")
    assert window.table.isHidden()


def test_new_requests_come_in_at_the_top(qtbot: QtBot) -> None:
    """While the list is at its top they are shown, without a word."""
    history = FakeHistory(3)
    desk = desk_of(history.reply)
    window = opened(qtbot, desk)
    history.add(2)

    more_requests(desk, 99)
    window.draw()
    window._poll.stop()
    window.look_again()

    assert (window.rows.rowCount(), window.newer.isHidden()) == (5, True)


def test_new_requests_wait_while_one_reads_further_down(qtbot: QtBot) -> None:
    """The row below the pointer stays; the bar brings one to the top."""
    history = FakeHistory(200)
    window = opened(qtbot, desk_of(history.reply))
    window.table.verticalScrollBar().setValue(50)
    history.add(12)

    window.look_again()
    waited = (window.newer.text(), window.rows.rowCount())
    window.newer.click()

    assert waited == ("12 new requests", 200)
    assert (window.rows.rowCount(), window.table.verticalScrollBar().value()) == (212, 0)


def test_one_request_is_told_in_full(qtbot: QtBot) -> None:
    """Which limit held it, what was thought, what it was."""
    window = opened(qtbot, desk_of(requests.told))

    window.table.selectRow(0)
    window.why.copy.click()

    assert window.why.title.text() == "Why this one waited"
    assert window.why.columns[0][0].text() == "Held 8.1\u00a0s for output tokens"
    assert "hold_free: 420" in QGuiApplication.clipboard().text()


def test_a_row_is_copied(qtbot: QtBot) -> None:
    """As a line that a table takes."""
    window = opened(qtbot, desk_of(requests.told))
    window.table.selectRow(1)

    window._copy_row()

    assert QGuiApplication.clipboard().text().split("\t")[1:4] == ["Zed", "Haiku 5.5", "1.2k"]


@pytest.mark.parametrize("by", ["day", "tool", "model"])
def test_charts(qtbot: QtBot, by: str) -> None:
    """Each is asked for when it is chosen."""
    history = FakeHistory(3)
    window = opened(qtbot, desk_of(history.reply))

    at = window.charts.findData(by)
    window.charts.setCurrentIndex(at)
    window.charts.activated.emit(at)

    asked = history.heard[-1]
    assert isinstance(asked, SumRequests)
    assert asked.by == by


def test_export_writes_what_is_filtered(qtbot: QtBot, tmp_path: Path) -> None:
    """And says where it is."""
    window = opened(qtbot, desk_of(FakeHistory(12).reply))
    window.filters.search.setText("r1")
    target = tmp_path / "some.jsonl"

    window.save(target)

    assert [json.loads(line)["id"] for line in target.read_text().splitlines()] == [12, 11, 10, 1]
    assert window.said.text() == "Exported 4 requests to “some.jsonl”."


def test_what_was_read_stays_when_the_engine_is_gone(qtbot: QtBot) -> None:
    """It is marked with its time, and read anew once an engine is back."""
    history = FakeHistory(3)
    desk = desk_of(history.reply)
    window = opened(qtbot, desk)

    desk.stand(DOWN)
    window.draw()
    down = (window.rows.rowCount(), window.note.isHidden(), window.filters.export.isEnabled())
    asked = len(history.pages)
    desk.stand(UP)
    window.draw()

    assert down == (3, False, False)
    assert window._stale.text() == ""
    assert len(history.pages) == asked + 1


def test_it_speaks_the_language_of_now(qtbot: QtBot) -> None:
    """Heads, filters and cells follow while it is open."""
    desk = desk_of(requests.told)
    window = opened(qtbot, desk)
    window.filters.choose_tool("Zed")

    desk.look.choose_language("zh_CN")
    window.draw()

    head = window.rows.headerData(10, Qt.Orientation.Horizontal)
    assert (head, window.rows.index(0, 10).data()) == ("结果", "已应答")
    assert (window.filters.tool.currentText(), window.filters.tool.itemText(0)) == (
        "Zed",
        "所有工具",
    )
