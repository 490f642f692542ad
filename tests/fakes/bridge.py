"""A road to an engine that is not there: a test tells what it says and sees what it is asked."""

from collections.abc import Callable
from pathlib import Path

from trayapp.model.command import Answer, Command
from trayapp.model.snapshot import Snapshot
from trayapp.ui.bridge import Bridge, Done


class FakeBridge(Bridge):
    """Satisfies `trayapp.ui.bridge.Bridge` without a socket."""

    def __init__(self, snapshot: Snapshot | None = None) -> None:
        super().__init__()
        self.asked: list[Command] = []
        self.tried: list[Path] = []
        self.reply: Callable[[Command], Answer] = lambda command: Answer(1, ok=True)
        if snapshot is not None:
            self.tell(snapshot)

    def connect_to(self, path: Path) -> None:
        """Note it; `tell` is the answer, or `lose`."""
        self.tried.append(path)

    def tell(self, snapshot: Snapshot) -> None:
        """Let the engine say *snapshot*; the first one also opens the bridge."""
        self._show(snapshot)

    def lose(self, why: str = "") -> None:
        """Let the engine vanish, or not answer at all."""
        self.is_open = False
        self.closed.emit(why)

    def ask(self, command: Command, done: Done | None = None) -> None:
        """Answer at once, as `reply` does."""
        if not self.is_open:
            super().ask(command, done)
            return
        self.asked.append(command)
        if done is not None:
            done(self.reply(command))
