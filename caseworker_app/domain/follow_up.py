"""Follow-ups (opfølgninger), the talks with the child, and what is agreed about how and how often.

Herningmodellen, K "Opfølgninger … frister og praksis"; barnets lov § 95 (earlier serviceloven § 70), § 5.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, REFERENCE, TEXT, choice, optional_choice, record, texts


class Way(StrEnum):
    """How a follow-up or a talk was held."""

    VISIT = "visit"
    MEETING = "meeting"
    VIDEO = "video"
    PHONE = "phone"
    MAIL = "mail"


WAY_LABELS = {
    Way.VISIT: "On a visit",
    Way.MEETING: "At a meeting",
    Way.VIDEO: "By video",
    Way.PHONE: "By telephone",
    Way.MAIL: "By mail",
}

FACE_TO_FACE = frozenset({Way.VISIT, Way.MEETING})
"""A full follow-up is held face to face; other ways need an exception agreed with the team leader."""

RULE_WAYS = {
    Way.VISIT: "in_person",
    Way.MEETING: "in_person",
    Way.VIDEO: "video",
    Way.PHONE: "phone",
    Way.MAIL: "mail",
}
"""What the rule sets call each way (:mod:`caseworker_app.domain.rules.vocabulary`)."""


class TalkState(StrEnum):
    """What became of a talk with the child."""

    HELD = "held"
    NOT_HELD = "not_held"
    LEFT_OUT = "left_out"
    """Left out as the exception allows: no missed talk."""


TALK_STATE_LABELS = {
    TalkState.HELD: "Held",
    TalkState.NOT_HELD: "Not held",
    TalkState.LEFT_OUT: "Left out, as agreed in the exception",
}


class Answer(StrEnum):
    """Yes or no, said."""

    YES = "yes"
    NO = "no"


ANSWER_LABELS = {Answer.YES: "Yes", Answer.NO: "No"}


@dataclass(frozen=True, slots=True)
class Waiver:
    """Why a due date is let go, by whom and when: one decision."""

    on: dt.date
    by: str
    reason: str


@entity("follow_up", "Follow-up")
class FollowUp(Entity):
    """One follow-up of one intervention: held, or a due date waived with a reason.

    ``due`` is the due date it settles, ``None`` for a contact that settles none; ``rule`` names the rule that set it.
    ``held_on`` and ``written_on`` differ: a visit on Tuesday may be typed on Friday. ``next_on`` is the next
    follow-up agreed there and then.
    """

    intervention: Id | None = field(REFERENCE, "Intervention", default=None, indexed=True)
    due: dt.date | None = field(DATE, "Was due on", default=None)
    rule: str = field(TEXT, "By the rule", default="")
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    way: Way = field(choice(Way), "How it was held", default=Way.MEETING)
    place: str = field(TEXT, "Place", default="")
    participants: tuple[str, ...] = field(texts(), "Who took part", default=())
    towards_end: str = field(TEXT, "Towards the end of the stay", default="")
    status: str = field(TEXT, "Status: go on or end, and when", default="")
    summary: str = field(TEXT, "What was said and decided", default="")
    new_goals: Answer | None = field(optional_choice(Answer), "New goals in the plan", default=None)
    new_goals_reason: str = field(TEXT, "Why", default="")
    supervision: bool = field(FLAG, "Also a supervision visit", default=False)
    next_on: dt.date | None = field(DATE, "Next follow-up agreed", default=None)
    next_place: str = field(TEXT, "Place next time", default="")
    waiver: Waiver | None = field(record(Waiver), "Waived", default=None)

    @property
    def settled_on(self) -> dt.date | None:
        """The day from which the next one is counted: held, or for a waived one its due date."""
        return self.held_on or (self.due if self.waiver is not None else None)

    @property
    def full(self) -> bool:
        """Whether it was held face to face."""
        return self.held_on is not None and self.way in FACE_TO_FACE


@entity("child_talk", "Talk with the child")
class ChildTalk(Entity):
    """A talk with the child (børnesamtale), or why there was none.

    ``child_words`` are the child's own, verbatim, kept apart from ``assessment``, the worker's. ``alone`` means
    without parents, carers or staff in the room.
    """

    follow_up: Id | None = field(REFERENCE, "Follow-up", default=None, indexed=True)
    intervention: Id | None = field(REFERENCE, "Intervention", default=None, indexed=True)
    state: TalkState = field(choice(TalkState), "The talk was", default=TalkState.HELD)
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    way: Way = field(choice(Way), "How it was held", default=Way.MEETING)
    alone: bool = field(FLAG, "Alone with the child", default=False)
    participants: tuple[str, ...] = field(texts(), "Who was there", default=())
    child_words: str = field(TEXT, "The child's own words", default="")
    assessment: str = field(TEXT, "The worker's assessment", default="")
    reason: str = field(TEXT, "Why it was not held", default="")


@entity("party_hearing", "Party hearing of the child")
class PartyHearing(Entity):
    """The child is heard before an intervention starts: asked for, held, or the reason why not."""

    intervention: Id | None = field(REFERENCE, "Intervention", default=None, indexed=True)
    asked_on: dt.date | None = field(DATE, "Asked for on", default=None)
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    way: Way = field(choice(Way), "How it was held", default=Way.MEETING)
    participants: tuple[str, ...] = field(texts(), "Who was there", default=())
    child_words: str = field(TEXT, "The child's own words", default="")
    assessment: str = field(TEXT, "The worker's assessment", default="")
    reason: str = field(TEXT, "Why it was not held", default="")

    @property
    def settled(self) -> bool:
        """Whether the child was heard, or the reason why not is written."""
        return self.held_on is not None or bool(self.reason)


@entity("follow_up_exception", "Exception from the follow-up rules")
class FollowUpException(Entity):
    """What the team leader agreed to: extra follow-ups may be held in a lighter form. It never moves a due date.

    ``kind`` is the name of an exception in the rule set: Herning's three, or a municipality's own.
    """

    intervention: Id | None = field(REFERENCE, "Intervention", default=None, indexed=True)
    kind: str = field(TEXT, "Kind of exception", default="")
    agreed_by: str = field(TEXT, "Agreed with the team leader", default="")
    agreed_on: dt.date | None = field(DATE, "Agreed on", default=None)
    reason: str = field(TEXT, "Why", default="")
    serves_child: str = field(TEXT, "Why it serves the child", default="")
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    end_reason: str = field(TEXT, "Why it ended", default="")

    def in_force(self, day: dt.date) -> bool:
        """Whether it holds on a day; both ends count."""
        begun = self.agreed_on is not None and self.agreed_on <= day
        return begun and not self.cancelled and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Every so many weeks or calendar months: ``unit`` is ``W`` or ``M``."""

    amount: int
    unit: str = "M"


@entity("rhythm_decision", "Decision on the rhythm of follow-ups")
class RhythmDecision(Entity):
    """After the first follow-up it is decided how to go on, with reasons and the child's wish (BL § 95 stk. 3)."""

    intervention: Id | None = field(REFERENCE, "Intervention", default=None, indexed=True)
    decided_on: dt.date | None = field(DATE, "Decided on", default=None)
    rhythm: Rhythm | None = field(record(Rhythm), "How often", default=None)
    form: str = field(TEXT, "How the follow-up will run", default="")
    reasons: str = field(TEXT, "Reasons", default="")
    child_wish: str = field(TEXT, "What the child wishes", default="")
    told_child_on: dt.date | None = field(DATE, "Reasons given to the child on", default=None)
    told_parents_on: dt.date | None = field(DATE, "Reasons given to the parents on", default=None)


@entity("deadline_mark", "Deadline settled")
class DeadlineMark(Entity):
    """A deadline that is no follow-up, done or waived: a plan, a report received, a supervision visit, a decision.

    ``subject`` is the thing it runs from, ``rule`` the rule's name, ``due`` the due date it settles. ``filled`` names
    the fields of the subject that were filled in the same act: they are emptied again when the mark is taken back.
    """

    subject: Id | None = field(REFERENCE, "About", default=None, indexed=True)
    rule: str = field(TEXT, "By the rule", default="")
    due: dt.date | None = field(DATE, "Was due on", default=None)
    done_on: dt.date | None = field(DATE, "Done on", default=None)
    note: str = field(TEXT, "Note", default="")
    waiver: Waiver | None = field(record(Waiver), "Waived", default=None)
    filled: tuple[str, ...] = field(texts(), "Filled with it", default=())


@entity("case_event", "Event that starts a deadline")
class CaseEvent(Entity):
    """Something that happened and starts a deadline, and is no thing of its own here: a return decided, contact
    suspended at the child's wish. ``event`` is a word of :mod:`caseworker_app.domain.rules.vocabulary`.
    """

    event: str = field(TEXT, "Event", default="")
    happened_on: dt.date | None = field(DATE, "Happened on", default=None)
    note: str = field(TEXT, "Note", default="")
