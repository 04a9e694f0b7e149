"""What the caseload's one page says of each case besides its name: step, next deadline, last talk, open goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.follow_up import ChildTalk, TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.plan import OPEN_STATUSES, Goal
from caseworker_app.services import caseload_deadlines
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.deadlines import Bundle, Moment, evaluate
from caseworker_app.services.interventions import step_of
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """One case. ``next`` is the earliest open deadline that is somebody's work; ``late`` how many are overdue.

    ``last_talk`` is the day the child was last talked with; ``missed_talks`` counts follow-ups held whose talk was
    neither held nor left out as an exception allows.
    """

    step: int | None
    next: Deadline | None
    late: int
    last_talk: dt.date | None
    missed_talks: int
    open_goals: int


def case_facts(reader: Reader, book: RuleBook, cases: Sequence[Case]) -> dict[Id, CaseFacts]:
    """Return the facts of some cases by their ids."""
    today = reader.today
    moment = Moment(reader.now, today, today + caseload_deadlines.CASELOAD_AHEAD, settled=False)
    return {
        bundle.case.id: _facts(reader, book, bundle, moment)
        for bundle in caseload_deadlines.bundles(reader, cases)
    }


def _facts(reader: Reader, book: RuleBook, bundle: Bundle, moment: Moment) -> CaseFacts:
    open_ones = [one for one in evaluate(book, bundle, moment).open if not one.passes]
    talks = reader.find(ChildTalk, stream=bundle.case.stream)
    goals = reader.find(Goal, stream=bundle.case.stream)
    interventions = [course.intervention for course in bundle.courses]
    held = [talk.held_on for talk in talks if talk.state is TalkState.HELD and talk.held_on is not None]
    return CaseFacts(
        step_of(bundle.case, interventions, moment.today),
        open_ones[0] if open_ones else None,
        sum(one.due < moment.today and not one.guess for one in open_ones),
        max(held, default=None),
        _missed(bundle, talks),
        sum(goal.status in OPEN_STATUSES for goal in goals),
    )


def _missed(bundle: Bundle, talks: Sequence[ChildTalk]) -> int:
    spoken = {talk.follow_up for talk in talks if talk.state is not TalkState.NOT_HELD}
    held = [one for course in bundle.courses for one in course.settling]
    return sum(one.id not in spoken for one in held)
