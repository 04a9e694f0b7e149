"""The households of a netværkskort: a band around those who live together, and its name where no other words stand."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_view import MapView
from caseworker_app.drawing.display_list import Item, Rect, Text
from caseworker_app.drawing.map_layout import Laid
from caseworker_app.drawing.map_lines import hull_items
from caseworker_app.drawing.map_parts import MM, Box, Measures, child_reach, ring_names
from caseworker_app.drawing.map_theme import MapTheme
from caseworker_app.drawing.metrics import text_width

_STEPS: Final = 6
"""At how many places along an edge a name is tried."""


class Home(NamedTuple):
    """A household's band, and its name, which is laid over everything."""

    group: Id
    band: tuple[Item, ...]
    name: tuple[Item, ...]


def homes(
    view: MapView, laid: Laid, theme: MapTheme, m: Measures, avoid: Sequence[Box] = ()
) -> tuple[Home, ...]:
    """Return the households, the largest first; their names stand on least of anybody's words, and of ``avoid``."""
    found: list[Home] = []
    taken = [*_taken(view, laid, theme, m), *avoid] if view.groups else []
    at_home = {who for group in view.groups for who in group.members if who in laid.spots}
    for group in sorted(view.groups, key=lambda g: (-len(g.members), g.id)):
        boxes = [laid.room(who, m) for who in sorted(group.members) if who in laid.spots]
        if not boxes and not group.with_child:
            continue
        name: tuple[Item, ...] = ()
        if group.label and boxes:
            others = (laid.room(who, m) for who in sorted(at_home - group.members))
            room, size = name_room(
                group.label, boxes, m, [*taken, *(_grown(one, 1.5 * m.unit) for one in others)]
            )
            name = _name(group.label, room, size, theme, m)
            taken.append(room)
        found.append(Home(group.id, hull_items(boxes, theme, m, child=group.with_child), name))
    return tuple(found)


def _taken(view: MapView, laid: Laid, theme: MapTheme, m: Measures) -> Iterator[Box]:
    """Yield the rooms that a household's name should not stand on."""
    reach = child_reach(m)
    yield -reach, -reach, reach, reach
    for _item, box in ring_names(view.template, view.wording, theme, m, tuple(laid.spots.values())):
        yield box
    for who, (x, y) in laid.spots.items():
        yield x - m.disc, y - m.disc, x + m.disc, y + m.disc
        left, top, right, foot = laid.labels[who].box
        yield x + left, y + top, x + right, y + foot


def _name(label: str, room: Box, size: float, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    left, top, right, foot = room
    back = Rect(left, top, right - left, foot - top, None, theme.hull_ground, m.unit)
    at = ((left + right) / 2, top + (foot - top) * 0.84)
    return back, Text(at, label, size, "middle", bold=True, italic=True, color=theme.hull)


def name_room(label: str, boxes: Sequence[Box], m: Measures, taken: Sequence[Box]) -> tuple[Box, float]:
    """Return the room of a household's name on the edge of its band, and its size in points."""
    size = 7.4 * m.unit
    half, tall = text_width(label, size, bold=True, italic=True) * MM / 2 + m.unit, size * MM * 1.15
    best: tuple[float, Box] | None = None
    for room in _rooms(boxes, half, tall, 1.5 * m.unit):
        over = _covered(room, taken, math.inf if best is None else best[0])
        if best is None or over < best[0] - 1e-9:
            best = over, room
        if not over:
            break
    assert best is not None
    return best[1], size


def _rooms(boxes: Sequence[Box], half: float, tall: float, off: float) -> Iterator[Box]:
    """Yield where the name could stand, best first: on the upper and lower edges, then just outside, then at the sides."""
    ordered = sorted(boxes, key=lambda one: one[1])
    for out in (0.0, 0.62 * tall):
        for left, top, right, foot in ordered:
            for y in (top - off - out, foot + off + out):
                for x in _along(left, right, half):
                    yield x - half, y - tall * 0.62, x + half, y + tall * 0.38
    for left, top, right, foot in ordered:
        for x in (left - off - half, right + off + half):
            for n in range(_STEPS + 1):
                y = top + (foot - top) * n / _STEPS
                yield x - half, y - tall * 0.62, x + half, y + tall * 0.38


def _along(left: float, right: float, half: float) -> Iterator[float]:
    """Yield the middle of an edge, then places out to both ends of it."""
    middle, reach = (left + right) / 2, abs((right - left) / 2 - half) + half * 0.4
    yield middle
    for n in range(1, _STEPS + 1):
        yield middle - reach * n / _STEPS
        yield middle + reach * n / _STEPS


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _covered(room: Box, taken: Sequence[Box], enough: float) -> float:
    """Return how much of what is taken lies in a room, mm²; from ``enough`` on it is not added up further."""
    left, top, right, foot = room
    found = 0.0
    for one in taken:
        if one[0] < right and one[2] > left and one[1] < foot and one[3] > top:
            wide = min(right, one[2]) - max(left, one[0])
            found += wide * (min(foot, one[3]) - max(top, one[1]))
            if found >= enough:
                break
    return found
