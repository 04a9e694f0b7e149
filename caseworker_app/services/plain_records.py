"""What the services of plain records share: made, changed, taken away, texts tidied, days that have come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

C = TypeVar("C", bound=Entity)


def case_known(reader: Reader, case: Id) -> Case:
    """Return a case. Raises ``KeyError`` when there is none."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return found


def case_of(reader: Reader, thing: Entity) -> Case:
    """Return the case a thing stands in."""
    return next(iter(reader.find(Case, stream=thing.stream, cancelled=True)))


def known(reader: Reader, cls: type[C], thing: Id) -> C:
    """Return a thing that is there. Raises ``KeyError`` when there is none."""
    found = reader.get(cls, thing)
    if found is None or found.cancelled:
        raise KeyError("no such thing")
    return found


def tidied(values: dict[str, Any], short: Iterable[str], long: Iterable[str] = ()) -> None:
    """Tidy texts in place. Raises :class:`InvalidInput` for one that is too long."""
    for names, longest in ((short, NAME_LENGTH), (long, TEXT_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)


def not_ahead(reader: Reader, values: Mapping[str, Any], names: Iterable[str]) -> None:
    """Raise :class:`InvalidInput` for a day that has not come."""
    for name in names:
        day = values.get(name)
        if day is not None and day > reader.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")


def make(writer: Writer, blank: C, values: Mapping[str, Any], label: str) -> Id:
    """Make a thing of a blank one; return its id."""
    writer.act(label)
    made = writer.new_id()
    writer.create(replace(blank, id=made, **values))
    return made


def change(
    writer: Writer, now: Entity, edits: Mapping[str, Edit], values: Mapping[str, Any], label: str
) -> None:
    """Write edits, with the ``values`` they came to when they were checked."""
    writer.act(label)
    kept = {name: replace(edits[name], value=values[name]) for name in edits}
    apply_edits(writer, type(now), now.id, kept)


def take_away(writer: Writer, cls: type[Entity], thing: Id, label: str) -> None:
    """Take a thing away; undo brings it back. Raises ``KeyError`` when there is none."""
    known(writer, cls, thing)
    writer.act(label)
    writer.cancel(cls, thing)
