"""Visits in the home: planned, held, written under their topics, and what was agreed there.

A held visit begins an entry in the child's journal, which follows what is written under the child's topics until
somebody changes the entry itself; what belongs to the parents never gets into it (:mod:`.visit_journal`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.visit import HomeFacts, Visit, VisitAgreement, VisitNote, VisitState
from caseworker_app.services import visit_journal
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.visit_views import case_of, home_of, known

MOST_PRESENT = 30
_SHORT = ("place", "joint_with", "who", "dog", "way_in")
_LONG = ("purpose", "called_off_why", "what", "mind")


# --- Planned and held ------------------------------------------------------------------------------------------


def plan(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Plan a visit; return its id. With ``held_on`` it is one that was held already.

    Raises :class:`InvalidInput`; ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {name: value for name, value in values.items() if value is not None}
    held_on = checked.get("held_on")
    checked["participants"] = _present(checked.get("participants", ()))
    _tidy(checked)
    visit = Visit(id=writer.new_id(), stream=found.stream, **checked)
    if visit.when is None and held_on is None:
        raise InvalidInput("when", "Write the day and time the visit is planned for.")
    _check_times(visit)
    if held_on is not None:
        _check_held(writer, visit, held_on)
        visit = replace(visit, state=VisitState.HELD, written_on=writer.today)
        visit_journal.begin_entry(writer, visit, found)
    writer.act("Plan a visit" if held_on is None else "A visit was held")
    writer.create(visit)
    return visit.id


def edit(writer: Writer, visit: Id, edits: Mapping[str, Edit]) -> None:
    """Change what is planned, or what a held visit's head says. Raises :class:`InvalidInput`."""
    now = known(writer, visit)
    values = {name: one.value for name, one in edits.items()}
    _tidy(values)
    if "participants" in values:
        values["participants"] = _present(values["participants"])
    after = replace(now, **values)
    if after.state is VisitState.HELD:
        _check_held(writer, after, after.held_on)
    elif after.when is None:
        raise InvalidInput("when", "Write the day and time the visit is planned for.")
    _check_times(after)
    before = visit_journal.following(writer, visit)
    writer.act("Change a visit")
    apply_edits(
        writer, Visit, visit, {name: replace(edits[name], value=value) for name, value in values.items()}
    )
    if after.state is VisitState.HELD and {"held_on", "participants"} & values.keys():
        visit_journal.say_held(writer, before, after)


def hold(writer: Writer, visit: Id, on: dt.date, participants: Iterable[str] = ()) -> None:
    """Say that a visit was held; the entry in the child's journal is begun in the same act.

    Raises :class:`InvalidInput` for a day to come, or one before the day it was planned for.
    """
    now = known(writer, visit)
    _check_held(writer, now, on)
    present = _present(participants)
    if now.state is not VisitState.HELD:
        visit_journal.begin_entry(
            writer,
            replace(now, held_on=on, participants=present or now.participants),
            case_of(writer, now.stream),
        )
    writer.act("A visit was held")
    values: dict[str, Any] = {
        "state": VisitState.HELD,
        "held_on": on,
        "written_on": now.written_on or writer.today,
    }
    if present:
        values["participants"] = present
    for name, value in values.items():
        if getattr(now, name) != value:
            writer.set(Visit, visit, name, value, parents=None)


def call_off(writer: Writer, visit: Id, why: str = "") -> None:
    """Say that a planned visit is not held. Raises :class:`UserError` for one that was."""
    now = known(writer, visit)
    if now.state is VisitState.HELD:
        raise UserError("The visit was held already.", "Take it back from the history if that was wrong.")
    writer.act("Call off a visit")
    writer.set(Visit, visit, "state", VisitState.CALLED_OFF, parents=None)
    writer.set(Visit, visit, "called_off_why", tidy("called_off_why", why, TEXT_LENGTH), parents=None)


def remove(writer: Writer, visit: Id) -> None:
    """Take away a visit that was entered by mistake; what is signed stays. Undo brings it back."""
    known(writer, visit)
    for side in visit_journal.SIDES:
        visit_journal.refuse_signed(writer, visit, side)
    writer.act("Remove a visit")
    visit_journal.drop_draft(writer, visit)
    for note in writer.find(VisitNote, where={"visit": visit}):
        writer.cancel(VisitNote, note.id)
    for agreed in writer.find(VisitAgreement, where={"visit": visit}):
        writer.cancel(VisitAgreement, agreed.id)
    writer.cancel(Visit, visit)


def _tidy(values: dict[str, Any]) -> None:
    for names, longest in ((_SHORT, NAME_LENGTH), (_LONG, TEXT_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)


def _check_times(visit: Visit) -> None:
    if visit.when is not None and visit.when.minutes <= 0:
        raise InvalidInput("when", "The visit ends before it begins.")


def _check_held(reader: Reader, visit: Visit, on: dt.date | None) -> None:
    if on is None:
        raise InvalidInput("held_on", "Write the day the visit was held.")
    if on > reader.today:
        raise InvalidInput("held_on", "That day has not come yet.", "Check the computer's clock if it has.")
    if visit.when is not None and on < visit.when.day:
        raise InvalidInput(
            "held_on",
            "That is before the day it was planned for.",
            "Move the planned day first, if it was held earlier.",
        )


def _present(names: Iterable[str]) -> tuple[str, ...]:
    clean = tuple(dict.fromkeys(filter(None, (tidy("participants", name, NAME_LENGTH) for name in names))))
    if len(clean) > MOST_PRESENT:
        raise InvalidInput("participants", "There is room for {n} of them.", n=MOST_PRESENT)
    return clean


# --- Agreed ----------------------------------------------------------------------------------------------------


def add_agreement(writer: Writer, visit: Id, values: Mapping[str, Any]) -> Id:
    """Write what was agreed: what, who, when; return its id. Raises :class:`InvalidInput` when it says nothing."""
    now = known(writer, visit)
    checked = dict(values)
    _tidy(checked)
    if not checked.get("what"):
        raise InvalidInput("what", "Write what was agreed.")
    made = writer.new_id()
    writer.act("Write an agreement of a visit")
    writer.create(VisitAgreement(id=made, stream=now.stream, visit=visit, **checked))
    return made


def edit_agreement(writer: Writer, agreement: Id, edits: Mapping[str, Edit]) -> None:
    """Change an agreement; with ``what`` emptied it is taken back."""
    values = {name: one.value for name, one in edits.items()}
    _tidy(values)
    if values.get("done_on") is not None and values["done_on"] > writer.today:
        raise InvalidInput("done_on", "That day has not come yet.")
    writer.act("Change an agreement of a visit")
    if values.get("what") == "":
        writer.cancel(VisitAgreement, agreement)
        return
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, VisitAgreement, agreement, checked)


def settle_agreement(writer: Writer, agreement: Id, on: dt.date | None) -> None:
    """Say on which day it was done, ``None`` that it was not. Raises :class:`InvalidInput` for a day to come."""
    now = writer.get(VisitAgreement, agreement)
    if now is None:
        raise KeyError("no such agreement")
    if on is not None and on > writer.today:
        raise InvalidInput("done_on", "That day has not come yet.")
    writer.act("What was agreed is done" if on is not None else "What was agreed is not done yet")
    writer.set(VisitAgreement, agreement, "done_on", on, parents=None)


# --- At the door -----------------------------------------------------------------------------------------------


def write_home(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Write what one must know before ringing the bell; return its id."""
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = dict(values)
    _tidy(checked)
    there = home_of(writer, found)
    writer.act("Write what to know at the door")
    if there is None:
        made = writer.new_id()
        writer.create(HomeFacts(id=made, stream=found.stream, **checked))
        return made
    for name, value in checked.items():
        writer.set(HomeFacts, there.id, name, value, parents=None)
    return there.id
