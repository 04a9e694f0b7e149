"""Measurements of a case: planned with the one after in sight, registered with what was seen and said, never lost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain import instruments
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import About, Instrument, Respondent
from caseworker_app.domain.measurement import Answered, Measurement, MeasurementPlan, Phase
from caseworker_app.domain.meeting import Meeting
from caseworker_app.services import office
from caseworker_app.services.forms import Edit
from caseworker_app.services.instruments import Shelf
from caseworker_app.services.measurements_missing import key_of, settle_without
from caseworker_app.services.plain_records import (
    case_known,
    case_of,
    change,
    known,
    make,
    not_ahead,
    take_away,
    tidied,
)
from caseworker_app.services.ports import Reader, Writer

_PLAN_SHORT = ("asked", "who", "introduces", "feedback", "registers", "meeting_words")
_SHORT = ("asked", "who", "own_words_by", "observed_by", "note_by", "registered_by", "came_from")
_LONG = ("reason", "safety", "own_words", "observation", "note")


# --- The plan ------------------------------------------------------------------------------------------------


def plan(writer: Writer, shelf: Shelf, case: Id, values: Mapping[str, Any]) -> Id:
    """Plan a measurement; return its id. With one before, the one after is planned too unless it is there: without a day,
    and asked for when the case is closed. Raises :class:`InvalidInput`."""
    found = case_known(writer, case)
    checked = {name: value for name, value in values.items() if name not in ("settled_on", "let_go")}
    blank = MeasurementPlan(stream=found.stream)
    _check_plan(writer, shelf, found, blank, checked)
    made = make(writer, blank, checked, "Plan a measurement")
    first = replace(blank, id=made, **checked)
    if first.phase is Phase.BEFORE and not _planned_after(writer, first):
        later = replace(
            first, id=writer.new_id(), phase=Phase.AFTER, due=None, meeting=None, meeting_words=""
        )
        writer.create(later)
    return made


def edit_plan(writer: Writer, shelf: Shelf, planned: Id, edits: Mapping[str, Edit]) -> None:
    """Change a planned measurement. Raises :class:`InvalidInput`."""
    now = known(writer, MeasurementPlan, planned)
    checked = {name: one.value for name, one in edits.items() if name not in ("settled_on", "let_go")}
    _check_plan(writer, shelf, case_of(writer, now), now, checked)
    change(writer, now, {name: edits[name] for name in checked}, checked, "Change a planned measurement")


def let_go(writer: Writer, planned: Id, why: str) -> None:
    """Say that a planned measurement is not taken, and why. Raises :class:`InvalidInput` without a reason."""
    now = known(writer, MeasurementPlan, planned)
    values: dict[str, Any] = {"let_go": why}
    tidied(values, (), ("let_go",))
    if not values["let_go"]:
        raise InvalidInput("let_go", "Write why it is not taken: that is worth knowing later.")
    if now.settled_on is not None:
        raise InvalidInput("let_go", "It is settled already.")
    writer.act("Let a planned measurement go")
    settle_without(writer, planned, values["let_go"])


def take_up(writer: Writer, planned: Id) -> None:
    """Plan again what was let go."""
    now = known(writer, MeasurementPlan, planned)
    if not now.let_go:
        return
    writer.act("Plan a measurement again")
    writer.set(MeasurementPlan, planned, "let_go", "", parents=None)
    writer.set(MeasurementPlan, planned, "settled_on", None, parents=None)


def remove_plan(writer: Writer, planned: Id) -> None:
    """Take a planned measurement away that was entered by mistake."""
    take_away(writer, MeasurementPlan, planned, "Remove a planned measurement")


def _planned_after(reader: Reader, first: MeasurementPlan) -> bool:
    others = reader.find(MeasurementPlan, stream=first.stream, where={"instrument": first.instrument})
    return any(one.phase is Phase.AFTER and key_of(one) == key_of(first) for one in others)


def _check_plan(
    reader: Reader, shelf: Shelf, case: Case, now: MeasurementPlan, values: dict[str, Any]
) -> None:
    tidied(values, _PLAN_SHORT)
    after = replace(now, **values)
    instrument = _instrument(shelf, after.instrument)
    if not now.instrument and shelf.is_retired(instrument.id, reader.today):
        raise InvalidInput("instrument", "This instrument is retired.", "Choose another instrument.")
    _check_respondent(instrument, after.respondent)
    if after.due is not None and case.born is not None and after.due < case.born:
        _check_born(instrument, after.respondent, case, after.due, "due")
    if after.meeting is not None:
        meeting = reader.get(Meeting, after.meeting)
        if meeting is None or meeting.stream != case.stream:
            raise InvalidInput("meeting", "That meeting is not in this case.")


# --- What was measured ---------------------------------------------------------------------------------------


def record(writer: Writer, shelf: Shelf, case: Id, values: Mapping[str, Any]) -> Id:
    """Register a measurement, of today unless a day is given; return its id. What was planned is settled by it.

    Without a plan named, an open one of the same instrument, respondent, name and phase is taken. Raises
    :class:`InvalidInput`.
    """
    found = would_be(writer, shelf, case, values)
    writer.act("Register a measurement")
    return keep(writer, found)


def would_be(reader: Reader, shelf: Shelf, case: Id, values: Mapping[str, Any]) -> Measurement:
    """Return the measurement that :func:`record` would make, without an id. Raises :class:`InvalidInput`."""
    found = case_known(reader, case)
    checked = {
        "taken_on": reader.today, "registered_by": office.house(reader).worker.name,
        **{name: value for name, value in values.items() if value is not None},
    }  # fmt: skip
    blank = Measurement(stream=found.stream)
    _check(reader, shelf, found, blank, checked)
    after = replace(blank, **checked, called=shelf.all[checked["instrument"]].name)
    return after if after.plan is not None else replace(after, plan=_open_plan(reader, after))


def keep(writer: Writer, found: Measurement) -> Id:
    """Make, within an act, a measurement that was checked, and settle what was planned; return its id."""
    made = writer.new_id()
    writer.create(replace(found, id=made))
    if found.plan is not None:
        writer.set(MeasurementPlan, found.plan, "settled_on", found.taken_on, parents=None)
    return made


def edit(writer: Writer, shelf: Shelf, measurement: Id, edits: Mapping[str, Edit]) -> None:
    """Change a measurement; instrument and plan stay. Raises :class:`InvalidInput`."""
    now = known(writer, Measurement, measurement)
    checked = {name: one.value for name, one in edits.items() if name not in ("instrument", "plan")}
    _check(writer, shelf, case_of(writer, now), now, checked)
    change(writer, now, {name: edits[name] for name in checked}, checked, "Change a measurement")
    if now.plan is not None and "taken_on" in checked:
        writer.set(MeasurementPlan, now.plan, "settled_on", checked["taken_on"], parents=None)


def remove(writer: Writer, measurement: Id) -> None:
    """Take a measurement away; what was planned is missing again."""
    now = known(writer, Measurement, measurement)
    take_away(writer, Measurement, measurement, "Remove a measurement")
    planned = None if now.plan is None else writer.get(MeasurementPlan, now.plan)
    if planned is not None and not planned.let_go:
        writer.set(MeasurementPlan, planned.id, "settled_on", None, parents=None)


def _open_plan(reader: Reader, one: Measurement) -> Id | None:
    found = reader.find(MeasurementPlan, stream=one.stream, where={"instrument": one.instrument})
    same = [
        plan
        for plan in found
        if plan.settled_on is None and plan.phase is one.phase and key_of(plan) == key_of(one)
    ]
    return min(same, key=lambda plan: (plan.due or dt.date.max, plan.id)).id if same else None


def _check(reader: Reader, shelf: Shelf, case: Case, now: Measurement, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, _LONG)
    not_ahead(reader, values, ("taken_on",))
    after = replace(now, **values)
    instrument = _instrument(shelf, after.instrument)
    if after.taken_on is None:
        raise InvalidInput("taken_on", "Write the day it was taken.")
    if not now.instrument and shelf.is_retired(instrument.id, after.taken_on):
        raise InvalidInput(
            "instrument", "This instrument was retired before that day.", "Choose another instrument."
        )
    _check_respondent(instrument, after.respondent)
    _check_born(instrument, after.respondent, case, after.taken_on, "taken_on")
    _check_answer(instrument, after, values)
    if after.plan is not None:
        planned = reader.get(MeasurementPlan, after.plan)
        if planned is None or planned.stream != case.stream:
            raise InvalidInput("plan", "What was planned is not in this case.")
    _refuse_twice(reader, after, now.id)


def _check_answer(instrument: Instrument, after: Measurement, values: dict[str, Any]) -> None:
    if after.answered is not Answered.YES:
        if after.scores:
            raise InvalidInput("answered", "There are scores: then it was answered.", "Take the scores away.")
        if not after.reason:
            raise InvalidInput("reason", "Write why there is no answer: that is worth knowing too.")
        return
    try:
        given = instruments.from_lines(after.scores)
    except ValueError:
        raise InvalidInput("scores", "These scores cannot be read.") from None
    kept = instruments.checked(instrument, given)
    if "scores" in values:
        values["scores"] = instruments.to_lines(kept)
    if instruments.alarms(instrument, kept) and not after.safety:
        raise InvalidInput(
            "safety", "Write what was done: thoughts of self-harm need action, whatever the total is."
        )


def _check_respondent(instrument: Instrument, respondent: Respondent) -> None:
    if respondent not in instrument.respondents:
        raise InvalidInput(
            "respondent", "{name} is not made to be answered by that person.", name=instrument.name
        )


def _check_born(instrument: Instrument, respondent: Respondent, case: Case, day: dt.date, field: str) -> None:
    """Refuse what is about a child that is not born; what is about the parents may be asked before."""
    if instrument.about is not About.CHILD and respondent is not Respondent.CHILD:
        return
    if case.unborn or (case.born is not None and day < case.born):
        raise InvalidInput(
            field, "The child was not born on that day, and this measurement is about the child.",
            "Look at the year, or at the child's birth date.",
        )  # fmt: skip


def _refuse_twice(reader: Reader, after: Measurement, itself: Id) -> None:
    for one in reader.find(Measurement, stream=after.stream, where={"instrument": after.instrument}):
        same = one.taken_on == after.taken_on and one.phase is after.phase and key_of(one) == key_of(after)
        if same and one.id != itself:
            raise InvalidInput(
                "taken_on",
                "This measurement is registered already.",
                "Change that one, or write another name or day.",
            )


def _instrument(shelf: Shelf, instrument: str) -> Instrument:
    found = shelf.get(instrument)
    if found is None:
        raise InvalidInput("instrument", "Choose an instrument.")
    return found
