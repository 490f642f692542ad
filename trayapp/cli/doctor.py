"""`sluice doctor`: looks at everything between a tool and the API, and says what to do.

Works with and without an engine, changes nothing, sends and shows no key, and ends within the
deadlines of the few things it waits for.
"""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import partial

from trayapp import __version__
from trayapp.cli import (
    doctor_connections,
    doctor_files,
    doctor_keys,
    doctor_port,
    doctor_road,
    doctor_traps,
)
from trayapp.cli.arguments import Told
from trayapp.cli.ask import Control
from trayapp.cli.findings import WIDTH, Finding, closing, failed, note, ok, told
from trayapp.clock import Clock
from trayapp.credentials import INDEX, Credentials
from trayapp.home import Home
from trayapp.model.errors import NoEngine
from trayapp.model.preferences import Preferences

Check = Callable[[], Iterable[Finding]]


def run(told_: Told) -> int:
    """Print a finding as soon as it is known; 1 where one of them failed."""
    home = Home.locate(told_.home, os.environ)
    width = min(shutil.get_terminal_size((WIDTH, 1)).columns, WIDTH)
    print(f"Sluice {__version__}, Python {platform.python_version()}, {platform.platform()}")
    found: list[Finding] = []
    with ExitStack() as stack:
        for finding in _examined(home, stack):
            found.append(finding)
            print(told(finding, width), flush=True)
    print(closing(found))
    return 1 if any(finding.state == "failed" for finding in found) else 0


def _examined(home: Home, stack: ExitStack) -> Iterator[Finding]:
    preferences, finding = doctor_files.settings_of(home)
    yield finding
    control, finding = _engine(home)
    yield finding
    if control is not None:
        stack.enter_context(control)
    for check in _checks(home, preferences, control):
        try:
            yield from check()
        except Exception as error:  # noqa: BLE001 - one check's mistake must not hide the others
            name = type(error).__name__
            yield failed("Doctor", f"A check could not be made: {name}.", "Report this, please.")


def _checks(home: Home, preferences: Preferences, control: Control | None) -> list[Check]:
    listener = preferences.listener.port
    running = control is not None
    port = doctor_port.port_of(control.snapshot.base_url) if control else listener
    network = preferences.network
    credentials = Credentials(home.data / INDEX)
    upstreams = preferences.named()
    keys = [name for name, each in upstreams.items() if each.credential != "none"]
    roads = [
        doctor_road.Road(name, each.url, each.allow_loopback, network.proxy, network.ca_file)
        for name, each in upstreams.items()
    ]
    return [
        lambda: _problems(control),
        lambda: doctor_files.folders(home),
        lambda: doctor_files.files(home),
        lambda: doctor_files.databases(home, running=running),
        lambda: doctor_port.port(control, listener),
        lambda: doctor_keys.keys(credentials, keys, given=running),
        lambda: [doctor_keys.tools(home, control)],
        lambda: doctor_connections.connected(home, control),
        lambda: doctor_traps.traps(
            os.environ, proxy=network.proxy is not None, ca_file=network.ca_file is not None,
            port=port,
        ),
        *[partial(doctor_road.road, road, Clock().now()) for road in roads],
    ]  # fmt: skip


def _engine(home: Home) -> tuple[Control | None, Finding]:
    try:
        control = Control(home)
    except NoEngine as error:
        if sys.platform == "win32" or not home.engine_socket().exists():
            return None, note("Engine", "None runs for this home.", "Start one by: sluice serve")
        return None, failed(
            "Engine", error.message, "End its process, then start it again by: sluice serve"
        )
    snapshot = control.snapshot
    words = f"{snapshot.version} runs at {snapshot.base_url}"
    if snapshot.version != __version__:
        return control, note(
            "Engine", f"{words}; this is {__version__}.", "Restart it to run the newer one."
        )
    return control, ok("Engine", f"{words}.")


def _problems(control: Control | None) -> Iterator[Finding]:
    """What the engine itself tells."""
    for problem in control.snapshot.problems if control else ():
        yield failed("Engine", problem.message)
