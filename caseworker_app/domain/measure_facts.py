"""What drawings and papers of measurements are made of. Values are hundredths; words are those of the reader."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeAlias

from caseworker_app.domain.papers import Sender
from caseworker_app.domain.text_facts import Part


@dataclass(frozen=True, slots=True)
class SpiderAxis:
    """One scale of a spider web. ``better`` says in words which way is better."""

    name: str
    lowest: int
    highest: int
    better: str = ""


@dataclass(frozen=True, slots=True)
class SpiderShape:
    """One measurement on a spider web: what it is called, and a value an axis; ``None`` where there is none."""

    name: str
    values: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Spider:
    """A spider web of at least three axes, its shapes in the order of their days."""

    about: str
    axes: tuple[SpiderAxis, ...]
    shapes: tuple[SpiderShape, ...]


@dataclass(frozen=True, slots=True)
class TimePoint:
    """One value on a day; ``phase`` is the word of its phase."""

    day: dt.date
    value: int
    phase: str = ""


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What one person answered over time."""

    name: str
    points: tuple[TimePoint, ...]


@dataclass(frozen=True, slots=True)
class OverTime:
    """One scale over time, a line a person. ``better`` says in words which way is better, ``nothing`` what stands where
    nothing is measured."""

    about: str
    lowest: int
    highest: int
    lines: tuple[TimeLine, ...]
    better: str = ""
    nothing: str = ""
    language: str = "da"


@dataclass(frozen=True, slots=True)
class SpiderPart:
    """A spider web on a paper."""

    spider: Spider


@dataclass(frozen=True, slots=True)
class OverTimePart:
    """A chart over time on a paper."""

    over_time: OverTime


@dataclass(frozen=True, slots=True)
class ScalePart:
    """A scale to draw a ring on: the question, and the points with their words."""

    question: str
    points: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SourcedPart:
    """Words with their source: who said, saw or wrote them, and when. Never without."""

    heading: str
    words: str
    source: str
    quoted: bool = False


MeasurePart: TypeAlias = "Part | SpiderPart | OverTimePart | ScalePart | SourcedPart"


@dataclass(frozen=True, slots=True)
class MeasurePaperFacts:
    """A paper of measurements; the fields are those of :class:`~caseworker_app.domain.text_facts.TextPaperFacts`."""

    sender: Sender
    title: str
    heading: str
    dated: dt.date
    parts: tuple[MeasurePart, ...]
    standing: str = ""
    letterhead: bool = True
