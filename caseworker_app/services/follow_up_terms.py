"""What is agreed about follow-ups: exceptions with the team leader, the decided rhythm, the child heard beforehand.

An exception never removes or moves a due date; it changes how the *extra* follow-ups may be held (Herningmodellen 4).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.follow_up import (
    RULE_WAYS,
    FollowUpException,
    PartyHearing,
    RhythmDecision,
    Way,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.journal import PARTY_HEARING_HEADING
from caseworker_app.domain.phrases import N_
from caseworker_app.domain.rules.exceptions import exceptions_for, holding
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import ExceptionKind, RuleSet, Talk
from caseworker_app.services import interventions, journal
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.ports import Reader, Writer

EVERY_WAY = frozenset(Way)


# --- Exceptions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Allowed:
    """How a follow-up may be held: the ways, whether the talk may be left out, and by which exceptions."""

    ways: frozenset[Way]
    talk_optional: bool = False
    by: tuple[FollowUpException, ...] = ()


def allowed(
    reader: Reader, local: RuleSet | None, intervention: Intervention, item: DueItem | None, on: dt.date
) -> Allowed:
    """Return how the follow-up of a due item may be held on a day.

    ``local`` is the local rule set in force. Without a local rule the law alone counts, which says nothing of the
    way. An item on the floor (one full follow-up each half-year) is held full whatever was agreed.
    """
    if local is None or not intervention.rule or item is None:
        return Allowed(EVERY_WAY)
    agreed = [e for e in exceptions_of(reader, intervention.id) if e.in_force(on)]
    held = holding(item, local, intervention.rule, [exception.kind for exception in agreed])
    return Allowed(
        frozenset(way for way in Way if RULE_WAYS[way] in held.ways),
        held.talk is Talk.OPTIONAL,
        tuple(exception for exception in agreed if exception.kind in held.by),
    )


def kinds_for(local: RuleSet, intervention: Intervention) -> tuple[ExceptionKind, ...]:
    """Return the kinds of exception that can be agreed for an intervention."""
    return exceptions_for(local, intervention.rule)


def record_exception(writer: Writer, local: RuleSet, intervention: Id, values: Mapping[str, Any]) -> Id:
    """Record an exception agreed with the team leader: kind, who, when, why, and why it serves the child.

    Raises :class:`InvalidInput` when one of them is missing, or the kind does not fit the intervention.
    """
    found = interventions.known(writer, intervention)
    checked: dict[str, Any] = {"kind": "", "agreed_by": "", "agreed_on": None, "reason": "", **values}
    checked.setdefault("serves_child", "")
    for name in ("agreed_by", "reason", "serves_child"):
        longest = NAME_LENGTH if name == "agreed_by" else TEXT_LENGTH
        checked[name] = tidy(name, str(checked[name]), longest)
    if checked["kind"] not in {kind.id for kind in kinds_for(local, found)}:
        raise InvalidInput(
            "kind", "There is no such exception for this intervention.", "Choose one of those offered."
        )
    for name, sentence in (
        ("agreed_by", N_("Write which team leader agreed to it.")),
        ("reason", N_("Write why: an exception without a reason is none.")),
        ("serves_child", N_("Write why it serves the child.")),
    ):
        if not checked[name]:
            raise InvalidInput(name, sentence)
    if checked["agreed_on"] is None or checked["agreed_on"] > writer.today:
        raise InvalidInput("agreed_on", "Write the day it was agreed; it cannot lie in the future.")
    exception = writer.new_id()
    writer.act("Record an exception from the follow-up rules")
    writer.create(FollowUpException(id=exception, stream=found.stream, intervention=intervention, **checked))
    return exception


def end_exception(writer: Writer, exception: Id, on: dt.date, reason: str) -> None:
    """Say that an exception no longer holds after a day, and why; what was held under it stays held.

    Raises :class:`InvalidInput` for a day before it was agreed, and without a reason.
    """
    found = writer.get(FollowUpException, exception)
    if found is None:
        raise KeyError("no such exception")
    if found.agreed_on is not None and on < found.agreed_on:
        raise InvalidInput("ended_on", "It ends before it was agreed.")
    words = tidy("end_reason", reason, TEXT_LENGTH)
    if not words:
        raise InvalidInput("end_reason", "Write why it ends.")
    writer.act("End an exception from the follow-up rules")
    writer.set(FollowUpException, exception, "ended_on", on, parents=None)
    writer.set(FollowUpException, exception, "end_reason", words, parents=None)


def exceptions_of(reader: Reader, intervention: Id) -> list[FollowUpException]:
    """Return the exceptions agreed for an intervention, oldest first."""
    return reader.find(FollowUpException, where={"intervention": intervention})


# --- The decided rhythm --------------------------------------------------------------------------------------

_MOST = {"W": 104, "M": 24}
"""Longest rhythm taken, in weeks and in months: two years; beyond it somebody has mistyped."""


def decide_rhythm(writer: Writer, intervention: Id, values: Mapping[str, Any]) -> Id:
    """Record how follow-up goes on after the first: how often, why, what the child wishes (BL § 95 stk. 3).

    Raises :class:`InvalidInput` without a rhythm or reasons, or without the child's wish or why it is not known.
    """
    found = interventions.known(writer, intervention)
    checked: dict[str, Any] = {"decided_on": writer.today, "rhythm": None, **values}
    for name in ("form", "reasons", "child_wish"):
        checked[name] = tidy(name, str(checked.get(name, "")), TEXT_LENGTH)
    rhythm = checked["rhythm"]
    if rhythm is None or rhythm.unit not in _MOST or not 1 <= rhythm.amount <= _MOST[rhythm.unit]:
        raise InvalidInput("rhythm", "Write how often, in weeks or months, at most every two years.")
    if not checked["reasons"]:
        raise InvalidInput("reasons", "Write the reasons: child and parents are given them.")
    if not checked["child_wish"]:
        raise InvalidInput("child_wish", "Write what the child wishes, or why it is not known.")
    decided = checked["decided_on"]
    if decided is None or decided > writer.today:
        raise InvalidInput("decided_on", "That day has not come yet.")
    if found.start is None or decided < found.start:
        raise InvalidInput("decided_on", "It was decided before the intervention began.")
    decision = writer.new_id()
    writer.act("Decide the rhythm of follow-ups")
    writer.create(RhythmDecision(id=decision, stream=found.stream, intervention=intervention, **checked))
    return decision


def rhythms_of(reader: Reader, intervention: Id) -> list[RhythmDecision]:
    """Return the decisions on an intervention's rhythm, in the order of their days."""
    found = reader.find(RhythmDecision, where={"intervention": intervention})
    return sorted(found, key=lambda d: (d.decided_on or dt.date.min, d.id))


# --- The child heard before an intervention ------------------------------------------------------------------


def ask_for_hearing(writer: Writer, intervention: Id, on: dt.date) -> Id:
    """Note that the child's hearing was asked for; return the hearing's id."""
    found = interventions.known(writer, intervention)
    if on > writer.today:
        raise InvalidInput("asked_on", "That day has not come yet.")
    writer.act("Ask for the child's hearing")
    hearing = hearing_of(writer, intervention)
    if hearing is not None:
        writer.set(PartyHearing, hearing.id, "asked_on", on, parents=None)
        return hearing.id
    made = writer.new_id()
    writer.create(PartyHearing(id=made, stream=found.stream, intervention=intervention, asked_on=on))
    return made


def record_hearing(writer: Writer, intervention: Id, values: Mapping[str, Any]) -> Id:
    """Record the child's hearing, or why there was none; it becomes the entry "Partshøring - af barnet".

    Raises :class:`InvalidInput` when neither a day nor a reason is given, or the day lies in the future.
    """
    found = interventions.known(writer, intervention)
    checked = dict(values)
    for name in ("child_words", "assessment", "reason"):
        checked[name] = tidy(name, str(checked.get(name, "")), TEXT_LENGTH)
    people = (tidy("participants", one, NAME_LENGTH) for one in checked.get("participants", ()))
    checked["participants"] = tuple(one for one in people if one)
    held_on = checked.get("held_on")
    if held_on is None and not checked["reason"]:
        raise InvalidInput("held_on", "Write when the child was heard, or why not.")
    if held_on is not None and held_on > writer.today:
        raise InvalidInput("held_on", "That day has not come yet.")
    checked["written_on"] = checked.get("written_on") or writer.today
    writer.act("Record the child's hearing")
    hearing = hearing_of(writer, intervention)
    text = journal.heard_text(checked["child_words"], checked["assessment"], checked["reason"])
    if hearing is not None:
        for name, value in checked.items():
            if getattr(hearing, name) != value:
                writer.set(PartyHearing, hearing.id, name, value, parents=None)
        made = hearing.id
        journal.rewrite_from(writer, made, text, held_on, checked["participants"])
    else:
        made = writer.new_id()
        writer.create(PartyHearing(id=made, stream=found.stream, intervention=intervention, **checked))
    if not journal.entries_from(writer, made):
        journal.write_from(
            writer,
            found.stream,
            heading=PARTY_HEARING_HEADING,
            text=text,
            held_on=held_on,
            written_on=checked["written_on"],
            participants=checked["participants"],
            source_type="party_hearing",
            source=made,
        )
    return made


def hearing_of(reader: Reader, intervention: Id) -> PartyHearing | None:
    """Return the child's hearing before an intervention, ``None`` when nothing is written of one."""
    found = reader.find(PartyHearing, where={"intervention": intervention})
    return found[-1] if found else None
