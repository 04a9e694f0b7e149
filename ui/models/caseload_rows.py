"""The words of the caseload's rows: made once when the rows arrive, so that painting only draws them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from caseworker_app import i18n
from caseworker_app.domain.age import age_phrase
from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.dates import MONTHS, at_clock, short_date
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services.cases import CaseRow, display_name
from ui.words import tr


class Col(IntEnum):
    """The columns, as read."""

    NAME = 0
    AGE = 1
    STEP = 2
    KINDS = 3
    SCHOOL = 4
    MEETING = 5
    MARKS = 6


HEAD_LABELS = {
    Col.NAME: N_("Child"),
    Col.AGE: N_("Age"),
    Col.STEP: N_("Step"),
    Col.KINDS: N_("Kinds"),
    Col.SCHOOL: N_("School"),
    Col.MEETING: N_("Next meeting"),
    Col.MARKS: N_("Marks"),
}
SHORT_KIND_LABELS = {
    CaseKind.CROSS_DISCIPLINARY: N_("Prevention"),
    CaseKind.EARLY_PREVENTIVE: N_("Early support"),
    CaseKind.INVESTIGATION: N_("Under investigation"),
    CaseKind.PREVENTIVE: N_("Support"),
    CaseKind.PLACEMENT: N_("Placement"),
    CaseKind.AFTERCARE: N_("Aftercare"),
    CaseKind.HEALTH_VISITING: N_("Health visiting"),
}
"""The kinds in a word, where a column has no room for their names."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to mind about a case: a short word and an icon; ``tone`` names a colour token."""

    name: str
    word: str
    icon: str
    tone: str


MARKS = (
    Mark("above", N_("Above the limit"), "warning", "overdue"),
    Mark("conflict", N_("Two values"), "warning", "overdue"),
    Mark("protected", N_("Protected"), "lock", "overdue"),
    Mark("duplicate", N_("Duplicate?"), "note", "soon"),
    Mark("draft", N_("Draft"), "pencil", "note"),
    Mark("exception", N_("Exception"), "done", "muted"),
    Mark("siblings", N_("Siblings"), "meetings", "muted"),
    Mark("closed", N_("Closed"), "done", "muted"),
)


@dataclass(frozen=True, slots=True)
class RowText:
    """One row as shown: its words by column, its marks, what sorting and finding look at."""

    case: Id
    cells: tuple[str, ...]
    step: int | None
    marks: tuple[Mark, ...]
    closed: bool
    above: bool
    haystack: str
    order: tuple[Any, ...]
    """What each column sorts by; ``None`` stands last either way."""


def marks_of(row: CaseRow) -> tuple[Mark, ...]:
    """Return what is to be minded about a case, the most serious first."""
    case = row.case
    there = {
        "above": case.above_limit and case.active,
        "conflict": case.conflicts > 0,
        "protected": case.address_protected,
        "duplicate": row.duplicate,
        "draft": row.has_draft,
        "exception": case.limit_exception is not None and case.active,
        "siblings": row.siblings > 0,
        "closed": not case.active,
    }
    return tuple(mark for mark in MARKS if there[mark.name])


def child_words(case: Case) -> str:
    """Return the child's name, or whose unborn child it is, in the language of the moment."""
    if case.child_name:
        return display_name(case)
    return tr("Unborn child of {name}", name=case.unborn_of)


def age_words(case: Case, today: dt.date) -> str:
    """Return the age, of an unborn child the term; empty when nothing is known."""
    if case.born is not None:
        return i18n.say(age_phrase(case.born, today))
    if case.unborn and case.term is not None:
        return tr("due {day}", day=_short(case.term, today))
    return ""


def kinds_words(case: Case) -> str:
    """Return the kinds of a case, in the order the model names them."""
    return ", ".join(tr(label) for kind, label in SHORT_KIND_LABELS.items() if kind in case.kinds)


def step_words(step: int | None) -> str:
    """Return the step for whoever does not see the drawing."""
    return tr("step {step} of 6", step=step) if step is not None else tr("step not set")


def _short(day: dt.date, today: dt.date) -> str:
    """Return a day within a year in few letters, else in full."""
    language = i18n.current().language
    if abs((day - today).days) > 300:
        return short_date(day, language)
    month = MONTHS[language][day.month - 1]
    if len(month) > 4:
        month = month[:3] + ("." if language == "da" else "")
    return f"{day.day}. {month}" if language == "da" else f"{day.day} {month}"


def _meeting_words(row: CaseRow, today: dt.date) -> str:
    when = row.next_meeting.when if row.next_meeting is not None else None
    if when is None:
        return ""
    return f"{_short(when.day, today)} {at_clock(when.start, i18n.current().language)}"


def row_text(row: CaseRow, today: dt.date) -> RowText:
    """Return a row's words in the language of the moment."""
    case = row.case
    marks = marks_of(row)
    said = tuple(tr(mark.word) for mark in marks)
    name = child_words(case)
    cells = (
        name,
        age_words(case, today),
        "" if case.step is None else str(case.step),
        kinds_words(case),
        ", ".join(part for part in (case.school, case.school_class) if part),
        _meeting_words(row, today),
        ", ".join(said),
    )
    looked_in = (
        name,
        case.child_name,
        case.called,
        case.unborn_of,
        *cells[3:],
        case.district,
        case.record_number,
    )
    when = row.next_meeting.when if row.next_meeting is not None else None
    age = case.born or case.term
    order = (
        sort_key(name),
        None if age is None else -age.toordinal(),
        case.step,
        sort_key(cells[Col.KINDS]) if cells[Col.KINDS] else None,
        sort_key(cells[Col.SCHOOL]) if cells[Col.SCHOOL] else None,
        None if when is None else (when.day, when.start),
        tuple(MARKS.index(mark) for mark in marks) or None,
    )
    above = case.above_limit and case.active
    return RowText(
        case.id, cells, case.step, marks, not case.active, above, " ".join(looked_in).casefold(), order
    )


def matcher(text: str) -> Callable[[RowText], bool]:
    """Return whether a row holds every word that was typed."""
    words = text.casefold().split()
    return lambda row: all(word in row.haystack for word in words)
