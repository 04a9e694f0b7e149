"""The numbers as a paper, a spreadsheet or a text with columns: always as they may leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from caseworker_app.domain.numbers.figures import HIDDEN, NO_VALUE, Figure, Sheet, Unit
from caseworker_app.domain.numbers.report import report
from caseworker_app.domain.numbers.sheet_parts import span_words
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.numbers.suppression import outside
from caseworker_app.domain.numbers_facts import NumbersFacts
from caseworker_app.domain.papers import Paper, PaperJob
from caseworker_app.domain.table_facts import Cell, NumberCell, Shown, TableFacts, TableSheet
from caseworker_app.i18n import Translator
from caseworker_app.services import papers
from caseworker_app.services.known_names import danish
from caseworker_app.services.numbers import Loaded
from caseworker_app.services.numbers_words import say, sheet_facts
from caseworker_app.services.ports import Reader

TITLE = "Tal for egne sager"
_NOTES = (
    "Grupper på under 3 børn er skjult, og så mange andre, at de ikke kan regnes ud. Et nul er vist.",
    "Få observationer og ingen kontrolgruppe: et gennemsnit af få sager siger lidt om indsatsen.",
)
_SHOWN = {
    Unit.COUNT: Shown.WHOLE,
    Unit.YEARS: Shown.KRONER,
    Unit.PERCENT: Shown.PERCENT,
    Unit.PERCENT_ONE: Shown.HOURS,
    Unit.POINTS: Shown.PERCENT,
    Unit.PER_CASE: Shown.HOURS,
    Unit.KRONER: Shown.WHOLE,
}
_SHEET_NAME = 31
"""The longest name a spreadsheet's sheet can have."""


class Way(StrEnum):
    """How the numbers leave the house."""

    PDF = "pdf"
    XLSX = "xlsx"
    CSV = "csv"


def job(reader: Reader, loaded: Loaded, span: Span, before: Span | None, way: Way) -> PaperJob:
    """Return the numbers of a period for whoever is outside the house."""
    sheets = outside(report(loaded.events, span, before))
    words = danish()
    standing = _standing(words, span, before)
    if way is Way.PDF:
        made = NumbersFacts(
            sender=papers.sender(reader),
            heading=TITLE,
            standing=standing,
            dated=reader.today,
            sheets=tuple(sheet_facts(words, sheet) for sheet in sheets),
            notes=_NOTES,
        )
        return PaperJob(Paper.NUMBERS, made, "numbers.pdf", "", reader.author)
    table = TableFacts(
        title=TITLE,
        author=papers.sender(reader).municipality,
        dated=reader.today,
        sheets=tuple(_table(words, sheet, standing) for sheet in sheets),
        as_text=way is Way.CSV,
    )
    return PaperJob(Paper.NUMBERS, table, f"numbers.{way.value}", "", reader.author)


def _standing(words: Translator, span: Span, before: Span | None) -> str:
    beside = "" if before is None else f", ved siden af {say(words, span_words(before))}"
    return f"Perioden {say(words, span_words(span))}{beside}."


def _table(words: Translator, sheet: Sheet, standing: str) -> TableSheet:
    """Return one sheet: its title, what it is of, its head, its lines, and its notes."""
    title = f"{say(words, sheet.title)} ({sheet.source})"
    head: tuple[Cell, ...] = ("", *(_head(words, sheet, column) for column in range(len(sheet.columns))))
    rows: list[tuple[Cell, ...]] = [(title,), (standing,), ("",), head]
    rows += [(_indented(words, sheet, n), *_cells(line.cells)) for n, line in enumerate(sheet.lines)]
    rows += [("",), *((say(words, note),) for note in sheet.notes), *((note,) for note in _NOTES)]
    name = say(words, sheet.title)[:_SHEET_NAME].rstrip()
    return TableSheet(name, tuple(rows), frozenset({0, 3}), (46, *(16 for _ in sheet.columns)))


def _head(words: Translator, sheet: Sheet, column: int) -> str:
    found = sheet.columns[column]
    over = "" if found.over is None else f"{say(words, found.over)}: "
    return over + say(words, found.head)


def _indented(words: Translator, sheet: Sheet, number: int) -> str:
    line = sheet.lines[number]
    return "   " * max(0, line.level - 1) + say(words, line.label)


def _cells(figures: Sequence[Figure]) -> tuple[Cell, ...]:
    return tuple(_cell(figure) for figure in figures)


def _cell(figure: Figure) -> Cell:
    if figure.hidden:
        return HIDDEN
    value: Decimal | None = figure.rounded()
    return NO_VALUE if value is None else NumberCell(value, _SHOWN[figure.unit])
