"""The due dates of one intervention under a rule set: a pure function over data."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.periods import Period


@dataclass(frozen=True, slots=True)
class RhythmDecision:
    """The decision on the further rhythm of follow-ups after the first (BL § 95 stk. 3)."""

    decided_on: date
    every: Period
    reasons: str
    child_wish: str


def schedule(
    rules: RuleSet,
    rule: str,
    start: date,
    until: date,
    *,
    held: Sequence[date] = (),
    end: date | None = None,
    continued: bool = False,
    waived: Collection[int] = (),
    light: Collection[date] = (),
    events: Mapping[str, date] | None = None,
    rhythms: Sequence[RhythmDecision] = (),
) -> tuple[DueItem, ...]:
    """Return every due date up to and including ``until`` (and ``end``), settled ones too, in order.

    The nth of ``held`` settles the nth date; what is not held is taken as held when due for the dates after
    it. ``waived`` are numbers of dates settled by a waiver. ``light`` are those of ``held`` that were held in
    a form an exception permits. ``continued`` goes on with the rule that takes over where this one has a last
    date. ``events`` are dates of events a step may name; ``rhythms`` decisions under BL § 95 stk. 3.

    Raises :class:`~caseworker_app.domain.errors.InvalidInput` for an unknown rule, an end before the start,
    and a date held before the start.
    """
    raise NotImplementedError(rule)
