"""A netværkskort as somebody may see it. Drawings, papers and exports get this and nothing else.

A view cannot be made without a profile (:mod:`caseworker_app.domain.map_profiles`): there is no "everything" by default,
so what is not in it can never be covered up badly. Nothing here knows a full name, a number, an address or a case.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import MapTemplate
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import (
    Candidate,
    Flow,
    Informed,
    MapPersonKind,
    Placement,
    Quality,
    Support,
    Voice,
)
from caseworker_app.domain.phrases import Phrase


class MapProfile(StrEnum):
    """For whom a copy is."""

    FILE = "file"
    CHILD = "child"
    FAMILY = "family"


@dataclass(frozen=True, slots=True)
class SeenPerson:
    """Somebody on the map as this reader sees her. ``households`` counts the hulls she stands in.

    ``candidate`` is in the file's view alone, and never drawn.
    """

    id: Id
    kind: MapPersonKind
    called: str
    role_word: str
    placement: Placement | None
    dead: bool = False
    support: Support | None = None
    informed: Informed | None = None
    doubtful: bool = False
    households: int = 0
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class SeenRelation:
    """A line as this reader sees it; ``None`` is the child in the middle."""

    id: Id
    a: Id | None
    b: Id | None
    quality: Quality
    flow: Flow | None
    said_by: Voice


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """A household as this reader sees it."""

    id: Id
    label: str
    members: frozenset[Id]
    with_child: bool


@dataclass(frozen=True, slots=True)
class SeenQuote:
    """Words said at the map."""

    said_by: Voice
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """A map filtered for one kind of reader.

    ``child`` is what the child is called; ``left_out`` says in words what this copy does not hold. ``number`` and
    ``digest`` are empty for a map that is still being drawn.
    """

    profile: MapProfile
    wording: Wording
    template: MapTemplate
    child: str
    voice: Voice
    drawn_on: dt.date | None
    place: str = ""
    present: tuple[str, ...] = ()
    number: int | None = None
    digest: str = ""
    people: tuple[SeenPerson, ...] = ()
    relations: tuple[SeenRelation, ...] = ()
    groups: tuple[SeenGroup, ...] = ()
    quotes: tuple[SeenQuote, ...] = ()
    left_out: tuple[Phrase, ...] = ()

    @property
    def placed(self) -> tuple[SeenPerson, ...]:
        """Those who stand on the map, in the list's order."""
        return tuple(person for person in self.people if person.placement is not None)
