"""One thing due, as lists and pages show it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.items import DueItem, How
from caseworker_app.domain.rules.model import Bound, Title
from caseworker_app.domain.rules.workdays import Holidays, is_working_day, planned_for

WEEK = dt.timedelta(days=7)
_PASSING = frozenset({"complaint_possible", "decision_possible"})


class Lateness(StrEnum):
    """Where a due date lies from today. What has no number of days in the law is due as soon as possible: today."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    SETTLED = "settled"


LATENESS_LABELS = {
    Lateness.OVERDUE: "Overdue",
    Lateness.TODAY: "Today",
    Lateness.WEEK: "The next seven days",
    Lateness.LATER: "Later",
    Lateness.SETTLED: "Done or waived",
}


class Work(StrEnum):
    """What doing it means: the one click that opens the right thing. ``mark`` says that it is done, with day and note."""

    FOLLOW_UP = "follow_up"
    REPORT = "report"
    COURSE_END = "course_end"
    SUPERVISION = "supervision"
    HEARING = "hearing"
    RHYTHM = "rhythm"
    PLAN = "plan"
    ASSESSMENT = "assessment"
    RECEIPT = "receipt"
    INVESTIGATION = "investigation"
    COMPLAINT = "complaint"
    PARENT_HEARD = "parent_heard"
    MARK = "mark"


WORK_LABELS = {
    Work.FOLLOW_UP: "Follow-up",
    Work.REPORT: "Status report",
    Work.COURSE_END: "End of the course",
    Work.SUPERVISION: "Supervision visit",
    Work.HEARING: "Party hearing of the child",
    Work.RHYTHM: "Decision on the rhythm",
    Work.PLAN: "The plan",
    Work.ASSESSMENT: "Assessment within 24 hours",
    Work.RECEIPT: "Receipt for the notification",
    Work.INVESTIGATION: "Investigation",
}
"""What each kind of work is called; what is only marked is called by its rule."""


@dataclass(frozen=True, slots=True)
class Own:
    """Something due that no rule file counts: the child's hearing, the decision on the rhythm, a parent's answer."""

    due: dt.date
    title: Phrase
    why: Phrase
    source: Phrase
    law: bool
    held: dt.date | None = None
    waived: bool = False
    participants: tuple[str, ...] = ("caseworker", "child")
    outcome: tuple[str, ...] = ()
    number: int = 1
    at: dt.datetime | None = None
    extra: bool = False
    floor: dt.date | None = None

    @property
    def settled(self) -> bool:
        """Whether it was done or explained."""
        return self.held is not None or self.waived


@dataclass(frozen=True, slots=True)
class Deadline:
    """One thing due in one case.

    The due date is never moved; ``planned`` is the working day suggested, ``agreed`` the day agreed at the last
    follow-up. ``key`` and ``subject`` are what settles it. What the rules say of it is ``item``.
    """

    case: Case
    work: Work
    subject_type: str
    subject: Id
    key: str
    item: DueItem | Own
    planned: dt.date
    lateness: Lateness
    agreed: dt.date | None = None

    @property
    def name(self) -> str:
        """What a place calls it: subject, due day and key, with colons between."""
        return f"{self.subject.hex()}:{self.due.isoformat()}:{self.key}"

    @property
    def due(self) -> dt.date:
        """The day it is due."""
        return self.item.due

    @property
    def at(self) -> dt.datetime | None:
        """The moment it is due, of a deadline in hours."""
        return self.item.at

    @property
    def title(self) -> Title | Phrase:
        """What it is called: in both languages where it comes from a rule file."""
        return self.item.title if isinstance(self.item, Own) else self.item.origin.title

    @property
    def why(self) -> Phrase:
        """The reason as a sentence: the rule, the event it is counted from, law or local standard."""
        return self.item.why

    @property
    def source(self) -> Phrase:
        """Where the rule stands, with its reserve where the certainty is not full."""
        return self.item.source if isinstance(self.item, Own) else self.item.source.phrase

    @property
    def law(self) -> bool:
        """Whether it is law; otherwise a local standard."""
        return self.item.law

    @property
    def participants(self) -> tuple[str, ...]:
        """Who takes part, as words of the rules' vocabulary."""
        return self.item.participants

    @property
    def outcome(self) -> tuple[str, ...]:
        """What must come out, as words of the rules' vocabulary."""
        return self.item.outcome

    @property
    def note(self) -> Title | None:
        """The rule writer's own remark."""
        return None if isinstance(self.item, Own) else self.item.part.note

    @property
    def status(self) -> bool:
        """Whether status is taken: go on or end, and when."""
        return isinstance(self.item, DueItem) and self.item.status

    @property
    def guess(self) -> bool:
        """Whether it is counted from one that is not held yet, and moves when that one is held."""
        return isinstance(self.item, DueItem) and self.item.found.how is How.AFTER_DUE

    @property
    def passes(self) -> bool:
        """Whether it is nobody's work here and only runs out, such as the time to complain."""
        return passes(self.item)

    @property
    def open(self) -> bool:
        """Whether something is still to be done."""
        return self.lateness is not Lateness.SETTLED

    @property
    def talk(self) -> bool:
        """Whether a talk with the child belongs to it."""
        return "child_talk" in self.outcome

    def hours_left(self, now: dt.datetime) -> float | None:
        """Return the hours left of a deadline in hours, below zero when it is over; ``None`` for one in days."""
        return None if self.at is None else (self.at - now).total_seconds() / 3600


@dataclass(frozen=True, slots=True)
class MissingDay:
    """A day a rule counts from that nobody has written: of which thing, its field, and the deadline not counted."""

    subject: Id
    field: str
    what: Title
    source: Phrase


@dataclass(frozen=True, slots=True)
class CaseDeadlines:
    """A case's deadlines in the order of their days.

    ``warnings`` are what is missing or runs on, ``notes`` what has no local rule, ``missing`` (of a case's own list)
    the days without which a deadline cannot be counted.
    """

    case: Case
    deadlines: tuple[Deadline, ...]
    warnings: tuple[Phrase, ...] = ()
    notes: tuple[Phrase, ...] = ()
    missing: tuple[MissingDay, ...] = ()

    @property
    def open(self) -> tuple[Deadline, ...]:
        """What is still to be done."""
        return tuple(one for one in self.deadlines if one.open)


def passes(item: DueItem | Own) -> bool:
    """Whether an item only runs out."""
    return bool(_PASSING.intersection(item.outcome))


def lateness_of(item: DueItem | Own, now: dt.datetime, today: dt.date) -> Lateness:
    """Return where an item lies from now."""
    if item.settled or (item.due < today and passes(item)):
        return Lateness.SETTLED
    if item.at is not None and item.at < now:
        return Lateness.OVERDUE
    if isinstance(item, DueItem) and item.bound is Bound.UNDATED and item.due <= today:
        return Lateness.TODAY
    return lateness(item.due, today)


def lateness(due: dt.date, today: dt.date) -> Lateness:
    """Return where a day lies from today; the week is the next seven days."""
    if due < today:
        return Lateness.OVERDUE
    if due == today:
        return Lateness.TODAY
    return Lateness.WEEK if due <= today + WEEK else Lateness.LATER


def plan(due: dt.date, today: dt.date, holidays: Holidays) -> dt.date:
    """Return the working day suggested: the last one on or before the due day; for what is late, the next there is."""
    day = planned_for(due, holidays)
    if day >= today:
        return day
    day = today
    while not is_working_day(day, holidays):
        day += dt.timedelta(days=1)
    return day
