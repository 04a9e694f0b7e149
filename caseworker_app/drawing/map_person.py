"""One on a netværkskort, around (0, 0): a shape with what stands in it, badges at its rim, name and one role word."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from caseworker_app.domain.map_facts import DEAD, MapWords
from caseworker_app.domain.map_view import SeenPerson
from caseworker_app.domain.network_map import MapPersonKind, Support
from caseworker_app.drawing.display_list import Anchor, Circle, Item, Line, Point, Polygon, Rect, Stroke, Text
from caseworker_app.drawing.map_icons import icon
from caseworker_app.drawing.map_measures import CAP, MM, Box, Measures, moved, turned
from caseworker_app.drawing.map_theme import MapTheme, disc_edge, disc_fill
from caseworker_app.drawing.metrics import break_lines, text_width

Side: TypeAlias = Literal["below", "above", "right", "left"]


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
    said = "" if role.casefold() == called.casefold() else role
    under = ", ".join(part for part in (said, dead) if part)
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
        corners = tuple(turned(60 * n + 30, r * 1.1) for n in range(6))
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
        found += badge("homes", theme, m, turned(315, m.disc))
    if person.support is not None:
        found += badge(person.support.value, theme, m, turned(45, m.disc))
    if person.doubtful:
        found += badge("doubtful", theme, m, turned(125, m.disc))
    return tuple(found)


def badge(name: str, theme: MapTheme, m: Measures, at: Point = (0.0, 0.0)) -> tuple[Item, ...]:
    """Return one mark: ``homes``, ``gives``, ``drains``, ``both`` or ``doubtful``."""
    r = m.disc * 0.4
    pen = Stroke(theme.ink, r * 0.26, round_ends=True)
    x, y = at
    found: list[Item] = [Circle(at, r, Stroke(theme.ink, r * 0.14), theme.badge)]
    arm = r * 0.5
    if name == "homes":
        found += [moved(one, x, y) for one in icon("homes", r * 1.35, theme.ink)]
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
