"""The ground of a netværkskort: tinted cells, rings with their names, borders, and each sector's sign. Around (0, 0)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from caseworker_app.domain.map_template import OUTER_EDGE, MapTemplate, Sector
from caseworker_app.domain.map_words import Wording
from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    Item,
    Line,
    LineTo,
    MoveTo,
    Path,
    Point,
    Rect,
    Stroke,
    Text,
)
from caseworker_app.drawing.map_icons import arc, icon
from caseworker_app.drawing.map_measures import MM, Box, Measures, moved, named, sector_at
from caseworker_app.drawing.map_theme import MapTheme, cell_fill, sign_ink
from caseworker_app.drawing.metrics import break_lines, text_width


def ground(template: MapTemplate, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    """Return the cells' grounds, from the outermost ring inwards; no lines and no words."""
    found: list[Item] = []
    inside = template.inside
    for at in range(len(inside) - 1, -1, -1):
        depth = at / max(1, len(inside) - 1)
        for sector in template.sectors:
            fill = cell_fill(theme, sector.color, depth)
            if fill != theme.ground:
                found.append(_wedge(sector, inside[at].outer * m.radius, fill))
    return tuple(found)


def edges(template: MapTemplate, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    """Return the rings' edges and the sectors' borders."""
    found: list[Item] = []
    border = Stroke(theme.border, 0.3 * m.unit, (1.2 * m.unit, 1.2 * m.unit))
    for sector in template.sectors:
        angle = math.radians(sector.start)
        sin, cos = math.sin(angle), -math.cos(angle)
        reach = OUTER_EDGE * m.radius
        found.append(Line((sin * m.child, cos * m.child), (sin * reach, cos * reach), border))
    for ring in template.inside:
        found.append(Circle((0.0, 0.0), ring.outer * m.radius, Stroke(theme.edge, 0.35 * m.unit)))
    dots = Stroke(theme.edge, 0.35 * m.unit, (0.01, 1.6 * m.unit), round_ends=True)
    found.append(Circle((0.0, 0.0), OUTER_EDGE * m.radius, dots))
    return tuple(found)


def ring_names(
    template: MapTemplate, wording: Wording, theme: MapTheme, m: Measures, taken: Sequence[Point] = ()
) -> tuple[tuple[Item, Box], ...]:
    """Return the rings' names on the upright axis, just within each ring's outer edge, with the room they take.

    They stand above the middle; a name goes below it where fewer of those ``taken`` discs would stand on it.
    """
    found: list[tuple[Item, Box]] = []
    size = 7.6 * m.unit
    for ring in template.rings:
        outer = min(ring.outer, OUTER_EDGE) * m.radius
        text = named(ring, wording)
        half = text_width(text, size, italic=True) * MM / 2
        above, below = (_name_room(y, half, size, m) for y in (-outer + 3.6 * m.unit, outer - 1.6 * m.unit))
        box, base = above
        if _met(below[0], taken, m) < _met(box, taken, m):
            box, base = below
        found.append((Text((0.0, base), text, size, "middle", italic=True, color=theme.muted), box))
    return tuple(found)


def _name_room(base: float, half: float, size: float, m: Measures) -> tuple[Box, float]:
    pad = 0.6 * m.unit
    return (-half - pad, base - size * MM * 0.86, half + pad, base + size * MM * 0.3), base


def _met(box: Box, taken: Sequence[Point], m: Measures) -> int:
    r = m.disc
    return sum(box[0] - r < x < box[2] + r and box[1] - r < y < box[3] + r for x, y in taken)


def name_back(template: MapTemplate, theme: MapTheme, ring_at: int, box: Box) -> tuple[Item, ...]:
    """Return the ground behind a ring's name, half in each of the two sectors that meet at the axis."""
    inside = template.inside
    if ring_at >= len(inside):
        return (_rect(box, theme.ground),)
    depth = ring_at / max(1, len(inside) - 1)
    at = 0.0 if box[1] < 0 else 180.0
    one, other = (cell_fill(theme, sector_at(template, a).color, depth) for a in ((at - 0.1) % 360, at + 0.1))
    left, right = (one, other) if box[1] < 0 else (other, one)
    return (_rect((box[0], box[1], 0.0, box[3]), left), _rect((0.0, box[1], box[2], box[3]), right))


def sector_signs(
    template: MapTemplate, wording: Wording, theme: MapTheme, m: Measures
) -> tuple[tuple[tuple[Item, ...], Box], ...]:
    """Return each sector's sign and name beyond the outermost edge, with the room they take."""
    return tuple(_sector_sign(sector, wording, theme, m) for sector in template.sectors)


def _sector_sign(
    sector: Sector, wording: Wording, theme: MapTheme, m: Measures
) -> tuple[tuple[Item, ...], Box]:
    color, size, side = sign_ink(theme, sector.color), 11.5 * m.unit, 10.5 * m.unit
    lines = break_lines(named(sector, wording), 34.0 * m.unit / MM, size, bold=True)
    wide = max(text_width(line, size, bold=True) for line in lines) * MM
    angle = math.radians(sector.middle)
    sin, cos = math.sin(angle), -math.cos(angle)
    leading, half = size * MM * 1.2, max(wide, side) / 2
    tall = side + 1.6 * m.unit + leading * len(lines)
    x, y = _beyond(sin, cos, half, tall / 2, m)
    top = y - tall / 2
    items: list[Item] = [moved(one, x, top + side / 2) for one in icon(sector.icon, side, color)]
    for number, line in enumerate(lines):
        base = top + side + 1.6 * m.unit + leading * (number + 0.8)
        items.append(Text((x, base), line, size, "middle", bold=True, color=color))
    return tuple(items), (x - half, top, x + half, top + tall)


def _beyond(sin: float, cos: float, half: float, tall: float, m: Measures) -> Point:
    """Return where a sign of those half sides stands: in the corner it is nearest, else outside the edge."""
    if abs(cos) < 0.35:
        reach = OUTER_EDGE * m.radius + m.disc + 2.0 * m.unit
        return math.copysign(reach + half, sin), cos * reach
    edge = side_of(m)
    return math.copysign(edge - max(half, 13.0 * m.unit), sin), math.copysign(edge - tall, cos)


def side_of(m: Measures) -> float:
    """Return half the side of the square the map fills: the outermost edge, half a disc and a name beyond it."""
    return OUTER_EDGE * m.radius + 7.0 * m.unit


def reach_of(template: MapTemplate, m: Measures) -> float:
    """Return half the width of the map: its square, or more when a sector's name stands beside it."""
    if any(abs(math.cos(math.radians(sector.middle))) < 0.35 for sector in template.sectors):
        return OUTER_EDGE * m.radius + m.disc + 20.0 * m.unit
    return side_of(m)


def _wedge(sector: Sector, radius: float, fill: str) -> Path:
    start = math.radians(sector.start)
    first = LineTo((radius * math.sin(start), -radius * math.cos(start)))
    curve = arc((0.0, 0.0), radius, sector.start, sector.end)
    return Path((MoveTo((0.0, 0.0)), first, *curve, ClosePath()), None, fill)


def _rect(box: Box, fill: str) -> Rect:
    return Rect(box[0], box[1], box[2] - box[0], box[3] - box[1], None, fill)
