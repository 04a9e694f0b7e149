"""Efforts (indsatser) that are described: target group with what keeps out, core elements, rhythm, group size.

The five of the report "Dokumentation af lovende praksis" ship (promising practice 1.1 to 1.5); a municipality adds its own.
The report gives none of them a level of evidence: that is a field the municipality fills, 1 to 4 (seed 000: Herning's four
levels, the highest is randomised trials).
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, NUMBER, TEXT, optional_choice

MOST_POINTS: Final = 30


class Evidence(StrEnum):
    """A municipality's own judgement; nobody's by default."""

    ONE = "1"
    TWO = "2"
    THREE = "3"
    FOUR = "4"


EVIDENCE_LABELS: Mapping[Evidence, str] = {
    Evidence.ONE: "Level 1",
    Evidence.TWO: "Level 2",
    Evidence.THREE: "Level 3",
    Evidence.FOUR: "Level 4: randomised trials",
}


@entity("own_effort", "Effort of the catalogue")
class OwnEffort(Entity):
    """What a municipality says of an effort: of one that ships (``effort`` is its id) only the evidence and a note, else
    the whole of its own. Lists stand one a line; ``kik_sessions`` is such as ``3, 7``."""

    effort: str = field(TEXT, "Effort of the catalogue", default="", indexed=True)
    name: str = field(TEXT, "Name", default="")
    evidence: Evidence | None = field(optional_choice(Evidence), "Level of evidence", default=None)
    evidence_source: str = field(TEXT, "Where the evidence is described", default="")
    evidence_on: dt.date | None = field(DATE, "Judged on", default=None)
    note: str = field(TEXT, "Note", default="")
    goal: str = field(TEXT, "Goal", default="")
    elements: str = field(TEXT, "Core elements", default="")
    organisational: str = field(TEXT, "Core elements of the organisation", default="")
    include: str = field(TEXT, "Target group: all of it", default="")
    include_some: str = field(TEXT, "Target group: some of it", default="")
    at_least: int | None = field(NUMBER, "At least so many of them", default=None)
    exclude: str = field(TEXT, "Keeps out", default="")
    months: int | None = field(NUMBER, "Months planned", default=None)
    intensity: str = field(TEXT, "Intensity", default="")
    kik_months: int | None = field(NUMBER, "Months between KIK sheets", default=None)
    kik_sessions: str = field(TEXT, "KIK after sessions", default="")
    sessions: int | None = field(NUMBER, "Sessions of a group", default=None)
    most: int | None = field(NUMBER, "Most participants", default=None)


@dataclass(frozen=True, slots=True)
class Effort:
    """One effort as it is used. ``at_least`` of ``include_some`` must hold; ``group`` says that it is given in groups."""

    id: str
    name: str
    place: str = ""
    basis: str = ""
    goal: str = ""
    elements: tuple[str, ...] = ()
    organisational: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    include_some: tuple[str, ...] = ()
    at_least: int = 0
    exclude: tuple[str, ...] = ()
    months: int = 0
    intensity: str = ""
    kik_months: int = 3
    kik_sessions: tuple[int, ...] = ()
    sessions: int = 0
    most: int = 0
    note: str = ""
    evidence: Evidence | None = None
    evidence_source: str = ""
    evidence_on: dt.date | None = None
    ships: bool = True

    @property
    def group(self) -> bool:
        """Whether it is given in groups."""
        return self.sessions > 0

    @property
    def title(self) -> str:
        """Its name, with where it is from."""
        return f"{self.name}, {self.place}" if self.place else self.name


_LISTS: Final = ("elements", "organisational", "include", "include_some", "exclude")
_TEXTS: Final = ("id", "name", "place", "basis", "goal", "intensity", "note")
_NUMBERS: Final = ("at_least", "months", "kik_months", "sessions", "most")


def read_efforts(text: str) -> tuple[Effort, ...]:
    """Return the efforts of a TOML file. Raises ``ValueError`` for one that is not whole, or has a level of evidence: the
    source gives none."""
    found = tuple(_effort(table) for table in tomllib.loads(text)["effort"])
    if len({one.id for one in found}) < len(found):
        raise ValueError("two efforts have one id")
    return found


def _effort(table: Mapping[str, Any]) -> Effort:
    unknown = table.keys() - {*_LISTS, *_TEXTS, *_NUMBERS, "kik_sessions"}
    if unknown:
        raise ValueError(f"not known of an effort: {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {name: str(table[name]) for name in _TEXTS if name in table}
    values |= {name: tuple(str(one) for one in table[name]) for name in _LISTS if name in table}
    values |= {name: int(table[name]) for name in _NUMBERS if name in table}
    made = Effort(**values, kik_sessions=tuple(int(one) for one in table.get("kik_sessions", ())))
    if not made.name or not made.elements or made.at_least > len(made.include_some):
        raise ValueError(f"the effort {made.id} is not whole")
    return made


def lines(text: str) -> tuple[str, ...]:
    """Return a list that was written one a line, without bullets and without what stands twice."""
    said = (" ".join(line.strip(" \t-–•*").split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in said if line))


def numbers(text: str) -> tuple[int, ...]:
    """Return numbers written as ``3, 7``, in order. Raises ``ValueError`` for what is none."""
    return tuple(sorted({int(part) for part in text.replace(";", ",").split(",") if part.strip()}))


def own(found: OwnEffort) -> Effort:
    """Return a municipality's own effort; its id is ``own:`` and the record's."""
    return Effort(
        id=f"own:{found.id.hex()}", name=found.name, goal=found.goal, elements=lines(found.elements),
        organisational=lines(found.organisational), include=lines(found.include),
        include_some=lines(found.include_some), at_least=found.at_least or 0, exclude=lines(found.exclude),
        months=found.months or 0, intensity=found.intensity, kik_months=found.kik_months or 0,
        kik_sessions=numbers(found.kik_sessions), sessions=found.sessions or 0, most=found.most or 0, note=found.note,
        evidence=found.evidence, evidence_source=found.evidence_source, evidence_on=found.evidence_on, ships=False,
    )  # fmt: skip


def in_use(shipped: Iterable[Effort], records: Iterable[OwnEffort]) -> tuple[Effort, ...]:
    """Return the efforts that ship with what the municipality says of them, then its own."""
    said = {one.effort: one for one in records if one.effort}
    with_words = (
        one if (note := said.get(one.id)) is None else replace(
            one, evidence=note.evidence, evidence_source=note.evidence_source, evidence_on=note.evidence_on,
            note="\n".join(part for part in (one.note, note.note) if part),
        )
        for one in shipped
    )  # fmt: skip
    return (*with_words, *(own(one) for one in records if not one.effort))
