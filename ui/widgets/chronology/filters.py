"""What of the chronology is shown: kinds, a time, and whether what is left out stands there too."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QMenu, QPushButton, QWidget

from caseworker_app.domain.chronology import EVENT_KIND_LABELS, EventKind
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.services.chronology import Wanted
from ui.widgets.fields.calendar import DayLine
from ui.words import bind, bind_call, tr


class ChronologyFilters(QWidget):
    """``changed`` comes when something else is wanted."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kinds, self.menu = QPushButton(self), QMenu(self)
        self.since, self.until = DayLine("back"), DayLine("back")
        self.hidden = QCheckBox(self)
        self.hidden.setChecked(True)
        self.actions_of: dict[EventKind, QAction] = {}
        self._lay_out()
        bind_call(self, self._say)

    def _lay_out(self) -> None:
        for kind in EventKind:
            action = QAction(self)
            action.setCheckable(True)
            action.toggled.connect(self._kinds_changed)
            self.menu.addAction(action)
            self.actions_of[kind] = action
        self.kinds.setMenu(self.menu)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.kinds)
        for line, words in ((self.since, "From"), (self.until, "To")):
            label = QLabel(self)
            bind(label.setText, words)
            label.setBuddy(line.line)
            bind(line.line.setAccessibleName, words)
            row.addWidget(label)
            row.addWidget(line)
            line.changed.connect(self.changed)
        bind(self.hidden.setText, "Show what is left out of the paper")
        self.hidden.toggled.connect(lambda _on: self.changed.emit())
        row.addWidget(self.hidden)
        row.addStretch(1)

    def _kinds_changed(self) -> None:
        self._say()
        self.changed.emit()

    def chosen(self) -> frozenset[EventKind]:
        """Return the kinds that are ticked; none means all."""
        return frozenset(kind for kind, action in self.actions_of.items() if action.isChecked())

    def use_today(self, today: dt.date) -> None:
        """Read "i går" and half a date from this day."""
        self.since.today = self.until.today = today

    def wanted(self) -> Wanted:
        """Return what is wanted; half a date is none yet."""
        return Wanted(self.chosen(), _day(self.since), _day(self.until), self.hidden.isChecked())

    def _say(self) -> None:
        for kind, action in self.actions_of.items():
            action.setText(tr(EVENT_KIND_LABELS[kind]))
        chosen = self.chosen()
        self.kinds.setText(
            tr("All kinds")
            if not chosen
            else ", ".join(sorted(tr(EVENT_KIND_LABELS[kind]) for kind in chosen))
            if len(chosen) <= 2
            else tr("{n} kinds", n=len(chosen))
        )


def _day(line: DayLine) -> dt.date | None:
    try:
        return line.day("day")
    except InvalidInput:
        return None
