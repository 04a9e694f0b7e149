"""What the section Plan og opfølgning shows of one case: its interventions, what is due, what is agreed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from caseworker_app.domain.case import Case
from caseworker_app.domain.follow_up import (
    ChildTalk,
    DeadlineMark,
    FollowUp,
    FollowUpException,
    RhythmDecision,
    TalkState,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import OPEN_STATUSES, Goal, Plan, PlanState
from caseworker_app.domain.rules.exceptions import Holding, exceptions_for, holding
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import ExceptionKind, RuleSet, Title, Unset
from caseworker_app.services import caseload_deadlines, courses, families, follow_up_terms, interventions
from caseworker_app.services.books import Books
from caseworker_app.services.deadline import CaseDeadlines, Deadline, Lateness
from caseworker_app.services.deadlines import Bundle, Moment, evaluate
from caseworker_app.services.interventions import CaseInterventions
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.settling import Settled, settled_by


@dataclass(frozen=True, slots=True)
class Agreed:
    """What is agreed about the follow-ups of one intervention, and which exceptions could be."""

    exceptions: tuple[FollowUpException, ...] = ()
    rhythms: tuple[RhythmDecision, ...] = ()
    offered: tuple[ExceptionKind, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseDesk:
    """One case's section.

    ``family`` are the open deadlines of all children of the family, this one's too; ``local`` the local rule set in
    force today; ``drafts`` the keys of open forms of the case; ``faults`` why an own rule set or catalogue is not used.
    ``settled`` is what settled a deadline, by the deadline's name; ``unset`` why the law gives no follow-up date, by the
    intervention.
    """

    case: Case
    today: dt.date
    interventions: CaseInterventions
    deadlines: CaseDeadlines
    family: tuple[Deadline, ...]
    agreed: Mapping[Id, Agreed]
    local: RuleSet | None
    drafts: frozenset[str]
    faults: tuple[Phrase, ...] = ()
    settled: Mapping[str, Settled] = field(default_factory=dict)
    unset: Mapping[Id, Unset] = field(default_factory=dict)

    def intervention(self, of: Id) -> Intervention | None:
        """Return an intervention of the case."""
        return next((v.intervention for v in self.interventions.rows if v.intervention.id == of), None)

    def together(self, one: Deadline) -> tuple[Deadline, ...]:
        """Return what else of the family a visit for one thing could settle; of each work only what comes first."""
        first: dict[tuple[Id, Id, str], Deadline] = {}
        for other in families.together(one, self.family):
            first.setdefault((other.case.id, other.subject, other.work), other)
        return tuple(first.values())

    def exception_title(self, kind: str) -> Title | str:
        """Return what a kind of exception is called; its own word when the rules know it no more."""
        found = None if self.local is None else self.local.exceptions.get(kind)
        return kind if found is None else found.title

    def holding(self, one: Deadline) -> Holding | None:
        """Return how a follow-up may be held today; ``None`` where no rule says anything of it."""
        found = self.intervention(one.subject)
        if found is None or self.local is None or not isinstance(one.item, DueItem) or one.law:
            return None
        agreed = self.agreed.get(found.id, Agreed()).exceptions
        kinds = [exception.kind for exception in agreed if exception.in_force(self.today)]
        return holding(one.item, self.local, found.rule, kinds)


def of_case(reader: Reader, books: Books, case: Id) -> CaseDesk:
    """Return the section of a case. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    book, catalogue = books.rules(reader), books.catalogue(reader)
    listed = interventions.of_case(reader, case, catalogue.catalogue)
    faults = [Phrase(fault.message, fault.values) for fault in book.faults]
    if catalogue.fault is not None:
        faults.append(Phrase(catalogue.fault.message, catalogue.fault.values))
    local = book.local.on(reader.today)
    deadlines = caseload_deadlines.of_case(reader, book, case)
    unset = {v.intervention.id: courses.unset(book, v.intervention, reader.today) for v in listed.rows}
    return CaseDesk(
        found,
        reader.today,
        listed,
        deadlines,
        _family(reader, book, found),
        {v.intervention.id: _agreed(reader, v.intervention, local) for v in listed.rows},
        local,
        frozenset(draft.key for draft in reader.drafts() if draft.stream == found.stream),
        tuple(faults),
        _settled(reader, deadlines),
        {of: why for of, why in unset.items() if why is not None},
    )


def _settled(reader: Reader, deadlines: CaseDeadlines) -> dict[str, Settled]:
    """Return what settled each deadline of a case that can be opened or taken back."""
    stream = deadlines.case.stream
    follow_ups, marks = reader.find(FollowUp, stream=stream), reader.find(DeadlineMark, stream=stream)
    found = {one.name: settled_by(one, follow_ups, marks) for one in deadlines.deadlines if not one.open}
    return {name: by for name, by in found.items() if by is not None}


def _agreed(reader: Reader, found: Intervention, local: RuleSet | None) -> Agreed:
    return Agreed(
        tuple(follow_up_terms.exceptions_of(reader, found.id)),
        tuple(follow_up_terms.rhythms_of(reader, found.id)),
        () if local is None else exceptions_for(local, found.rule),
    )


def _family(reader: Reader, book: RuleBook, case: Case) -> tuple[Deadline, ...]:
    """Return the open deadlines of a child and of those whom a visit to the family could serve at once."""
    active = [one for one in reader.find(Case) if one.active or one.id == case.id]
    groups = families.families(reader, active)
    members = next(group.cases for group in groups if case.id in {one.id for one in group.cases})
    found = caseload_deadlines.of_caseload(reader, book, members)
    return tuple(one for each in found for one in each.open)


# --- The step and the next deadline, for lists and heads -----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Glance:
    """What a caseload's row and a case's head say of the help: the step now, and the open deadline that comes first."""

    step: int | None
    next: Deadline | None
    overdue: int


def glances(reader: Reader, books: Books, cases: Iterable[Case]) -> dict[Id, Glance]:
    """Return a glance at each of some cases, by the case's id."""
    book, chosen = books.rules(reader), list(cases)
    bundles = caseload_deadlines.bundles(reader, chosen)
    until = reader.today + caseload_deadlines.CASELOAD_AHEAD
    moment = Moment(reader.now, reader.today, until, settled=False)
    return {
        bundle.case.id: _glance(bundle, evaluate(book, bundle, moment), reader.today) for bundle in bundles
    }


def _glance(bundle: Bundle, found: CaseDeadlines, today: dt.date) -> Glance:
    step = interventions.step_of(bundle.case, [course.intervention for course in bundle.courses], today)
    waiting = [one for one in found.open if not one.passes]
    first = min(waiting, key=lambda one: (one.due, one.law), default=None)
    return Glance(step, first, sum(one.lateness is Lateness.OVERDUE for one in waiting))


@dataclass(frozen=True, slots=True)
class Head:
    """What a case's head says besides the child: the glance, the last talk with the child, the goals worked with."""

    glance: Glance
    talk_on: dt.date | None
    open_goals: int


def head_of(reader: Reader, books: Books, case: Id) -> Head:
    """Return what the head of a case says. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    talks = reader.find(ChildTalk, stream=found.stream)
    held = [talk.held_on for talk in talks if talk.state is TalkState.HELD and talk.held_on is not None]
    running = {
        plan.id for plan in reader.find(Plan, stream=found.stream) if plan.state is not PlanState.ENDED
    }
    goals = reader.find(Goal, stream=found.stream)
    return Head(
        glances(reader, books, [found])[case],
        max(held, default=None),
        sum(goal.plan in running and goal.status in OPEN_STATUSES for goal in goals),
    )
