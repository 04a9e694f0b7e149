"""The numbers in words, for the screen in its language and for paper in Danish."""

from __future__ import annotations

from caseworker_app.domain.numbers.chart_facts import BarChart, ChartBar
from caseworker_app.domain.numbers.figures import Bars, Column, Figure, Sheet
from caseworker_app.domain.numbers.words import said, short
from caseworker_app.domain.numbers_facts import SheetFacts
from caseworker_app.domain.phrases import Phrase
from caseworker_app.i18n import Translator

_LONG = {
    word.replace("\N{SOFT HYPHEN}", ""): word
    for word in (
        "Forebyg\N{SOFT HYPHEN}gende",
        "Hjemme\N{SOFT HYPHEN}baserede",
        "Pleje\N{SOFT HYPHEN}familier",
    )
}
"""Words that a narrow column on paper may break, and where."""


def say(words: Translator, phrase: Phrase) -> str:
    """Return a phrase with its days written short."""
    return words.say(short(phrase, words.language))


def head_words(words: Translator, column: Column) -> str:
    """Return a column's heading with what stands over it."""
    head = say(words, column.head)
    return head if column.over is None else f"{say(words, column.over)}\n{head}"


def chart_of(words: Translator, sheet: Sheet, bars: Bars) -> BarChart:
    """Return a chart of a sheet with its words."""
    made = tuple(
        ChartBar(
            say(words, bar.label),
            _length(sheet.cell(*bar.at)),
            said(sheet.cell(*bar.at), words.language),
            None if bar.mark is None else _length(sheet.cell(*bar.mark)),
            "" if bar.mark is None else said(sheet.cell(*bar.mark), words.language),
        )
        for bar in bars.bars
    )
    mark = "" if bars.mark is None else say(words, bars.mark)
    return BarChart(say(words, bars.title), made, mark, words.gettext("Nothing to show in the period"))


def _broken(words: str) -> str:
    return _LONG.get(words, words)


def _length(figure: Figure) -> float | None:
    return None if figure.value is None else float(figure.value)


def sheet_facts(words: Translator, sheet: Sheet) -> SheetFacts:
    """Return a sheet as it is printed."""
    return SheetFacts(
        title=say(words, sheet.title),
        source=sheet.source,
        head=tuple(say(words, column.head) for column in sheet.columns),
        over=tuple(
            "" if column.over is None else _broken(say(words, column.over)) for column in sheet.columns
        ),
        rows=tuple(
            (say(words, line.label), *(said(cell, words.language) for cell in line.cells))
            for line in sheet.lines
        ),
        levels=tuple(line.level for line in sheet.lines),
        notes=tuple(say(words, note) for note in sheet.notes),
        charts=tuple(chart_of(words, sheet, chart) for chart in sheet.charts),
    )
