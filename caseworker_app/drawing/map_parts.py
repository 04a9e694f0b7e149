"""The parts a netværkskort is drawn from, in millimetres around (0, 0): the map's middle, or a person's own.

Screen and paper put the same parts together. All of them are cheap and depend on their arguments only, so whoever draws
often keeps them: the ground for a size and theme, a person's items until her words, kind or marks change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from caseworker_app.domain.map_facts import DEAD, MapWords
from caseworker_app.domain.map_template import OUTER_EDGE, MapTemplate, Ring, Sector
from caseworker_app.domain.map_view import SeenPerson
from caseworker_app.domain.map_words import Wording
from caseworker_app.domain.network_map import MapPersonKind, Placement, Support
from caseworker_app.drawing.display_list import (
    Anchor,
    Circle,
    ClosePath,
    Group,
    Item,
    Line,
    LineTo,
    MoveTo,
    Path,
    Point,
    Polygon,
    Rect,
    Stroke,
    Text,
)
from caseworker_app.drawing.map_icons import arc, icon
from caseworker_app.drawing.map_theme import MapTheme, cell_fill, disc_edge, disc_fill, sign_ink
from caseworker_app.drawing.metrics import break_lines, text_width

MM: Final = 25.4 / 72
CAP: Final = 0.357
"""Half the height of a capital, in em: how far below its middle a text has its baseline."""
SCALE_RADIUS: Final = 74.0
"""The radius (mm) at which names are set in 9.5 points: an A4 page held sideways."""
_FEW, _MANY = 30, 50
_LEAST: Final = 0.8
Side: TypeAlias = Literal["below", "above", "right", "left"]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Measures:
    """How big everything is on a map of ``radius`` mm. ``unit`` is one at an A4 page; ``crowd`` is 1 down to 0.8.

    ``disc`` and ``child`` are radii in mm, ``name`` and ``role`` sizes in points, ``wide`` the widest name in mm.
    """

    radius: float
    unit: float
    crowd: float
    disc: float
    child: float
    name: float
    role: float
    wide: float


@lru_cache(maxsize=64)
def measures(radius: float, people: int = 0) -> Measures:
    """Return the measures of a map of ``radius`` mm with so many people: past 30 they shrink, to 80 % at 50."""
    unit = radius / SCALE_RADIUS
    crowd = 1.0 - (1.0 - _LEAST) * min(1.0, max(0.0, (people - _FEW) / (_MANY - _FEW)))
    k = unit * crowd
    return Measures(radius, unit, crowd, 4.9 * k, 8.6 * unit * (0.5 + crowd / 2), 9.5 * k, 8.0 * k, 27.0 * k)


def spot(placement: Placement, m: Measures) -> Point:
    """Return where somebody stands, in mm from the middle."""
    angle = math.radians(placement.angle / 10)
    reach = placement.radius / 1000 * m.radius
    return math.sin(angle) * reach, -math.cos(angle) * reach


def hue_at(template: MapTemplate, sector: str) -> str:
    """Return the hue of a sector; of the first when the template has none of that id."""
    return next((s.color for s in template.sectors if s.id == sector), template.sectors[0].color)


def named(part: Ring | Sector, wording: Wording) -> str:
    """Return what a ring or sector is called."""
    return part.child if wording is Wording.CHILD else part.professional


# --- the ground -------------------------------------------------------------------------------------------------


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
    template: MapTemplate, wording: Wording, theme: MapTheme, m: Measures
) -> tuple[tuple[Item, Box], ...]:
    """Return the rings' names on the upright axis, just within each ring's outer edge, with the room they take."""
    found: list[tuple[Item, Box]] = []
    size = 7.6 * m.unit
    for ring in template.rings:
        outer = min(ring.outer, OUTER_EDGE) * m.radius
        text = named(ring, wording)
        half = text_width(text, size, italic=True) * MM / 2
        y = -outer + 3.6 * m.unit
        box = (-half - 0.6, y - size * MM * 0.86, half + 0.6, y + size * MM * 0.3)
        found.append((Text((0.0, y), text, size, "middle", italic=True, color=theme.muted), box))
    return tuple(found)


def name_back(template: MapTemplate, theme: MapTheme, ring_at: int, box: Box) -> tuple[Item, ...]:
    """Return the ground behind a ring's name, half in each of the two sectors that meet above the middle."""
    inside = template.inside
    if ring_at >= len(inside):
        return (_rect(box, theme.ground),)
    depth = ring_at / max(1, len(inside) - 1)
    left = cell_fill(theme, sector_at(template, 359.9).color, depth)
    right = cell_fill(theme, sector_at(template, 0.1).color, depth)
    return (_rect((box[0], box[1], 0.0, box[3]), left), _rect((0.0, box[1], box[2], box[3]), right))


def sector_at(template: MapTemplate, degrees: float) -> Sector:
    """Return the sector at an angle."""
    for sector in template.sectors:
        if sector.start <= degrees < sector.end or sector.start <= degrees + 360 < sector.end:
            return sector
    return template.sectors[0]


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
    items: list[Item] = [_moved(one, x, top + side / 2) for one in icon(sector.icon, side, color)]
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


# --- one person -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Label:
    """The words at a disc: lines with size, weight and baseline, and the room they take, around the disc's middle."""

    texts: tuple[Text, ...]
    box: Box


def label_of(
    person: SeenPerson,
    theme: MapTheme,
    m: Measures,
    words: MapWords,
    side: Side = "below",
    shift: float = 0.0,
) -> Label:
    """Return somebody's name and one role word at a ``side`` of her disc, ``shift`` mm along that side."""
    lines, wide = _label_lines(person, m, words)
    tall = sum(size * MM * 1.14 for _text, size, _bold in lines)
    gap, r = 0.7 * m.unit, m.disc
    anchor: Anchor = "start" if side == "right" else "end" if side == "left" else "middle"
    left, top = {
        "below": (shift - wide / 2, r + gap),
        "above": (shift - wide / 2, -r - gap - tall),
        "right": (r + gap * 1.6, shift - tall / 2),
        "left": (-r - gap * 1.6 - wide, shift - tall / 2),
    }[side]
    at = {"right": left, "left": left + wide}.get(side, left + wide / 2)
    texts, y = [], top
    for text, size, bold in lines:
        color = theme.ink if bold else theme.muted
        texts.append(Text((at, y + size * MM * 0.88), text, size, anchor, bold=bold, color=color))
        y += size * MM * 1.14
    return Label(tuple(texts), (left, top, left + wide, top + tall))


def _label_lines(
    person: SeenPerson, m: Measures, words: MapWords
) -> tuple[tuple[tuple[str, float, bool], ...], float]:
    return _lines_for(person.called, person.role_word, words(DEAD) if person.dead else "", m)


@lru_cache(maxsize=4096)
def _lines_for(
    called: str, role: str, dead: str, m: Measures
) -> tuple[tuple[tuple[str, float, bool], ...], float]:
    found = [(line, m.name, True) for line in _fitted(called, m.name, m.wide, 2, bold=True)]
    under = ", ".join(part for part in (role, dead) if part)
    found += [(line, m.role, False) for line in _fitted(under, m.role, m.wide, 1, bold=False)]
    wide = max((text_width(text, size, bold=bold) for text, size, bold in found), default=0.0) * MM
    return tuple(found), wide


def _fitted(text: str, size: float, wide: float, most: int, *, bold: bool) -> list[str]:
    """Return at most so many lines; what is left out is said by three dots (the list on page 2 has all of it)."""
    if not text:
        return []
    lines = [line for line in break_lines(" ".join(text.split()), wide / MM, size, bold=bold) if line]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and text_width(last + "…", size, bold=bold) * MM > wide:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]


def person_items(
    person: SeenPerson,
    hue: str,
    theme: MapTheme,
    m: Measures,
    words: MapWords,
    label: Label | None = None,
    back: str | None = None,
) -> tuple[Item, ...]:
    """Return somebody around (0, 0): disc, badges and words. ``back`` is a ground to lay behind the words."""
    label = label or label_of(person, theme, m, words)
    found = [*disc_items(person, hue, theme, m)]
    if back is not None:
        left, top, right, foot = label.box
        pad = 0.35 * m.unit
        found.append(Rect(left - pad, top, right - left + 2 * pad, foot - top, None, back, 1.0 * m.unit))
    return (*found, *label.texts)


def disc_items(person: SeenPerson, hue: str, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    """Return the shape of somebody with what stands in it, and her badges."""
    found = list(shape_items(person.kind, person.dead, hue, theme, m.disc))
    color, r = disc_edge(theme, hue), m.disc
    if person.kind is MapPersonKind.PET:
        found += icon("paw", r * 1.25, color)
    elif person.kind is MapPersonKind.PLACE:
        found += icon("place", r * 1.15, color)
    else:
        text = "?" if person.kind is MapPersonKind.UNKNOWN else initials(person.called)
        size = r * (1.08 if len(text) < 2 else 0.9) / MM
        found.append(Text((0.0, size * MM * CAP), text, size, "middle", bold=True, color=theme.ink))
    return (*found, *badges(person, theme, m))


@lru_cache(maxsize=256)
def shape_items(kind: MapPersonKind, dead: bool, hue: str, theme: MapTheme, r: float) -> tuple[Item, ...]:
    """Return the shape that stands for a kind; a thin double outline for somebody who is dead."""
    pen, fill = Stroke(disc_edge(theme, hue), r * 0.12, round_ends=True), disc_fill(theme, hue)
    thin = Stroke(pen.color, r * 0.07)
    if kind is MapPersonKind.PET:
        side = r * 0.94
        shape: Item = Rect(-side, -side, 2 * side, 2 * side, pen, fill, r * 0.42)
    elif kind is MapPersonKind.PLACE:
        corners = tuple(_turned(60 * n + 30, r * 1.1) for n in range(6))
        shape = Polygon(corners, pen, fill)
    elif kind is MapPersonKind.UNKNOWN:
        shape = Circle((0.0, 0.0), r, Stroke(pen.color, pen.width, (r * 0.34, r * 0.28)), fill)
    else:
        shape = Circle((0.0, 0.0), r, pen, fill)
    if dead:
        return (Circle((0.0, 0.0), r * 1.02, thin, fill), Circle((0.0, 0.0), r * 0.84, thin))
    return (shape,)


def initials(called: str) -> str:
    """Return one or two letters for somebody: the first of her first two words."""
    words = [word for word in called.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in words[:2]) or "?"


def badges(person: SeenPerson, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    """Return the marks at a disc's rim, each in its own place: more than one home, strength, not enough known."""
    found: list[Item] = []
    if person.households > 1:
        found += badge("homes", theme, m, _turned(315, m.disc))
    if person.support is not None:
        found += badge(person.support.value, theme, m, _turned(45, m.disc))
    if person.doubtful:
        found += badge("doubtful", theme, m, _turned(125, m.disc))
    return tuple(found)


def badge(name: str, theme: MapTheme, m: Measures, at: Point = (0.0, 0.0)) -> tuple[Item, ...]:
    """Return one mark: ``homes``, ``gives``, ``drains``, ``both`` or ``doubtful``."""
    r = m.disc * 0.4
    pen = Stroke(theme.ink, r * 0.26, round_ends=True)
    x, y = at
    found: list[Item] = [Circle(at, r, Stroke(theme.ink, r * 0.14), theme.badge)]
    arm = r * 0.5
    if name == "homes":
        found += [_moved(one, x, y) for one in icon("homes", r * 1.35, theme.ink)]
    elif name == "doubtful":
        size = r * 1.35 / MM
        found.append(Text((x, y + size * MM * CAP), "?", size, "middle", bold=True, color=theme.ink))
    elif name == Support.BOTH:
        y -= r * 0.22
        arm = r * 0.42
        found += [Line((x - arm, y), (x + arm, y), pen), Line((x, y - arm), (x, y + arm), pen)]
        found.append(Line((x - arm, y + r * 0.75), (x + arm, y + r * 0.75), pen))
    else:
        found.append(Line((x - arm, y), (x + arm, y), pen))
        if name == Support.GIVES:
            found.append(Line((x, y - arm), (x, y + arm), pen))
    return tuple(found)


def child_items(name: str, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    """Return the child in the middle: a filled disc with its name in it, as large as there is room."""
    r = m.child
    size = 11.5 * m.unit
    while size > 5.0 * m.unit and text_width(name, size, bold=True) * MM > 1.72 * r:
        size -= 0.25 * m.unit
    shown = _fitted(name, size, 1.8 * r, 1, bold=True)
    found: list[Item] = [
        Circle((0.0, 0.0), r + 1.1 * m.unit, Stroke(theme.accent, 0.4 * m.unit), theme.ground),
        Circle((0.0, 0.0), r, None, theme.accent),
    ]
    for text in shown:
        found.append(Text((0.0, size * MM * CAP), text, size, "middle", bold=True, color=theme.on_accent))
    return tuple(found)


def child_reach(m: Measures) -> float:
    """Return how far out from the middle a line to the child begins."""
    return m.child + 1.6 * m.unit


def choice_items(theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    """Return the ring around who is chosen or has the keyboard: dark with a pale halo, seen on any tint."""
    r = m.disc + 1.3 * m.unit
    return (
        Circle((0.0, 0.0), r, Stroke(theme.halo, 2.0 * m.unit)),
        Circle((0.0, 0.0), r, Stroke(theme.chosen, 0.9 * m.unit)),
    )


def _turned(degrees: float, radius: float) -> Point:
    angle = math.radians(degrees)
    return math.sin(angle) * radius, -math.cos(angle) * radius


def _moved(item: Item, x: float, y: float) -> Item:
    return Group((item,), (x, y))
