"""The genogram on paper: the whole family on the first page, held sideways, and the same in words from the second.

No logo and no raster. The words of the frame are Danish; the file's title says nobody's name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from caseworker_app.documents.blocks import (
    A3_ACROSS,
    A4_ACROSS,
    Block,
    BulletList,
    Document,
    Drawing,
    Heading,
    PageBreak,
    Paragraph,
    Span,
    cell,
    paragraph,
)
from caseworker_app.domain.dates import long_date
from caseworker_app.domain.genogram_facts import GenogramFacts, Sheet, ToldMember
from caseworker_app.domain.genogram_view import GenogramProfile
from caseworker_app.domain.ids import Id
from caseworker_app.drawing.genogram import Genogram, genogram
from caseworker_app.drawing.genogram_scaling import to_fit

_COPIES: Final = {
    GenogramProfile.FILE: "Kopi til sagen",
    GenogramProfile.FAMILY: "Familiens eksemplar",
}
_HEAD: Final = 19.0
"""What heading and line above the drawing take, mm."""
_LARGEST: Final = 1.35
"""A small family is not drawn larger than so many times its own size."""
_GENERATIONS: Final = {
    -2: "Bedsteforældrenes generation",
    -1: "Forældrenes generation",
    0: "Barnets generation",
    1: "Næste generation",
}


def genogram_document(facts: GenogramFacts) -> Document:
    """Return the paper of a genogram."""
    page = A3_ACROSS if facts.sheet is Sheet.A3 else A4_ACROSS
    drawn = genogram(facts.view, facts.words)
    picture = to_fit(drawn.drawing, page.column, page.depth - _HEAD, _LARGEST)
    blocks: list[Block] = [
        Heading(1, f"Genogram for {facts.child}"),
        paragraph(_standing(facts), look="small"),
        Drawing(picture, _alt(facts, drawn)),
        PageBreak(),
        Heading(2, "Familien i ord"),
        *_in_words(facts, drawn),
    ]
    return Document(
        title="Genogram",
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        footer="Genogram",
        page=page,
    )


def _standing(facts: GenogramFacts) -> str:
    """Return for whom the copy is, of which day, by whom, and on the file's copy the child's number."""
    parts = [_COPIES[facts.view.profile], f"Som det står den {long_date(facts.dated)}"]
    if facts.number:
        parts.append(f"cpr. nr. {facts.number}")
    if facts.sender.worker:
        parts.append(f"Rådgiver: {facts.sender.worker}")
    return " · ".join(parts)


def _alt(facts: GenogramFacts, drawn: Genogram) -> str:
    rows = len(drawn.layout.rows)
    return (
        f"Genogram med {len(facts.view.members)} personer i {rows} generationer. "
        "Det samme står i ord på de næste sider."
    )


def _in_words(facts: GenogramFacts, drawn: Genogram) -> list[Block]:
    """Return everybody in words, from the oldest generation to the youngest, as they stand from left to right."""
    told: Mapping[Id, ToldMember] = {one.id: one for one in facts.told}
    index = facts.view.index
    own = drawn.layout.tree.row[index.id] if index is not None else len(drawn.layout.rows) - 1
    found: list[Block] = []
    for row, people in enumerate(drawn.layout.rows):
        name = _GENERATIONS.get(row - own, "Tidligere generation" if row < own else "Senere generation")
        found.append(Heading(3, name))
        found.append(BulletList(tuple(cell(_sentence(told[one])) for one in people)))
    return found


def _sentence(one: ToldMember) -> Paragraph:
    years = f" ({one.years})" if one.years else ""
    rest = f"{years}: {'; '.join(one.lines)}." if one.lines else f"{years}."
    return paragraph(Span(one.name, bold=True), rest, look="tight")
