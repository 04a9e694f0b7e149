"""Risk and protective factors of one child, followed over time: an own register in own words.

Strength goes from 0 (not seen) to 4 (very strong). No text of ESTER or another instrument is used.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, NUMBER, REFERENCE, TEXT, choice
from caseworker_app.domain.phrases import N_

STRONGEST = 4


class Direction(StrEnum):
    """Which way a factor pulls."""

    RISK = "risk"
    PROTECTIVE = "protective"


DIRECTION_LABELS: Mapping[Direction, str] = {
    Direction.RISK: "Risk",
    Direction.PROTECTIVE: "Protection",
}
STRENGTH_WORDS: Mapping[int, str] = {
    0: N_("0: not seen"),
    1: N_("1: weak"),
    2: N_("2: some"),
    3: N_("3: strong"),
    4: N_("4: very strong"),
}


@dataclass(frozen=True, slots=True)
class NamedFactor:
    """A factor of the list that ships: its name and which way it pulls."""

    id: str
    name: str
    direction: Direction


@dataclass(frozen=True, slots=True)
class FactorWords:
    """The words of a factor's chart, in the language it is drawn in."""

    language: str
    about: str
    strength: str
    nothing: str


@dataclass(frozen=True, slots=True)
class FactorCourse:
    """A factor over time, as it is drawn: days and strengths, oldest first."""

    words: FactorWords
    direction: Direction
    points: tuple[tuple[dt.date, int], ...]
    today: dt.date


@entity("factor", "Risk or protective factor")
class Factor(Entity):
    """One factor in one child's life. ``catalogue`` names the entry of the list it was taken from, if any."""

    name: str = field(TEXT, "Factor", default="")
    direction: Direction = field(choice(Direction), "It is", default=Direction.RISK)
    catalogue: str = field(TEXT, "Entry in the list", default="")
    note: str = field(TEXT, "Note", default="")


@entity("factor_mark", "Mark of a factor")
class FactorMark(Entity):
    """How strong a factor was on a day. ``evidence`` is the link (``kind:hex``) to what shows it."""

    factor: Id | None = field(REFERENCE, "Factor", default=None, indexed=True)
    marked_on: dt.date | None = field(DATE, "Day", default=None)
    strength: int | None = field(NUMBER, "Strength", default=None)
    words: str = field(TEXT, "In words", default="")
    evidence: str = field(TEXT, "What shows it", default="")
