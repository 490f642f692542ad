"""`sluice connector`: one question of the tray about tools on stdin, its answer on stdout.

The tray's windows touch no files and the engine may belong to another session, with other files.
So each question has a short process of its own, which works with and without an engine, can be
waited for without stopping the window, and whose crash is a crash of nothing else. A token comes
by stdin, where no list of processes shows it.
"""

import os
import sys

import msgspec

from trayapp.cli.arguments import Told
from trayapp.cli.connections import address, connections, door
from trayapp.clock import Clock
from trayapp.connect.connections import Connections, tool_named
from trayapp.home import Home
from trayapp.model.connecting import (
    ConnectAnswer,
    ConnectAsk,
    ConnectTool,
    DisconnectTool,
    ListTools,
    PreviewTool,
)
from trayapp.model.errors import SluiceError

MOST = 64 * 1024
"""Bytes of a question."""


def run(told: Told) -> int:
    """Answer one question; what is refused is an answer too."""
    try:
        ask = msgspec.json.decode(sys.stdin.buffer.read(MOST), type=ConnectAsk)
        home = Home.locate(told.home, os.environ)
        home.prepare()
        answer = _answered(ask, home, connections(home))
    except msgspec.MsgspecError:
        answer = ConnectAnswer(error="That is not a question Sluice's tray asks.")
    except SluiceError as error:
        answer = ConnectAnswer(error=error.message)
    print(msgspec.json.encode(answer).decode())
    return 0


def _answered(ask: ConnectAsk, home: Home, known: Connections) -> ConnectAnswer:
    match ask:
        case ListTools():
            return ConnectAnswer(known.standings())
        case PreviewTool():
            base = ask.base_url or _address(home)
            return ConnectAnswer(preview=known.preview(tool_named(ask.tool), base, ask.token))
        case ConnectTool():
            done = known.connect(
                tool_named(ask.tool), ask.base_url or _address(home), ask.token,
                since=Clock().now().strftime("%Y-%m-%dT%H:%M:%SZ"),
                door=door(home), kind=ask.kind, cache=ask.cache, seen=ask.seen or None,
            )  # fmt: skip
            return ConnectAnswer(known.standings(), done=done)
        case DisconnectTool():
            done = known.disconnect(tool_named(ask.tool), door(home))
            return ConnectAnswer(known.standings(), done=done)


def _address(home: Home) -> str:
    return address(home)[0]
