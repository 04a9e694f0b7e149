"""Maps for tests: the template that ships, and a short way to put somebody in a cell."""

from __future__ import annotations

from functools import cache

import resources
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_layout import cell_centre
from caseworker_app.domain.map_template import MapTemplate, Templates
from caseworker_app.domain.map_template_reading import read_map_templates
from caseworker_app.domain.network_map import MapPerson, Placement
from caseworker_app.services import network_maps
from caseworker_app.services.network_maps import OpenMap
from db.store import SqlStore

MAPS = "network_map.toml"


@cache
def shipped() -> Templates:
    """Return the rings and sectors that ship."""
    return read_map_templates(resources.text("catalogues", MAPS), MAPS)


def four() -> MapTemplate:
    """Return four rings and four sectors."""
    return shipped()["four", 1]


def at(ring: str, sector: str = "family", angle: int | None = None) -> Placement:
    """Return a place in a cell of :func:`four`, its middle unless an angle is said."""
    middle = cell_centre(four(), ring, sector)
    return middle if angle is None else Placement(angle, middle.radius, ring, sector)


def opened(store: SqlStore, map_id: Id) -> OpenMap:
    """Return a map opened."""
    return store.read(lambda r: network_maps.open_map(r, map_id, shipped()))


def put(
    store: SqlStore, map_id: Id, called: str, ring: str = "", sector: str = "family", **more: object
) -> Id:
    """Put somebody on a map, in the tray without a ring."""
    place = at(ring, sector) if ring else None
    return store.write(lambda w: network_maps.add_person(w, map_id, called, placement=place, **more)).result


def called(opened_map: OpenMap, name: str) -> MapPerson:
    """Return who is called something."""
    return next(one for one in opened_map.people if one.called == name)
