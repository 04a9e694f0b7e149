"""Risk and protective factors of a child: chosen from our list or named freely, and marked over time."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.factors import STRONGEST, Direction, Factor, FactorMark, NamedFactor
from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.services import entries
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

MOST_EVIDENCE = 60
"""So many of the newest things are offered as what shows a factor."""


def named_factors(text: str) -> tuple[NamedFactor, ...]:
    """Return the factors of a list in TOML. Raises ``ValueError`` for one that is not whole."""
    found = tomllib.loads(text).get("factor", [])
    named = tuple(NamedFactor(row["id"], row["name"], Direction(row["direction"])) for row in found)
    if len({one.id for one in named}) < len(named):
        raise ValueError("two factors have one id")
    return named


# --- Written ---------------------------------------------------------------------------------------------------


def add(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Note a factor in a child's life; return its id.

    Raises :class:`InvalidInput` without a name, and for one that is there already; ``KeyError`` when there is no such
    case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = dict(values)
    _check(checked)
    _refuse_the_same(writer, found.stream, checked.get("name", ""), checked.get("direction", Direction.RISK))
    writer.act("Note a factor")
    made = writer.new_id()
    writer.create(Factor(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, factor: Id, edits: Mapping[str, Edit]) -> None:
    """Change a factor. Raises :class:`InvalidInput`."""
    now = known(writer, factor)
    values = {name: one.value for name, one in edits.items()}
    _check({"name": now.name, **values})
    if "name" in values:
        values["name"] = tidy("name", str(values["name"]), NAME_LENGTH)
    after = replace(now, **values)
    _refuse_the_same(writer, now.stream, after.name, after.direction, but=factor)
    writer.act("Change a factor")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, Factor, factor, checked)


def remove(writer: Writer, factor: Id) -> None:
    """Take a factor away with its marks; undo brings them back."""
    known(writer, factor)
    writer.act("Remove a factor")
    writer.cancel(Factor, factor)


def mark(writer: Writer, factor: Id, values: Mapping[str, Any]) -> Id:
    """Mark how strong a factor is, today unless a day is written; return the mark's id. Raises :class:`InvalidInput`."""
    now = known(writer, factor)
    checked = {"marked_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    strength = checked.get("strength")
    if strength is None:
        raise InvalidInput("strength", "Choose how strong it is, from 0 to 4.")
    if not 0 <= strength <= STRONGEST:
        raise InvalidInput("strength", "The strength goes from 0 to 4.")
    if checked["marked_on"] > writer.today:
        raise InvalidInput("marked_on", "That day has not come yet.", "Check the computer's clock if it has.")
    checked["words"] = tidy("words", str(checked.get("words", "")), TEXT_LENGTH)
    link = str(checked.get("evidence", ""))
    if link and entries.stream_of(writer, link) != now.stream:
        raise InvalidInput("evidence", "What is to show it is no longer there.", "Choose something else.")
    writer.act("Mark a factor")
    made = writer.new_id()
    writer.create(FactorMark(id=made, stream=now.stream, factor=factor, **checked))
    return made


def remove_mark(writer: Writer, mark: Id) -> None:
    """Take a mark back."""
    writer.act("Remove a mark of a factor")
    writer.cancel(FactorMark, mark)


def known(reader: Reader, factor: Id) -> Factor:
    """Return a factor. Raises ``KeyError`` when there is none."""
    found = reader.get(Factor, factor)
    if found is None:
        raise KeyError("no such factor")
    return found


def _check(values: dict[str, Any]) -> None:
    if "note" in values:
        values["note"] = tidy("note", str(values["note"]), TEXT_LENGTH)
    values["name"] = tidy("name", str(values.get("name", "")), NAME_LENGTH)
    if not values["name"]:
        raise InvalidInput("name", "Choose a factor, or write one of your own.")


def _refuse_the_same(
    reader: Reader, stream: Id, name: str, direction: Direction, but: Id | None = None
) -> None:
    for other in reader.find(Factor, stream=stream):
        same = other.name.casefold() == name.casefold() and other.direction is direction
        if same and other.id != but:
            raise InvalidInput(
                "name", "This factor is in the register already.", "Mark it there as it is now."
            )


# --- Looking ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FactorView:
    """A factor with its marks, the oldest first."""

    factor: Factor
    marks: tuple[FactorMark, ...]

    @property
    def latest(self) -> FactorMark | None:
        """How it stands now."""
        return self.marks[-1] if self.marks else None

    @property
    def strength(self) -> int | None:
        """How strong it was last; ``None`` when it was never marked."""
        return None if self.latest is None else self.latest.strength


def of_case(reader: Reader, case: Id) -> tuple[FactorView, ...]:
    """Return a child's factors: risks first, the strongest first within each."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    marks: dict[Id, list[FactorMark]] = {}
    for one in reader.find(FactorMark, stream=found.stream):
        if one.factor is not None:
            marks.setdefault(one.factor, []).append(one)
    views = []
    for factor in reader.find(Factor, stream=found.stream):
        own = sorted(marks.get(factor.id, ()), key=lambda m: m.marked_on or dt.date.min)
        views.append(FactorView(factor, tuple(own)))
    order = list(Direction)
    views.sort(key=lambda v: (order.index(v.factor.direction), -(v.strength or 0), v.factor.name.casefold()))
    return tuple(views)


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that can show a factor: its link, the day it is about, and its words."""

    link: str
    kind: str
    day: dt.date | None
    words: str


def evidence_of(reader: Reader, case: Id) -> tuple[Evidence, ...]:
    """Return what can be pointed at: entries, follow-ups and visits of the case, the newest first."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    shown = [
        Evidence(entries.link_to("entry", one.id), "entry", one.day, one.heading)
        for one in reader.find(Entry, stream=found.stream)
    ]
    shown += [
        Evidence(entries.link_to("follow_up", one.id), "follow_up", one.held_on, one.place)
        for one in reader.find(FollowUp, stream=found.stream)
        if one.held_on is not None
    ]
    shown += _visits(reader, found.stream)
    shown.sort(key=lambda one: one.day or dt.date.min, reverse=True)
    return tuple(shown[:MOST_EVIDENCE])


def _visits(reader: Reader, stream: Id) -> list[Evidence]:
    from caseworker_app.domain.entity import type_named

    declared = type_named("visit")
    if declared is None:
        return []
    return [
        Evidence(entries.link_to("visit", one.id), "visit", getattr(one, "held_on", None), "")
        for one in reader.find(declared.cls, stream=stream)
    ]


def evidence_at(reader: Reader, link: str) -> Evidence | None:
    """Return what a mark's link points at, ``None`` when it is not there any more."""
    from caseworker_app.domain.entity import type_named

    kind, _colon, name = link.partition(":")
    declared = type_named(kind)
    if declared is None or entries.stream_of(reader, link) is None:
        return None
    thing: Any = reader.get(declared.cls, bytes.fromhex(name))
    words = thing.heading if isinstance(thing, Entry) else getattr(thing, "place", "")
    day = thing.day if isinstance(thing, Entry) else getattr(thing, "held_on", None)
    return Evidence(link, kind, day, words)
