"""Settling a due date without holding a follow-up: waived with a reason, or said to be done."""

from __future__ import annotations

import datetime as dt
from typing import Any

from caseworker_app.domain.entity import type_named
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import DeadlineMark, FollowUp, Waiver
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.services import courses, interventions, office
from caseworker_app.services.cases import TEXT_LENGTH, tidy
from caseworker_app.services.deadline import Deadline
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.rule_book import RuleBook


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

    Raises :class:`InvalidInput` for a day in the future.
    """
    if on > writer.today:
        raise InvalidInput("done_on", "That day has not come yet.", "Check the computer's clock if it has.")
    return _mark(writer, deadline, "Settle a deadline", done_on=on, note=tidy("note", note, TEXT_LENGTH))


def waive_deadline(writer: Writer, deadline: Deadline, reason: str) -> Id:
    """Let something due, which is no follow-up, go with a reason; return the mark's id."""
    return _mark(writer, deadline, "Waive a deadline", waiver=waiver_of(writer, reason))


def take_back_mark(writer: Writer, mark: Id) -> None:
    """Take back a mark: the date is open again."""
    writer.act("Open a deadline again")
    writer.cancel(DeadlineMark, mark)


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
