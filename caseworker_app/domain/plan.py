"""The plan: goals made with child and parents, SMART or still a draft, and what is seen of them on the way.

Herningmodellen, K "Opfølgninger … frister og praksis" (the five letters and the help questions); barnets lov §§ 91-92,
108-109.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import CHILDS_ACT
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, choice, texts

YOUTH_PLAN_AGE = 16
"""From this age an ungeplan is considered (BL § 108)."""
SCALE = 10
"""Progress is marked from 0 to this."""


class PlanKind(StrEnum):
    """What the plan is called by the law in force when it was made."""

    ACTION_PLAN = "action_plan"
    CHILDS_PLAN = "childs_plan"
    YOUTH_PLAN = "youth_plan"


PLAN_KIND_LABELS = {
    PlanKind.ACTION_PLAN: "Action plan",
    PlanKind.CHILDS_PLAN: "The child's plan",
    PlanKind.YOUTH_PLAN: "Youth plan",
}


class PlanState(StrEnum):
    """A plan is a draft until it is ready; it is ended when another takes its place or the help is over."""

    DRAFT = "draft"
    ACTIVE = "active"
    ENDED = "ended"


PLAN_STATE_LABELS = {
    PlanState.DRAFT: "Being made",
    PlanState.ACTIVE: "In use",
    PlanState.ENDED: "No longer in use",
}


class GoalStatus(StrEnum):
    """Where a goal stands (kladde, aktiv, opnået, delvist opnået, ændret, opgivet)."""

    DRAFT = "draft"
    ACTIVE = "active"
    REACHED = "reached"
    PARTLY_REACHED = "partly_reached"
    CHANGED = "changed"
    GIVEN_UP = "given_up"


GOAL_STATUS_LABELS = {
    GoalStatus.DRAFT: "Draft",
    GoalStatus.ACTIVE: "Active",
    GoalStatus.REACHED: "Reached",
    GoalStatus.PARTLY_REACHED: "Partly reached",
    GoalStatus.CHANGED: "Changed",
    GoalStatus.GIVEN_UP: "Given up",
}

OPEN_STATUSES = frozenset({GoalStatus.DRAFT, GoalStatus.ACTIVE, GoalStatus.PARTLY_REACHED})
"""Goals that are still worked with."""


class Letter(StrEnum):
    """The five letters a goal answers."""

    SPECIFIC = "specific"
    MEASURABLE = "measurable"
    ATTRACTIVE = "attractive"
    REALISTIC = "realistic"
    TIME_BOUND = "time_bound"


LETTER_LABELS = {
    Letter.SPECIFIC: "S: specific",
    Letter.MEASURABLE: "M: measurable",
    Letter.ATTRACTIVE: "A: accepted by the child, and attractive",
    Letter.REALISTIC: "R: realistic",
    Letter.TIME_BOUND: "T: with a time",
}

HELP_QUESTION_LABELS = {
    Letter.SPECIFIC: "What is the goal?",
    Letter.MEASURABLE: "How can it be seen that there is progress towards the goal?",
    Letter.ATTRACTIVE: "What does the child say about it, and what does the child gain?",
    Letter.REALISTIC: "Who works with it?",
    Letter.TIME_BOUND: "When is it expected to be reached?",
}
"""The seed's four questions stand at S, M, R and T; the one at A is ours."""


class MarkSource(StrEnum):
    """Who says how far it is."""

    CHILD = "child"
    PARENT = "parent"
    SCHOOL = "school"
    WORKER = "worker"
    INTERVENTION = "intervention"


MARK_SOURCE_LABELS = {
    MarkSource.CHILD: "The child",
    MarkSource.PARENT: "A parent",
    MarkSource.SCHOOL: "School or day-care",
    MarkSource.WORKER: "The caseworker",
    MarkSource.INTERVENTION: "The intervention",
}


@entity("plan", "Plan")
class Plan(Entity):
    """One plan of one child. ``ready_on`` is the day it could be used: what the law's three months end with."""

    kind: PlanKind = field(choice(PlanKind), "Kind of plan", default=PlanKind.CHILDS_PLAN)
    state: PlanState = field(choice(PlanState), "State", default=PlanState.DRAFT, indexed=True)
    begun_on: dt.date | None = field(DATE, "Begun on", default=None)
    ready_on: dt.date | None = field(DATE, "Ready on", default=None)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    purpose: str = field(TEXT, "What the plan is for", default="")
    child_words: str = field(TEXT, "What the child says", default="")
    parents_words: str = field(TEXT, "What the parents say", default="")
    family_support: str = field(TEXT, "Support for the family", default="")


@entity("plan_version", "Version of the plan")
class PlanVersion(Entity):
    """The plan as it stood when it was agreed: the snapshot is JSON text and never changed."""

    plan: Id | None = field(REFERENCE, "Plan", default=None, indexed=True)
    number: int | None = field(NUMBER, "Number", default=None)
    made_on: dt.date | None = field(DATE, "Made on", default=None)
    why: str = field(TEXT, "Why", default="")
    snapshot: str = field(TEXT, "The plan as it stood", default="")


@entity("goal", "Goal")
class Goal(Entity):
    """One goal, or a subgoal of ``parent``.

    ``text`` is the goal in one sentence; each letter has its own answer. ``indicator`` is what will be seen; it
    answers M, as ``expected_on`` answers T, so that nothing is written twice.
    """

    plan: Id | None = field(REFERENCE, "Plan", default=None, indexed=True)
    parent: Id | None = field(REFERENCE, "Subgoal of", default=None)
    text: str = field(TEXT, "Goal", default="")
    specific: str = field(TEXT, "Specific", default="")
    measurable: str = field(TEXT, "Measurable", default="")
    attractive: str = field(TEXT, "Accepted and attractive", default="")
    realistic: str = field(TEXT, "Realistic", default="")
    time_bound: str = field(TEXT, "Time-bound", default="")
    indicator: str = field(TEXT, "What will be seen", default="")
    owners: tuple[str, ...] = field(texts(), "Who works with it", default=())
    start: dt.date | None = field(DATE, "Start", default=None)
    expected_on: dt.date | None = field(DATE, "Expected on", default=None)
    child_words: str = field(TEXT, "In the child's words", default="")
    parents_words: str = field(TEXT, "In the parents' words", default="")
    status: GoalStatus = field(choice(GoalStatus), "Status", default=GoalStatus.DRAFT, indexed=True)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    order: str = field(TEXT, "Order", default="")


@entity("progress_mark", "Progress mark")
class ProgressMark(Entity):
    """How far a goal is, from 0 to 10, on a day, by whom; ``follow_up`` names the follow-up it was said at."""

    goal: Id | None = field(REFERENCE, "Goal", default=None, indexed=True)
    marked_on: dt.date | None = field(DATE, "Marked on", default=None)
    source: MarkSource = field(choice(MarkSource), "Who says it", default=MarkSource.WORKER)
    value: int | None = field(NUMBER, "How far (0-10)", default=None)
    words: str = field(TEXT, "In words", default="")
    follow_up: Id | None = field(REFERENCE, "Follow-up", default=None, indexed=True)


@entity("evidence", "Evidence")
class Evidence(Entity):
    """A link from a goal to what shows it: an entry, a measurement, a meeting. ``target_type`` is the thing's type."""

    goal: Id | None = field(REFERENCE, "Goal", default=None, indexed=True)
    target_type: str = field(TEXT, "Kind of evidence", default="")
    target: Id | None = field(REFERENCE, "Evidence", default=None, indexed=True)
    note: str = field(TEXT, "What it shows", default="")


def plan_kind(day: dt.date, age: int | None = None) -> PlanKind:
    """Return what a plan begun on ``day`` is called, for a child of ``age`` whole years (``None``: not known).

    Before 2024 handleplan (SEL § 140); since then barnets plan (BL § 91), and from 16 an ungeplan is considered
    (§ 108).
    """
    if day < CHILDS_ACT:
        return PlanKind.ACTION_PLAN
    return PlanKind.YOUTH_PLAN if age is not None and age >= YOUTH_PLAN_AGE else PlanKind.CHILDS_PLAN


def missing_letters(goal: Goal) -> tuple[Letter, ...]:
    """Return the letters a goal does not answer yet, in their order; a goal is SMART when there is none."""
    answered = {
        Letter.SPECIFIC: goal.specific,
        Letter.MEASURABLE: goal.measurable or goal.indicator,
        Letter.ATTRACTIVE: goal.attractive,
        Letter.REALISTIC: goal.realistic,
        Letter.TIME_BOUND: goal.time_bound or goal.expected_on,
    }
    return tuple(letter for letter, answer in answered.items() if not answer)


def shown_status(goal: Goal) -> GoalStatus:
    """Return the status as it is shown: an active goal that has lost a letter is a draft again."""
    return GoalStatus.DRAFT if goal.status is GoalStatus.ACTIVE and missing_letters(goal) else goal.status
