"""How something due is said on I dag: when, what, why, and where a click leads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.dates import day_and_month, long_date, short_date, weekday
from caseworker_app.domain.ids import NO_ID, Id
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import Bound, Title
from caseworker_app.services.cases import display_name
from caseworker_app.services.day import Row
from caseworker_app.services.deadline import WEEK, WORK_LABELS, Deadline, Lateness, Work
from ui.house import Place
from ui.words import tr

DONE_AT_ONCE = frozenset({Work.MARK, Work.RECEIPT, Work.ASSESSMENT, Work.REPORT})
"""What is settled by saying that it is done: the button for it stands in the row."""
_PARTS = {Work.PLAN: "plan"}
ASSESSMENT = {
    "notification": "notifications",
    "investigation": "investigation",
    "complaint": "complaints",
    "parents_hearing": "consents",
}
"""The part of Underretning og undersøgelse in which it is done, by what it runs from."""


def said(value: object, *, brief: bool = False) -> str:
    """Return a phrase in the language of the moment, its dates without loading what formats all others.

    With ``brief`` dates are in figures.
    """
    language = i18n.current().language
    match value:
        case Phrase(msgid, values, plural, count):
            plain = {name: _plain(inner, brief) for name, inner in values.items()}
            return i18n.say(Phrase(msgid, plain, plural, count))
        case Title():
            return value.say(language)
        case dt.date():
            return short_date(value, language) if brief else long_date(value, language)
    return str(value)


def _plain(value: object, brief: bool) -> object:
    if isinstance(value, tuple | list):
        return [said(one, brief=brief) for one in value]
    return said(value, brief=brief) if isinstance(value, Phrase | Title | dt.date) else value


def child(case: Case) -> str:
    """Return what the child is called; a meeting of the staff is about none."""
    if case.id == NO_ID:
        return tr("The staff")
    if case.unborn:
        return tr("Unborn child of {name}", name=case.unborn_of)
    return display_name(case)


def what(deadline: Deadline) -> str:
    """Return what is to be done."""
    label = WORK_LABELS.get(deadline.work)
    return said(deadline.title) if label is None else tr(label)


def when(deadline: Deadline, today: dt.date) -> str:
    """Return when it is to be done, as it stands first in its row: the day agreed, else the day it is due."""
    item, day = deadline.item, deadline.due
    late = (today - day).days
    if isinstance(item, DueItem) and item.bound is Bound.UNDATED and late >= 0:
        return tr("As soon as possible")
    if late > 0:
        return i18n.ngettext("{n} day late", "{n} days late", late)
    if deadline.agreed is not None and today <= deadline.agreed < day:
        day = deadline.agreed
    return tr("Today") if day == today else _day(day, today)


def _day(day: dt.date, today: dt.date) -> str:
    language = i18n.current().language
    if day <= today + WEEK:
        return _capital(f"{weekday(day, language)} {day_and_month(day, language)}")
    return day_and_month(day, language) if day.year == today.year else long_date(day, language)


def words_of(row: Row) -> str:
    """Return whom it is about, what is to be done, and of a follow-up which of the local rules asks for it."""
    deadline = row.deadline
    words = f"{child(deadline.case)}: {what(deadline)}"
    named = deadline.work is Work.FOLLOW_UP and not deadline.law
    return f"{words} · {said(deadline.title)}" if named else words


def why(row: Row) -> str:
    """Return in one line whose rule it is and what it is counted from, and the day to do it on."""
    deadline, language = row.deadline, i18n.current().language
    late, parts = deadline.lateness is Lateness.OVERDUE, [said(deadline.why, brief=True)]
    if deadline.agreed is not None and not late:
        parts.insert(0, tr("agreed; due {day}", day=day_and_month(deadline.due, language)))
    elif deadline.planned < deadline.due and not late:
        day = f"{weekday(deadline.planned, language)} {day_and_month(deadline.planned, language)}"
        parts.insert(0, tr("last working day: {day}", day=day))
    if any(one.law is not deadline.law for one in row.also):
        parts.append(
            tr("the local standard asks for it too") if deadline.law else tr("the law asks for it too")
        )
    return " · ".join(parts)


def full_words(row: Row) -> str:
    """Return everything about a row for whoever rests on it: every reason with its source."""
    lines = [f"{child(row.deadline.case)}: {what(row.deadline)}"]
    for one in (row.deadline, *row.also):
        lines.append(f"{long_date(one.due, i18n.current().language)}. {said(one.why)}. {said(one.source)}")
    return "\n".join(lines)


def beside(rows: Iterable[Row]) -> list[str]:
    """Return what else a visit could settle than the rows of a family that stand together: each thing once."""
    shown = list(rows)
    here = {(row.deadline.case.id, row.deadline.work) for row in shown}
    found: dict[tuple[Id, Work], Deadline] = {}
    for one in sorted((one for row in shown for one in row.together), key=lambda one: one.due):
        if (one.case.id, one.work) not in here:
            found.setdefault((one.case.id, one.work), one)
    language = i18n.current().language
    return [
        f"{one.case.first_name or child(one.case)}: {what(one)} ({day_and_month(one.due, language)})"
        for one in found.values()
    ]


def place_of(deadline: Deadline) -> Place:
    """Return where it is done: what a notification or an investigation asks for, at it."""
    part = ASSESSMENT.get(deadline.subject_type)
    if part is not None:
        return Place("case", deadline.case.id, f"assessment:{part}:{deadline.subject.hex()}")
    return Place("case", deadline.case.id, _PARTS.get(deadline.work, f"follow_up:{deadline.name}"))


def hours(left: float) -> str:
    """Return how long a clock still runs, or how long it has been over."""
    over, whole, minutes = left < 0, int(abs(left)), int(abs(left) * 60)
    if whole and over:
        return i18n.ngettext("{n} hour over", "{n} hours over", whole)
    if whole:
        return i18n.ngettext("{n} hour left", "{n} hours left", whole)
    if over:
        return i18n.ngettext("{n} minute over", "{n} minutes over", minutes)
    return i18n.ngettext("{n} minute left", "{n} minutes left", minutes)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
