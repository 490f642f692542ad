"""An invented afternoon, as Snapshots: what the pictures show."""

import datetime as dt

NOW = dt.datetime(2026, 11, 25, 14, 2, tzinfo=dt.UTC)
"""When all pictures are taken; a Wednesday."""
