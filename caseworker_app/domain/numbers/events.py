"""What is counted: what happened to the children of a caseload, with no word and no name in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app.domain.follow_up import TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import PriceUnit
from caseworker_app.domain.numbers.rows import Effort, PlaceRow
from caseworker_app.domain.numbers.span import DAY, Span
from caseworker_app.domain.plan import GoalStatus


@dataclass(frozen=True, slots=True)
class CaseSpell:
    """A case with the days it was open. ``child`` is the same for two cases of one child."""

    case: Id
    child: str
    first: dt.date
    last: dt.date | None = None
    step: int | None = None
    """The step set by hand, before any intervention began."""

    def open_in(self, span: Span) -> bool:
        """Whether it was open on a day of a period."""
        return span.common(self.first, self.last) is not None

    def open_on(self, day: dt.date) -> bool:
        """Whether it was open on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class PriceSpell:
    """A price in øre for one ``unit``, from a day to a day."""

    oere: int
    unit: PriceUnit
    first: dt.date
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One intervention from its first to its last day (``None``: it runs on).

    ``row`` is set for placements. ``planned_last`` is the last day as planned, ``planned_next`` what is to come after.
    ``broken`` says that the placement broke down on its last day.
    """

    thing: Id
    case: Id
    child: str
    name: str
    effort: Effort
    step: int | None
    first: dt.date
    last: dt.date | None = None
    row: PlaceRow | None = None
    broken: bool = False
    prices: tuple[PriceSpell, ...] = ()
    planned_last: dt.date | None = None
    planned_next: str = ""
    decided_on: dt.date | None = None

    def until(self, today: dt.date) -> dt.date:
        """Return the last day that has come: one without an end counts to today, the future counts nowhere."""
        return today if self.last is None else min(self.last, today)

    def days_in(self, span: Span, today: dt.date) -> Span | None:
        """Return its days in a period that have come; ``None`` for none."""
        return span.common(self.first, self.until(today))


@dataclass(frozen=True, slots=True)
class DueFollowUp:
    """A follow-up that was due by the rule of its intervention; by the law's where there is no local rule.

    ``first_by_law`` is the one the law asks for within three months.
    """

    case: Id
    thing: Id
    effort: Effort
    due: dt.date
    held: dt.date | None = None
    waived: bool = False
    first_by_law: bool = False


@dataclass(frozen=True, slots=True)
class HeldFollowUp:
    """A follow-up that was held. ``talk`` is what became of the talk with the child; ``None``: nothing is written."""

    case: Id
    thing: Id
    effort: Effort
    on: dt.date
    talk: TalkState | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision on help, and the day the child was heard on it."""

    case: Id
    thing: Id
    on: dt.date
    heard_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """An investigation: when it was due, and when it was concluded."""

    case: Id
    thing: Id
    due: dt.date
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PlanSpell:
    """A plan with its days: begun, ready to be used, over."""

    case: Id
    thing: Id
    begun_on: dt.date | None
    ready_on: dt.date | None
    ended_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class GoalSpell:
    """A goal with its days and where it stands today."""

    case: Id
    thing: Id
    first: dt.date | None
    ended_on: dt.date | None
    status: GoalStatus


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened on a day: a complaint came, a worker changed."""

    case: Id
    thing: Id
    on: dt.date


@dataclass(frozen=True, slots=True)
class Events:
    """Everything a caseload's numbers are made of. ``today`` is the last day that counts."""

    today: dt.date
    cases: tuple[CaseSpell, ...] = ()
    stays: tuple[Stay, ...] = ()
    due: tuple[DueFollowUp, ...] = ()
    held: tuple[HeldFollowUp, ...] = ()
    decisions: tuple[Decision, ...] = ()
    looked: tuple[Looked, ...] = ()
    plans: tuple[PlanSpell, ...] = ()
    goals: tuple[GoalSpell, ...] = ()
    complaints: tuple[Happened, ...] = ()
    changes: tuple[Happened, ...] = ()

    @property
    def begun(self) -> dt.date:
        """The first day anything is known of."""
        days = [one.first for one in self.cases] + [one.first for one in self.stays]
        return min([day for day in days if day <= self.today], default=self.today)

    def past(self, span: Span) -> Span | None:
        """Return what of a period has come; ``None`` when it lies ahead."""
        return span.common(dt.date.min + DAY, self.today)
