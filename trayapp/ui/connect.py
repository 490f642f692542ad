"""Connect: points a tool here by the smallest edit, shown before it is made, and undoes it."""

import secrets

from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from trayapp.model.connecting import (
    CONNECTED,
    ConnectAnswer,
    ConnectTool,
    DisconnectTool,
    ListTools,
    Preview,
    PreviewTool,
    Standing,
)
from trayapp.model.secret import TOKEN_PREFIX
from trayapp.ui.buttons import Button, PrimaryButton
from trayapp.ui.choices import Choice, Choices
from trayapp.ui.connect_pane import Pane, View
from trayapp.ui.desk import Desk
from trayapp.ui.labels import Label
from trayapp.ui.matter import Matter, Offer
from trayapp.ui.note import Note
from trayapp.ui.window import Window
from trayapp.ui.wording import connecting

SIZE, LEAST = (760, 608), (680, 520)
SIDE = 212
LOOKING_MS = 400


def new_token() -> str:
    """A fresh client token."""
    return TOKEN_PREFIX.decode() + secrets.token_urlsafe(32)


class ConnectWindow(Window):
    """The list of tools, and one of them."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "connect", SIZE)
        self.setMinimumSize(*LEAST)
        self._standings: dict[str, Standing] = {}
        self._preview: Preview | None = None
        self._token = ""
        self._variables: dict[str, tuple[tuple[str, str], ...]] = {}
        self._before: dict[str, int] = {}
        self._said, self._failed, self._busy = "", False, False
        self._asked = 0
        self.note = Note(desk.look, self._help)
        self.tools = Choices(desk.look)
        self.tools.setFixedWidth(SIDE)
        self.tools.currentItemChanged.connect(lambda *_: self._choose())
        self.pane = Pane(desk.look, self._look_again)
        self._looking = Label(desk.look, "body", "secondary")
        self.late = QTimer(self, interval=LOOKING_MS, singleShot=True)
        self.late.timeout.connect(self.draw)
        self.close_button = Button(clicked=self.close)
        self.undo = Button(clicked=self._undo)
        self.apply = PrimaryButton(desk.look, clicked=self._apply)
        self._arrange()

    @property
    def chosen(self) -> Standing | None:
        """The tool that is looked at."""
        return self._standings.get(self.tools.chosen or "")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Look at the files anew: anybody may have changed them."""
        self.late.start()
        super().showEvent(event)
        self._desk.connector.ask(ListTools(), self._listed)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Forget the tokens: they can be copied only while this is open."""
        super().hideEvent(event)
        self._token, self._preview, self._said = "", None, ""
        self._variables.clear()
        self.pane.copying.show_values((), "")
        self.pane.form.show_token("")

    def draw(self) -> None:
        """Say every text, and show the tool as it stands."""
        tr = self._desk.look.voice
        self.setWindowTitle(tr("Connect – Sluice"))
        self.tools.setAccessibleName(tr("Tools"))
        self.tools.offer(
            tuple(
                Choice(
                    each.tool, each.title, connecting.status(tr, each),
                    each.status in {"connected", "shared"},
                )
                for each in self._standings.values()
            )
        )  # fmt: skip
        self._ground()
        self.note.show_matter(self._matter())
        self.close_button.setText(tr("Close"))
        self.undo.setText(tr("Undo"))
        standing = self.chosen
        late = not self._standings and not self.late.isActive()
        self._looking.say(tr("Looking for settings files…") if late else "")
        self.pane.setVisible(standing is not None)
        self._looking.setVisible(standing is None)
        self._show_buttons(standing)
        if standing is not None:
            self.pane.show_view(self._view(standing))

    def _view(self, standing: Standing) -> View:
        preview = self._preview
        variables = self._variables.get(standing.tool, ())
        if preview and standing.status not in CONNECTED:
            variables = preview.variables
            file = preview.standing.file
            standing = standing if file is None else preview.standing
        return View(
            standing, preview, self._token, variables, self._heard(standing), self._said,
            self._failed,
        )  # fmt: skip

    def _show_buttons(self, standing: Standing | None) -> None:
        tr, preview = self._desk.look.voice, self._preview
        done = standing is not None and standing.status in CONNECTED
        possible = preview is not None and not preview.refusal and not done
        by_file = bool(preview and preview.lines)
        self.undo.setVisible(done)
        self.undo.setEnabled(not self._busy)
        self.apply.setVisible(possible)
        self.apply.setText(tr("Apply change") if by_file else tr("Let it in"))
        is_something = by_file or not self.pane.form.keeps_key
        self.apply.setEnabled(
            possible and is_something and self._desk.link.is_up and not self._busy
        )

    # -- asking

    def _listed(self, answer: ConnectAnswer) -> None:
        self.late.stop()
        self._take(answer)
        self.draw()

    def _take(self, answer: ConnectAnswer) -> None:
        if answer.standings:
            self._standings = {each.tool: each for each in answer.standings}
        self._said, self._failed = self._desk.look.voice(answer.error), bool(answer.error)

    def _choose(self) -> None:
        standing = self.chosen
        self._preview, self._said, self._token = None, "", ""
        if standing is not None and standing.status not in CONNECTED:
            self._token = new_token()
            self._ask_preview(standing, begins=True)
        self.draw()

    def _look_again(self) -> None:
        if self.chosen is not None:
            self._said = ""
            self._token = "" if self.pane.form.keeps_key else new_token()
            self._ask_preview(self.chosen, begins=False)

    def _ask_preview(self, standing: Standing, *, begins: bool) -> None:
        self._asked += 1
        asked = self._asked

        def heard(answer: ConnectAnswer) -> None:
            if asked != self._asked:
                return  # another tool is looked at by now
            self._preview = answer.preview
            if answer.error:
                self._said, self._failed = answer.error, True
            if begins and answer.preview is not None:
                self.pane.form.choose(answer.preview.kind)
            self.draw()

        self._desk.connector.ask(PreviewTool(standing.tool, self._token, self._base()), heard)

    def _apply(self) -> None:
        standing, preview, form = self.chosen, self._preview, self.pane.form
        if standing is None or preview is None or self._busy:
            return
        self._busy = True
        tool, variables = standing.tool, preview.variables
        ask = ConnectTool(
            tool, self._token, form.chosen_kind, form.cache.isChecked(), preview.seen, self._base()
        )

        def heard(answer: ConnectAnswer) -> None:
            self._busy = False
            self._take(answer)
            if answer.done is not None:
                self._variables[tool] = variables
                self._before[tool] = connecting.requests_of(
                    self._desk.snapshot, answer.done.standing.name
                )
                tr = self._desk.look.voice
                self._said = tr("Applied.")
            elif self.chosen is not None and self.chosen.tool == tool:
                self._ask_preview(self.chosen, begins=False)
            self.draw()

        self._desk.connector.ask(ask, heard)
        self.draw()

    def _undo(self) -> None:
        standing = self.chosen
        if standing is not None and not self._busy:
            self._disconnect((standing.tool,))

    def _disconnect(self, tools: tuple[str, ...]) -> None:
        """Undo one after another; what is refused is told and stops the rest."""
        self._busy = True

        def heard(answer: ConnectAnswer) -> None:
            self._busy = False
            self._take(answer)
            if answer.done is not None:
                self._said = self._undone(answer)
                self._variables.pop(answer.done.standing.tool, None)
                self._before.pop(answer.done.standing.tool, None)
                if tools[1:]:
                    self._disconnect(tools[1:])
                    return
            said = self._said
            self._choose()
            self._said = said
            self.draw()

        self._desk.connector.ask(DisconnectTool(tools[0]), heard)
        self.draw()

    def _undone(self, answer: ConnectAnswer) -> str:
        tr, done = self._desk.look.voice, answer.done
        if done is None or done.exact:
            return tr("Undone: everything is byte for byte as it was.")
        return tr("Undone: the file was changed since, so only Sluice’s lines were taken out.")

    # -- what goes on elsewhere

    def _base(self) -> str | None:
        snapshot = self._desk.snapshot
        return snapshot.base_url if snapshot and self._desk.link.is_up else None

    def _heard(self, standing: Standing) -> bool:
        if standing.status not in CONNECTED:
            return False
        now = connecting.requests_of(self._desk.snapshot, standing.name)
        return now > self._before.get(standing.tool, 0)

    def _matter(self) -> Matter | None:
        """What is the matter where no engine runs: who points at nobody, and both remedies."""
        if self._desk.link.is_up or self._desk.link.state == "starting":
            return None
        tr = self._desk.look.voice
        here = self._pointing()
        offers = [Offer("start", tr("Start engine"))]
        if here:
            offers.append(Offer("disconnect", tr("Disconnect tools")))
        titles = tuple(each.title for each in here)
        return Matter(
            tr("The engine is not running"), connecting.dead(tr, titles), "critical", "down",
            tuple(offers),
        )  # fmt: skip

    def _pointing(self) -> list[Standing]:
        return connecting.pointing(self._standings.values())

    def _help(self, name: str) -> None:
        if name == "start":
            self._desk.wanted.emit()
        elif not self._busy:
            self._disconnect(tuple(each.tool for each in self._pointing()))

    # -- how it looks

    def _ground(self) -> None:
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.Window, QColor(self._desk.look.colours.card))
        self.setPalette(palette)
        side = QPalette(self.tools.palette())
        side.setColor(QPalette.ColorRole.Base, QColor(self._desk.look.colours.window))
        self.tools.setPalette(side)
        self.tools.viewport().setAutoFillBackground(True)

    def _arrange(self) -> None:
        scrolled = QScrollArea()
        scrolled.setFrameShape(QScrollArea.Shape.NoFrame)
        scrolled.setWidgetResizable(True)
        scrolled.setWidget(self.pane)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(20, 8, 20, 16)
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self.close_button, self.undo, self.apply):
            buttons.addWidget(button)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._looking.setContentsMargins(20, 14, 20, 8)
        column.addWidget(self._looking)
        column.addWidget(scrolled, 1)
        column.addLayout(buttons)
        both = QHBoxLayout()
        both.setSpacing(0)
        both.addWidget(self.tools)
        both.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.note)
        whole.addLayout(both, 1)
