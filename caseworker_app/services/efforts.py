"""The catalogue of efforts in use: those that ship, what the municipality says of them, and its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.effort import MOST_POINTS, Effort, OwnEffort, in_use, lines, numbers
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Office
from caseworker_app.services.forms import Edit
from caseworker_app.services.nameless import refuse_names
from caseworker_app.services.plain_records import change, known, make, not_ahead, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

_SHORT = ("name", "evidence_source", "kik_sessions")
_LISTS = ("elements", "organisational", "include", "include_some", "exclude")
_LONG = ("note", "goal", "intensity", *_LISTS)
_UP_TO = {"at_least": MOST_POINTS, "months": 120, "kik_months": 24, "sessions": 60, "most": 60}


def offered(reader: Reader, shipped: Iterable[Effort]) -> tuple[Effort, ...]:
    """Return the efforts in use: those that ship with the municipality's judgement, then its own."""
    return in_use(shipped, reader.find(OwnEffort))


def effort_of(efforts: Iterable[Effort], effort: str) -> Effort | None:
    """Return an effort by its id; ``None`` for one that is no more."""
    return next((one for one in efforts if one.id == effort), None)


def record_of(reader: Reader, effort: Effort) -> OwnEffort | None:
    """Return what the municipality has written of an effort."""
    records = reader.find(OwnEffort)
    if effort.ships:
        return next((one for one in records if one.effort == effort.id), None)
    return next((one for one in records if f"own:{one.id.hex()}" == effort.id), None)


def judge(writer: Writer, effort: str, values: Mapping[str, Any]) -> Id:
    """Write the level of evidence and a note of an effort that ships; return its record. Raises :class:`InvalidInput`."""
    there = next(iter(writer.find(OwnEffort, where={"effort": effort})), None)
    if there is not None:
        edit(writer, there.id, {name: Edit(value) for name, value in values.items()})
        return there.id
    blank = OwnEffort(stream=_office(writer), effort=effort)
    checked = dict(values)
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Judge the evidence of an effort")


def add(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Add an effort of the municipality's own; return its id. Raises :class:`InvalidInput`."""
    blank = OwnEffort(stream=_office(writer))
    checked = {name: value for name, value in values.items() if value is not None}
    _check(writer, blank, checked)
    return make(writer, blank, checked, "Add an effort to the catalogue")


def edit(writer: Writer, record: Id, edits: Mapping[str, Edit]) -> None:
    """Change what the municipality says of an effort. Raises :class:`InvalidInput`."""
    now = known(writer, OwnEffort, record)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change an effort of the catalogue")


def remove(writer: Writer, record: Id) -> None:
    """Take an own effort out; courses that have it keep its name."""
    take_away(writer, OwnEffort, record, "Remove an effort from the catalogue")


def _office(reader: Reader) -> Id:
    return reader.find(Office)[0].stream


def _check(reader: Reader, now: OwnEffort, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, _LONG)
    not_ahead(reader, values, ("evidence_on",))
    refuse_names(reader, values, (*_SHORT, *_LONG))
    after = replace(now, **values)
    if not after.effort:
        _check_own(reader, after)
    for name, highest in _UP_TO.items():
        number = getattr(after, name)
        if number is not None and not 0 <= number <= highest:
            raise InvalidInput(name, "It goes from 0 to {highest}.", highest=highest)


def _check_own(reader: Reader, after: OwnEffort) -> None:
    if not after.name:
        raise InvalidInput("name", "Write what the effort is called.")
    same = (one for one in reader.find(OwnEffort) if not one.effort and one.id != after.id)
    if any(one.name.casefold() == after.name.casefold() for one in same):
        raise InvalidInput("name", "An effort of that name is in the catalogue already.")
    if not lines(after.elements):
        raise InvalidInput("elements", "Write at least one core element, one a line.")
    for name in _LISTS:
        if len(lines(getattr(after, name))) > MOST_POINTS:
            raise InvalidInput(name, "That is more than {most} lines.", most=MOST_POINTS)
    if (after.at_least or 0) > len(lines(after.include_some)):
        raise InvalidInput("at_least", "That is more than there are lines to choose from.")
    try:
        sessions = numbers(after.kik_sessions)
    except ValueError:
        raise InvalidInput("kik_sessions", "Write numbers such as 3, 7.") from None
    if sessions and (sessions[0] < 1 or sessions[-1] > (after.sessions or 0)):
        raise InvalidInput("kik_sessions", "The group has no session of that number.")
