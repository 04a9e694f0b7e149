"""The key of a genogram: only the signs and lines that are used, each with its words."""

from __future__ import annotations

from typing import Final

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_view import GenogramView, SeenMember
from caseworker_app.domain.genogram_words import KEY_LABELS, GenogramWords
from caseworker_app.domain.ids import NO_ID
from caseworker_app.drawing.display_list import Group, Item, Line, Rect, Stroke, Text
from caseworker_app.drawing.genogram_layout import Layout
from caseworker_app.drawing.genogram_lines import Wiring
from caseworker_app.drawing.genogram_scaling import scaled
from caseworker_app.drawing.genogram_signs import (
    MM,
    SIBLING_MARKS,
    GenogramColours,
    couple_stroke,
    sibling_stroke,
    slashes,
    symbol,
    tie_stroke,
)
from caseworker_app.drawing.metrics import text_width

_SIZE: Final = 8.0
_ROW: Final = 6.6
_SIGN: Final = 13.0
"""Room for a sign before its words, mm."""


def used(view: GenogramView, layout: Layout, wiring: Wiring) -> tuple[str, ...]:
    """Return the signs a drawing uses, in the order of the key."""
    found: set[str] = set()
    for one in view.members:
        found.add(
            f"sex:{one.sex.value if one.sex else ''}"
            if one.kind is MemberKind.PERSON
            else f"kind:{one.kind.value}"
        )
        if one.kind is MemberKind.UNKNOWN and one.sex is not None:
            found.add(f"sex:{one.sex.value}")
        found.update(sign for sign, there in (("index", one.child), ("dead", one.dead)) if there)
    known = {frozenset((c.a, c.b)) for c in view.couples}
    found.update(f"couple:{c.kind.value}" for c in view.couples)
    found.update("related" for c in view.couples if c.related)
    for a, mates in layout.tree.partners.items():
        found.update("couple:" for b in mates if frozenset((a, b)) not in known)
    for one_line in wiring.descents:
        found.add(f"tie:{one_line.kind.value}")
        if one_line.over:
            found.add("over")
    found.update(f"tie:{kind.value}" for _a, _b, kind in wiring.loose)
    found.update(f"sibling:{view.siblings[number].kind.value}" for _bar, number in wiring.siblings)
    if any(len(home.members) > 1 for home in view.homes):
        found.add("home")
    return tuple(sign for sign in KEY_LABELS if sign in found)


def key(
    view: GenogramView,
    layout: Layout,
    wiring: Wiring,
    words: GenogramWords,
    colours: GenogramColours,
    width: float,
    top: float,
) -> tuple[list[Item], float]:
    """Return the key below ``top`` in as many columns as ``width`` takes, and where it ends."""
    signs = used(view, layout, wiring)
    texts = {sign: words.key.get(sign, KEY_LABELS[sign]) for sign in signs}
    column = max((text_width(text, _SIZE) * MM for text in texts.values()), default=0.0) + _SIGN + 6.0
    columns = max(1, min(len(signs), int((width - 8.0) / column)))
    rows = -(-len(signs) // columns)
    found: list[Item] = [
        Line((4.0, top + 2.0), (max(width, column) - 4.0, top + 2.0), Stroke(colours.muted, 0.2))
    ]
    for number, sign in enumerate(signs):
        x, y = 4.0 + (number // rows) * column, top + 7.0 + (number % rows) * _ROW
        found.append(Group(tuple(_sample(sign, colours)), (x, y)))
        found.append(Text((x + _SIGN, y + 1.0), texts[sign], _SIZE, color=colours.ink))
    return found, top + 7.0 + rows * _ROW


def _sample(sign: str, colours: GenogramColours) -> list[Item]:
    """Return a small picture of a sign around (5, 0)."""
    what, _colon, value = sign.partition(":")
    match what:
        case "tie":
            return [Line((0.5, 0), (10.0, 0), tie_stroke(TieKind(value), colours))]
        case "couple":
            kind = CoupleKind(value) if value else None
            line: list[Item] = [
                Line((0.5, 0), (10.0, 0), couple_stroke(kind, colours)),
                *slashes(kind, (5.2, 0), colours),
            ]
            if kind is None:
                line.append(Text((5.2, -0.7), "?", 7.0, "middle", color=colours.muted))
            return line
        case "related":
            pen = couple_stroke(CoupleKind.MARRIED, colours)
            return [Line((0.5, y), (10.0, y), pen) for y in (-0.55, 0.55)]
        case "sibling":
            tie = SiblingTie(value)
            pen = sibling_stroke(tie, colours)
            bar: list[Item] = [Line((1.0, -1.2), (9.5, -1.2), pen), Line((1.0, -1.2), (1.0, 1.6), pen),
                               Line((9.5, -1.2), (9.5, 1.6), pen)]  # fmt: skip
            if tie in SIBLING_MARKS:
                bar.append(Text((5.2, 1.6), SIBLING_MARKS[tie], 7.0, "middle", bold=True, color=colours.ink))
            return bar
        case "over":
            pen = Stroke(colours.ink, 0.45)
            return [
                Line((5.0, -2.4), (5.0, 2.4), tie_stroke(TieKind.FOSTER, colours)),
                Line((3.5, 0.9), (6.5, -0.9), pen),
            ]
        case "home":
            return [Rect(1.0, -2.2, 8.5, 4.4, Stroke(colours.home_line, 0.3, (1.4, 0.9)), colours.home, 1.2)]
    return [_shrunk(_example(what, value), colours)]


def _example(what: str, value: str) -> SeenMember:
    match what:
        case "sex":
            return SeenMember(NO_ID, sex=Sex(value) if value else None)
        case "kind":
            return SeenMember(NO_ID, kind=MemberKind(value))
        case "index":
            return SeenMember(NO_ID, sex=Sex.FEMALE, child=True)
    return SeenMember(NO_ID, sex=Sex.FEMALE, dead=True)


def _shrunk(member: SeenMember, colours: GenogramColours) -> Item:
    return Group(tuple(scaled(item, 0.56) for item in symbol(member, (0.0, 0.0), colours)), (5.2, 0.0))
