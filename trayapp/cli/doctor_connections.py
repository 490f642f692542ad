"""`sluice doctor`: every tool that was connected, and whether it reaches us and may enter."""

from collections.abc import Iterator

from trayapp.cli.ask import Control
from trayapp.cli.connections import connections, names
from trayapp.cli.findings import Finding, failed, ok
from trayapp.home import Home
from trayapp.model.connecting import Standing


def connected(home: Home, control: Control | None) -> Iterator[Finding]:
    """A finding for each tool of which a record is kept."""
    standings = connections(home).audited()
    admitted = names(home) if any(not each.own_key for each in standings) else set()
    base = control.snapshot.base_url if control else None
    for each in standings:
        yield judged(each, base, admitted)


def judged(tool: Standing, base: str | None, admitted: set[str]) -> Finding:
    """How *tool* stands towards the engine at *base* (None: none runs) and its register."""
    undo = f"sluice disconnect {tool.tool}"
    if tool.status != "connected":
        return failed(tool.title, tool.sentence, undo)
    if base is None:
        return failed(
            tool.title, f"points at {tool.base_url}, where no engine runs: it gets no answer.",
            f"Start one by: sluice serve; or put its settings back: {undo}",
        )  # fmt: skip
    if tool.base_url != base:
        return failed(
            tool.title, f"points at {tool.base_url}, and the engine listens at {base}.",
            f"{undo}, then: sluice connect {tool.tool}",
        )  # fmt: skip
    if not tool.own_key and tool.name not in admitted:
        return failed(
            tool.title, "holds a token that was revoked, so it is refused.",
            f"{undo}, then: sluice connect {tool.tool}",
        )  # fmt: skip
    if tool.sentence:
        return failed(tool.title, tool.sentence)
    key = "its own key" if tool.own_key else f"a token as “{tool.name}”"
    where = f", by {tool.file}" if tool.file else ""
    return ok(tool.title, f"points here with {key}{where}.")
