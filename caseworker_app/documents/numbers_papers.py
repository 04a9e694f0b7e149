"""The numbers of a period, and a child's ladder, as documents; the charts are those of the screen."""

from __future__ import annotations

import datetime as dt

from caseworker_app.documents.blocks import (
    A4_ACROSS,
    Align,
    Block,
    BulletList,
    Document,
    Drawing,
    Heading,
    KeepTogether,
    Span,
    Table,
    paragraph,
    row,
)
from caseworker_app.domain.numbers_facts import LadderFacts, NumbersFacts, SheetFacts
from caseworker_app.drawing.ladder_strip import ladder_strip, ladder_words
from caseworker_app.drawing.numbers_chart import bar_chart, bar_words

_WIDE = 176.0
_LABEL_SHARE = 3.4
_INDENT = "\N{EM SPACE}"


def numbers_document(facts: NumbersFacts) -> Document:
    """Return the numbers of a period."""
    blocks: list[Block] = [Heading(1, facts.heading), paragraph(facts.standing, look="muted")]
    blocks += [paragraph(note, look="small") for note in facts.notes]
    for sheet in facts.sheets:
        blocks += _sheet(sheet)
    return Document(
        title=facts.heading,
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        page=A4_ACROSS,
    )


def _sheet(sheet: SheetFacts) -> list[Block]:
    heading = Heading(2, f"{sheet.title} ({sheet.source})")
    notes = [paragraph(note, look="small") for note in sheet.notes]
    if not sheet.rows or not sheet.head:
        return [KeepTogether((heading, paragraph("Der er intet at tælle i perioden."), *notes))]
    numbers: list[Align] = ["end" for _ in sheet.head]
    table = Table(
        head=row(
            "",
            *(f"{over}\n{head}" if over else head for head, over in zip(sheet.head, sheet.over, strict=True)),
        ),
        rows=tuple(
            row(*(_cell(words, n, level) for n, words in enumerate(line)))
            for line, level in zip(sheet.rows, sheet.levels, strict=True)
        ),
        widths=(_label_share(sheet), *(1.0 for _ in sheet.head)),
        row_heads=True,
        align=("start", *numbers),
    )
    charts = [
        Drawing(bar_chart(chart, _WIDE, 46.0), bar_words(chart))
        for chart in sheet.charts
        if any(bar.value is not None for bar in chart.bars)  # where all is hidden there is nothing to see
    ]
    return [KeepTogether((heading, table, *notes)), *charts]


def _label_share(sheet: SheetFacts) -> float:
    """Return how much wider the labels' column is than one of figures: short labels leave the room to many columns."""
    longest = max(len(line[0]) for line in sheet.rows)
    return min(_LABEL_SHARE, max(1.5, longest / 12))


def _cell(words: str, column: int, level: int) -> Span:
    indented = f"{_INDENT * max(0, level - 1)}{words}" if column == 0 else words
    return Span(indented, bold=level == 0)


def ladder_document(facts: LadderFacts) -> Document:
    """Return a child's ladder over time: the drawing first, then the same in words."""
    from caseworker_app.documents.papers import letterhead

    heading = f"Indsatstrappen: {facts.child}"
    drawing = Drawing(ladder_strip(facts.strip, 165.0, 84.0), ladder_words(facts.strip))
    head = row("Trin", "Indsats", "Afgørelse", "Fra", "Til", "Bemærkning")
    rows = tuple(row(*line) for line in facts.rows)
    blocks: list[Block] = [
        Heading(1, heading),
        paragraph("Kopi til sagen. Jo højere trin, jo længere fra en almindelig hverdag.", look="muted"),
    ]
    blocks.append(drawing)
    if rows:
        blocks.append(Heading(2, "Indsatser"))
        blocks.append(Table(head, rows, (0.8, 2.2, 1.45, 1.4, 1.4, 2.95)))
    blocks.append(Heading(2, "Flytninger på trappen"))
    blocks.append(BulletList(row(*facts.moves)) if facts.moves else paragraph("Ingen flytninger."))
    return Document(
        title="Indsatstrappen",
        blocks=tuple(blocks),
        created=dt.datetime.combine(facts.dated, dt.time(12), dt.UTC),
        author=facts.sender.municipality,
        letterhead=letterhead(facts.sender),
    )
