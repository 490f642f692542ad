"""Who was refused at the door: counted by reason, and told where the user could mean it otherwise."""

from collections.abc import Callable

from trayapp.engine.problems import Problems
from trayapp.model.errors import Refused

HOST = (
    "A request under another name than this machine's was refused (Host). Through a forward of"
    " yours, such as host.docker.internal or ssh, add that name to [listener] hosts in"
    " config.toml: requests under it may then enter, still only with a credential. If you know of"
    " none, a web page tried to reach Sluice."
)
ORIGIN = (
    "A web page tried to use Sluice and was refused (Origin). No setting lets pages in, since any"
    " page could then spend your key; a tool that runs in a browser cannot be connected."
)
TOLD = {"host": HOST, "origin": ORIGIN}
"""What the user reads, by reason; the names that were refused are a stranger's words, left out."""


class Refusals:
    """The counters of the Snapshot's diagnostics, and the Problems that some of them open."""

    def __init__(self, problems: Problems, changed: Callable[[], None]) -> None:
        self.counts: dict[str, int] = {}
        self._problems = problems
        self._changed = changed

    def __repr__(self) -> str:
        return f"<Refusals {self.counts}>"

    def note(self, refused: Refused) -> None:
        """Count *refused* by its reason, one of a closed set."""
        self.counts[refused.reason] = self.counts.get(refused.reason, 0) + 1
        if refused.reason in TOLD:
            self._problems.open(f"refused_{refused.reason}", TOLD[refused.reason])
        self._changed()
