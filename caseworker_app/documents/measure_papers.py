"""Papers of measurements: drawings beside the words of those who were there, each with its source."""

from __future__ import annotations

import datetime as dt
from typing import Final

from caseworker_app.documents.blocks import (
    Block,
    Document,
    Drawing,
    Heading,
    KeepTogether,
    Span,
    paragraph,
)
from caseworker_app.documents.text_papers import blocks_of
from caseworker_app.domain.measure_facts import (
    MeasurePaperFacts,
    MeasurePart,
    OverTimePart,
    ScalePart,
    SourcedPart,
    SpiderPart,
)
from caseworker_app.domain.text_facts import TablePart, TextPart
from caseworker_app.drawing.measure_chart import measure_chart, measure_words
from caseworker_app.drawing.ring_scale import ring_scale, ring_words
from caseworker_app.drawing.spider import spider_web, spider_words

_WEB: Final = (165.0, 80.0)
_CHART: Final = (165.0, 48.0)
_SHORT: Final = 8
"""So many rows of a table stand on one page."""


def measure_document(facts: MeasurePaperFacts) -> Document:
    """Return the document of a paper of measurements."""
    from caseworker_app.documents.papers import letterhead

    blocks: list[Block] = [Heading(1, facts.heading)]
    if facts.standing:
        blocks.append(paragraph(facts.standing, look="muted"))
    before: list[Block] = []
    for part in facts.parts:
        made = _blocks(part)
        if isinstance(part, TextPart):
            blocks += before
            before = made
            continue
        if before and isinstance(part, SpiderPart | OverTimePart):
            made = [KeepTogether((*before, _drawing(part)))]  # no heading stays behind on the page before
        else:
            blocks += before
        before = []
        blocks += made
    blocks += before
    return Document(
        title=facts.title,
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        letterhead=letterhead(facts.sender) if facts.letterhead else None,
    )


def _drawing(part: SpiderPart | OverTimePart) -> Drawing:
    if isinstance(part, SpiderPart):
        return Drawing(spider_web(part.spider, *_WEB), spider_words(part.spider))
    return Drawing(measure_chart(part.over_time, *_CHART), measure_words(part.over_time))


def _blocks(part: MeasurePart) -> list[Block]:
    match part:
        case SpiderPart() | OverTimePart():
            return [KeepTogether((_drawing(part),))]
        case TextPart(heading="", muted=True):  # it ends what stands over it, and leads into nothing
            return [KeepTogether(tuple(blocks_of(part)))]
        case TablePart(rows=rows) if len(rows) <= _SHORT:
            return [KeepTogether(tuple(blocks_of(part)))]
        case ScalePart(question, points):
            head: list[Block] = [paragraph(Span(question, bold=True))] if question else []
            return [KeepTogether((*head, Drawing(ring_scale(points), ring_words(question, points))))]
        case SourcedPart(heading, words, source, quoted):
            said = paragraph(words, look="quote" if quoted else "body")
            return [
                KeepTogether(
                    (paragraph(Span(heading, bold=True), look="tight"), said, paragraph(source, look="small"))
                )
            ]
        case _:
            return blocks_of(part)
