"""Activity's first line: what is sought, which tools, models and outcomes, since when; and Export."""

import datetime as dt
from collections.abc import Iterable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from trayapp.model.history import Filter, Verdict
from trayapp.ui.buttons import HEIGHT, Button
from trayapp.ui.desk import Desk
from trayapp.ui.speech import later
from trayapp.ui.wording import names
from trayapp.ui.wording.ended import VERDICTS

SEARCH_MS = 200
PERIODS = {
    "1": later("Today"),
    "7": later("Last 7 days"),
    "30": later("Last 30 days"),
    "": later("All time"),
}
"""By their days; the last has none."""


class Filters(QWidget):
    """*changed* when another filter is wanted; *cleared* comes with it."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.search = QLineEdit()
        self.search.setClearButtonEnabled(True)
        self.search.setMaxLength(200)
        self.tool, self.model, self.verdict, self.period = (QComboBox() for _ in range(4))
        self.export = Button()
        self._wait = QTimer(self, interval=SEARCH_MS, singleShot=True)
        self._wait.timeout.connect(self.changed)
        self.search.textChanged.connect(lambda _text: self._wait.start())
        self._tools: list[str] = []
        self._models: list[str] = []
        self._arrange()
        self.say()
        for combo in self._combos:
            combo.currentIndexChanged.connect(lambda _at: self.changed.emit())

    @property
    def asked(self) -> Filter:
        """What is wanted."""
        tool, model = self.tool.currentData(), self.model.currentData()
        verdict: Verdict | None = self.verdict.currentData()
        return Filter(
            tools=(tool,) if tool is not None else (),
            models=(model,) if model is not None else (),
            verdicts=(verdict,) if verdict else (),
            since=self.since,
            text=self.search.text().strip(),
        )

    @property
    def since(self) -> dt.datetime | None:
        """The midnight the period begins at."""
        days = self.period.currentData()
        return self._desk.clock.today() - dt.timedelta(days=int(days) - 1) if days else None

    @property
    def is_one_day(self) -> bool:
        """Whether the period is today."""
        return bool(self.period.currentData() == "1")

    @property
    def is_narrow(self) -> bool:
        """Whether anything but the period is chosen."""
        asked = self.asked
        return bool(asked.tools or asked.models or asked.verdicts or asked.text)

    def clear(self) -> None:
        """Want everything of all time."""
        self.blockSignals(True)
        self.search.clear()
        for combo in self._combos:
            combo.setCurrentIndex(0)
        self.period.setCurrentIndex(self.period.count() - 1)
        self.blockSignals(False)
        self._wait.stop()
        self.changed.emit()

    def choose_tool(self, name: str) -> None:
        """Want those of the tool *name* alone."""
        self.offer([*self._tools, name], self._models)
        self.tool.setCurrentIndex(self.tool.findData(name))

    def offer(self, tools: Iterable[str], models: Iterable[str]) -> None:
        """Which tools and models there are to choose from; what is chosen stays."""
        self._tools = sorted({*tools, *self._chosen(self.tool)}, key=str.casefold)
        self._models = sorted({*models, *self._chosen(self.model)}, key=str.casefold)
        self.say()

    def say(self) -> None:
        """Say every text in the language of now."""
        tr = self._desk.look.voice
        self.search.setPlaceholderText(tr("Find in activity"))
        self.search.setAccessibleName(tr("Find in activity"))
        self.export.setText(tr("Export…"))
        _fill(self.tool, [(tr("All tools"), None), *((name or "–", name) for name in self._tools)])
        models = [(names.model(each) or "–", each) for each in self._models]
        _fill(self.model, [(tr("All models"), None), *models])
        verdicts: list[tuple[str, str | None]] = [(tr(text), key) for key, text in VERDICTS.items()]
        _fill(self.verdict, [(tr("All outcomes"), None), *verdicts])
        _fill(self.period, [(tr(text), days) for days, text in PERIODS.items()])
        for combo, name in zip(
            self._combos, (tr("Tool"), tr("Model"), tr("Outcome"), tr("Period")), strict=True
        ):
            combo.setAccessibleName(name)

    @property
    def _combos(self) -> tuple[QComboBox, ...]:
        return self.tool, self.model, self.verdict, self.period

    @staticmethod
    def _chosen(combo: QComboBox) -> tuple[str, ...]:
        chosen = combo.currentData()
        return () if chosen is None else (chosen,)

    def _arrange(self) -> None:
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 10, 16, 10)
        line.setSpacing(8)
        self.search.setFixedWidth(220)
        self.search.setMinimumHeight(HEIGHT)
        line.addWidget(self.search)
        for combo in self._combos:
            combo.setMinimumHeight(HEIGHT)
            combo.setMinimumContentsLength(8)
            combo.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            combo.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            combo.setMaximumWidth(150)
            line.addWidget(combo)
        line.addStretch(1)
        line.addWidget(self.export)


def _fill(combo: QComboBox, items: Sequence[tuple[str, str | None]]) -> None:
    """Offer *items*; what was chosen stays chosen, and nobody is told."""
    there = [(combo.itemText(at), combo.itemData(at)) for at in range(combo.count())]
    if there == list(items):
        return
    chosen = combo.currentData()
    combo.blockSignals(True)
    combo.clear()
    for text, data in items:
        combo.addItem(text, data)
    kept = [at for at, (_, data) in enumerate(items) if data == chosen]
    combo.setCurrentIndex(kept[0] if kept else 0)
    combo.blockSignals(False)
