"""Complaints over decisions, and placements that broke down; the end of a placement and its breakdown are written once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import END_REASONS, Breakdown, BrokenBy, Complaint
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import DECIDED, EndReason, Intervention
from caseworker_app.domain.rules.statute import statutory
from caseworker_app.services import interventions
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.rule_book import RuleBook
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

_LONG = ("about", "reassessment", "note", "why", "next_step")
_DAYS = ("received_on", "reassessed_on", "sent_on", "settled_on", "happened_on")
_BROKEN_BY = {reason: by for by, reason in END_REASONS.items()}


# --- Complaints ------------------------------------------------------------------------------------------------


def register(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Record a complaint, received today unless a day is written; return its id.

    Raises :class:`InvalidInput`; ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"received_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    _tidy(writer, checked)
    _check(Complaint(**checked))
    _check_subject(writer, found.stream, checked)
    writer.act("Record a complaint")
    made = writer.new_id()
    writer.create(Complaint(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, complaint: Id, edits: Mapping[str, Edit]) -> None:
    """Change a complaint: looked at again, sent on, settled. Raises :class:`InvalidInput`."""
    now = writer.get(Complaint, complaint)
    if now is None:
        raise KeyError("no such complaint")
    values = {name: one.value for name, one in edits.items()}
    _tidy(writer, values)
    _check(replace(now, **values))
    _check_subject(writer, now.stream, values)
    writer.act("Change a complaint")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, Complaint, complaint, checked)


def remove(writer: Writer, complaint: Id) -> None:
    """Take back a complaint that was registered by mistake."""
    writer.act("Remove a complaint")
    writer.cancel(Complaint, complaint)


def _tidy(reader: Reader, values: dict[str, Any]) -> None:
    if "sender" in values:
        values["sender"] = tidy("sender", str(values["sender"]), NAME_LENGTH)
    for name in _LONG:
        if name in values:
            values[name] = tidy(name, str(values[name]), TEXT_LENGTH)
    for name in _DAYS:
        if values.get(name) is not None and values[name] > reader.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")


def _check(after: Complaint) -> None:
    received = after.received_on
    if received is None:
        raise InvalidInput("received_on", "Write the day it came.")
    if not after.sender:
        raise InvalidInput("sender", "Write who complains.")
    if after.intervention is None and not after.about:
        raise InvalidInput("about", "Write over which decision it is, or choose the intervention.")
    for name in ("reassessed_on", "sent_on", "settled_on"):
        day = getattr(after, name)
        if day is not None and day < received:
            raise InvalidInput(name, "That is before the complaint came.")
    if after.sent_on is not None and after.settled_on is not None and after.settled_on < after.sent_on:
        raise InvalidInput("settled_on", "It is settled before it was sent to Ankestyrelsen.")
    if after.settled_on is not None and after.outcome is None:
        raise InvalidInput("outcome", "Choose what the complaint came to.")
    if after.outcome is not None and after.settled_on is None:
        raise InvalidInput("settled_on", "Write the day it was settled.")


def _check_subject(reader: Reader, stream: Id, values: Mapping[str, Any]) -> None:
    subject = values.get("intervention")
    if subject is None:
        return
    found = reader.get(Intervention, subject)
    if found is None or found.stream != stream:
        raise InvalidInput("intervention", "That intervention is not in this case.")


def decided(reader: Reader, case: Id) -> tuple[Intervention, ...]:
    """Return the interventions of a case that can be complained over, the latest first."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    own = [one for one in reader.find(Intervention, stream=found.stream) if one.kind in DECIDED]
    return tuple(sorted(own, key=lambda one: one.start or dt.date.max, reverse=True))


# --- Breakdowns ------------------------------------------------------------------------------------------------


def record_breakdown(writer: Writer, intervention: Id, values: Mapping[str, Any]) -> Id:
    """Record that a placement broke down; one that still runs ends by it, in the same act. Returns its id.

    A placement that has ended keeps its day, and its reason says who broke it. Raises :class:`InvalidInput`.
    """
    placement = interventions.known(writer, intervention)
    checked = {k: v for k, v in values.items() if v is not None and k != "intervention"}
    checked.setdefault("happened_on", placement.ended_on or writer.today)
    checked.setdefault("by", _BROKEN_BY.get(placement.end_reason or EndReason.OTHER, BrokenBy.CHILD_LEFT))
    _tidy(writer, checked)
    _check_breakdown(writer, placement, checked["happened_on"])
    reason = END_REASONS[checked["by"]]
    if placement.ended_on is None:
        note = str(checked.get("why", ""))
        interventions.end(writer, intervention, checked["happened_on"], reason, note)
    elif placement.end_reason is not reason:
        writer.set(Intervention, intervention, "end_reason", reason, parents=None)
    writer.act("Record a breakdown")
    made = writer.new_id()
    writer.create(Breakdown(id=made, stream=placement.stream, intervention=intervention, **checked))
    return made


def _check_breakdown(reader: Reader, placement: Intervention, on: dt.date) -> None:
    if not placement.placement:
        raise InvalidInput("intervention", "Only a placement breaks down.")
    if placement.start is None:
        raise InvalidInput("happened_on", "Write when the placement began first.")
    if on < placement.start:
        raise InvalidInput("happened_on", "That is before the placement began.")
    if placement.ended_on is not None and on > placement.ended_on:
        raise InvalidInput("happened_on", "The placement ended earlier than that.")
    if reader.find(Breakdown, where={"intervention": placement.id}):
        raise InvalidInput("intervention", "The breakdown of this placement is recorded already.")


def edit_breakdown(writer: Writer, breakdown: Id, edits: Mapping[str, Edit]) -> None:
    """Change the words of a breakdown; who broke it is said by the placement's end too. Raises :class:`InvalidInput`."""
    now = writer.get(Breakdown, breakdown)
    if now is None or now.intervention is None:
        raise KeyError("no such breakdown")
    values = {name: one.value for name, one in edits.items() if name != "intervention"}
    _tidy(writer, values)
    placement = interventions.known(writer, now.intervention)
    day = values.get("happened_on", now.happened_on)
    if day is None:
        raise InvalidInput("happened_on", "Write the day it happened.")
    if placement.start is not None and day < placement.start:
        raise InvalidInput("happened_on", "That is before the placement began.")
    writer.act("Change a breakdown")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, Breakdown, breakdown, checked)
    if "by" in values:
        writer.set(Intervention, placement.id, "end_reason", END_REASONS[values["by"]], parents=None)


def remove_breakdown(writer: Writer, breakdown: Id) -> None:
    """Take a record of a breakdown back; the placement keeps its end."""
    writer.act("Remove a breakdown")
    writer.cancel(Breakdown, breakdown)


# --- Looking ---------------------------------------------------------------------------------------------------


def look_again_by(book: RuleBook, one: Complaint) -> dt.date | None:
    """Return the day by which the rules want the decision looked at again; ``None`` where they count none."""
    if one.received_on is None:
        return None
    found = statutory(book.law, "complaint_received", one.received_on, holidays=book.holidays)
    return min((item.due for item in found), default=None)


@dataclass(frozen=True, slots=True)
class BreakdownView:
    """A placement that broke down; ``record`` is ``None`` when only its end says so."""

    placement: Intervention
    record: Breakdown | None


@dataclass(frozen=True, slots=True)
class CaseComplaints:
    """A case's complaints, the open ones first, and its breakdowns, the latest first.

    ``placements`` are those of which a breakdown can be recorded; ``names`` what each intervention is called.
    """

    complaints: tuple[Complaint, ...]
    breakdowns: tuple[BreakdownView, ...]
    placements: tuple[Intervention, ...]
    names: Mapping[Id, str]


def of_case(reader: Reader, case: Id) -> CaseComplaints:
    """Return what a case's page shows. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    helps = reader.find(Intervention, stream=found.stream)
    records = {one.intervention: one for one in reader.find(Breakdown, stream=found.stream)}
    broken = [BreakdownView(one, records.get(one.id)) for one in helps if one.breakdown or one.id in records]
    broken.sort(key=lambda view: view.placement.ended_on or dt.date.max, reverse=True)
    complaints = reader.find(Complaint, stream=found.stream)
    complaints.sort(key=lambda one: one.received_on or dt.date.min, reverse=True)
    complaints.sort(key=lambda one: not one.open)
    placements = [one for one in helps if one.placement and one.start is not None and one.id not in records]
    placements.sort(key=lambda one: (one.ended_on is not None, -(one.start or dt.date.min).toordinal()))
    return CaseComplaints(
        tuple(complaints), tuple(broken), tuple(placements), {one.id: one.name for one in helps}
    )
