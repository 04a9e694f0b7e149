"""Papers of mostly text: the parts of :mod:`caseworker_app.domain.text_facts`, set in their order."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from caseworker_app.documents.blocks import (
    Block,
    BulletList,
    Document,
    FillIn,
    Heading,
    KeepTogether,
    KeyValues,
    Lines,
    PageBreak,
    SignatureLine,
    Table,
    cell,
    paragraph,
    row,
)
from caseworker_app.documents.light import light
from caseworker_app.domain.text_facts import (
    FieldPart,
    LinesPart,
    ListPart,
    NewPage,
    PairsPart,
    Part,
    SignPart,
    TablePart,
    TextPaperFacts,
    TextPart,
    TogetherPart,
)

_WARNING = "Denne kopi indeholder et CPR-nummer og må ikke gives videre til familie eller netværk."


def text_document(facts: TextPaperFacts) -> Document:
    """Return the document of a text paper."""
    from caseworker_app.documents.papers import letterhead

    blocks: list[Block] = [Heading(1, facts.heading)]
    if facts.standing:
        blocks.append(paragraph(facts.standing, look="muted"))
    for part in facts.parts:
        blocks += blocks_of(part)
    if facts.number:
        blocks.append(paragraph(_WARNING, look="small"))
    return Document(
        title=facts.title,
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        letterhead=letterhead(facts.sender) if facts.letterhead else None,
    )


def blocks_of(part: Part) -> list[Block]:
    """Return a part as blocks."""
    match part:
        case TextPart(heading, text, level, quoted, muted):
            at: Literal[2, 3] = 3 if level == 3 else 2
            look: Literal["quote", "muted", "body"] = "quote" if quoted else "muted" if muted else "body"
            return [*_headed(heading, at), *light(text, look)]
        case TablePart():
            table = Table(
                row(*part.head),
                tuple(row(*cells) for cells in part.rows),
                part.widths,
                row_heads=part.row_heads,
                row_height=part.row_height,
                align=tuple("end" if at in part.figures else "start" for at in range(len(part.widths))),
            )
            return [*_headed(part.heading), table]
        case PairsPart(pairs, heading):
            return [*_headed(heading), KeyValues(tuple((name, cell(words)) for name, words in pairs))]
        case ListPart(points, heading):
            return [*_headed(heading), BulletList(row(*points))]
        case LinesPart(count, heading, spacing):
            return [KeepTogether((*_headed(heading), Lines(count, spacing)))]
        case SignPart(names):
            return [SignatureLine(f"Dato og underskrift: {name}", 110.0) for name in names]
        case FieldPart(name, label, help_, value, lines):
            under: list[Block] = [paragraph(help_, look="small")] if help_ else []
            return [KeepTogether((Heading(3, label), *under, FillIn(name, label, value, lines)))]
        case NewPage():
            return [PageBreak()]
        case TogetherPart(parts):
            return [KeepTogether(tuple(block for one in parts for block in blocks_of(one)))]


def _headed(heading: str, level: Literal[2, 3] = 2) -> list[Block]:
    return [Heading(level, heading)] if heading else []
