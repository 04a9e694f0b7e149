"""The sheet to take along on a visit: what one must know on the front, the map and lines to write on behind it."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.documents.blocks import Block, Document, Drawing, Heading, PageBreak
from caseworker_app.documents.text_papers import blocks_of, text_document
from caseworker_app.domain.map_facts import NetworkMapFacts
from caseworker_app.domain.text_facts import LinesPart, Part
from caseworker_app.domain.visit_facts import VisitSheetFacts

MAP_HEIGHT = 84.0
"""The map on the second side, mm: large enough to point at, with room for lines under it."""
SIDES, TRIES = 2, 8


def visit_sheet(facts: VisitSheetFacts) -> Document:
    """Return the sheet: as many lines to write on, and as large a map, as one A4 has room for on both sides."""
    from caseworker_app.documents.pdf import render_with_report

    for tight in range(TRIES):
        document = _sheet(facts, tight)
        if render_with_report(document).pages <= SIDES:
            break
    return document


def _sheet(facts: VisitSheetFacts, tight: int) -> Document:
    front = text_document(replace(facts.front, parts=_fewer(facts.front.parts, tight)))
    back: list[Block] = [PageBreak()]
    if facts.map is not None:
        back += _map(facts.map, MAP_HEIGHT * 0.93**tight)
    for part in _fewer(facts.back, tight):
        back += blocks_of(part)
    return replace(front, blocks=(*front.blocks, *back))


def _fewer(parts: tuple[Part, ...], tight: int) -> tuple[Part, ...]:
    return tuple(
        replace(part, count=max(1, part.count - tight)) if isinstance(part, LinesPart) else part
        for part in parts
    )


def _map(facts: NetworkMapFacts, height: float) -> list[Block]:
    from caseworker_app.drawing.map_theme import PRINT
    from caseworker_app.drawing.network_map import map_drawing

    view = facts.view
    drawing = map_drawing(view, PRINT, facts.words, size=height)
    alt = f"Netværkskort med {view.child} i midten og {len(view.placed)} omkring."
    return [Heading(2, "Netværkskort"), Drawing(drawing, alt)]
