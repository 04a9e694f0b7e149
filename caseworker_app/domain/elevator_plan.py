"""The plan of an ELEVator course: which day each test and meeting is meant for (Herningmodellen 12)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.elevator import MAPPING, StepKind
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.workdays import Holidays, planned_for

LENGTH_MONTHS: Final = 18
"""From the beginning to mapping 2."""
QUARTER_MONTHS: Final = (3, 6, 9, 12, 15)
"""The quarterly meetings lie between the two mappings."""
_TESTS_AFTER: Final = dict(zip(MAPPING, (14, 17, 21, 24), strict=True))
_FEEDBACK_AFTER, _READING_AFTER = 42, 56
"""Days after the beginning of a mapping; our habit, the source has no days."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One step to come; ``round`` is ``None`` where it belongs to no mapping."""

    kind: StepKind
    round: int | None
    day: dt.date


def schedule(begins_on: dt.date, holidays: Holidays) -> tuple[Planned, ...]:
    """Return every step in order, each on a working day. Raises ``OverflowError`` outside the calendar."""
    made: list[Planned] = []
    for number, start in ((1, begins_on), (2, add_months(begins_on, LENGTH_MONTHS))):
        made += [
            Planned(kind, number, start + dt.timedelta(days=days)) for kind, days in _TESTS_AFTER.items()
        ]
        made.append(Planned(StepKind.FEEDBACK, number, start + dt.timedelta(days=_FEEDBACK_AFTER)))
    made.append(Planned(StepKind.READING, None, begins_on + dt.timedelta(days=_READING_AFTER)))
    made += [Planned(StepKind.QUARTERLY, None, add_months(begins_on, months)) for months in QUARTER_MONTHS]
    placed = (Planned(one.kind, one.round, planned_for(one.day, holidays)) for one in made)
    return tuple(sorted(placed, key=lambda one: one.day))
