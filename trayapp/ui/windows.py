"""The windows by name: `panel`, `activity`, `batch`, `connect`, `settings`, `first_run`.

To add one: write a function that imports and makes it, and name it in the table. It is imported
when it is first opened, so that the tray starts without it. Menus, the panel's footer and the
shortcuts offer what stands in the table, and nothing else.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from trayapp.ui.desk import Desk, Make


def _panel(desk: Desk) -> QWidget:
    from trayapp.ui.panel import Panel

    return Panel(desk)


def _activity(desk: Desk) -> QWidget:
    from trayapp.ui.activity import ActivityWindow

    return ActivityWindow(desk)


def _connect(desk: Desk) -> QWidget:
    from trayapp.ui.connect import ConnectWindow

    return ConnectWindow(desk)


def _first_run(desk: Desk) -> QWidget:
    from trayapp.ui.first_run import FirstRun

    return FirstRun(desk)


def _batch(desk: Desk) -> QWidget:
    from trayapp.ui.batch import BatchWindow

    return BatchWindow(desk)


def _settings(desk: Desk) -> QWidget:
    from trayapp.ui.settings import SettingsWindow

    return SettingsWindow(desk, desk.login)


WINDOWS: Mapping[str, Make] = {
    "panel": _panel,
    "activity": _activity,
    "batch": _batch,
    "connect": _connect,
    "first_run": _first_run,
    "settings": _settings,
}
