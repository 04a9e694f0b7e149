"""What the charts of the numbers are drawn from: words and lengths, said already in the language of who looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ChartBar:
    """One bar: its label, how long it is and what is said of it; a mark beside it in the same way.

    ``value`` is ``None`` where there is nothing to count: then only ``said`` stands there.
    """

    label: str
    value: float | None
    said: str
    mark: float | None = None
    mark_said: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """A chart of one measure; ``mark_name`` says what the marks are, ``nothing`` stands where there are no bars."""

    title: str
    bars: tuple[ChartBar, ...]
    mark_name: str = ""
    nothing: str = ""


@dataclass(frozen=True, slots=True)
class LadderBar:
    """One intervention on a child's ladder. ``top`` is what put the child on the step; others ran beside it.

    ``last`` is the last day drawn; ``open`` that it runs on; ``planned`` that it has not come, ``broken`` that it broke
    down; ``planned_last`` how far it is planned to run.
    """

    step: int
    first: dt.date
    last: dt.date
    name: str
    top: bool = True
    open: bool = False
    planned: bool = False
    broken: bool = False
    planned_last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class LadderWords:
    """The words in a ladder's strip. ``steps`` are the names of the six steps; ``about`` is what it shows."""

    language: str
    steps: Mapping[int, str]
    today: str
    decision: str
    planned: str
    broken: str
    beside: str
    nothing: str
    about: str


@dataclass(frozen=True, slots=True)
class LadderStrip:
    """A child's ladder over time. ``top`` are the stretches on which the child stood on a step (step, first, last)."""

    bars: tuple[LadderBar, ...]
    top: tuple[tuple[int, dt.date, dt.date], ...]
    decisions: tuple[dt.date, ...]
    first: dt.date
    last: dt.date
    today: dt.date
    words: LadderWords
