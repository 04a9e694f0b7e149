"""What the papers of the numbers are made of: sheets in words, and a child's ladder. No case stands in the sheets."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app.domain.numbers.chart_facts import BarChart, LadderStrip
from caseworker_app.domain.papers import Sender


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """A table as it is printed: ``over`` stands over columns that belong together, ``levels`` is 0 for a total."""

    title: str
    source: str
    head: tuple[str, ...]
    over: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    levels: tuple[int, ...]
    notes: tuple[str, ...] = ()
    charts: tuple[BarChart, ...] = ()


@dataclass(frozen=True, slots=True)
class NumbersFacts:
    """The numbers of a period. ``standing`` says of which, ``notes`` what must be known of all of them."""

    sender: Sender
    heading: str
    standing: str
    dated: dt.date
    sheets: tuple[SheetFacts, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LadderFacts:
    """A child's ladder over time: the drawing, and in words what ran, from when, on which step."""

    sender: Sender
    child: str
    strip: LadderStrip
    rows: tuple[tuple[str, ...], ...]
    moves: tuple[str, ...]
    dated: dt.date
