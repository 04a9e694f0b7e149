"""When the invented cases of the ten years were open, so that a caseworker's limit was never passed."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from caseworker_app.demo.families import Family
from caseworker_app.demo.when import shift

ACTIVE: Final = 3
"""Invented cases that are still open: with the 22 told ones, as many as a caseworker may have."""
CLOSED: Final = 54
_LIMIT: Final = 25
_BEGAN: Final = 3640
"""Ten years, in days."""
_MARGIN: Final = 32
"""How many days earlier than its span says a told case may have been opened, and to spare."""
_SHORTEST, _LONGEST = 240, 1500
_ANY_DAY: Final = dt.date(2026, 11, 23)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A case's time, in days before today; ``closed`` is 0 for one that is open."""

    opened: int
    closed: int


def stretches(families: Iterable[Family], seed: int) -> list[Stretch]:
    """Return the times of the invented cases, oldest first; with those of ``families`` never more than the limit."""
    rng = random.Random(f"{seed}/years")  # noqa: S311 - a story's dice
    taken = [0] * (_BEGAN + _LONGEST)
    for family in families:
        for child in family.children:
            _take(taken, Stretch(_ago(child.opened) + _MARGIN, _ago(child.closed) if child.closed else 0))
    found = [Stretch(rng.randrange(120, 600), 0) for _ in range(ACTIVE)]
    for stretch in found:
        _take(taken, stretch)
    while len(found) < ACTIVE + CLOSED:
        opened = rng.randrange(_SHORTEST + 60, _BEGAN)
        stretch = Stretch(opened, max(60, opened - rng.randrange(_SHORTEST, _LONGEST)))
        if max(taken[stretch.closed : stretch.opened + 1]) < _LIMIT:
            _take(taken, stretch)
            found.append(stretch)
    return sorted(found, key=lambda one: -one.opened)


def _take(taken: list[int], stretch: Stretch) -> None:
    for day in range(stretch.closed, stretch.opened + 1):
        taken[day] += 1


def _ago(span: str) -> int:
    return (_ANY_DAY - shift(_ANY_DAY, span)).days
