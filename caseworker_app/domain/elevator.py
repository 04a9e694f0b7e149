"""ELEVator: the school effort for children placed outside their home (Herningmodellen 12).

First it is looked whether the child belongs in it; contracts with foster parents or institution, parents and school make
it a participant; then a first mapping, a feedback meeting, quarterly meetings, and after a year and a half a second
mapping with its feedback meeting. It ends in an evaluation of each child and of the group.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice
from caseworker_app.domain.phrases import N_

NOT_INSTEAD: Final = N_(
    "An ELEVator meeting does not take the place of the three-monthly follow-up with parents and foster family."
)


class Answer(StrEnum):
    """An answer to a question of the exclusion check."""

    OPEN = "open"
    NO = "no"
    YES = "yes"


ANSWER_LABELS: Mapping[Answer, str] = {Answer.OPEN: "Not looked at", Answer.NO: "No", Answer.YES: "Yes"}
EXCLUDED_LABELS: Mapping[str, str] = {
    "not_placed": "The child is not placed outside its home.",
    "special_school": "The child is in a special class or special school.",
    "developmental": "The child has a pervasive developmental disorder.",
    "intellectual": "The child has an intellectual disability.",
}


class Party(StrEnum):
    """With whom a contract is made."""

    FOSTER_PARENTS = "foster_parents"
    INSTITUTION = "institution"
    PARENTS = "parents"
    SCHOOL = "school"


PARTY_LABELS: Mapping[Party, str] = {
    Party.FOSTER_PARENTS: "Foster parents",
    Party.INSTITUTION: "Staff of the institution",
    Party.PARENTS: "The parents",
    Party.SCHOOL: "The school",
}
HOMES: Final = frozenset({Party.FOSTER_PARENTS, Party.INSTITUTION})


class StepKind(StrEnum):
    """What is done along the way."""

    PSYCHOLOGICAL = "psychological"
    SCHOOL_TESTS = "school_tests"
    HEALTH = "health"
    WELLBEING = "wellbeing"
    FEEDBACK = "feedback"
    READING = "reading"
    QUARTERLY = "quarterly"


STEP_LABELS: Mapping[StepKind, str] = {
    StepKind.PSYCHOLOGICAL: "Psychological examination",
    StepKind.SCHOOL_TESTS: "School tests",
    StepKind.HEALTH: "Health examination",
    StepKind.WELLBEING: "Well-being profile",
    StepKind.FEEDBACK: "Feedback meeting",
    StepKind.READING: "Dialogic reading for the foster parents",
    StepKind.QUARTERLY: "Quarterly meeting",
}
MAPPING: Final = (StepKind.PSYCHOLOGICAL, StepKind.SCHOOL_TESTS, StepKind.HEALTH, StepKind.WELLBEING)
MEETINGS: Final = frozenset({StepKind.FEEDBACK, StepKind.QUARTERLY})


class ElevatorProfession(StrEnum):
    """Whose hours are counted."""

    PSYCHOLOGIST = "psychologist"
    CASEWORKER = "caseworker"
    HEALTH_VISITOR = "health_visitor"
    TEACHER = "teacher"
    AKT = "akt"
    SPEECH = "speech"


ELEVATOR_PROFESSION_LABELS: Mapping[ElevatorProfession, str] = {
    ElevatorProfession.PSYCHOLOGIST: "Psychologist",
    ElevatorProfession.CASEWORKER: "Caseworker",
    ElevatorProfession.HEALTH_VISITOR: "Health visitor",
    ElevatorProfession.TEACHER: "Teachers",
    ElevatorProfession.AKT: "AKT counsellor",
    ElevatorProfession.SPEECH: "Speech and hearing teacher",
}
_H: Final = 60
BUDGET: Mapping[ElevatorProfession, int] = {
    ElevatorProfession.PSYCHOLOGIST: 19 * _H,
    ElevatorProfession.CASEWORKER: 12 * _H,
    ElevatorProfession.HEALTH_VISITOR: 5 * _H,
    ElevatorProfession.TEACHER: 19 * _H,
    ElevatorProfession.AKT: 18 * _H,
}
"""Minutes for one child. The speech teacher's course of reading has none: the source calls it not yet known."""
IN_ALL: Final = 15 * _H
"""Minutes for each psychologist in all: presentations before, coordination along the way, communication after."""
MEETING_MINUTES: Final = 90
_MEETING: Final = {
    ElevatorProfession.PSYCHOLOGIST: MEETING_MINUTES,
    ElevatorProfession.CASEWORKER: MEETING_MINUTES,
    ElevatorProfession.TEACHER: MEETING_MINUTES,
}
_DOCUMENTED: Final = 2 * _H
STEP_MINUTES: Mapping[StepKind, Mapping[ElevatorProfession, int]] = {
    StepKind.PSYCHOLOGICAL: {ElevatorProfession.PSYCHOLOGIST: 3 * _H + _DOCUMENTED},
    StepKind.SCHOOL_TESTS: {ElevatorProfession.TEACHER: 3 * _H + _DOCUMENTED},
    StepKind.HEALTH: {ElevatorProfession.HEALTH_VISITOR: 1 * _H + _DOCUMENTED},
    StepKind.WELLBEING: {ElevatorProfession.AKT: 3 * _H + _DOCUMENTED},
    StepKind.FEEDBACK: _MEETING,
    StepKind.QUARTERLY: _MEETING,
    StepKind.READING: {},
}
"""What a step is reckoned to take: the testing and two hours to write it, an hour and a half for a meeting.

Both are the source's: its steps come to somewhat more than its budget where seven meetings are held (a psychologist 20.5
hours of 19), and to less where fewer are; meetings are as they are needed.
"""


class MeasureArea(StrEnum):
    """What was measured in the mappings."""

    READING = "reading"
    SPELLING = "spelling"
    MATHEMATICS = "mathematics"
    COGNITION = "cognition"
    WELLBEING = "wellbeing"
    RELATIONS = "relations"
    HEALTH = "health"
    OTHER = "other"


MEASURE_AREA_LABELS: Mapping[MeasureArea, str] = {
    MeasureArea.READING: "Reading",
    MeasureArea.SPELLING: "Spelling",
    MeasureArea.MATHEMATICS: "Mathematics",
    MeasureArea.COGNITION: "Thinking and memory",
    MeasureArea.WELLBEING: "Well-being",
    MeasureArea.RELATIONS: "Friends and class",
    MeasureArea.HEALTH: "Health",
    MeasureArea.OTHER: "Something else",
}


@entity("elevator_course", "ELEVator")
class ElevatorCourse(Entity):
    """One child in ELEVator, or looked at for it. ``group`` is the team of children it is evaluated with.

    ``left_on`` and ``left_why`` say that it stopped before its time.
    """

    placed: Answer = field(choice(Answer), "Is the child placed outside its home?", default=Answer.OPEN)
    special_school: Answer = field(
        choice(Answer), "Is the child in a special class or special school?", default=Answer.OPEN
    )
    developmental: Answer = field(
        choice(Answer), "Has the child a pervasive developmental disorder?", default=Answer.OPEN
    )
    intellectual: Answer = field(
        choice(Answer), "Has the child an intellectual disability?", default=Answer.OPEN
    )
    checked_on: dt.date | None = field(DATE, "Looked at on", default=None)
    check_note: str = field(TEXT, "What the check rests on", default="")
    psychologist: str = field(TEXT, "Psychologist who leads", default="")
    school: str = field(TEXT, "School", default="")
    group: str = field(TEXT, "Group", default="", indexed=True)
    begins_on: dt.date | None = field(DATE, "Begins on", default=None)
    areas: str = field(TEXT, "Areas to work on", default="")
    left_on: dt.date | None = field(DATE, "Stopped on", default=None)
    left_why: str = field(TEXT, "Why it stopped", default="")
    evaluated_on: dt.date | None = field(DATE, "Evaluated on", default=None)
    evaluation: str = field(TEXT, "What the child has got out of it", default="")
    child_words: str = field(TEXT, "The child's own words", default="")
    recommendation: str = field(TEXT, "Support from here on", default="")
    context: str = field(TEXT, "What around the child has mattered", default="")

    @property
    def excluded(self) -> tuple[str, ...]:
        """Why the child cannot take part, by the keys of :data:`EXCLUDED_LABELS`."""
        found = ["not_placed"] if self.placed is Answer.NO else []
        questions = ("special_school", "developmental", "intellectual")
        return (*found, *(name for name in questions if getattr(self, name) is Answer.YES))

    @property
    def checked(self) -> bool:
        """Whether every question of the check is answered, and none of them keeps the child out."""
        answers = (self.placed, self.special_school, self.developmental, self.intellectual)
        return not self.excluded and Answer.OPEN not in answers


@entity("elevator_contract", "Contract of ELEVator")
class ElevatorContract(Entity):
    """What one party and we promise each other."""

    course: Id | None = field(REFERENCE, "ELEVator", default=None, indexed=True)
    party: Party = field(choice(Party), "With whom", default=Party.FOSTER_PARENTS)
    names: str = field(TEXT, "Names", default="")
    promises: str = field(TEXT, "What they promise", default="")
    sent_on: dt.date | None = field(DATE, "Handed out on", default=None)
    approved_on: dt.date | None = field(DATE, "Approved on", default=None)


@entity("elevator_step", "Step of ELEVator")
class ElevatorStep(Entity):
    """A test, an examination or a meeting. ``round`` is 1 or 2 for the mappings and their feedback meetings."""

    course: Id | None = field(REFERENCE, "ELEVator", default=None, indexed=True)
    kind: StepKind = field(choice(StepKind), "What", default=StepKind.QUARTERLY)
    round: int | None = field(NUMBER, "Mapping", default=None)
    planned_on: dt.date | None = field(DATE, "Planned for", default=None)
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    who: str = field(TEXT, "Who", default="")
    text: str = field(TEXT, "What it showed, what was agreed", default="")
    meeting: Id | None = field(REFERENCE, "Meeting", default=None)


@entity("elevator_hours", "Hours in ELEVator")
class ElevatorHours(Entity):
    """Time somebody has spent, in minutes. ``in_all`` counts on the psychologist's 15 hours in all, not on the child's."""

    course: Id | None = field(REFERENCE, "ELEVator", default=None, indexed=True)
    step: Id | None = field(REFERENCE, "Step of ELEVator", default=None)
    profession: ElevatorProfession = field(
        choice(ElevatorProfession), "Profession", default=ElevatorProfession.CASEWORKER
    )
    who: str = field(TEXT, "Who", default="")
    spent_on: dt.date | None = field(DATE, "Day", default=None)
    minutes: int | None = field(NUMBER, "Hours", default=None)
    in_all: bool = field(FLAG, "Of the 15 hours in all", default=False)
    note: str = field(TEXT, "What for", default="")


@entity("elevator_measure", "Result in ELEVator")
class ElevatorMeasure(Entity):
    """One result in both mappings, in hundredths. Only the figure is kept, never a test's questions."""

    course: Id | None = field(REFERENCE, "ELEVator", default=None, indexed=True)
    area: MeasureArea = field(choice(MeasureArea), "About", default=MeasureArea.READING)
    instrument: str = field(TEXT, "Test or profile", default="")
    first: int | None = field(NUMBER, "Mapping 1", default=None)
    second: int | None = field(NUMBER, "Mapping 2", default=None)
    low_is_good: bool = field(FLAG, "A low figure is a good one", default=False)
    words: str = field(TEXT, "What it means for the child", default="")

    @property
    def gain(self) -> int | None:
        """How far it moved towards the better, in hundredths; ``None`` until both are there."""
        if self.first is None or self.second is None:
            return None
        return self.first - self.second if self.low_is_good else self.second - self.first


class Phase(StrEnum):
    """How far a course has come."""

    CHECK = "check"
    EXCLUDED = "excluded"
    CONTRACTS = "contracts"
    FIRST_MAPPING = "first_mapping"
    QUARTERS = "quarters"
    SECOND_MAPPING = "second_mapping"
    EVALUATION = "evaluation"
    DONE = "done"
    LEFT = "left"


PHASE_LABELS: Mapping[Phase, str] = {
    Phase.CHECK: "exclusion check",
    Phase.EXCLUDED: "does not take part",
    Phase.CONTRACTS: "contracts",
    Phase.FIRST_MAPPING: "mapping 1",
    Phase.QUARTERS: "quarterly meetings",
    Phase.SECOND_MAPPING: "mapping 2",
    Phase.EVALUATION: "to be evaluated",
    Phase.DONE: "evaluated",
    Phase.LEFT: "stopped",
}


def takes_part_from(contracts: Iterable[ElevatorContract]) -> dt.date | None:
    """Return the day the last contract was approved; ``None`` while one is not, or home or school have none."""
    made = tuple(contracts)
    days = [one.approved_on for one in made if one.approved_on is not None]
    parties = {one.party for one in made}
    if len(days) < len(made) or not parties & HOMES or Party.SCHOOL not in parties:
        return None
    return max(days)


def phase_of(
    course: ElevatorCourse, contracts: Iterable[ElevatorContract], steps: Iterable[ElevatorStep]
) -> Phase:
    """Return how far a course has come."""
    if course.left_on is not None:
        return Phase.LEFT
    if course.excluded:
        return Phase.EXCLUDED
    if not course.checked:
        return Phase.CHECK
    if takes_part_from(contracts) is None:
        return Phase.CONTRACTS
    told = {one.round for one in steps if one.kind is StepKind.FEEDBACK and one.held_on is not None}
    if 2 in told:
        return Phase.EVALUATION if course.evaluated_on is None else Phase.DONE
    begun = any(one.round == 2 and one.held_on is not None for one in steps)
    if begun:
        return Phase.SECOND_MAPPING
    return Phase.QUARTERS if 1 in told else Phase.FIRST_MAPPING
