"""A child's or family's course in an effort (indsatsforløb): target-group check, core elements, intensity over time.

Promising practice F24, F37: hours a week or visits with dated changes and the reason, and a warning for fast tapering; a
checklist with what includes and what keeps out. The report asks for a slow phase-out (5.5, 9.3) and prints no limit: ours
is that the intensity falls by more than half within four weeks.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseworker_app.domain.effort import Effort
from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice

FAST_SHARE: Final = 2
"""A fall to less than one of so many parts is fast …"""
FAST_WITHIN: Final = dt.timedelta(weeks=4)
"""… when the higher intensity was in force so short a time ago."""


class CourseState(StrEnum):
    """How far a course has come."""

    CONSIDERED = "considered"
    RUNNING = "running"
    ENDED = "ended"
    DECLINED = "declined"


COURSE_STATE_LABELS: Mapping[CourseState, str] = {
    CourseState.CONSIDERED: "Being considered",
    CourseState.RUNNING: "Running",
    CourseState.ENDED: "Ended",
    CourseState.DECLINED: "Did not begin",
}


@entity("effort_course", "Effort course")
class EffortCourse(Entity):
    """One course in one child's case. ``effort`` is its id in the catalogue, ``name`` as it was called then."""

    effort: str = field(TEXT, "Effort of the catalogue", default="", indexed=True)
    name: str = field(TEXT, "Effort", default="")
    considered_on: dt.date | None = field(DATE, "Looked at on", default=None)
    begun_on: dt.date | None = field(DATE, "Begun on", default=None)
    planned_end: dt.date | None = field(DATE, "Planned to end", default=None)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    declined: bool = field(FLAG, "It did not begin", default=False)
    why: str = field(TEXT, "Why", default="")
    team: str = field(TEXT, "Who works in it", default="")
    judged: str = field(TEXT, "Our judgement of the target group", default="")
    note: str = field(TEXT, "Note", default="")

    @property
    def state(self) -> CourseState:
        """How far it has come."""
        if self.declined:
            return CourseState.DECLINED
        if self.ended_on is not None:
            return CourseState.ENDED
        return CourseState.CONSIDERED if self.begun_on is None else CourseState.RUNNING


@entity("course_element", "Core element of a course")
class CourseElement(Entity):
    """How one core element is worked with in one course."""

    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    name: str = field(TEXT, "Core element", default="")
    order: str = field(TEXT, "Order", default="")
    how: str = field(TEXT, "How we do it here", default="")
    agreed: str = field(TEXT, "Agreed with the family", default="")


class IntensityUnit(StrEnum):
    """What is counted a week."""

    HOURS = "hours"
    VISITS = "visits"
    CONTACTS = "contacts"


INTENSITY_UNIT_LABELS: Mapping[IntensityUnit, str] = {
    IntensityUnit.HOURS: "hours a week",
    IntensityUnit.VISITS: "visits a week",
    IntensityUnit.CONTACTS: "contacts a week",
}


@entity("intensity_step", "Intensity")
class IntensityStep(Entity):
    """From a day on so much (in hundredths) a week, and why it changes."""

    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    begins_on: dt.date | None = field(DATE, "From", default=None)
    amount: int | None = field(NUMBER, "How much a week", default=None)
    unit: IntensityUnit = field(choice(IntensityUnit), "Of what", default=IntensityUnit.HOURS)
    reason: str = field(TEXT, "Why", default="")


@entity("tapering", "Tapering")
class Tapering(Entity):
    """A tapering as it was planned: even steps down to ``goal`` (in hundredths), the first on ``begins_on``, the last on
    ``ends_on``. The steps it came to stand among the others, and may be changed one by one."""

    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    begins_on: dt.date | None = field(DATE, "First step", default=None)
    ends_on: dt.date | None = field(DATE, "Last step", default=None)
    goal: int | None = field(NUMBER, "Down to, a week", default=None)
    steps: int | None = field(NUMBER, "In so many steps", default=4)
    reason: str = field(TEXT, "Why", default="")


class Answer(StrEnum):
    """To one line of the checklist."""

    UNKNOWN = "unknown"
    YES = "yes"
    NO = "no"


COURSE_ANSWER_LABELS: Mapping[Answer, str] = {
    Answer.UNKNOWN: "Not clarified",
    Answer.YES: "Yes",
    Answer.NO: "No",
}


@entity("target_answer", "Target-group checklist")
class TargetAnswer(Entity):
    """The answer to one line of the checklist of a course."""

    course: Id | None = field(REFERENCE, "Course", default=None, indexed=True)
    criterion: str = field(TEXT, "Criterion", default="")
    answer: Answer = field(choice(Answer), "Answer", default=Answer.UNKNOWN)
    note: str = field(TEXT, "What it rests on", default="")


class Verdict(StrEnum):
    """What the checklist says; the judgement is the professional's."""

    OPEN = "open"
    INSIDE = "inside"
    OUTSIDE = "outside"
    EXCLUDED = "excluded"


VERDICT_LABELS: Mapping[Verdict, str] = {
    Verdict.OPEN: "Not clarified yet",
    Verdict.INSIDE: "In the target group",
    Verdict.OUTSIDE: "Not in the target group",
    Verdict.EXCLUDED: "Something keeps the child out",
}


def verdict(effort: Effort, answers: Mapping[str, Answer]) -> Verdict:
    """Return what the checklist says: one thing that keeps out is enough; all of the first list, and so many of the second,
    must be there. What nobody has answered leaves it open, as long as it could still change the outcome."""

    def of(criteria: Iterable[str], answer: Answer) -> int:
        return sum(answers.get(one, Answer.UNKNOWN) is answer for one in criteria)

    if of(effort.exclude, Answer.YES):
        return Verdict.EXCLUDED
    some, possible = (
        of(effort.include_some, Answer.YES),
        len(effort.include_some) - of(effort.include_some, Answer.NO),
    )
    if of(effort.include, Answer.NO) or possible < effort.at_least:
        return Verdict.OUTSIDE
    whole = of(effort.include, Answer.YES) == len(effort.include) and some >= effort.at_least
    return Verdict.INSIDE if whole and of(effort.exclude, Answer.NO) == len(effort.exclude) else Verdict.OPEN


@dataclass(frozen=True, slots=True)
class FastFall:
    """A fast tapering: on ``day`` from ``before`` (in force within four weeks of it) to ``after``, in hundredths."""

    day: dt.date
    before: int
    after: int
    unit: IntensityUnit


def by_day(steps: Iterable[IntensityStep]) -> tuple[IntensityStep, ...]:
    """Return the steps that say anything in the order of their days."""
    whole = (one for one in steps if one.begins_on is not None and one.amount is not None)
    return tuple(sorted(whole, key=lambda one: (one.begins_on, one.id)))


def fast_falls(steps: Sequence[IntensityStep], ended_on: dt.date | None = None) -> tuple[FastFall, ...]:
    """Return where the intensity falls to less than half of what it was within the four weeks before.

    The end of a course is a fall to nothing: a fast one unless what was left was at most half of the highest there was.
    Steps of different units are not compared.
    """
    found: list[FastFall] = []
    ordered = [(one.begins_on, one.amount, one.unit) for one in by_day(steps)]
    for number, (day, amount, unit) in enumerate(ordered):
        assert day is not None and amount is not None
        in_force = [
            before
            for at, (began, before, of) in enumerate(ordered[:number])
            if of is unit and began is not None and before is not None and began < day
            and (ordered[at + 1][0] or day) > day - FAST_WITHIN
        ]  # fmt: skip
        if in_force and amount * FAST_SHARE < max(in_force):
            found.append(FastFall(day, max(in_force), amount, unit))
    last = [one for one in ordered if ended_on is None or (one[0] is not None and one[0] <= ended_on)]
    if ended_on is not None and last:
        _day, left, unit = last[-1]
        highest = max(amount or 0 for _on, amount, of in last if of is unit)
        if left and left * FAST_SHARE > highest:
            found.append(FastFall(ended_on, left, 0, unit))
    return tuple(found)


def tapered(
    begins: dt.date, ends: dt.date, start: int, goal: int, count: int
) -> tuple[tuple[dt.date, int], ...]:
    """Return ``count`` even steps down from ``start`` (in force until the first) to ``goal`` (from ``ends`` on).

    The first step is on ``begins``, the last on ``ends``. Raises ``ValueError`` for days or amounts the wrong way round.
    """
    if count < 1 or ends < begins or goal >= start or goal < 0 or (count > 1 and ends == begins):
        raise ValueError("it goes down, from an earlier day to a later one")
    if count == 1:
        return ((ends, goal),)
    days = (ends - begins).days
    return tuple(
        (
            begins + dt.timedelta(days=days * number // (count - 1)),
            start - (start - goal) * (number + 1) // count,
        )
        for number in range(count)
    )


def intensity_on(steps: Iterable[IntensityStep], day: dt.date) -> IntensityStep | None:
    """Return what is in force on a day."""
    return next(
        (one for one in reversed(by_day(steps)) if one.begins_on is not None and one.begins_on <= day), None
    )
