"""First run, step two: a tool, and what connecting it changes."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trayapp.model.connecting import (
    CONNECTED,
    ConnectAnswer,
    ConnectTool,
    ListTools,
    Preview,
    PreviewTool,
    Standing,
)
from trayapp.ui.choices import Choice, Choices
from trayapp.ui.connect import new_token
from trayapp.ui.copying import Copying
from trayapp.ui.desk import Desk
from trayapp.ui.diff import Diff
from trayapp.ui.labels import Elided, Label
from trayapp.ui.wording import connecting

SIDE = 180
OFFERED = frozenset({"ready", "variables", "connected", "hand"})


class ToolPage(QWidget):
    """A list and a difference; *changed* is called when there is something new to show."""

    def __init__(self, desk: Desk, changed: Callable[[], object]) -> None:
        super().__init__()
        self._desk = desk
        self._changed = changed
        self._keeps_key = False
        self._standings: dict[str, Standing] = {}
        self._preview: Preview | None = None
        self.token = ""
        self._asked = 0
        self._busy, self._failed = False, ""
        self._heading = Label(desk.look, "heading", wraps=True)
        self.tools = Choices(desk.look)
        self.tools.setFixedWidth(SIDE)
        self.tools.currentItemChanged.connect(lambda *_: self._choose())
        self._caption = Label(desk.look, "caption", "secondary", wraps=True)
        self._file = Elided(desk.look, "code", "secondary")
        self._diff = Diff(desk.look)
        self._copying = Copying(desk.look)
        self._told = Label(desk.look, "caption", "critical", wraps=True)
        self._arrange()

    @property
    def chosen(self) -> Standing | None:
        """The tool that is chosen."""
        return self._standings.get(self.tools.chosen or "")

    @property
    def can_apply(self) -> bool:
        """Whether there is something to do, and an engine that would answer the tool."""
        possible = self._preview is not None and not self._preview.refusal
        return possible and not self._busy and self._desk.link.is_up

    @property
    def is_connected(self) -> bool:
        """Whether the chosen tool points here already."""
        return self.chosen is not None and self.chosen.status in CONNECTED

    @property
    def variables(self) -> tuple[tuple[str, str], ...]:
        """What is to be copied into the tool by hand."""
        return self._preview.variables if self._preview else ()

    def begin(self, *, keeps_key: bool) -> None:
        """Look for the tools; with *keeps_key* they keep the key or login they have."""
        self._keeps_key = keeps_key
        self._desk.connector.ask(ListTools(), self._listed)

    def say(self) -> None:
        """Every text, and the difference."""
        tr, preview, standing = self._desk.look.voice, self._preview, self.chosen
        self._heading.say(tr("Which tool should go through Sluice?"))
        self.tools.setAccessibleName(tr("Tools"))
        self.tools.offer(
            tuple(
                Choice(each.tool, each.title, connecting.status(tr, each), each.status in CONNECTED)
                for each in self._standings.values()
            )
        )
        self._caption.say(connecting.caption(tr, standing, preview) if standing else "")
        file = preview.standing.file if preview else None
        self._file.say(file or "")
        lines = preview.lines if preview else ()
        self._diff.show_lines(lines)
        self._diff.setAccessibleName(tr("What changes"))
        self._diff.setVisible(bool(lines))
        self._copying.show_values(self.variables, self.token)
        self._copying.setVisible(bool(self.variables))
        self._told.say(self._failed)
        self._told.setVisible(bool(self._failed))

    def apply(self, done: Callable[[Standing], object]) -> None:
        """Connect the chosen tool; *done* hears how it stands then."""
        standing, preview = self.chosen, self._preview
        if standing is None or preview is None or self._busy:
            return
        self._busy = True

        def heard(answer: ConnectAnswer) -> None:
            self._busy, self._failed = False, answer.error
            self._take(answer)
            if answer.done is not None:
                done(answer.done.standing)
            else:
                self._choose()
                self._failed = answer.error
            self._changed()

        self._desk.connector.ask(
            ConnectTool(
                standing.tool, self.token, preview.kind, preview.kind != "interactive",
                preview.seen, self._base(),
            ),
            heard,
        )  # fmt: skip
        self._changed()

    def forget(self) -> None:
        """The token cannot be copied any more."""
        self.token = ""
        self._copying.show_values((), "")

    def _listed(self, answer: ConnectAnswer) -> None:
        self._failed = answer.error
        self._take(answer)
        self.say()
        self._choose()

    def _take(self, answer: ConnectAnswer) -> None:
        if answer.standings:
            known = [each for each in answer.standings if each.status in OFFERED]
            known.sort(key=lambda each: each.status not in {"ready", "connected"})
            self._standings = {each.tool: each for each in known}

    def _choose(self) -> None:
        standing = self.chosen
        self._preview, self._failed = None, ""
        if standing is not None and standing.status not in CONNECTED:
            self._asked += 1
            asked = self._asked
            self.token = "" if self._keeps_key else new_token()

            def heard(answer: ConnectAnswer) -> None:
                if asked == self._asked:
                    self._preview, self._failed = answer.preview, answer.error
                    self._changed()

            ask = PreviewTool(standing.tool, self.token, self._base())
            self._desk.connector.ask(ask, heard)
        self._changed()

    def _base(self) -> str | None:
        snapshot = self._desk.snapshot
        return snapshot.base_url if snapshot and self._desk.link.is_up else None

    def _arrange(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self._caption)
        right.addWidget(self._file)
        right.addWidget(self._diff, 1)
        right.addWidget(self._copying)
        right.addWidget(self._told)
        right.addStretch(0)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.tools)
        both.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self._heading)
        column.addLayout(both, 1)
