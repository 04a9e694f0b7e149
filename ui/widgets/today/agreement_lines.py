"""Lines of I dag about what I have agreed to do: done with one click, and what lies further back counted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import day_and_month, weekday
from caseworker_app.services.tasks_today import MyTask, MyTasks
from ui.house import Place
from ui.widgets.line_button import LineButton
from ui.widgets.today.due_words import child
from ui.widgets.today.whole_line import WholeLine
from ui.words import tr

Go = Callable[[Place], None]


def lines(
    mine: MyTasks, today: dt.date, go: Go, done: Callable[[MyTask], None]
) -> list[Callable[[], QWidget]]:
    """Return how each line is made: mine by their days, then what is old, then what others were to have done."""
    made: list[Callable[[], QWidget]] = [partial(_task, one, today, go, done) for one in mine.due]
    if mine.old:
        words = i18n.ngettext(
            "{n} old agreement of yours is still open", "{n} old agreements of yours are still open", mine.old
        )
        made.append(partial(_counted, words, "mine", go))
    if mine.others_late:
        words = i18n.ngettext(
            "{n} agreement of others is late", "{n} agreements of others are late", mine.others_late
        )
        made.append(partial(_counted, words, "late", go))
    return made


def _task(one: MyTask, today: dt.date, go: Go, done: Callable[[MyTask], None]) -> QWidget:
    late = (today - one.due).days
    line = WholeLine(
        " ".join(one.what.split()),
        " · ".join((child(one.case), when(one.due, today))),
        icon="warning" if late > 0 else "today",
        tone="overdue" if late > 0 else "soon",
    )
    line.setToolTip(line.accessibleName())
    line.clicked.connect(lambda: go(Place("tasks", one.agreement)))
    button = QPushButton(tr("Done today"))
    button.setAccessibleName(tr("Done: {what}", what=one.what))
    button.clicked.connect(lambda: done(one))
    holder = QWidget()
    across = QHBoxLayout(holder)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(4)
    across.addWidget(line, 1)
    across.addWidget(button)
    return holder


def _counted(words: str, part: str, go: Go) -> LineButton:
    line = WholeLine(words, icon="history")
    line.clicked.connect(lambda: go(Place("tasks", None, part)))
    return line


def when(due: dt.date, today: dt.date) -> str:
    """Return a day as it is said beside a line: how late, today, or which day."""
    late, language = (today - due).days, i18n.current().language
    if late > 0:
        return i18n.ngettext("{n} day late", "{n} days late", late)
    return tr("Today") if late == 0 else f"{weekday(due, language)} {day_and_month(due, language)}"
