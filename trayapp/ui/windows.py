"""The windows by name: `panel`, `activity`, `batch`, `connect`, `settings`, `first_run`.

To add one: write a function that imports and makes it, and name it in the table. It is imported
when it is first opened, so that the tray starts without it. Menus, the panel's footer and the
shortcuts offer what stands in the table, and nothing else.
"""

from collections.abc import Mapping

from trayapp.ui.desk import Make

WINDOWS: Mapping[str, Make] = {}
