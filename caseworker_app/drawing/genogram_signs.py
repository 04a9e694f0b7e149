"""The signs of a genogram: symbols by sex, crosses, dashes, strokes. Kinds differ by form, none by colour alone."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_view import SeenMember
from caseworker_app.drawing.display_list import INK, Circle, Item, Line, Point, Polygon, Rect, Stroke, Text

R: Final = 4.5
"""Half of a symbol, mm."""
_DIAMOND: Final = 5.3
MM: Final = 25.4 / 72


@dataclass(frozen=True, slots=True)
class GenogramColours:
    """The colours of the ground it is drawn on; paper by default."""

    ink: str = INK
    muted: str = "#57606A"
    accent: str = "#0B6B6B"
    ground: str = "#FFFFFF"
    tint: str = "#E6F0EF"
    home: str = "#F3F4F2"
    home_line: str = "#8A9399"


PAPER: Final = GenogramColours()

TIE_DASHES: Final[dict[TieKind, tuple[float, ...]]] = {
    TieKind.BIOLOGICAL: (),
    TieKind.ADOPTIVE: (2.6, 1.1),
    TieKind.STEP: (2.6, 0.8, 0.5, 0.8),
    TieKind.FOSTER: (0.5, 1.0),
    TieKind.DONOR: (1.0, 0.9),
}
COUPLE_DASHES: Final[dict[CoupleKind | None, tuple[float, ...]]] = {
    CoupleKind.MARRIED: (),
    CoupleKind.COHABITING: (1.9, 1.0),
    CoupleKind.SEPARATED: (),
    CoupleKind.DIVORCED: (),
    CoupleKind.PARTED: (1.9, 1.0),
    CoupleKind.SHORT: (0.5, 0.9),
    None: (2.6, 0.8, 0.5, 0.8),
}
SIBLING_DASHES: Final[dict[SiblingTie, tuple[float, ...]]] = {
    SiblingTie.FULL: (),
    SiblingTie.HALF: (),
    SiblingTie.STEP: (2.6, 0.8, 0.5, 0.8),
    SiblingTie.FOSTER: (0.5, 1.0),
    SiblingTie.UNKNOWN: (1.9, 1.0),
}
SIBLING_MARKS: Final = {SiblingTie.HALF: "½", SiblingTie.UNKNOWN: "?"}
SLASHES: Final = {CoupleKind.SEPARATED: 1, CoupleKind.DIVORCED: 2, CoupleKind.PARTED: 1}


def tie_stroke(kind: TieKind, colours: GenogramColours) -> Stroke:
    """Return the pen of a line from parent to child."""
    width = 0.5 if kind is TieKind.FOSTER else 0.35
    return Stroke(colours.ink, width, TIE_DASHES[kind], round_ends=False)


def couple_stroke(kind: CoupleKind | None, colours: GenogramColours) -> Stroke:
    """Return the pen of a line between partners; ``None`` where it is only known that they have a child."""
    return Stroke(colours.ink if kind is not None else colours.muted, 0.45, COUPLE_DASHES[kind])


def sibling_stroke(kind: SiblingTie, colours: GenogramColours) -> Stroke:
    """Return the pen of a line between siblings."""
    return Stroke(colours.ink, 0.35, SIBLING_DASHES[kind])


def reach(member: SeenMember, beside: float = 0.0) -> float:
    """Return how far above (or below) its middle a symbol ends, ``beside`` mm beside the middle."""
    if member.kind in (MemberKind.SIBLINGS,) or (member.sex is None and member.kind is not MemberKind.UNBORN):
        return max(0.0, _DIAMOND - abs(beside))
    if member.kind is MemberKind.UNBORN:
        return max(0.0, R - 2 * abs(beside))
    if member.sex is Sex.MALE:
        return R
    return math.sqrt(max(0.0, R * R - beside * beside))


def across(member: SeenMember) -> float:
    """Return how far to the side of its middle a symbol reaches."""
    diamond = member.kind is MemberKind.SIBLINGS or (
        member.sex is None and member.kind is not MemberKind.UNBORN
    )
    return _DIAMOND if diamond else R / 2 if member.kind is MemberKind.UNBORN else R


def symbol(member: SeenMember, at: Point, colours: GenogramColours) -> list[Item]:
    """Return the symbol of somebody: shape by sex, doubled for the child, crossed when dead, "?" or a number inside."""
    guessed = member.kind in (MemberKind.UNKNOWN, MemberKind.SIBLINGS)
    pen = Stroke(colours.ink, 0.4, (1.1, 0.7) if guessed else ())
    fill = colours.tint if member.child else colours.ground
    found = [_shape(member, at, 1.0, pen, fill)]
    if member.child:
        found.append(_shape(member, at, 0.76, Stroke(colours.ink, 0.3), None))
    inside = ""
    if member.kind is MemberKind.SIBLINGS:
        inside = "?" if member.count is None else str(member.count)
    elif member.kind is MemberKind.UNKNOWN:
        inside = "?"
    if inside:
        found.append(Text((at[0], at[1] + 1.35), inside, 10.5, "middle", bold=True, color=colours.ink))
    if member.dead:
        found += _cross(member, at, colours)
    return found


def _shape(member: SeenMember, at: Point, scale: float, pen: Stroke, fill: str | None) -> Item:
    x, y = at
    r = R * scale
    if member.kind is MemberKind.UNBORN:
        return Polygon(((x, y - r), (x + r, y + r), (x - r, y + r)), pen, fill)
    if member.kind is MemberKind.SIBLINGS or member.sex is None:
        d = _DIAMOND * scale
        return Polygon(((x, y - d), (x + d, y), (x, y + d), (x - d, y)), pen, fill)
    if member.sex is Sex.MALE:
        return Rect(x - r, y - r, 2 * r, 2 * r, pen, fill)
    return Circle(at, r, pen, fill)


def _cross(member: SeenMember, at: Point, colours: GenogramColours) -> list[Item]:
    """Return the two strokes through the symbol of somebody dead, from edge to edge."""
    x, y = at
    d = R if member.sex is Sex.MALE else R * math.sqrt(0.5) if member.sex is Sex.FEMALE else _DIAMOND / 2
    pen = Stroke(colours.ink, 0.35)
    return [Line((x - d, y - d), (x + d, y + d), pen), Line((x - d, y + d), (x + d, y - d), pen)]


def slashes(kind: CoupleKind | None, at: Point, colours: GenogramColours) -> list[Item]:
    """Return the strokes across a line between partners: one for separated or parted, two for divorced."""
    pen = Stroke(colours.ink, 0.45)
    number = SLASHES.get(kind, 0) if kind is not None else 0
    return [
        Line((at[0] + step - 0.8, at[1] + 1.7), (at[0] + step + 0.8, at[1] - 1.7), pen)
        for step in ((0.0,), (-0.6, 0.6))[number - 1 if number else 0][:number]
    ]
