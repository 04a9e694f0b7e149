"""Light text as blocks of a document."""

from __future__ import annotations

from caseworker_app.documents.blocks import Block, BulletList, Cell, Paragraph, Span, TextLook
from caseworker_app.domain import light_text


def light(text: str, look: TextLook = "body") -> tuple[Block, ...]:
    """Return the paragraphs and lists of a light text, neighbouring items as one list."""
    made: list[Block] = []
    items: list[Cell] = []

    def close() -> None:
        if items:
            made.append(BulletList(tuple(items)))
            items.clear()

    for block in light_text.blocks(text):
        spans = tuple(Span(run.text, run.bold, run.italic) for run in block.runs)
        if block.item:
            items.append((Paragraph(spans),))
        else:
            close()
            made.append(Paragraph(spans, look))
    close()
    return tuple(made)
