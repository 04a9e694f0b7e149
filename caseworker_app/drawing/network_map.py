"""A whole netværkskort as a display list: ground, households, lines, names of the rings, the child, everybody else.

:func:`map_drawing` is what paper and exports draw. A screen that draws often takes the parts themselves
(:mod:`caseworker_app.drawing.map_parts`, :mod:`caseworker_app.drawing.map_lines`) and lays out once
(:func:`caseworker_app.drawing.map_layout.lay_out`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from caseworker_app.domain.map_facts import MORE, MapWords
from caseworker_app.domain.map_view import MapView
from caseworker_app.drawing.display_list import DisplayList, Group, Item, Rect, Stroke, Text
from caseworker_app.drawing.map_homes import homes
from caseworker_app.drawing.map_key import key_drawing
from caseworker_app.drawing.map_layout import Laid, ends_and_gaps, lay_out
from caseworker_app.drawing.map_lines import line_items
from caseworker_app.drawing.map_parts import (
    CAP,
    MM,
    Box,
    Measures,
    child_items,
    edges,
    ground,
    hue_at,
    measures,
    name_back,
    person_items,
    reach_of,
    ring_names,
    sector_at,
    sector_signs,
    side_of,
    spot,
)
from caseworker_app.drawing.map_roll_up import MOST, Rolled, roll_up
from caseworker_app.drawing.map_theme import MapTheme, cell_fill, disc_edge, disc_fill
from caseworker_app.drawing.metrics import text_width

__all__ = ["key_drawing", "map_drawing", "map_items", "measures_for", "radius_for"]


def radius_for(size: float, boost: float = 1.0) -> float:
    """Return the map's radius when its square is ``size`` mm high."""
    whole = measures(100.0, boost=boost)
    return size * 50.0 / side_of(whole)


def measures_for(view: MapView, size: float, boost: float = 1.0) -> Measures:
    """Return the measures :func:`map_drawing` uses for a map of that height."""
    return measures(radius_for(size, boost), min(MOST, len(view.placed)), boost)


def map_drawing(
    view: MapView,
    theme: MapTheme,
    words: MapWords,
    *,
    size: float = 186.0,
    boost: float = 1.0,
    avoid: Sequence[Box] = (),
) -> DisplayList:
    """Return the whole map, ``size`` mm high; it is wider where a sector's name stands beside it.

    ``avoid`` is room, in mm from the middle, that something will be laid over: no name stands there.

    Past 50 people those who have only an ordinary line share one sign a cell ("4 mere"); nothing is moved.
    """
    seen, rolled = roll_up(view)
    m = measures_for(seen, size, boost)
    items = map_items(seen, theme, words, m, rolled, avoid)
    wide = reach_of(view.template, m)
    return DisplayList(2 * wide, size, (Group(items, (wide, size / 2)),))


def map_items(
    view: MapView,
    theme: MapTheme,
    words: MapWords,
    m: Measures,
    rolled: tuple[Rolled, ...] = (),
    avoid: Sequence[Box] = (),
) -> tuple[Item, ...]:
    """Return everything on a map around its middle."""
    laid = lay_out(view, theme, m, words, avoid)
    names = ring_names(view.template, view.wording, theme, m, tuple(laid.spots.values()))
    found: list[Item] = [*ground(view.template, theme, m)]
    households = homes(view, laid, theme, m, avoid)
    found += [item for home in households for item in home.band]
    found += edges(view.template, theme, m)
    for items, _box in sector_signs(view.template, view.wording, theme, m):
        found += items
    for at, (name, box) in enumerate(names):
        found += [*name_back(view.template, theme, at, box), name]
    found += _lines(view, laid, theme, m)
    found += child_items(view.child, theme, m)
    found += [_rolled(one, view, theme, words, m) for one in rolled]
    return (
        *found,
        *_people(view, laid, theme, words, m),
        *(item for home in households for item in home.name),
    )


def _rolled(one: Rolled, view: MapView, theme: MapTheme, words: MapWords, m: Measures) -> Item:
    """Return the sign for those who share one."""
    text, size = words(MORE).format(n=one.count), m.name
    half = text_width(text, size, bold=True) * MM / 2 + 1.6 * m.unit
    color = hue_at(view.template, one.placement.sector)
    pen, r = Stroke(disc_edge(theme, color), 0.45 * m.unit), m.disc * 0.72
    pill = Rect(-half, -r, 2 * half, 2 * r, pen, disc_fill(theme, color), r)
    said = Text((0.0, size * MM * CAP), text, size, "middle", bold=True, color=theme.ink)
    return Group((pill, said), spot(one.placement, m))


def _lines(view: MapView, laid: Laid, theme: MapTheme, m: Measures) -> list[Item]:
    found: list[Item] = []
    for line in view.relations:
        if line.id not in laid.bends:
            continue
        start, end, gaps = ends_and_gaps(line, laid.spots, m)
        bend = laid.bends[line.id]
        found += line_items(start, end, line.quality, line.flow, theme, m, gaps=gaps, bend=bend)
    return found


def _people(view: MapView, laid: Laid, theme: MapTheme, words: MapWords, m: Measures) -> list[Item]:
    at_home = {who for group in view.groups for who in group.members}
    found: list[Item] = []
    for person in view.placed:
        placement = person.placement
        assert placement is not None
        back = None
        if person.id in laid.crossed or not theme.coloured:
            back = theme.hull_ground if person.id in at_home else _under(view, laid, person.id, theme, m)
        hue = hue_at(view.template, placement.sector)
        items = person_items(person, hue, theme, m, words, laid.labels[person.id], back)
        found.append(Group(items, laid.spots[person.id]))
    return found


def _under(view: MapView, laid: Laid, person: bytes, theme: MapTheme, m: Measures) -> str:
    """Return the ground under the middle of somebody's words."""
    box, (x, y) = laid.labels[person].box, laid.spots[person]
    x, y = x + (box[0] + box[2]) / 2, y + (box[1] + box[3]) / 2
    angle, reach = math.degrees(math.atan2(x, -y)) % 360, math.hypot(x, y) / m.radius
    inside = view.template.inside
    for at, ring in enumerate(inside):
        if reach < ring.outer:
            return cell_fill(theme, sector_at(view.template, angle).color, at / max(1, len(inside) - 1))
    return theme.ground
