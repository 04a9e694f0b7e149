"""KIK, quality in core elements (Kvalitet i Kerneelementer): professionals look together at each core element of an effort.

Promising practice 1.3, 2.2: per element in what degree and how well, quarterly or more often, or at set sessions of a
group (after the third and the seventh). The source prints no scale; the words here are ours. It is about how we work: no
child is named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, REFERENCE, TEXT, choice, optional_choice

EVERY_MONTHS: Final = 3
MOST_ELEMENTS: Final = 30


class Occasion(StrEnum):
    """Why it is looked at now."""

    QUARTER = "quarter"
    THIRD = "third"
    SEVENTH = "seventh"
    OTHER = "other"


OCCASION_LABELS: Mapping[Occasion, str] = {
    Occasion.QUARTER: "Each quarter",
    Occasion.THIRD: "After the third session",
    Occasion.SEVENTH: "After the seventh session",
    Occasion.OTHER: "Another occasion",
}


class Degree(StrEnum):
    """In what degree we work with an element."""

    NOT = "not"
    SMALL = "small"
    SOME = "some"
    HIGH = "high"


class Quality(StrEnum):
    """How well we do it."""

    HARD = "hard"
    UNEVEN = "uneven"
    GOOD = "good"
    STRONG = "strong"


DEGREE_LABELS: Mapping[Degree, str] = {
    Degree.NOT: "Not at all",
    Degree.SMALL: "In a small degree",
    Degree.SOME: "In some degree",
    Degree.HIGH: "In a high degree",
}
QUALITY_LABELS: Mapping[Quality, str] = {
    Quality.HARD: "It is hard for us",
    Quality.UNEVEN: "Unevenly",
    Quality.GOOD: "Well",
    Quality.STRONG: "Very well",
}
DEGREES, QUALITIES = tuple(Degree), tuple(Quality)


@entity("kik_sheet", "KIK sheet")
class KikSheet(Entity):
    """One look at one effort, in the worker's own stream. ``next_on`` is the day it is looked at again, ``elements`` the
    core elements it was begun with, one a line."""

    effort: str = field(TEXT, "Effort", default="")
    occasion: Occasion = field(choice(Occasion), "Occasion", default=Occasion.QUARTER)
    made_on: dt.date | None = field(DATE, "Date", default=None)
    present: str = field(TEXT, "Who took part", default="")
    next_on: dt.date | None = field(DATE, "Next time", default=None)
    agreed: str = field(TEXT, "What we do differently", default="")
    elements: str = field(TEXT, "Core elements", default="")


@entity("kik_element", "Core element")
class KikElement(Entity):
    """One core element on one sheet. ``trial`` is the trial action that came of it."""

    sheet: Id | None = field(REFERENCE, "KIK sheet", default=None, indexed=True)
    name: str = field(TEXT, "Core element", default="")
    order: str = field(TEXT, "Order", default="")
    degree: Degree | None = field(optional_choice(Degree), "In what degree", default=None)
    quality: Quality | None = field(optional_choice(Quality), "How well", default=None)
    seen: str = field(TEXT, "What do we see it by", default="")
    better: str = field(TEXT, "What could be better", default="")
    trial: Id | None = field(REFERENCE, "Trial action", default=None)
