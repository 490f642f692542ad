"""`sluice`: the tray, with an engine if none runs; without a display, as `serve`."""

import os
import sys

from trayapp.cli import serve
from trayapp.cli.arguments import Told
from trayapp.cli.children import import_path
from trayapp.cli.environment import refuse_everywhere
from trayapp.desktop import display
from trayapp.home import Home


def run(told: Told) -> int:
    """Be the tray until the user quits; its exit code."""
    if why := display.why_none(os.environ):
        print(f"sluice: {why}, so this runs as: sluice serve", file=sys.stderr)
        return serve.run(told)
    refuse_everywhere(os.environ)
    home = Home.locate(told.home, os.environ)
    home.prepare()
    # Last, so that what is wrong with a flag or a folder is said without Qt.
    from trayapp.ui import app
    from trayapp.ui.process import Process

    command = engine_command(home)
    environ = {**os.environ, "PYTHONPATH": import_path(os.environ)}

    def start() -> Process:
        return Process(command, environ, home.data / "engine.log")

    return app.run(home, start, os.environ, show=told.show)


def engine_command(home: Home) -> list[str]:
    """What starts an engine of *home* that belongs to a tray."""
    where = ["--home", str(home.given)] if home.given else []
    return [sys.executable, "-P", "-m", "trayapp", "serve", "--owner", "tray", *where]
