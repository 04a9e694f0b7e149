"""On I dag: measurements that are missing or due within a week. Asked after what is due has been painted."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import day_and_month
from caseworker_app.services.ports import Reader
from ui.house import House, Place
from ui.tasks import Query
from ui.widgets.today.card import Card
from ui.widgets.today.due_words import child
from ui.widgets.today.whole_line import WholeLine
from ui.words import tr

if TYPE_CHECKING:
    from caseworker_app.services.measurements_missing import Missing

SHOWN = 4
"""So many lines are shown before the rest is asked for."""
Found = tuple[tuple[Case, "Missing", str, int], ...]
"""Case, what is missing, the instrument's name, and how many days late it is."""


class MeasuresCard(QObject):
    """``changed`` comes when something else is missing than before."""

    changed = Signal()

    def __init__(self, house: House, page: QWidget) -> None:
        super().__init__(page)
        self._house = house
        self.missing: Found = ()
        self._asked = 0

    def ask(self) -> None:
        """Ask what is missing."""
        books, self._asked = self._house.books, self._asked + 1
        asked = self._asked

        def ask(reader: Reader) -> Found:
            from caseworker_app.services import measurements_missing

            due = measurements_missing.due(reader)
            if not due:
                return ()
            shelf, today = books.instruments(reader), reader.today
            found = []
            for case, one in due:
                instrument = shelf.get(one.instrument)
                late = 0 if one.due is None else (today - one.due).days
                found.append((case, one, one.instrument if instrument is None else instrument.name, late))
            return tuple(found)

        def show(found: Found) -> None:
            if asked == self._asked and found != self.missing:
                self.missing = found
                self.changed.emit()

        self._house.tasks.query(self, Query(ask, show))

    def cards(self) -> Iterator[QWidget]:
        """Yield the card, when something is missing."""
        if not self.missing:
            return
        first, rest = self.missing[:SHOWN], self.missing[SHOWN:]
        heading = tr("Measurements that are missing ({n})", n=len(self.missing))
        lines = [self._line(*one) for one in first]
        if not rest:
            yield Card(heading, lines)
            return
        more = partial(self._lines, rest)
        yield Card(heading, lines, rest=more, more=tr("Show the rest of the measurements"))

    def _lines(self, found: Found) -> list[QWidget]:
        return [self._line(*one) for one in found]

    def _line(self, case: Case, one: Missing, name: str, late: int) -> QWidget:
        from caseworker_app.domain.instruments import RESPONDENT_LABELS
        from caseworker_app.domain.measurement import PHASE_LABELS

        who = one.who or tr(RESPONDENT_LABELS[one.respondent])
        words = f"{name} · {tr(PHASE_LABELS[one.phase])} · {who}"
        line = WholeLine(
            words, " · ".join((child(case), self._when(one, late))),
            icon="warning" if late > 0 else "today", tone="overdue" if late > 0 else "soon",
        )  # fmt: skip
        line.setToolTip(line.accessibleName())
        part = "" if one.plan is None else one.plan.hex()
        line.clicked.connect(lambda: self._house.go(Place("case", case.id, f"measures:plan:{part}")))
        return line

    @staticmethod
    def _when(one: Missing, late: int) -> str:
        if late > 0:
            return i18n.ngettext("{n} day late", "{n} days late", late)
        if late == 0 or one.due is None:
            return tr("Today")
        return tr("by {day}", day=day_and_month(one.due, i18n.current().language))
