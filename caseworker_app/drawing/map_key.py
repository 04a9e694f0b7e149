"""The key of a netværkskort: only the shapes, marks and lines that this one uses, each with its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from caseworker_app.domain.map_facts import (
    DEAD,
    DOUBTFUL,
    HOUSEHOLD,
    HOUSEHOLDS,
    SUPPORT_FLOW,
    MapWords,
)
from caseworker_app.domain.map_view import MapView
from caseworker_app.domain.map_words import KIND_LABELS, QUALITY_LABELS, SUPPORT_LABELS
from caseworker_app.domain.network_map import Flow, MapPersonKind, Quality, Support
from caseworker_app.drawing.display_list import DisplayList, Group, Item, Text
from caseworker_app.drawing.map_icons import icon
from caseworker_app.drawing.map_lines import hull_items, line_items
from caseworker_app.drawing.map_parts import CAP, MM, Measures, badge, measures, shape_items
from caseworker_app.drawing.map_theme import MapTheme
from caseworker_app.drawing.metrics import break_lines

_SAMPLE: Final = 20.0
"""The width of what is shown, mm at A4."""
_GAP: Final = 3.0
_SIZE: Final = 8.6
_ROW: Final = 6.6


def used(view: MapView) -> Iterator[tuple[str, str]]:
    """Yield what a map uses, as the kind and value of each entry of the key and its msgid."""
    placed = view.placed
    shown = {person.id for person in placed}
    for kind in MapPersonKind:
        if any(person.kind is kind and not person.dead for person in placed):
            yield f"kind:{kind.value}", KIND_LABELS[kind]
    if any(person.dead for person in placed):
        yield "dead", DEAD
    lines = [line for line in view.relations if {line.a, line.b} <= shown | {None}]
    for quality in Quality:
        if any(line.quality is quality for line in lines):
            yield f"line:{quality.value}", QUALITY_LABELS[view.wording][quality]
    if any(line.flow is not None for line in lines):
        yield "flow", SUPPORT_FLOW
    if any(group.with_child or group.members & shown for group in view.groups):
        yield "home", HOUSEHOLD
    if any(person.households > 1 for person in placed):
        yield "badge:homes", HOUSEHOLDS
    for support in Support:
        if any(person.support is support for person in placed):
            yield f"badge:{support.value}", SUPPORT_LABELS[support]
    if any(person.doubtful for person in placed):
        yield "badge:doubtful", DOUBTFUL


def key_drawing(
    view: MapView, theme: MapTheme, words: MapWords, width: float, unit: float = 1.0
) -> DisplayList:
    """Return the key, ``width`` mm wide: a sample of each form with its words. Nothing used, nothing drawn."""
    m = measures(60.0 * unit, 0)
    size, y = _SIZE * unit, 0.0
    found: list[Item] = []
    left = (_SAMPLE + _GAP) * unit
    for entry, msgid in used(view):
        lines = break_lines(_capital(words(msgid)), (width - left) / MM, size)
        step = size * MM * 1.25
        tall = max(
            _ROW * unit * (1.35 if entry.startswith(("kind", "dead", "home")) else 1.0),
            step * len(lines) + unit,
        )
        middle = y + tall / 2
        found += [Group((item,), (_SAMPLE / 2 * unit, middle)) for item in _sample(entry, theme, m)]
        first = middle - step * (len(lines) - 1) / 2 + size * MM * CAP
        found += [Text((left, first + step * n), line, size, color=theme.ink) for n, line in enumerate(lines)]
        y += tall
    return DisplayList(width, max(y, 0.1), tuple(found))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sample(entry: str, theme: MapTheme, m: Measures) -> tuple[Item, ...]:
    name, _, value = entry.partition(":")
    half, hue = _SAMPLE / 2 * m.unit / (60 / 74), theme.ink
    small = m.disc * 0.72
    match name:
        case "kind":
            kind = MapPersonKind(value)
            inside: tuple[Item, ...] = ()
            if kind is MapPersonKind.PET:
                inside = icon("paw", small * 1.25, theme.ink)
            elif kind is MapPersonKind.PLACE:
                inside = icon("place", small * 1.15, theme.ink)
            elif kind is MapPersonKind.UNKNOWN:
                size = small * 1.08 / MM
                inside = (Text((0.0, size * MM * CAP), "?", size, "middle", bold=True, color=theme.ink),)
            return (*shape_items(kind, False, hue, theme, small), *inside)
        case "dead":
            return shape_items(MapPersonKind.PERSON, True, hue, theme, small)
        case "line":
            return line_items((-half, 0.0), (half, 0.0), Quality(value), None, theme, m)
        case "flow":
            return line_items((-half, 0.0), (half, 0.0), Quality.ORDINARY, Flow.TO_B, theme, m)
        case "home":
            return hull_items([(-half * 0.6, -m.disc * 0.3, half * 0.6, m.disc * 0.3)], theme, m)
        case _:
            return badge(value, theme, m)
