"""Settling a due date without holding a follow-up: waived with a reason, or said to be done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from caseworker_app.domain.entity import type_named
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import DeadlineMark, FollowUp, Waiver
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.notification import Notification
from caseworker_app.services import courses, interventions, office
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.deadline import Deadline, Work
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.statutes import DENMARK

Settled = FollowUp | DeadlineMark
"""What was written to settle a due date, and can be opened or taken back."""


def waive(writer: Writer, book: RuleBook, intervention: Id, key: str, due: dt.date, reason: str) -> Id:
    """Let an open due date go, with the reason; it stays in the list of follow-ups.

    ``key`` says by which rule (:func:`~caseworker_app.services.courses.key_of`): a date of the local standard and one
    of the law are waived apart. Raises :class:`InvalidInput` without a reason, or for a day on which nothing is open.
    """
    found = interventions.known(writer, intervention)
    waiver = waiver_of(writer, reason)
    course, until = courses.course_of(writer, found), max(due, writer.today)
    items = (*courses.local_items(book, course, until), *courses.law_items(book, course, until))
    if not any(i.due == due and courses.key_of(i) == key and i.is_follow_up and not i.settled for i in items):
        raise InvalidInput(
            "due", "No follow-up is open on that day.", "Look at the list again; it may be settled."
        )
    writer.act("Waive a follow-up")
    return write_waiver(writer, found, due, key, waiver)


def write_waiver(writer: Writer, found: Intervention, due: dt.date, key: str, waiver: Waiver) -> Id:
    """Write a waived date into the act that is under way; return the follow-up's id."""
    made = writer.new_id()
    values: dict[str, Any] = {"intervention": found.id, "due": due, "rule": key, "waiver": waiver}
    writer.create(FollowUp(id=made, stream=found.stream, written_on=writer.today, **values))
    return made


def waiver_of(reader: Reader, reason: str) -> Waiver:
    """Return the worker's decision of today to let something go. Raises :class:`InvalidInput` without a reason."""
    words = tidy("reason", reason, TEXT_LENGTH)
    if not words:
        raise InvalidInput("reason", "Write why: what is let go without a reason is only late.")
    return Waiver(reader.today, office.house(reader).worker.name, words)


def mark_done(writer: Writer, deadline: Deadline, on: dt.date, note: str = "") -> Id:
    """Say that something due, which is no follow-up, was done on a day; return the mark's id.

    What that says of a notification is written there in the same act: today's assessment as made now by the worker
    (of an earlier day the hour is not known; :func:`assess` asks for it), the receipt as sent on the day. Raises
    :class:`InvalidInput` for a day in the future.
    """
    if on > writer.today:
        raise InvalidInput("done_on", "That day has not come yet.", "Check the computer's clock if it has.")
    words = tidy("note", note, TEXT_LENGTH)
    said: dict[str, Any] = {}
    if deadline.work is Work.ASSESSMENT and on == writer.today:
        by = office.house(writer).worker.name
        said = {"assessed_at": writer.now, "assessed_by": by, "assessment": words}
    elif deadline.work is Work.RECEIPT:
        said = {"receipt_sent_on": on}
    filled = _fill(writer, deadline, said)
    return _mark(writer, deadline, "Settle a deadline", done_on=on, note=words, filled=filled)


def assess(writer: Writer, deadline: Deadline, values: Mapping[str, Any]) -> Id:
    """Record the urgent assessment of a notification and settle its clock, in one act; return the mark's id.

    ``values`` are ``assessed_at`` (a moment with its zone), ``assessed_by``, ``assessment`` and ``acute``; what is not
    given is now and by the worker. Raises :class:`InvalidInput` for a moment before the notification came or after now.
    """
    found = writer.get(Notification, deadline.subject)
    if found is None:
        raise KeyError("no such notification")
    at = values.get("assessed_at", writer.now)
    if at is None:
        raise InvalidInput("assessed_at", "Write the day and the hour it was assessed.")
    if at > writer.now:
        raise InvalidInput(
            "assessed_at", "That hour has not come yet.", "Check the computer's clock if it has."
        )
    if found.received_at is not None and at < found.received_at:
        raise InvalidInput("assessed_at", "It was assessed before the notification came.")
    by = tidy("assessed_by", str(values.get("assessed_by") or office.house(writer).worker.name), NAME_LENGTH)
    words = tidy("assessment", str(values.get("assessment", "")), TEXT_LENGTH)
    said = {"assessed_at": at, "assessed_by": by, "assessment": words, "acute": bool(values.get("acute"))}
    filled = _fill(writer, deadline, said)
    day = at.astimezone(DENMARK).date()
    return _mark(writer, deadline, "Record an urgent assessment", done_on=day, note=words, filled=filled)


def _fill(writer: Writer, deadline: Deadline, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Write what is not written yet of the notification a deadline runs from; return the fields that were."""
    found = writer.get(Notification, deadline.subject) if values else None
    if found is None:
        return ()
    empty = Notification(id=found.id, stream=found.stream)
    names = tuple(
        name for name, value in values.items() if getattr(found, name) == getattr(empty, name) != value
    )
    for name in names:
        writer.set(Notification, found.id, name, values[name], parents=None)
    return names


def waive_deadline(writer: Writer, deadline: Deadline, reason: str) -> Id:
    """Let something due, which is no follow-up, go with a reason; return the mark's id."""
    return _mark(writer, deadline, "Waive a deadline", waiver=waiver_of(writer, reason))


def take_back_mark(writer: Writer, mark: Id) -> None:
    """Take back a mark, and what was filled with it: the date is open again."""
    found = writer.get(DeadlineMark, mark)
    writer.act("Open a deadline again")
    writer.cancel(DeadlineMark, mark)
    filled = () if found is None else found.filled
    subject = (
        writer.get(Notification, found.subject) if found is not None and found.subject and filled else None
    )
    if subject is not None:
        empty = Notification(id=subject.id, stream=subject.stream)
        for name in filled:
            writer.set(Notification, subject.id, name, getattr(empty, name), parents=None)


def settled_by(
    one: Deadline, follow_ups: Iterable[FollowUp], marks: Iterable[DeadlineMark]
) -> Settled | None:
    """Return what settled a deadline: the follow-up held or waived, or the mark; ``None`` for anything else.

    ``follow_ups`` and ``marks`` are those written in the case.
    """
    if one.open:
        return None
    held = one.item.held
    own = [m for m in marks if m.subject == one.subject and m.rule == one.key and (m.done_on or m.waiver)]
    own.sort(key=lambda m: (m.done_on == held, m.due == one.due), reverse=True)
    written = [f for f in follow_ups if f.intervention == one.subject]
    if one.work is Work.SUPERVISION:
        done = [m for m in own if m.done_on == held]
        visits = [f for f in written if held is not None and f.supervision and f.held_on == held]
        return done[0] if done else next(iter(visits), None)
    if one.work is not Work.FOLLOW_UP:
        return own[0] if own else None
    if held is None:
        waived = [f for f in written if f.waiver and f.due and f.rule.startswith(courses.LAW) is one.law]
        return min(waived, key=lambda f: abs(_apart(f, one)), default=None)
    on_day = [f for f in written if f.held_on == held and f.due is not None and (f.full or not one.law)]
    return min(on_day, key=lambda f: abs(_apart(f, one)), default=None)


def _apart(written: FollowUp, one: Deadline) -> int:
    return 0 if written.due is None else (written.due - one.due).days


def _mark(writer: Writer, deadline: Deadline, label: str, **values: Any) -> Id:
    declared = type_named(deadline.subject_type)
    subject = None if declared is None else writer.get(declared.cls, deadline.subject)
    if subject is None:
        raise KeyError("no such thing")
    made = writer.new_id()
    writer.act(label)
    writer.create(
        DeadlineMark(
            id=made, stream=subject.stream, subject=subject.id, rule=deadline.key, due=deadline.due, **values
        )
    )
    return made
