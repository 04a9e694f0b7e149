"""Follow-ups that are written: opened, changed, listed; and what the next one opens with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import ChildTalk, FollowUp, TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import Goal, Plan, PlanState, ProgressMark
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.services import courses, goals, interventions, journal
from caseworker_app.services.follow_up_terms import Allowed, allowed
from caseworker_app.services.follow_ups import Talk, check_days, check_floor, tidied, write_talk
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.interventions import Ask
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.rule_book import RuleBook

# --- Changing what was written -------------------------------------------------------------------------------


def edit(writer: Writer, book: RuleBook, follow_up: Id, edits: Mapping[str, Edit]) -> None:
    """Change what was written of a follow-up.

    Raises :class:`InvalidInput`, also for a way in which it could not have been held.
    """
    now = known(writer, follow_up)
    found = interventions.known(writer, now.intervention or b"")
    values = {name: e.value for name, e in edits.items()}
    tidied(values)
    names = ("held_on", "written_on", "next_on", "new_goals", "new_goals_reason")
    check_days(writer, found, {name: values.get(name, getattr(now, name)) for name in names})
    if now.held_on is not None and values.get("held_on", now.held_on) is None:
        raise InvalidInput("held_on", "Write the day it was held.")
    if values.get("way", now.way) is not now.way and now.due is not None:
        after = replace(now, **values)
        if after.way not in permitted(writer, book, after).ways:
            raise InvalidInput(
                "way",
                "A follow-up that settles this due date is held face to face.",
                "Record the team leader's exception first, if there is one and this follow-up is an extra one.",
            )
        check_floor(writer, book, found, after)
    writer.act("Change a follow-up")
    apply_edits(writer, FollowUp, follow_up, {n: Edit(v, edits[n].parents) for n, v in values.items()})


def edit_talk(writer: Writer, book: RuleBook, talk: Id, edits: Mapping[str, Edit]) -> None:
    """Change what was written of a talk; its entry follows as long as it is not signed.

    A talk that turns out to have been held has the follow-up's day unless another is written; one that was not held
    has none. Raises :class:`InvalidInput`, also for a talk left out without an exception that lets it.
    """
    now = writer.get(ChildTalk, talk)
    if now is None:
        raise KeyError("no such talk")
    values = {name: e.value for name, e in edits.items()}
    tidied(values)
    whole = None if now.follow_up is None else writer.get(FollowUp, now.follow_up)
    after = replace(now, **values)
    _check_talk(writer, book, now, after, whole)
    day = None if whole is None else whole.held_on
    held_on = (after.held_on or day) if after.state is TalkState.HELD else None
    writer.act("Change a talk with the child")
    apply_edits(writer, ChildTalk, talk, {n: Edit(v, edits[n].parents) for n, v in values.items()})
    if held_on != after.held_on:
        writer.set(ChildTalk, talk, "held_on", held_on, parents=None)
    text = journal.heard_text(after.child_words, after.assessment, after.reason)
    journal.rewrite_from(writer, talk, text, held_on or day, after.participants)


def add_talk(writer: Writer, book: RuleBook, follow_up: Id, values: Mapping[str, Any]) -> Id:
    """Write the talk of a follow-up that was held, after it; its entry "Børnesamtale" comes in the same act.

    ``values`` are fields of :class:`ChildTalk`; what is not given is as at the follow-up. Raises :class:`InvalidInput`
    for a date that was waived, for a second talk, and for a talk that :func:`edit_talk` would not let stand.
    """
    whole = known(writer, follow_up)
    if whole.held_on is None:
        raise InvalidInput("state", "A due date that was waived has no talk.")
    if writer.find(ChildTalk, where={"follow_up": follow_up}):
        raise InvalidInput("state", "The talk of this follow-up is written already.", "Change that one.")
    found = interventions.known(writer, whole.intervention or b"")
    given = {name: value for name, value in values.items() if name in _TALK and value is not None}
    tidied(given)
    blank = ChildTalk(id=writer.new_id(), stream=found.stream, follow_up=follow_up)
    _check_talk(writer, book, blank, replace(blank, **given), whole)
    usual = {
        "held_on": whole.held_on,
        "written_on": writer.today,
        "way": whole.way,
        "participants": whole.participants,
    }
    writer.act("Write the talk of a follow-up")
    return write_talk(writer, found, follow_up, Talk(**given), usual)


_TALK = frozenset(("state", "held_on", "way", "alone", "participants", "child_words", "assessment", "reason"))


def _check_talk(
    reader: Reader, book: RuleBook, now: ChildTalk, after: ChildTalk, whole: FollowUp | None
) -> None:
    if after.state is not TalkState.HELD and not after.reason:
        raise InvalidInput("reason", "Write why the talk was not held.")
    if after.held_on is not None and after.held_on > reader.today:
        raise InvalidInput("held_on", "That day has not come yet.")
    left_out = after.state is TalkState.LEFT_OUT and now.state is not TalkState.LEFT_OUT
    if left_out and (whole is None or not permitted(reader, book, whole).talk_optional):
        raise InvalidInput(
            "state", "No exception lets the talk be left out here.", "Say that it was not held, and why."
        )


def permitted(reader: Reader, book: RuleBook, held: FollowUp) -> Allowed:
    """Return how a follow-up that is written could be held, on its day and for the due date it settles."""
    found, on = interventions.known(reader, held.intervention or b""), held.held_on or reader.today
    course = courses.course_of(reader, found)
    others = replace(course, follow_ups=tuple(one for one in course.follow_ups if one.id != held.id))
    until = max(held.due or reader.today, reader.today)
    items = courses.main_items(book, others, until) if held.due is not None else ()
    item = next((one for one in items if one.due == held.due), None)
    return allowed(reader, book.local.on(on), found, item, on)


def edit_whole(
    writer: Writer,
    book: RuleBook,
    follow_up: Id,
    edits: Mapping[str, Edit],
    talks: Mapping[Id, Mapping[str, Edit]],
    added: Mapping[str, Any] | None = None,
) -> None:
    """Change a follow-up and its talks in one act; ``added`` is a talk that nobody had written yet.

    What is wrong in a talk is refused under the talk's id (:data:`NEW` for the added one) and the field, with a colon
    between them.
    """
    for talk, changed in talks.items():
        try:
            edit_talk(writer, book, talk, changed)
        except InvalidInput as problem:
            raise _within(talk.hex(), problem) from problem
    if added is not None:
        day = edits["held_on"].value if "held_on" in edits else None
        try:
            add_talk(writer, book, follow_up, {"held_on": day, **added})
        except InvalidInput as problem:
            raise _within(NEW, problem) from problem
    if edits:
        edit(writer, book, follow_up, edits)


NEW = "new"
"""Stands for the id of the talk that is added."""


def _within(talk: str, problem: InvalidInput) -> InvalidInput:
    return InvalidInput(f"{talk}:{problem.field}", problem.message, *problem.ways_out, **problem.values)


# --- Looking -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """A follow-up with its talk and what was said of the goals. ``signed`` are the talks whose entry is signed."""

    follow_up: FollowUp
    talks: tuple[ChildTalk, ...]
    marks: tuple[tuple[Goal, ProgressMark], ...]
    signed: frozenset[Id] = frozenset()


def known(reader: Reader, follow_up: Id) -> FollowUp:
    """Return a follow-up. Raises ``KeyError`` when there is none."""
    found = reader.get(FollowUp, follow_up)
    if found is None:
        raise KeyError("no such follow-up")
    return found


def view(reader: Reader, follow_up: Id) -> FollowUpView:
    """Return a follow-up opened. Raises ``KeyError`` when there is none."""
    found = known(reader, follow_up)
    marks = reader.find(ProgressMark, where={"follow_up": follow_up})
    pairs = [(reader.get(Goal, mark.goal or b""), mark) for mark in marks]
    talks = tuple(reader.find(ChildTalk, where={"follow_up": follow_up}))
    signed = frozenset(
        talk.id for talk in talks if any(entry.signed for entry in journal.entries_from(reader, talk.id))
    )
    return FollowUpView(found, talks, tuple((goal, mark) for goal, mark in pairs if goal is not None), signed)


def of_intervention(reader: Reader, intervention: Id) -> list[FollowUp]:
    """Return the follow-ups of an intervention, latest first, waived ones among them."""
    found = reader.find(FollowUp, where={"intervention": intervention})
    return sorted(found, key=lambda f: (f.settled_on or dt.date.min, f.id), reverse=True)


# --- What the next one opens with ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Opening:
    """What the window for a follow-up needs before anything is typed.

    ``item`` is the due date it settles, ``None`` for a contact; ``open_dates`` are all it could settle. ``asks`` and
    ``warnings`` of an institution come first: each follow-up opens with its end. ``last`` is the latest one held, with
    what was agreed there.
    """

    intervention: Intervention
    item: DueItem | None
    open_dates: tuple[DueItem, ...]
    allowed: Allowed
    asks: tuple[Ask, ...]
    warnings: tuple[Phrase, ...]
    goals: tuple[goals.GoalView, ...]
    last: FollowUpView | None


def opening(
    reader: Reader, book: RuleBook, intervention: Id, due: dt.date | None = None, on: dt.date | None = None
) -> Opening:
    """Return what a follow-up opens with; without ``due`` the earliest open date up to three months ahead.

    ``on`` is the day it is held, today when not said. Raises ``KeyError`` when there is no such intervention.
    """
    found = interventions.known(reader, intervention)
    course = courses.course_of(reader, found)
    until = max(due or reader.today, reader.today) + dt.timedelta(days=92)
    open_dates = tuple(item for item in courses.main_items(book, course, until) if not item.settled)
    matching = [item for item in open_dates if due is None or item.due == due]
    item = matching[0] if matching else None
    day = on or reader.today
    latest = course.latest
    return Opening(
        found,
        item,
        open_dates,
        allowed(reader, book.local.on(day), found, item, day),
        interventions.asks(found),
        interventions.warnings(found),
        _open_goals(reader, found),
        None if latest is None else view(reader, latest.id),
    )


def _open_goals(reader: Reader, found: Intervention) -> tuple[goals.GoalView, ...]:
    """Return the goals still worked with, of every plan of the case that is not ended; subgoals under theirs."""
    running = [p for p in reader.find(Plan, stream=found.stream) if p.state is not PlanState.ENDED]
    return tuple(goal for plan in running for goal in goals.goals_of(reader, plan.id) if goal.open)
