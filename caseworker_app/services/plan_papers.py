"""The papers of a plan: one for the file with everything, one that a child of ten can read.

The words in their facts are Danish, whatever language the screen has: the readers are the file and a Danish family.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache

from caseworker_app.domain.age import age_on
from caseworker_app.domain.case import Case
from caseworker_app.domain.cpr import contains_person_number, formatted
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import Paper, PaperJob, number_on_copy
from caseworker_app.domain.person import ROLE_LABELS, Person, Role
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.plan import (
    PLAN_STATE_LABELS,
    Goal,
    GoalStatus,
    MarkSource,
    Plan,
    PlanVersion,
    ProgressMark,
)
from caseworker_app.domain.plan_facts import (
    PLAN_LAW_LABELS,
    PLAN_NAME_LABELS,
    ChildGoalFacts,
    ChildPlanFacts,
    PlanFacts,
    VersionFacts,
)
from caseworker_app.i18n import Translator, load
from caseworker_app.services import evidence, papers, plans
from caseworker_app.services.goals import GoalView, arranged
from caseworker_app.services.plan_words import goal_facts
from caseworker_app.services.ports import Reader

PARTY_AGE = 10
"""From this age a child is a party to its own case and signs for itself (BL § 5, stk. 1)."""
_SHOWN_TO_CHILD = (GoalStatus.ACTIVE, GoalStatus.PARTLY_REACHED, GoalStatus.REACHED)


@cache
def _danish() -> Translator:
    return load("da")


def jobs(reader: Reader, plan: Id) -> list[PaperJob]:
    """Return the papers of a plan that can be made now: the file's, and the child's when it has something to read."""
    found = [for_file(reader, plan)]
    try:
        found.append(for_child(reader, plan))
    except UserError:
        return found
    return found


def for_file(reader: Reader, plan: Id, version: Id | None = None) -> PaperJob:
    """Return the plan for the file as it stands, or as it stood in ``version``."""
    view = plans.view(reader, plan)
    printed, goals, day = view.plan, view.goals, reader.today
    chosen = next((v for v in view.versions if v.id == version), None)
    if version is not None:
        if chosen is None:
            raise KeyError("no such version")
        printed, stood = plans.read_version(chosen)
        day = chosen.made_on or day
        marks = reader.find(ProgressMark, stream=printed.stream)
        goals = arranged(stood, [m for m in marks if m.marked_on is not None and m.marked_on <= day])
    facts = _file_facts(reader, view.case, printed, goals, view.versions, chosen, day)
    name = "plan-file.pdf" if chosen is None else f"plan-file-version-{chosen.number}.pdf"
    return PaperJob(Paper.PLAN, facts, name, "", plan)


def _file_facts(
    reader: Reader,
    case: Case,
    plan: Plan,
    goals: Iterable[GoalView],
    versions: tuple[PlanVersion, ...],
    chosen: PlanVersion | None,
    day: dt.date,
) -> PlanFacts:
    danish = _danish().gettext
    people = reader.find(Person, stream=case.stream)
    return PlanFacts(
        sender=papers.sender(reader),
        name=danish(PLAN_NAME_LABELS[plan.kind]),
        law=danish(PLAN_LAW_LABELS[plan.kind]),
        state=danish(PLAN_STATE_LABELS[plan.state]),
        child=case.first_name or case.unborn_of,
        child_full_name=case.child_name or case.unborn_of,
        number=formatted(case.person_number) if number_on_copy(case, None) else "",
        begun_on=plan.begun_on,
        ready_on=plan.ready_on,
        purpose=plan.purpose,
        child_words=plan.child_words,
        parents_words=plan.parents_words,
        family_support=plan.family_support,
        goals=tuple(goal_facts(_danish(), goal, day, evidence.of_goal(reader, goal)) for goal in goals),
        versions=tuple(_version(v) for v in versions if v.made_on is not None and v.made_on <= day),
        signers=_signers(case, people, papers.sender(reader).worker, day),
        dated=reader.today,
        version=None if chosen is None else _version(chosen),
        unborn=case.unborn,
    )


def _version(version: PlanVersion) -> VersionFacts:
    return VersionFacts(version.number or 0, version.made_on or dt.date.min, version.why)


def _signers(case: Case, people: Iterable[Person], worker: str, day: dt.date) -> tuple[str, ...]:
    """Return under which lines one signs: the child from ten, the custody holders, the caseworker."""
    danish = _danish().gettext
    found: list[str] = []
    if case.born is not None and case.born <= day and age_on(case.born, day) >= PARTY_AGE:
        found.append(case.child_name)
    holders = [p for p in people if p.has_custody]
    found += [f"{p.name}, {(p.role_words or danish(ROLE_LABELS[p.role])).lower()}" for p in holders]
    if not holders:
        found.append(danish(N_("Custody holder")))
    called = danish(ROLE_LABELS[Role.CASEWORKER])
    found.append(f"{worker}, {called.lower()}" if worker else called)
    return tuple(found)


def for_child(reader: Reader, plan: Id) -> PaperJob:
    """Return the plan for the child: what is agreed, in its own words or the goal's plain ones.

    Drafts are not agreed yet and stand in no paper for the child. Raises :class:`UserError` when nothing is agreed,
    when the child is not born, or when a personal number stands in the words.
    """
    view = plans.view(reader, plan)
    if view.case.unborn:
        raise UserError("The child is not born yet, so there is no plan for the child to read.")
    goals = tuple(_child_goal(goal, view.case) for goal in view.goals if goal.status in _SHOWN_TO_CHILD)
    if not goals:
        raise UserError(
            "There is no goal to read for the child yet: all of them are drafts.",
            "Answer the letters that a goal lacks, and make it active.",
        )
    _refuse_numbers(view.plan, goals)
    facts = ChildPlanFacts(
        sender=papers.sender(reader),
        child=view.case.first_name,
        child_words=view.plan.child_words,
        goals=goals,
        dated=reader.today,
        next_talk=_next_talk(reader, view.case),
    )
    return PaperJob(Paper.PLAN_CHILD, facts, "plan-child.pdf", view.case.first_name, plan)


def _child_goal(view: GoalView, case: Case) -> ChildGoalFacts:
    goal, itself = view.goal, {case.first_name, case.child_name}
    own = [m for m in view.marks if m.source is MarkSource.CHILD and m.value is not None and m.marked_on]
    last = own[-1] if own else None
    return ChildGoalFacts(
        text=goal.text,
        child_words=goal.child_words,
        helpers=tuple("Dig selv" if owner in itself else owner for owner in goal.owners),
        look_on=goal.expected_on,
        steps=tuple(sub.goal.text for sub in view.subgoals if _agreed_step(sub.goal)),
        reached=view.status is GoalStatus.REACHED,
        said=None if last is None or last.marked_on is None else (last.marked_on, last.value or 0),
    )


def _next_talk(reader: Reader, case: Case) -> dt.date | None:
    """Return the day of the next follow-up that was agreed."""
    agreed = [f.next_on for f in reader.find(FollowUp, stream=case.stream) if f.next_on is not None]
    return min((day for day in agreed if day >= reader.today), default=None)


def _agreed_step(goal: Goal) -> bool:
    return goal.status in _SHOWN_TO_CHILD


def _refuse_numbers(plan: Plan, goals: Iterable[ChildGoalFacts]) -> None:
    texts = [(N_("what the child says"), plan.child_words)]
    for goal in goals:
        texts += [(N_("a goal"), text) for text in (goal.text, goal.child_words, *goal.helpers, *goal.steps)]
    stray = tuple(dict.fromkeys(where for where, text in texts if contains_person_number(text)))
    if stray:
        raise UserError(
            "A CPR number stands in {words}, and the child's paper must not hold one.",
            "Take the number out there. The file's copy of the plan shows the child's number by itself.",
            words=tuple(map(Phrase, stray)),
        )
