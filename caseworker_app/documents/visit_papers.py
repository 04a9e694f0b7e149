"""The sheet to take along on a visit: what one must know on the front, the map and lines to write on behind it."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.documents.blocks import Block, Document, Drawing, Heading, PageBreak
from caseworker_app.documents.text_papers import blocks_of, text_document
from caseworker_app.domain.map_facts import NetworkMapFacts
from caseworker_app.domain.visit_facts import VisitSheetFacts

MAP_HEIGHT = 92.0
"""The map on the second side, mm: large enough to point at, with room for lines under it."""


def visit_sheet(facts: VisitSheetFacts) -> Document:
    """Return the sheet."""
    front = text_document(facts.front)
    back: list[Block] = [PageBreak()]
    if facts.map is not None:
        back += _map(facts.map)
    for part in facts.back:
        back += blocks_of(part)
    return replace(front, blocks=(*front.blocks, *back))


def _map(facts: NetworkMapFacts) -> list[Block]:
    from caseworker_app.drawing.map_theme import PRINT
    from caseworker_app.drawing.network_map import map_drawing

    view = facts.view
    drawing = map_drawing(view, PRINT, facts.words, size=MAP_HEIGHT)
    alt = f"Netværkskort med {view.child} i midten og {len(view.placed)} omkring."
    return [Heading(2, "Netværkskort"), Drawing(drawing, alt)]
