"""What a netværkskort on paper or in a file is made of: the view its reader may have, and the words on and around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from caseworker_app.domain.map_view import MapView
from caseworker_app.domain.map_words import (
    CANDIDATE_LABELS,
    FLOW_LABELS,
    INFORMED_LABELS,
    KIND_LABELS,
    QUALITY_LABELS,
    SAID_BY_LABELS,
    SUPPORT_LABELS,
    VOICE_LABELS,
)
from caseworker_app.domain.network_map import Placement
from caseworker_app.domain.phrases import N_

DEAD = N_("dead")
HOUSEHOLD = N_("Live together or belong together")
HOUSEHOLDS = N_("Belongs in more than one home")
DOUBTFUL = N_("Does not know enough yet")
SUPPORT_FLOW = N_("The arrow shows who gets support")
THE_CHILD = N_("The child in the middle")
MORE = N_("{n} more")


class MapFormat(StrEnum):
    """What a copy can be: paper, a picture, or the map for other programs. The value is the file's ending, but for CSV."""

    PDF = "pdf"
    SVG = "svg"
    PNG = "png"
    GRAPHML = "graphml"
    CSV_PEOPLE = "csv_people"
    CSV_LINES = "csv_lines"
    JSON = "json"

    @property
    def ending(self) -> str:
        """The ending of a file's name."""
        return "csv" if self in (MapFormat.CSV_PEOPLE, MapFormat.CSV_LINES) else self.value


FORMAT_LABELS: Mapping[MapFormat, str] = {
    MapFormat.PDF: N_("Paper (PDF)"),
    MapFormat.SVG: N_("Drawing (SVG)"),
    MapFormat.PNG: N_("Picture (PNG)"),
    MapFormat.GRAPHML: N_("Network for other programs (GraphML)"),
    MapFormat.CSV_PEOPLE: N_("Table of the people (CSV)"),
    MapFormat.CSV_LINES: N_("Table of the lines (CSV)"),
    MapFormat.JSON: N_("The map as data (JSON)"),
}


@dataclass(frozen=True, slots=True)
class MapWords:
    """The words by msgid. Picklable, so that a paper's facts can hold them."""

    said: Mapping[str, str] = field(default_factory=dict)

    def __call__(self, msgid: str) -> str:
        """Return a word; the msgid itself where there is none."""
        return self.said.get(msgid, msgid)


def map_words(say: Callable[[str], str]) -> MapWords:
    """Return every word a map can hold, said by ``say`` (a translator's ``gettext``)."""
    return MapWords({msgid: say(msgid) for msgid in _msgids()})


def _msgids() -> Iterator[str]:
    yield from (DEAD, HOUSEHOLD, HOUSEHOLDS, DOUBTFUL, SUPPORT_FLOW, THE_CHILD, MORE)
    labelled: tuple[Mapping[Any, str], ...] = (
        VOICE_LABELS,
        SAID_BY_LABELS,
        KIND_LABELS,
        SUPPORT_LABELS,
        INFORMED_LABELS,
        FLOW_LABELS,
        CANDIDATE_LABELS,
    )
    for labels in labelled:
        yield from labels.values()
    for qualities in QUALITY_LABELS.values():
        yield from qualities.values()


@dataclass(frozen=True, slots=True)
class NetworkMapFacts:
    """One copy of a map: what its reader may see, and how it is to look. ``black``: drawn without colour."""

    view: MapView
    words: MapWords
    dated: dt.date
    format: MapFormat = MapFormat.PDF
    a3: bool = False
    black: bool = False


@dataclass(frozen=True, slots=True)
class NetworkMapComparisonFacts:
    """Two versions beside one another and what is different, in Danish sentences; for the file alone.

    ``moved`` are those who stood elsewhere: before, now (``None`` for who is gone) and what she is called; ``fresh`` where
    the new ones stand.
    """

    old: MapView
    new: MapView
    sentences: tuple[str, ...]
    moved: tuple[tuple[Placement, Placement | None, str], ...]
    fresh: tuple[Placement, ...]
    words: MapWords
    dated: dt.date
    a3: bool = False
    black: bool = False
