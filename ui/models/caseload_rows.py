"""The words of the caseload's rows: made once when the rows arrive, so that painting only draws them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
    DEADLINE = 5
    MEETING = 6
    MARKS = 7


HEAD_LABELS = {
    Col.NAME: N_("Child"),
    Col.AGE: N_("Age"),
    Col.STEP: N_("Step"),
    Col.KINDS: N_("Kinds"),
    Col.SCHOOL: N_("School"),
    Col.DEADLINE: N_("Next deadline"),
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
    count: int = field(default=1, compare=False)
    """How many of them there are; said from two on."""


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
class Ahead:
    """What the rules say of a case, asked for when the rows have been painted: the step now, the open deadline that
    comes first, and what that one is called."""

    step: int | None = None
    due: dt.date | None = None
    what: str = ""


@dataclass(frozen=True, slots=True)
class RowText:
    """One row as shown: its words by column, its marks, what sorting and finding look at. ``tone`` names the colour
    token of the next deadline."""

    case: Id
    cells: tuple[str, ...]
    step: int | None
    tone: str
    what: str
    marks: tuple[Mark, ...]
    closed: bool
    above: bool
    haystack: str
    order: tuple[Any, ...]
    """What each column sorts by; ``None`` stands last either way."""


def mark_words(mark: Mark) -> str:
    """Return a mark in the language of the moment, with how many there are."""
    return tr(mark.word) if mark.count < 2 else f"{tr(mark.word)} ({mark.count})"


def marks_of(row: CaseRow, contested: int = 0) -> tuple[Mark, ...]:
    """Return what is to be minded about a case, the most serious first; ``contested`` fields of it have two values."""
    case = row.case
    contested = max(contested, case.conflicts)
    there = {
        "above": case.above_limit and case.active,
        "conflict": contested > 0,
        "protected": case.address_protected,
        "duplicate": row.duplicate,
        "draft": row.has_draft,
        "exception": case.limit_exception is not None and case.active,
        "siblings": row.siblings > 0,
        "closed": not case.active,
    }
    found = (mark for mark in MARKS if there[mark.name])
    return tuple(replace(mark, count=contested) if mark.name == "conflict" else mark for mark in found)


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


def _due_words(due: dt.date | None, today: dt.date) -> str:
    """Return how late something is, or its day."""
    if due is None:
        return ""
    if due < today:
        return i18n.ngettext("{n} day over", "{n} days over", (today - due).days)
    return tr("Today") if due == today else _short(due, today)


def _due_tone(due: dt.date | None, today: dt.date) -> str:
    if due is None or due > today:
        return ""
    return "overdue" if due < today else "soon"


def row_text(row: CaseRow, today: dt.date, ahead: Ahead | None = None, contested: int = 0) -> RowText:
    """Return a row's words in the language of the moment; without ``ahead`` the step is the one written by hand.

    ``contested``: in so many fields of the case people disagree.
    """
    case = row.case
    step = case.step if ahead is None else ahead.step
    due = None if ahead is None else ahead.due
    marks = marks_of(row, contested)
    said = tuple(mark_words(mark) for mark in marks)
    name = child_words(case)
    cells = (
        name,
        age_words(case, today),
        "" if step is None else str(step),
        kinds_words(case),
        case.school,
        _due_words(due, today),
        _meeting_words(row, today),
        ", ".join(said),
    )
    looked_in = (
        name,
        case.child_name,
        case.called,
        case.unborn_of,
        *cells[3:],
        case.school_class,
        case.district,
        case.record_number,
    )
    when = row.next_meeting.when if row.next_meeting is not None else None
    age = case.born or case.term
    order = (
        sort_key(name),
        None if age is None else -age.toordinal(),
        step,
        sort_key(cells[Col.KINDS]) if cells[Col.KINDS] else None,
        sort_key(cells[Col.SCHOOL]) if cells[Col.SCHOOL] else None,
        due,
        None if when is None else (when.day, when.start),
        tuple(MARKS.index(mark) for mark in marks) or None,
    )
    above = case.above_limit and case.active
    return RowText(
        case.id, cells, step, _due_tone(due, today), "" if ahead is None else ahead.what, marks,
        not case.active, above, " ".join(looked_in).casefold(), order,
    )  # fmt: skip


def matcher(text: str) -> Callable[[RowText], bool]:
    """Return whether a row holds every word that was typed."""
    words = text.casefold().split()
    return lambda row: all(word in row.haystack for word in words)
