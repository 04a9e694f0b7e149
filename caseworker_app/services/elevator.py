"""ELEVator, the school effort for placed children: is the child in it, who has promised what, how did it go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.elevator import (
    HOMES,
    ElevatorContract,
    ElevatorCourse,
    ElevatorHours,
    ElevatorMeasure,
    ElevatorStep,
    Party,
    Phase,
    StepKind,
    phase_of,
    takes_part_from,
)
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import (
    case_known,
    change,
    known,
    make,
    not_ahead,
    take_away,
    tidied,
)
from caseworker_app.services.ports import Reader, Writer

_LONG = ("check_note", "areas", "left_why", "evaluation", "child_words", "recommendation", "context")


@dataclass(frozen=True, slots=True)
class ElevatorView:
    """A course with everything written of it: steps by their day, hours and measures as they were written."""

    course: ElevatorCourse
    contracts: tuple[ElevatorContract, ...]
    steps: tuple[ElevatorStep, ...]
    hours: tuple[ElevatorHours, ...]
    measures: tuple[ElevatorMeasure, ...]

    @property
    def takes_part_from(self) -> dt.date | None:
        """The day the last contract was approved."""
        return takes_part_from(self.contracts)

    @property
    def phase(self) -> Phase:
        """How far it has come."""
        return phase_of(self.course, self.contracts, self.steps)

    @property
    def next(self) -> ElevatorStep | None:
        """The first step that was not held."""
        return next((one for one in self.steps if one.held_on is None), None)


def check(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Look whether a child belongs in ELEVator, today unless a day is given; return the course's id.

    Raises :class:`UserError` when the child is in one already, :class:`InvalidInput` for what is wrong.
    """
    found = case_known(writer, case)
    if any(v.phase not in (Phase.DONE, Phase.LEFT, Phase.EXCLUDED) for v in of_case(writer, case)):
        raise UserError(
            "The child is in ELEVator already.", "Go on with the course there is, or write that it stopped."
        )
    blank = ElevatorCourse(stream=found.stream, school=found.school)
    checked = {"checked_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Look whether the child belongs in ELEVator")


def edit(writer: Writer, course: Id, edits: Mapping[str, Edit]) -> None:
    """Change a course: the check, who leads, the areas, that it stopped, the evaluation. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorCourse, course)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change ELEVator")


def remove(writer: Writer, course: Id) -> None:
    """Take a course away; undo brings it back."""
    take_away(writer, ElevatorCourse, course, "Remove ELEVator")


def _check(reader: Reader, now: ElevatorCourse, values: dict[str, Any]) -> None:
    tidied(values, ("psychologist", "school", "group"), _LONG)
    not_ahead(reader, values, ("checked_on", "left_on", "evaluated_on"))
    after = replace(now, **values)
    if after.excluded and not after.check_note:
        raise InvalidInput(
            "check_note",
            "Write what keeps the child out, and who has said so.",
            "The family may ask why; the answer stands here.",
        )
    if after.begins_on and after.left_on and after.left_on < after.begins_on:
        raise InvalidInput("left_on", "It stopped before it began.", "Correct one of the two days.")
    if after.left_on is not None and not after.left_why:
        raise InvalidInput("left_why", "Write why it stopped.")
    if after.begins_on and after.evaluated_on and after.evaluated_on < after.begins_on:
        raise InvalidInput("evaluated_on", "It was evaluated before it began.")
    if after.evaluated_on is not None and now.evaluated_on is None and not after.evaluation:
        raise InvalidInput("evaluation", "Write what the child has got out of it.")


def evaluated_before_told(shown: ElevatorView) -> bool:
    """Whether a course was evaluated though the second feedback meeting was not held."""
    told = any(one.kind is StepKind.FEEDBACK and one.round == 2 and one.held_on for one in shown.steps)
    return shown.course.evaluated_on is not None and not told


# --- Contracts -------------------------------------------------------------------------------------------------


def make_contract(writer: Writer, course: Id, values: Mapping[str, Any]) -> Id:
    """Make a contract with a party; return its id.

    Raises :class:`UserError` while the exclusion check is not answered or keeps the child out, :class:`InvalidInput` for a
    second contract with one party or a day that has not come.
    """
    now = known(writer, ElevatorCourse, course)
    if not now.checked:
        raise UserError(
            "Look first whether the child belongs in ELEVator.",
            "Answer the four questions of the check, then make the contracts.",
        )
    checked = dict(values)
    blank = ElevatorContract(stream=now.stream, course=course)
    _check_contract(writer, blank, checked)
    return make(writer, blank, checked, "Make a contract of ELEVator")


def edit_contract(writer: Writer, contract: Id, edits: Mapping[str, Edit]) -> None:
    """Change a contract. Raises :class:`InvalidInput`."""
    now = known(writer, ElevatorContract, contract)
    checked = {name: one.value for name, one in edits.items()}
    _check_contract(writer, now, checked)
    change(writer, now, edits, checked, "Change a contract of ELEVator")


def approve(writer: Writer, contract: Id, on: dt.date) -> None:
    """Write that a party has approved its contract. Raises :class:`InvalidInput` for a day that cannot be."""
    now = known(writer, ElevatorContract, contract)
    values: dict[str, Any] = {"approved_on": on}
    _check_contract(writer, now, values)
    writer.act("A contract of ELEVator is approved")
    writer.set(ElevatorContract, contract, "approved_on", on, parents=None)


def remove_contract(writer: Writer, contract: Id) -> None:
    """Take a contract away; undo brings it back."""
    take_away(writer, ElevatorContract, contract, "Remove a contract of ELEVator")


def _check_contract(reader: Reader, now: ElevatorContract, values: dict[str, Any]) -> None:
    tidied(values, ("names",), ("promises",))
    not_ahead(reader, values, ("sent_on", "approved_on"))
    after = replace(now, **values)
    others = [c for c in _of(reader, ElevatorContract, now.course) if c.id != now.id]
    if any(one.party is after.party for one in others):
        raise InvalidInput("party", "There is a contract with them already.", "Change that one.")
    if after.sent_on and after.approved_on and after.approved_on < after.sent_on:
        raise InvalidInput("approved_on", "It was approved before it was handed out.")


def missing_parties(shown: ElevatorView) -> tuple[Party, ...]:
    """Return with whom there is no contract yet: the home (foster parents, where no institution), parents, school."""
    there = {one.party for one in shown.contracts}
    home = () if there & HOMES else (Party.FOSTER_PARENTS,)
    return (*home, *(one for one in (Party.PARENTS, Party.SCHOOL) if one not in there))


# --- Reading ---------------------------------------------------------------------------------------------------


def _of(reader: Reader, cls: type[Any], course: Id | None) -> list[Any]:
    return reader.find(cls, where={"course": course})


def view(reader: Reader, course: Id) -> ElevatorView:
    """Return a course with everything of it. Raises ``KeyError`` when there is none."""
    found = known(reader, ElevatorCourse, course)
    steps: list[ElevatorStep] = _of(reader, ElevatorStep, course)
    steps.sort(key=lambda one: (one.held_on or one.planned_on or dt.date.max, one.id))
    hours: list[ElevatorHours] = _of(reader, ElevatorHours, course)
    hours.sort(key=lambda one: (one.spent_on or dt.date.min, one.id))
    contracts: list[ElevatorContract] = _of(reader, ElevatorContract, course)
    contracts.sort(key=lambda one: (tuple(Party).index(one.party), one.id))
    measures: list[ElevatorMeasure] = _of(reader, ElevatorMeasure, course)
    return ElevatorView(found, tuple(contracts), tuple(steps), tuple(hours), tuple(measures))


def of_case(reader: Reader, case: Id) -> tuple[ElevatorView, ...]:
    """Return a case's courses: the one that runs first, then the latest."""
    found = case_known(reader, case)
    views = [view(reader, one.id) for one in reversed(reader.find(ElevatorCourse, stream=found.stream))]
    return tuple(sorted(views, key=lambda one: one.phase in (Phase.DONE, Phase.LEFT, Phase.EXCLUDED)))
