"""Past 50 people a cell shows some of them and a number for the rest; the list that follows the map names them all."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_view import MapView, SeenPerson
from caseworker_app.domain.network_map import Placement, Quality

MOST: Final = 50
"""So many stand on a page and can be read."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """Those of a cell that share one sign: how many, and where it stands."""

    count: int
    placement: Placement


def roll_up(view: MapView, most: int = MOST) -> tuple[MapView, tuple[Rolled, ...]]:
    """Return the view with at most so many people where that can be, and the signs for those that were taken out.

    Only people without a line of their own (an ordinary one to the child is none) and without a household are taken,
    the last of the list first, from the fullest cells. The same view always gives the same.
    """
    over = len(view.placed) - most
    if over <= 0:
        return view, ()
    cells = _loose(view)
    gone: set[Id] = set()
    signs: list[Rolled] = []
    for _cell, group in sorted(cells.items(), key=lambda item: (-len(item[1]), item[0])):
        count = min(len(group), over + 1)
        if over <= 0 or count < 2:
            break
        taken = group[-count:]
        gone |= {person.id for person in taken}
        signs.append(Rolled(count, _middle(taken)))
        over -= count - 1
    people = tuple(person for person in view.people if person.id not in gone)
    lines = tuple(line for line in view.relations if not {line.a, line.b} & gone)
    return replace(view, people=people, relations=lines), tuple(signs)


def _loose(view: MapView) -> Mapping[tuple[str, str], list[SeenPerson]]:
    """Return by cell those who can stand together under one sign."""
    tied = {who for group in view.groups for who in group.members}
    for line in view.relations:
        if None not in (line.a, line.b) or line.quality is not Quality.ORDINARY or line.flow is not None:
            tied |= {end for end in (line.a, line.b) if end is not None}
    found: dict[tuple[str, str], list[SeenPerson]] = defaultdict(list)
    for person in view.placed:
        if person.id not in tied and person.placement is not None:
            found[person.placement.ring, person.placement.sector].append(person)
    return found


def _middle(people: list[SeenPerson]) -> Placement:
    """Return the place amid some people of one cell."""
    places = [person.placement for person in people if person.placement is not None]
    sin = sum(math.sin(math.radians(place.angle / 10)) for place in places)
    cos = sum(math.cos(math.radians(place.angle / 10)) for place in places)
    angle = round(math.degrees(math.atan2(sin, cos)) * 10) % 3600
    return replace(places[0], angle=angle, radius=round(sum(place.radius for place in places) / len(places)))
