"""KIK sheets: a look at each core element of an effort, in what degree and how well, each quarter or at set sessions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kik_sheet import (
    DEGREES,
    EVERY_MONTHS,
    MOST_ELEMENTS,
    QUALITIES,
    KikElement,
    KikSheet,
    Occasion,
)
from caseworker_app.domain.order import key_after
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.trial_action import TrialAction
from caseworker_app.services import trials
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit
from caseworker_app.services.nameless import refuse_names
from caseworker_app.services.plain_records import change, known, make, not_ahead, take_away, tidied
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, tidy

_SHORT, _LONG = ("effort", "present"), ("agreed", "elements")
_ELEMENT = ("seen", "better")


@dataclass(frozen=True, slots=True)
class ElementView:
    """An element beside how it stood on the sheet before; ``moved`` is how many words up (or down) degree and quality
    went together, ``None`` where one of the two sheets says nothing."""

    element: KikElement
    before: KikElement | None

    @property
    def moved(self) -> int | None:
        """How far it has moved."""
        if self.before is None:
            return None
        now, then = _rank(self.element), _rank(self.before)
        return None if now is None or then is None else now - then


def _rank(one: KikElement) -> int | None:
    if one.degree is None or one.quality is None:
        return None
    return DEGREES.index(one.degree) + QUALITIES.index(one.quality)


@dataclass(frozen=True, slots=True)
class SheetView:
    """A sheet with its elements in their order; ``before`` is the day of the sheet before of the same effort."""

    sheet: KikSheet
    elements: tuple[ElementView, ...]
    before: dt.date | None

    @property
    def filled(self) -> int:
        """How many elements are looked at."""
        return sum(
            one.element.degree is not None and one.element.quality is not None for one in self.elements
        )


def names_of(lines: str) -> tuple[str, ...]:
    """Return core elements from text, one a line; bullets and what stands twice is left out."""
    said = (" ".join(line.strip(" \t-–•*").split()) for line in lines.splitlines())
    found: dict[str, str] = {}
    for line in said:
        name = tidy("elements", line, NAME_LENGTH)
        if name:
            found.setdefault(name.casefold(), name)
    if len(found) > MOST_ELEMENTS:
        raise InvalidInput("elements", "That is more than {most} core elements.", most=MOST_ELEMENTS)
    return tuple(found.values())


def begin(writer: Writer, values: Mapping[str, Any]) -> Id:
    """Begin a sheet of today unless a day is given; return its id.

    ``elements`` are one a line; without any, those of the last sheet of the same effort are taken over, with nothing said
    of them. By the quarter the next time is three months on. Raises :class:`InvalidInput`.
    """
    checked = {"made_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    blank = KikSheet(stream=own_stream(writer))
    _check(writer, blank, checked)
    if "next_on" not in checked and checked.get("occasion", Occasion.QUARTER) is Occasion.QUARTER:
        checked["next_on"] = add_months(checked["made_on"], EVERY_MONTHS)
    earlier = last_of(writer, checked["effort"])
    names = names_of(checked.get("elements", "")) or (
        () if earlier is None else tuple(one.element.name for one in view(writer, earlier.id).elements)
    )
    made = make(writer, blank, checked, "Begin a KIK sheet")
    at = ""
    for name in names:
        at = key_after(at)
        writer.create(KikElement(id=writer.new_id(), stream=blank.stream, sheet=made, name=name, order=at))
    return made


def edit(writer: Writer, sheet: Id, edits: Mapping[str, Edit]) -> None:
    """Change a sheet. Raises :class:`InvalidInput`."""
    now = known(writer, KikSheet, sheet)
    checked = {name: one.value for name, one in edits.items()}
    _check(writer, now, checked)
    change(writer, now, edits, checked, "Change a KIK sheet")


def remove(writer: Writer, sheet: Id) -> None:
    """Take a sheet away; undo brings it back."""
    take_away(writer, KikSheet, sheet, "Remove a KIK sheet")


def _check(reader: Reader, now: KikSheet, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, _LONG)
    not_ahead(reader, values, ("made_on",))
    refuse_names(reader, values, (*_SHORT, *_LONG))
    after = replace(now, **values)
    if not after.effort:
        raise InvalidInput("effort", "Write which effort you look at.")
    if after.made_on is None:
        raise InvalidInput("made_on", "Write the day.")
    if after.next_on is not None and after.next_on <= after.made_on:
        raise InvalidInput("next_on", "The next time is after this one.")


def add_element(writer: Writer, sheet: Id, values: Mapping[str, Any]) -> Id:
    """Add a core element to a sheet; return its id. Raises :class:`InvalidInput`."""
    now = known(writer, KikSheet, sheet)
    elements = _elements(writer, sheet)
    if len(elements) >= MOST_ELEMENTS:
        raise InvalidInput("name", "That is more than {most} core elements.", most=MOST_ELEMENTS)
    checked = dict(values)
    blank = KikElement(
        stream=now.stream, sheet=sheet, order=key_after(elements[-1].order if elements else "")
    )
    _check_element(writer, blank, checked)
    return make(writer, blank, checked, "Add a core element")


def look_at(writer: Writer, element: Id, edits: Mapping[str, Edit]) -> None:
    """Write in what degree and how well, by what it is seen, and what could be better. Raises :class:`InvalidInput`."""
    now = known(writer, KikElement, element)
    checked = {name: one.value for name, one in edits.items()}
    _check_element(writer, now, checked)
    change(writer, now, edits, checked, "Look at a core element")


def remove_element(writer: Writer, element: Id) -> None:
    """Take a core element off a sheet."""
    take_away(writer, KikElement, element, "Remove a core element")


def _check_element(reader: Reader, now: KikElement, values: dict[str, Any]) -> None:
    tidied(values, ("name",), _ELEMENT)
    refuse_names(reader, values, ("name", *_ELEMENT))
    after = replace(now, **values)
    if not after.name:
        raise InvalidInput("name", "Write the core element.")
    others = _elements(reader, after.sheet)
    if any(one.name.casefold() == after.name.casefold() for one in others if one.id != now.id):
        raise InvalidInput("name", "This core element is on the sheet already.")


def try_it(writer: Writer, element: Id) -> Id:
    """Make an idea on the board of what could be better with an element; return the trial's id.

    One that was made already is returned. Raises :class:`InvalidInput` when nothing is written of what could be better.
    """
    now = known(writer, KikElement, element)
    trial = None if now.trial is None else trials_there(writer, now.trial)
    if trial is not None:
        return trial
    if not now.better:
        raise InvalidInput("better", "Write first what could be better.")
    made = trials.suggest(writer, {"what": now.better, "point": now.name})
    writer.set(KikElement, element, "trial", made, parents=None)
    return made


def trials_there(reader: Reader, trial: Id) -> Id | None:
    """Return a trial's id if it is there still."""
    found = reader.get(TrialAction, trial)
    return None if found is None or found.cancelled else trial


def _elements(reader: Reader, sheet: Id | None) -> list[KikElement]:
    found = reader.find(KikElement, where={"sheet": sheet})
    return sorted(found, key=lambda one: (one.order, one.id))


def _by_day(sheets: Iterable[KikSheet]) -> list[KikSheet]:
    return sorted(sheets, key=lambda one: (one.made_on or dt.date.min, one.id))


def last_of(reader: Reader, effort: str, before: KikSheet | None = None) -> KikSheet | None:
    """Return the latest sheet of an effort, or the one before another."""
    same = _by_day(s for s in reader.find(KikSheet) if s.effort.casefold() == effort.casefold())
    if before is not None:
        same = same[: next((n for n, one in enumerate(same) if one.id == before.id), len(same))]
    return same[-1] if same else None


def view(reader: Reader, sheet: Id) -> SheetView:
    """Return a sheet beside the one before it. Raises ``KeyError`` when there is none."""
    found = known(reader, KikSheet, sheet)
    earlier = last_of(reader, found.effort, found)
    then = {} if earlier is None else {e.name.casefold(): e for e in _elements(reader, earlier.id)}
    shown = tuple(ElementView(e, then.get(e.name.casefold())) for e in _elements(reader, sheet))
    return SheetView(found, shown, None if earlier is None else earlier.made_on)


def sheets(reader: Reader) -> tuple[SheetView, ...]:
    """Return every sheet, the latest first."""
    return tuple(view(reader, one.id) for one in reversed(_by_day(reader.find(KikSheet))))
