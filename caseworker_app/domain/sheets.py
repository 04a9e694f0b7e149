"""A list from outside as rows of cells, before anybody knows what its columns are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from caseworker_app.domain.phrases import Phrase

MOST_ROWS: Final = 10_000
"""Rows with something in them that a list may have."""
MOST_COLUMNS: Final = 100
EPOCH: Final = dt.date(1899, 12, 30)
"""Day 0 of a spreadsheet's calendar, as it counts from March 1900 on; an old Mac's begins in 1904."""


class Unread(StrEnum):
    """What stands in a cell whose value cannot be known."""

    FORMULA = "formula"
    """A formula whose result the file does not hold: it was never calculated by a spreadsheet."""
    ERROR = "error"
    """A formula that came to no result, such as ``#REF!``."""


Cell: TypeAlias = "str | int | float | bool | dt.date | dt.time | Unread | None"


@dataclass(frozen=True, slots=True)
class Line:
    """A row with something in it; ``number`` is what the spreadsheet calls it, counted from 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a book, or a text file's only one. ``notes`` are what was done to read it; ``epoch`` is day 0."""

    name: str
    lines: tuple[Line, ...]
    notes: tuple[Phrase, ...] = ()
    epoch: dt.date = EPOCH


@dataclass(frozen=True, slots=True)
class Book:
    """Every sheet that is shown and has something in it, in the file's order; at least one."""

    sheets: tuple[Sheet, ...]
