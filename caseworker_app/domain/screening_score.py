"""Scores of screening instruments that are filled in on paper or in a licensed system: the number only, never a question.

The bounds are public (law sheet 5.4); an instrument that is not named here may be written freely.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT, choice
from caseworker_app.domain.visit import Side


@dataclass(frozen=True, slots=True)
class ScoredBy:
    """What is known of an instrument: its highest total, and whose journal a score belongs to."""

    highest: int
    side: Side
    self_harm: bool = False
    """Whether it asks about self-harm, which needs action whatever the total is (EPDS, item 10)."""


INSTRUMENTS: Mapping[str, ScoredBy] = {
    "EPDS": ScoredBy(30, Side.PARENTS, self_harm=True),
    "ADBB": ScoredBy(32, Side.CHILD),
    "WHO-5": ScoredBy(100, Side.PARENTS),
}
EPDS_NOTED = 11
"""From this total on the Danish validation speaks of possible depression in women (law sheet 5.4, S25a). Municipal
practice differs, so it is a hint and never a result."""


@entity("screening_score", "Score")
class ScreeningScore(Entity):
    """One total of one instrument: a number with its name, day and who took it.

    ``item10`` says that the question about self-harm was answered with more than nothing; ``note`` then says what was
    done.
    """

    visit: Id | None = field(REFERENCE, "Visit", default=None, indexed=True)
    instrument: str = field(TEXT, "Instrument", default="EPDS")
    about: str = field(TEXT, "Filled in by", default="")
    score: int | None = field(NUMBER, "Score", default=None)
    taken_on: dt.date | None = field(DATE, "Taken on", default=None)
    taken_by: str = field(TEXT, "Taken by", default="")
    item10: bool = field(FLAG, "Thoughts of self-harm (item 10 above 0)", default=False)
    note: str = field(TEXT, "What was done", default="")
    side: Side = field(choice(Side), "Belongs to", default=Side.PARENTS)
