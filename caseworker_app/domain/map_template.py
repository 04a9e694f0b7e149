"""Rings and sectors of a netværkskort: dated data, frozen in each map by name and version.

Renaming a ring later never rewrites what somebody said before: a map keeps the version it was drawn on, and every
version stays in the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.template_parts import Fault

OUTSIDE = "outside"
"""The id of the place beyond the rings: "Ses ikke nu / savner"."""
OUTER_EDGE = 1.16
"""How far out somebody can be put, in radii of the map."""


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring. ``child`` and ``professional`` are its Danish names; ``inner`` and ``outer`` in radii of the map, 0-1
    (the one outside: 1 to :data:`OUTER_EDGE`)."""

    id: str
    child: str
    professional: str
    inner: float
    outer: float


@dataclass(frozen=True, slots=True)
class Sector:
    """A sector. ``start`` and ``end`` in degrees, 0 upwards, clockwise, ``start`` below ``end``; ``end`` may pass 360.

    ``key`` is the letter that sends somebody there; ``icon`` the name of its sign; ``color`` an Okabe-Ito hue.
    ``hides_place`` says that a name here can tell where a child lives or goes (school, day-care).
    """

    id: str
    child: str
    professional: str
    start: float
    end: float
    key: str
    icon: str
    color: str
    hides_place: bool = False

    @property
    def middle(self) -> float:
        """The angle half-way through, 0-360."""
        return ((self.start + self.end) / 2) % 360


@dataclass(frozen=True, slots=True)
class MapTemplate:
    """Rings from the middle outwards (the one outside last) and sectors clockwise; together they cover everything."""

    id: str
    version: int
    name: str
    rings: tuple[Ring, ...]
    sectors: tuple[Sector, ...]

    def ring(self, name: str) -> Ring:
        """Return a ring. Raises ``KeyError`` when the template has none of that id."""
        for ring in self.rings:
            if ring.id == name:
                return ring
        raise KeyError(name)

    def sector(self, name: str) -> Sector:
        """Return a sector. Raises ``KeyError`` when the template has none of that id."""
        for sector in self.sectors:
            if sector.id == name:
                return sector
        raise KeyError(name)

    @property
    def inside(self) -> tuple[Ring, ...]:
        """The rings that are drawn: all but the one outside."""
        return tuple(ring for ring in self.rings if ring.id != OUTSIDE)


Templates = Mapping[tuple[str, int], MapTemplate]


def latest(templates: Templates, name: str) -> MapTemplate:
    """Return the newest version of a template. Raises ``KeyError`` when there is none."""
    return templates[name, max(version for one, version in templates if one == name)]


def by_name(found: Iterable[MapTemplate]) -> Templates:
    """Return templates by id and version. Raises ``ValueError`` when two are the same."""
    made: dict[tuple[str, int], MapTemplate] = {}
    for template in found:
        if (template.id, template.version) in made:
            raise ValueError(f"two templates are called {template.id} {template.version}")
        made[template.id, template.version] = template
    return made


class MapTemplateError(UserError):
    """Rings and sectors that cannot be used. ``faults`` are all that was found; the sentence says the first."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            "The rings and sectors in {source} cannot be used: {what} ({key}, line {line}).",
            "Mend the text.",
            source=source,
            what=first.what,
            key=first.key,
            line=first.line,
        )
