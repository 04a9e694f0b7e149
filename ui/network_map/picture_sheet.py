"""A copy of a netværkskort as one picture: whose it is and of when above, the map, and the key of what it uses beside it.

Nothing is drawn but what the copy's facts hold, so a picture can show no more than the paper.
"""

from __future__ import annotations

from typing import Final

from caseworker_app.domain.dates import long_date
from caseworker_app.domain.map_facts import NetworkMapFacts
from caseworker_app.domain.map_json import SHORT
from caseworker_app.domain.map_view import MapView
from caseworker_app.domain.map_words import VOICE_LABELS
from caseworker_app.drawing.display_list import DisplayList, Group, Item, Text
from caseworker_app.drawing.map_theme import PAPER, PRINT
from caseworker_app.drawing.network_map import key_drawing, map_drawing

_EDGE: Final = 8.0
_HEAD: Final = 16.0
_KEY: Final = 58.0
_GAP: Final = 6.0


def sheet(facts: NetworkMapFacts) -> DisplayList:
    """Return the picture, in mm."""
    theme = PRINT if facts.black else PAPER
    drawing = map_drawing(facts.view, theme, facts.words, size=250.0 if facts.a3 else 180.0)
    key = key_drawing(facts.view, theme, facts.words, _KEY)
    tall = max(drawing.height, key.height)
    items: tuple[Item, ...] = (
        Text((_EDGE, _EDGE + 5.0), f"Netværkskort: {facts.view.child}", 16.0, bold=True, color=theme.ink),
        Text((_EDGE, _EDGE + 11.0), _about(facts), 9.5, color=theme.muted),
        Group(key.items, (_EDGE, _EDGE + _HEAD + (tall - key.height) / 2)),
        Group(drawing.items, (_EDGE + _KEY + _GAP, _EDGE + _HEAD)),
    )
    return DisplayList(_KEY + _GAP + drawing.width + 2 * _EDGE, tall + _HEAD + 2 * _EDGE, items)


def _about(facts: NetworkMapFacts) -> str:
    """Return whose map it is, of when and where, and which version: Danish, as every copy."""
    view = facts.view
    parts = [facts.words(VOICE_LABELS[view.voice])]
    if view.drawn_on is not None:
        parts.append(long_date(view.drawn_on))
    parts += [part for part in (view.place, _version(view)) if part]
    if view.present:
        parts.append(f"til stede: {', '.join(view.present)}")
    return " · ".join(parts)


def _version(view: MapView) -> str:
    return "kladde" if view.number is None else f"version {view.number}, {view.digest[:SHORT]}"
