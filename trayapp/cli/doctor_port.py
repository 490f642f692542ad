"""`sluice doctor`: who listens on our port, whether only on loopback, and whether it is us."""

import socket
import threading
from collections.abc import Iterator

from trayapp.cli.ask import Control
from trayapp.cli.findings import Finding, failed, note, ok
from trayapp.engine.port_owner import Listening, holder_of, listening
from trayapp.model.command import Recognize
from trayapp.model.errors import SluiceError

PATIENCE_S = 2.0
_TRIES = 20
_PAUSE = 0.05
"""The engine may read our question before it has accepted our connection: a second for it."""


def port(control: Control | None, wished: int) -> Iterator[Finding]:
    """What is to be said of the port the engine has, or would take."""
    if control is None:
        yield from _unused(wished)
        return
    number = port_of(control.snapshot.base_url)
    yield _proof(control, number)
    yield from _reach(number, listening(number))


def port_of(base_url: str) -> int:
    """The port at the end of an engine's base URL."""
    return int(base_url.rpartition(":")[2])


def _unused(number: int) -> Iterator[Finding]:
    subject = f"Port {number}"
    if number == 0:
        yield ok("Port", "a free one is picked at each start, as the settings say.")
    elif not _answers(socket.AF_INET, "127.0.0.1", number):
        yield ok(subject, "is free for `sluice serve`.")
    else:
        yield failed(
            subject,
            f"is used by {holder_of(number)}, while no engine of yours runs: tools that point at "
            "it talk to that process, and send it their token.",
            "End it, or set [listener] port; give tools new tokens by: sluice tool revoke, add.",
        )


def _proof(control: Control, number: int) -> Finding:
    """Connect to the port, and ask the engine whether it has accepted that very connection."""
    subject = f"Port {number}"
    try:
        with socket.create_connection(("127.0.0.1", number), PATIENCE_S) as ours:
            if recognized(control, ours.getsockname()[1]):
                return ok(subject, "is ours: the engine recognized the connection we made to it.")
    except SluiceError as error:
        return failed(subject, f"could not be proved ours: {error.message}", "Run this again.")
    except OSError:
        return failed(
            subject, "does not accept connections, although the engine runs.",
            "Restart the engine.",
        )  # fmt: skip
    return failed(
        subject,
        f"is answered by {holder_of(number)}, not by your engine: what tools send there is read "
        "by that process.",
        "End it, restart the engine, and give tools new tokens.",
    )


def recognized(control: Control, local_port: int) -> bool:
    """Whether the engine holds the connection that comes from *local_port*."""
    for _ in range(_TRIES):
        answer = control.ask(Recognize(local_port))
        if not answer.ok or answer.value:
            return bool(answer.ok and answer.value)
        threading.Event().wait(_PAUSE)
    return False


def _reach(number: int, sockets: list[Listening]) -> Iterator[Finding]:
    """Whether the port can be reached from other machines, and whether [::1] is ours too."""
    wide = sorted({each.address for each in sockets if not each.is_loopback})
    if wide:
        yield failed(
            "Listeners",
            f"Port {number} is also open on {', '.join(wide)}, which other machines can reach. "
            "That is not Sluice, which binds to loopback only.",
            "Find out who listens there, and end it.",
        )
    elif sockets:
        yield ok("Listeners", f"{_list(sockets)}: loopback only, out of other machines' reach.")
    if not any(each.address == "::1" for each in sockets) and _answers(
        socket.AF_INET6, "::1", number
    ):
        yield note(
            "Listeners", "[::1] on this port is another process.",
            "Let tools say 127.0.0.1, not localhost.",
        )  # fmt: skip


def _list(sockets: list[Listening]) -> str:
    return ", ".join(sorted({each.address for each in sockets}))


def _answers(family: socket.AddressFamily, address: str, number: int) -> bool:
    with socket.socket(family) as probe:
        probe.settimeout(PATIENCE_S)
        return probe.connect_ex((address, number)) == 0
