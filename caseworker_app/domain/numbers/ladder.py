"""The step ladder over time: where each child stood from day to day, the caseload at a date, the moves in a period.

Rules: a child stands on the highest step of what runs that day; before anything has begun, on the step set by hand. A
pause of at most :data:`PAUSE` days between two interventions is no step down and up again: the move is counted on the
day the second one begins. One child may move several times (figure 4.1).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.events import CaseSpell, Events, Stay
from caseworker_app.domain.numbers.span import DAY, Span

STEPS: Final = 6
STEP_LABELS: Final[Mapping[int, str]] = {
    1: "Prevention in the general area",
    2: "Prevention, clarification, investigation",
    3: "Home-based interventions",
    4: "Placement with kin and network",
    5: "Placement in a foster family",
    6: "Placement in an institution",
}
"""What the steps are called (figures 2.1 and 4.1)."""
PAUSE: Final = 31


@dataclass(frozen=True, slots=True)
class Standing:
    """Days on which a child stood on one step; ``stay`` is what put her there, ``None`` for a step set by hand."""

    step: int
    days: Span
    stay: Stay | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A child went from one step to another on a day."""

    case: Id
    on: dt.date
    before: int
    after: int
    to: Stay | None

    @property
    def up(self) -> bool:
        """Whether it was away from everyday life."""
        return self.after > self.before


def standings(case: CaseSpell, stays: Iterable[Stay], today: dt.date) -> tuple[Standing, ...]:
    """Return where a child stood, in the order of the days; days on no step are left out."""
    last_day = today if case.last is None else min(case.last, today)
    running = [
        (stay, Span(stay.first, min(stay.until(today), last_day)))
        for stay in stays
        if stay.step is not None and stay.first <= min(stay.until(today), last_day)
    ]
    running = [(stay, _left(days, running)) for stay, days in running]
    found = [] if running else list(_by_hand(case, last_day))
    borders = sorted({days.first for _, days in running} | {days.last + DAY for _, days in running})
    for begin, end in pairwise(borders):
        here = [stay for stay, days in running if days.first <= begin <= days.last]
        if here:
            top = max(here, key=lambda stay: (stay.step or 0, stay.first, stay.thing))
            found.append(Standing(top.step or 0, Span(begin, end - DAY), top))
    return tuple(found)


def _left(days: Span, running: Iterable[tuple[Stay, Span]]) -> Span:
    """Return the days without the last one, where another intervention begins on it: she has moved that day."""
    moved = days.first < days.last and any(other.first == days.last for _, other in running)
    return Span(days.first, days.last - DAY) if moved else days


def _by_hand(case: CaseSpell, last_day: dt.date) -> Iterator[Standing]:
    """Yield the days of a case in which nothing ever began, at the step set by hand.

    Where something ran the step set by hand says nothing of the days before: it is set to what the child has now.
    """
    if case.step is not None and case.first <= last_day:
        yield Standing(case.step, Span(case.first, last_day))


def moves(case: CaseSpell, found: Iterable[Standing]) -> tuple[Move, ...]:
    """Return a child's moves from step to step, the earliest first."""
    made = []
    for before, after in pairwise(found):
        near = (after.days.first - before.days.last).days <= PAUSE + 1
        if near and before.step != after.step:
            made.append(Move(case.case, after.days.first, before.step, after.step, after.stay))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Strip:
    """One case on the ladder: everything that ran, where the child stood, and what is planned."""

    case: CaseSpell
    stays: tuple[Stay, ...]
    standings: tuple[Standing, ...]
    coming: tuple[Stay, ...]
    moves: tuple[Move, ...]
    today: dt.date

    def on(self, day: dt.date) -> Standing | None:
        """Return where the child stood on a day."""
        return next((one for one in self.standings if day in one.days), None)


def strips(events: Events) -> dict[Id, Strip]:
    """Return the strip of each case by its id."""
    by_case: dict[Id, list[Stay]] = {}
    for stay in events.stays:
        by_case.setdefault(stay.case, []).append(stay)
    return {case.case: strip(case, by_case.get(case.case, ()), events.today) for case in events.cases}


def strip(case: CaseSpell, stays: Iterable[Stay], today: dt.date) -> Strip:
    """Return the strip of one case."""
    own = tuple(sorted(stays, key=lambda stay: (stay.first, stay.thing)))
    found = standings(case, own, today)
    coming = tuple(stay for stay in own if stay.first > today and stay.step is not None)
    return Strip(case, own, found, coming, moves(case, found), today)
