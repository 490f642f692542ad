"""An invented afternoon, as Snapshots: what the pictures show."""

import datetime as dt

from trayapp.model.snapshot import Snapshot, ToolTotals

NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
"""When all pictures are taken; a Wednesday."""

RUNNING = Snapshot(
    "0.1.0", NOW, 0.0, paused=False, base_url="http://127.0.0.1:7429",
    tools=(ToolTotals("Zed", "interactive", 12, 38_000, 2_100, 0.34),),
)  # fmt: skip
"""An engine that answers, and little more."""
