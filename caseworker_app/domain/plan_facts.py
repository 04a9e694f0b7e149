"""What the papers of a plan are made of: the one for the file, and the one that a child of ten can read.

The child's paper has its own facts, without any field for a number, an adult's worry or an adult's assessment: what
is not in them cannot be drawn. Words are in the language of the reader; papers are Danish.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from caseworker_app.domain.papers import Sender
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.plan import MarkSource, PlanKind

PLAN_NAME_LABELS = {
    PlanKind.ACTION_PLAN: N_("Action plan (now the child's plan)"),
    PlanKind.CHILDS_PLAN: N_("The child's plan (action plan)"),
    PlanKind.YOUTH_PLAN: N_("Youth plan (action plan)"),
}
"""What a plan is called, by the law in force when it was begun, and in brackets the other word."""
PLAN_LAW_LABELS = {
    PlanKind.ACTION_PLAN: N_("Social Services Act § 140"),
    PlanKind.CHILDS_PLAN: N_("Child's Act § 91"),
    PlanKind.YOUTH_PLAN: N_("Child's Act § 108"),
}
"""The paragraph it is made by: serviceloven § 140, barnets lov §§ 91 and 108."""


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words in a goal's chart, in the language of who looks: ``language`` is ``"da"`` or ``"en"``."""

    language: str
    expected: str
    today: str
    status: str
    nothing: str
    about: str


@dataclass(frozen=True, slots=True)
class SaidLine:
    """What one of those who say how far a goal is has said: ``name`` is who, ``points`` are day and 0-10, in order."""

    source: MarkSource
    name: str
    points: tuple[tuple[dt.date, int], ...]


@dataclass(frozen=True, slots=True)
class GoalProgress:
    """What a goal's chart is drawn from. ``status`` is the goal's status in words."""

    lines: tuple[SaidLine, ...]
    start: dt.date | None
    expected: dt.date | None
    today: dt.date
    status: str
    words: ChartWords


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """One of the five letters: what it is called, its help question, and the answer, empty when it is missing."""

    name: str
    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class MarkFacts:
    """One progress mark."""

    on: dt.date
    source: str
    value: int | None
    words: str


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """A goal as the file reads it. ``lacks`` says in words which letters it lacks; empty for a SMART one."""

    text: str
    status: str
    lacks: str
    child_words: str
    parents_words: str
    letters: tuple[LetterFacts, ...]
    indicator: str
    owners: tuple[str, ...]
    start: dt.date | None
    expected_on: dt.date | None
    progress: GoalProgress
    marks: tuple[MarkFacts, ...] = ()
    evidence: tuple[str, ...] = ()
    subgoals: tuple[GoalFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """A version that was kept."""

    number: int
    made_on: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """The plan for the file. ``number`` is the formatted cpr. nr. or empty.

    ``version`` is the version printed; ``None`` for the plan as it stands on ``dated``. ``signers`` are those who
    sign, each with what she is to the child.
    """

    sender: Sender
    name: str
    law: str
    state: str
    child: str
    child_full_name: str
    number: str
    begun_on: dt.date | None
    ready_on: dt.date | None
    purpose: str
    child_words: str
    parents_words: str
    family_support: str
    goals: tuple[GoalFacts, ...]
    versions: tuple[VersionFacts, ...]
    signers: tuple[str, ...]
    dated: dt.date
    version: VersionFacts | None = None
    unborn: bool = False


@dataclass(frozen=True, slots=True)
class ChildGoalFacts:
    """A goal as the child reads it: the goal in plain words, the child's own, who helps, when it is looked at.

    ``said`` is what the child itself said last, 0-10, and when.
    """

    text: str
    child_words: str
    helpers: tuple[str, ...]
    look_on: dt.date | None
    steps: tuple[str, ...] = ()
    reached: bool = False
    said: tuple[dt.date, int] | None = None


@dataclass(frozen=True, slots=True)
class ChildPlanFacts:
    """The plan for the child: no number, nothing an adult has assessed or worries about."""

    sender: Sender
    child: str
    child_words: str
    goals: tuple[ChildGoalFacts, ...]
    dated: dt.date
    next_talk: dt.date | None = field(default=None)
