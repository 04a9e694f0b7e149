"""Holding a follow-up in one act: who took part, the talk with the child, each goal, what is agreed for next time.

Nothing that is late goes away: it is held, or waived with a reason (:mod:`.settling`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import Answer, ChildTalk, FollowUp, TalkState, Way
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.journal import CHILD_TALK_HEADING
from caseworker_app.domain.plan import GoalStatus, MarkSource
from caseworker_app.domain.rules.exceptions import breaks_floor
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.services import courses, goals, interventions, journal
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.follow_up_terms import Allowed, allowed
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.settling import waiver_of, write_waiver

_LONG = ("summary", "towards_end", "status", "new_goals_reason", "child_words", "assessment", "reason")


@dataclass(frozen=True, slots=True)
class Talk:
    """The talk with the child as the form has it; what is left empty is as at the follow-up."""

    state: TalkState = TalkState.HELD
    held_on: dt.date | None = None
    way: Way | None = None
    alone: bool = False
    participants: tuple[str, ...] | None = None
    child_words: str = ""
    assessment: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One goal looked at: how far, by whom, and where it stands now (``None``: as before)."""

    goal: Id
    value: int | None = None
    words: str = ""
    source: MarkSource = MarkSource.WORKER
    status: GoalStatus | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A follow-up as the form has it. ``due`` is the due date it settles; ``None`` for a contact that settles none."""

    intervention: Id
    held_on: dt.date
    due: dt.date | None = None
    written_on: dt.date | None = None
    way: Way = Way.MEETING
    place: str = ""
    participants: tuple[str, ...] = ()
    towards_end: str = ""
    status: str = ""
    summary: str = ""
    new_goals: Answer | None = None
    new_goals_reason: str = ""
    supervision: bool = False
    next_on: dt.date | None = None
    next_place: str = ""
    talk: Talk | None = None
    reviews: tuple[Review, ...] = ()
    skipped: str = ""
    """Why earlier open due dates are let go, when a later one is settled."""


# --- Holding -------------------------------------------------------------------------------------------------


def hold(writer: Writer, book: RuleBook, held: Held) -> Id:
    """Write a follow-up with its talk, its marks and the entry "Børnesamtale", all in one act; return its id.

    Raises :class:`InvalidInput` for days that cannot be, a due date that is none or not the earliest open one, a form
    nobody agreed to, and a due date whose talk is neither held nor explained.
    """
    found = interventions.known(writer, held.intervention)
    values = _values(writer, held, found)
    check_days(writer, found, values)
    earlier: tuple[DueItem, ...] = ()
    if held.due is not None:
        item, earlier = _item(writer, book, found, held)
        values["rule"] = courses.key_of(item)
        _check_form(
            writer, found, held, allowed(writer, book.local.on(held.held_on), found, item, held.held_on)
        )
        check_floor(writer, book, found, FollowUp(**values))
    follow_up = writer.new_id()
    writer.act("Hold a follow-up")
    for one in earlier:
        write_waiver(writer, found, one.due, courses.key_of(one), waiver_of(writer, held.skipped))
    writer.create(FollowUp(id=follow_up, stream=found.stream, **values))
    if held.talk is not None:
        write_talk(writer, found, follow_up, held.talk, values)
    for review in held.reviews:
        _write_review(writer, found, follow_up, review, held.held_on)
    return follow_up


def _item(
    reader: Reader, book: RuleBook, found: Intervention, held: Held
) -> tuple[DueItem, tuple[DueItem, ...]]:
    """Return the open date that is settled, and the open ones before it, which are let go with a reason."""
    assert held.due is not None
    course = courses.course_of(reader, found)
    items = courses.main_items(book, course, max(held.due, reader.today))
    settled = [item for item in items if item.due == held.due and item.settled]
    chosen = [item for item in items if item.due == held.due and not item.settled]
    if not chosen:
        raise InvalidInput(
            "due",
            "That due date is settled already." if settled else "Nothing is due on that day.",
            "Choose one of the open due dates, or record it as a contact that settles none.",
        )
    earlier = tuple(item for item in items if not item.settled and item.number < chosen[0].number)
    if earlier and not held.skipped.strip():
        raise InvalidInput(
            "skipped",
            "Earlier due dates are still open: {days}.",
            "Settle the earliest one with this follow-up.",
            "Or write why they are let go.",
            days=tuple(item.due for item in earlier),
        )
    return chosen[0], earlier


def _values(reader: Reader, held: Held, found: Intervention) -> dict[str, Any]:
    values = {
        "intervention": found.id,
        "due": held.due,
        "held_on": held.held_on,
        "written_on": held.written_on or reader.today,
        "way": held.way,
        "place": held.place,
        "participants": held.participants,
        "towards_end": held.towards_end,
        "status": held.status,
        "summary": held.summary,
        "new_goals": held.new_goals,
        "new_goals_reason": held.new_goals_reason,
        "supervision": held.supervision,
        "next_on": held.next_on,
        "next_place": held.next_place,
    }
    tidied(values)
    return values


def tidied(values: dict[str, Any]) -> None:
    """Tidy the texts and names of a follow-up or talk in place. Raises :class:`InvalidInput` for too long ones."""
    for names, longest in ((_LONG, TEXT_LENGTH), (("place", "next_place"), NAME_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)
    if "participants" in values:
        people = (tidy("participants", one, NAME_LENGTH) for one in values["participants"])
        values["participants"] = tuple(one for one in people if one)


def check_days(reader: Reader, found: Intervention, values: Mapping[str, Any]) -> None:
    """Refuse days of a follow-up that cannot be, and a decision on goals without its reason."""
    held_on, written_on, next_on = values["held_on"], values["written_on"], values["next_on"]
    if held_on is not None:
        if found.start is None or held_on < found.start:
            raise InvalidInput(
                "held_on", "It was held before the intervention began.", "Correct one of the two dates."
            )
        if held_on > reader.today:
            raise InvalidInput(
                "held_on",
                "That day has not come yet.",
                "If it has, the computer's clock is wrong: set it, nothing is lost meanwhile.",
            )
        if written_on is not None and written_on < held_on:
            raise InvalidInput("written_on", "It was written before it was held.")
        if next_on is not None and next_on <= held_on:
            raise InvalidInput("next_on", "The next follow-up comes after this one.")
    if values.get("new_goals") is not None and not values.get("new_goals_reason"):
        raise InvalidInput("new_goals_reason", "Write why there are new goals, or why not.")


def _check_form(reader: Reader, found: Intervention, held: Held, may: Allowed) -> None:
    if held.way not in may.ways:
        raise InvalidInput(
            "way",
            "A follow-up that settles this due date is held face to face.",
            "Record the team leader's exception first, if there is one and this follow-up is an extra one.",
            "Or record it as a contact that settles no due date.",
        )
    case = reader.find(Case, stream=found.stream, cancelled=True)[0]
    if held.talk is None and not case.unborn:
        raise InvalidInput("talk", "Write what became of the talk with the child, or why it was not held.")
    if held.talk is not None and held.talk.state is TalkState.LEFT_OUT and not may.talk_optional:
        raise InvalidInput(
            "talk",
            "No exception lets the talk be left out here.",
            "Say that it was not held, and why.",
        )


def check_floor(reader: Reader, book: RuleBook, found: Intervention, this: FollowUp) -> None:
    """Refuse a lighter form by which a half-year would pass without a full follow-up."""
    if this.full or not found.rule:
        return
    course = courses.course_of(reader, found)
    others = tuple(one for one in course.follow_ups if one.id != this.id)
    after = replace(course, follow_ups=(*others, this))
    if breaks_floor(courses.local_items(book, after, reader.today + dt.timedelta(days=366))):
        raise InvalidInput(
            "way",
            "Half a year would pass without a full follow-up.",
            "Hold this one face to face, with a talk.",
        )


def write_talk(
    writer: Writer, found: Intervention, follow_up: Id, talk: Talk, values: Mapping[str, Any]
) -> Id:
    """Write a talk and its entry into the act that is under way; return the talk's id.

    ``values`` of the follow-up (``held_on``, ``written_on``, ``way``, ``participants``) stand in for what the talk
    leaves empty. Raises :class:`InvalidInput` for a talk not held without its reason, and for a day to come.
    """
    said: dict[str, Any] = {
        "child_words": talk.child_words,
        "assessment": talk.assessment,
        "reason": talk.reason,
        "participants": values["participants"] if talk.participants is None else talk.participants,
    }
    tidied(said)
    held = talk.state is TalkState.HELD
    if not held and not said["reason"]:
        raise InvalidInput("reason", "Write why the talk was not held.")
    held_on = (talk.held_on or values["held_on"]) if held else None
    if held_on is not None and held_on > writer.today:
        raise InvalidInput("held_on", "That day has not come yet.")
    thing = ChildTalk(
        id=writer.new_id(),
        stream=found.stream,
        follow_up=follow_up,
        intervention=found.id,
        state=talk.state,
        held_on=held_on,
        written_on=values["written_on"],
        way=talk.way or values["way"],
        alone=talk.alone,
        **said,
    )
    writer.create(thing)
    journal.write_from(
        writer,
        found.stream,
        heading=CHILD_TALK_HEADING,
        text=journal.heard_text(thing.child_words, thing.assessment, thing.reason),
        held_on=thing.held_on or values["held_on"],
        written_on=thing.written_on,
        participants=thing.participants,
        source_type="child_talk",
        source=thing.id,
    )
    return thing.id


def _write_review(writer: Writer, found: Intervention, follow_up: Id, review: Review, on: dt.date) -> None:
    goal = goals.known(writer, review.goal)
    if goal.stream != found.stream:
        raise KeyError("no such goal in the case")
    if review.value is not None or review.words:
        goals.write_mark(
            writer,
            goal,
            on=on,
            source=review.source,
            value=review.value,
            words=review.words,
            follow_up=follow_up,
        )
    if review.status is not None and review.status is not goal.status:
        goals.write_status(writer, goal, review.status, on)
