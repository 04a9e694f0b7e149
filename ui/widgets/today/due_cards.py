"""What is due as cards: clocks that run in hours, then overdue, today, the week and later, by family."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.danish import join_and
from caseworker_app.services.day import Countdown, DayWork, FamilyRows, Row
from caseworker_app.services.deadline import LATENESS_LABELS, Deadline, Lateness
from ui.widgets.line_button import LineButton
from ui.widgets.today import due_words
from ui.widgets.today.card import Card, muted
from ui.widgets.today.whole_line import WholeLine
from ui.words import tr

LATER_SHOWN = 6
"""How many families of what is due later are shown before the rest is asked for."""
_TONES = {
    Lateness.OVERDUE: ("warning", "overdue"),
    Lateness.TODAY: ("today", "soon"),
    Lateness.WEEK: ("today", "muted"),
    Lateness.LATER: ("today", "muted"),
}


class DueCards(QObject):
    """Makes the cards. ``opened`` carries the deadline whose row was pressed, ``done`` the one said to be done."""

    opened = Signal(object)
    done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unfolded = False

    def clocks(self, work: DayWork) -> QWidget | None:
        """Return the card of the deadlines in hours, ``None`` when no clock runs."""
        if not work.clocks:
            return None
        lines = [self._clock(clock) for clock in work.clocks]
        return Card(tr("Clocks that run"), lines)

    def sections(self, work: DayWork, today: dt.date) -> Iterator[QWidget]:
        """Yield a card for each section in which something is due; the overdue one says so when there is nothing."""
        for lateness, groups in work.sections.items():
            count = sum(len(group.rows) for group in groups)
            heading = tr("{section} ({n})", section=tr(LATENESS_LABELS[lateness]), n=count)
            if lateness is Lateness.LATER and groups:
                yield self._later(heading, groups, today)
            elif groups:
                yield Card(heading, [self._family(group, today) for group in groups])
            elif lateness is Lateness.OVERDUE:
                yield Card(tr("Overdue"), [], tr("Nothing is overdue."))

    def _later(self, heading: str, groups: Sequence[FamilyRows], today: dt.date) -> Card:
        """Return what is due later, as much of it as was asked for last."""
        shown = len(groups) if self._unfolded else LATER_SHOWN
        lines = [self._family(group, today) for group in groups[:shown]]
        if len(groups) <= shown:
            return Card(heading, lines)

        def rest() -> list[QWidget]:
            self._unfolded = True
            return [self._family(group, today) for group in groups[shown:]]

        return Card(heading, lines, rest=rest, more=tr("Show the rest of what is due later"))

    def _clock(self, clock: Countdown) -> QWidget:
        deadline, over = clock.deadline, clock.hours_left < 0
        quiet = f"{due_words.said(deadline.why)} · {due_words.said(deadline.source)}"
        words = f"{due_words.child(deadline.case)}: {due_words.what(deadline)}"
        line = WholeLine(
            words, quiet, due_words.hours(clock.hours_left),
            icon="warning" if over else "history", tone="overdue" if over else "soon",
        )  # fmt: skip
        return self._row(line, deadline)

    def _family(self, group: FamilyRows, today: dt.date) -> QWidget:
        """Return the rows of a family; a line under them says what one visit could settle besides."""
        besides = due_words.beside(group.rows)
        several = len({row.deadline.case.id for row in group.rows}) > 1
        rows = [self._due(row, today) for row in group.rows]
        if len(rows) == 1 and not besides:
            return rows[0]
        holder = _Group()
        if several:
            names = [case.first_name or case.unborn_of for case in group.family.cases]
            together = join_and(names, i18n.current().language)
            served = any(row.together for row in group.rows)
            words = tr("One family: {names}.", names=together)
            holder.put(_note(f"{words} {tr('One visit can serve them all.')}" if served else words))
        for row in rows:
            holder.put(row)
        if besides:
            holder.put(muted(tr("A visit can settle at the same time: {what}", what="; ".join(besides))))
        return holder

    def _due(self, row: Row, today: dt.date) -> QWidget:
        deadline = row.deadline
        icon, tone = _TONES[deadline.lateness]
        line = WholeLine(
            due_words.words_of(row), due_words.why(row), due_words.when(deadline, today), icon=icon, tone=tone
        )
        line.full = lambda: due_words.full_words(row)
        return self._row(line, deadline)

    def _row(self, line: LineButton, deadline: Deadline) -> QWidget:
        line.clicked.connect(lambda: self.opened.emit(deadline))
        if deadline.work not in due_words.DONE_AT_ONCE:
            return line
        holder = QWidget()
        across = QHBoxLayout(holder)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(4)
        button = QPushButton(tr("Done today"), holder)
        button.setAccessibleName(tr("Done today: {what}", what=line.words))
        button.clicked.connect(lambda: self.done.emit(deadline))
        across.addWidget(line, 1)
        across.addWidget(button)
        return holder


class _Group(QWidget):
    """Rows that belong together."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def put(self, widget: QWidget) -> None:
        """Add a widget below the others."""
        self._column.addWidget(widget)


def _note(words: str) -> QLabel:
    label = muted(words)
    label.setProperty("look", "note")
    label.setContentsMargins(12, 4, 12, 0)
    return label
