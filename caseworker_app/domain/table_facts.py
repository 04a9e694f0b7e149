"""What a spreadsheet is made of: sheets of rows whose cells are words or exact numbers with how they are shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from caseworker_app.domain.kroner import rounded


class Shown(StrEnum):
    """How a number stands in its cell: a spreadsheet's own words for it."""

    KRONER = "#,##0.00"
    WHOLE = "#,##0"
    HOURS = "#,##0.0"
    NUMBER = "#,##0.##"
    PERCENT = "0"


@dataclass(frozen=True, slots=True)
class NumberCell:
    """An exact number."""

    value: Decimal
    shown: Shown


Cell: TypeAlias = "str | NumberCell"


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One sheet; the rows of ``heads`` (from 0) are bold, ``widths`` are in characters."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    heads: frozenset[int] = frozenset()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TableFacts:
    """A spreadsheet. ``title`` stands in the file's metadata and holds no name.

    With ``as_text`` it is a text file with columns instead, its sheets one under the other.
    """

    title: str
    author: str
    dated: dt.date
    sheets: tuple[TableSheet, ...]
    as_text: bool = False


def number(value: Fraction | int, shown: Shown, figures: int = 2) -> NumberCell:
    """Return a number rounded to so many figures after the comma, halves away from nought."""
    return NumberCell(Decimal(rounded(Fraction(value) * 10**figures)).scaleb(-figures), shown)
