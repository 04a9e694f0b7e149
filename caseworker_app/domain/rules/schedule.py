"""The due dates of one intervention under a rule set: a pure function over data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.rules.items import DueItem, Found, How
from caseworker_app.domain.rules.model import Anchor, Repeat, Rule, RuleSet
from caseworker_app.domain.rules.periods import Period, Unit, add_months
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from caseworker_app.domain.rules.tracks import Course, Track

_HELD: Final = How.AFTER_HELD
_DUE: Final = How.AFTER_DUE


@dataclass(frozen=True, slots=True)
class RhythmDecision:
    """The decision on the further rhythm of follow-ups after the first (BL § 95, stk. 3)."""

    decided_on: date
    every: Period
    reasons: str
    child_wish: str


def schedule(
    rules: RuleSet | RuleSetTimeline,
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
    """Return every due date up to and including ``until``, settled ones too, in the order they arise.

    The nth of ``held`` settles the nth date that is not waived; what is not held is taken as held when due for
    the dates after it. ``waived`` are numbers of dates settled by a waiver. ``light`` are those of ``held``
    that were held in a form an exception permits. After ``end`` nothing more falls due. ``continued`` goes on
    with the rule that takes over where this one has a last date. ``events`` are dates of events a step may
    name; ``rhythms`` decisions under BL § 95, stk. 3, for rules that ask for one.

    A :class:`RuleSet` alone is evaluated as it stands, whatever its dates of validity; a timeline keeps
    every due date under the version that was in force.

    Raises :class:`InvalidInput` for an unknown rule, an end before the start, a date held before the start.
    """
    given = sorted(held)
    _check(rules, rule, start, end, given)
    course = _course(rules, rule, start, events or {}, continued, rhythms)
    return tuple(_walk(course, start, until, end or date.max, given, waived, light))


def _check(
    rules: RuleSet | RuleSetTimeline, rule: str, start: date, end: date | None, held: list[date]
) -> None:
    sets = rules.sets if isinstance(rules, RuleSetTimeline) else (rules,)
    if not any(rule in each.rules for each in sets):
        names = sorted({name for each in sets for name in each.rules})
        raise InvalidInput(
            "rule", "There is no rule {rule}.", "Choose one of {names}.", rule=rule, names=names
        )
    if end is not None and end < start:
        raise InvalidInput(
            "end",
            "The end on {end} lies before the start on {start}.",
            "Correct one of the two dates.",
            end=end,
            start=start,
        )
    if held and held[0] < start:
        raise InvalidInput(
            "held",
            "What was held on {held} lies before the start on {start}.",
            "Correct one of the two dates.",
            held=held[0],
            start=start,
        )


def _course(
    rules: RuleSet | RuleSetTimeline,
    rule: str,
    start: date,
    events: Mapping[str, date],
    continued: bool,
    rhythms: Sequence[RhythmDecision],
) -> Course:
    versions: tuple[tuple[RuleSet, date | None], ...] = (
        rules.versions(rule, start) if isinstance(rules, RuleSetTimeline) else ((rules, None),)
    )
    tracks = [
        Track(each, each.rules[rule], start, events, opened=opened, go_on=continued)
        for each, opened in versions
    ]
    for decision in sorted(rhythms, key=lambda each: each.decided_on):
        in_force = [each for each, opened in versions if (opened or date.min) <= decision.decided_on]
        if in_force and in_force[-1].rules[rule].decided:
            asked = _decided(in_force[-1].rules[rule], decision)
            tracks.append(
                Track(in_force[-1], asked, start, events, opened=decision.decided_on, decided=True)
            )  # fmt: skip
    return Course(sorted(tracks, key=lambda track: track.opened))


def _decided(rule: Rule, decision: RhythmDecision) -> Rule:
    """The rule with the rhythm that was decided on; what must come out is as at the first follow-up."""
    part = rule.steps[0].part if rule.steps else rule.repeats[0].turns[0]
    usual = replace(part, outcome=tuple(word for word in part.outcome if word != "first_follow_up"))
    return replace(rule, repeats=(Repeat(decision.every, Anchor.HELD, (usual,)),))


def _walk(
    course: Course,
    start: date,
    until: date,
    end: date,
    held: list[date],
    waived: Collection[int],
    light: Collection[date],
) -> Iterator[DueItem]:
    limit, used, number = min(until, end), 0, 0
    floor = _Floor(start)
    found = course.next(None, start, How.AFTER_START)
    while found is not None:
        number += 1
        waive = number in waived
        held_on = held[used] if not waive and used < len(held) else None
        if held_on is not None:
            used += 1
            following = course.next(found.due, held_on, _HELD)
        elif found.due > limit and not waive:
            return
        else:
            following = course.next(found.due, found.due, _DUE)
        extra, below = False, None
        if found.period_of_floor is not None and found.part.is_follow_up:
            if held_on is not None:
                extra = held_on in light
            elif not waive:
                below = floor.day(found.period_of_floor)
                extra = floor.stands(found, following, below)
            if not extra and not waive:
                floor.full(held_on or found.due)
        if found.due <= until:
            yield DueItem(found, number, held_on, waive, extra, below)
        found = following


class _Floor:
    """The last day for the next full follow-up, counted from the last full one.

    The first follow-up is the statutory one and always full, and so is one that takes status. Another is extra
    when the one after it still lies within the floor's time of the last full one.
    """

    def __init__(self, start: date) -> None:
        self._start, self._full, self._first = start, start, True
        self._day: date | None = None
        self._period: Period | None = None

    def day(self, period: Period) -> date:
        """Return the last day for the next full one."""
        if self._day is None or self._period is not period:
            self._period, self._day = period, self._after(period)
        return self._day

    def _after(self, period: Period) -> date:
        """A date that is whole months from the start stays so: 31 August, 28 February, 31 August."""
        full, start = self._full, self._start
        if period.unit is Unit.MONTHS:
            months = (full.year - start.year) * 12 + full.month - start.month
            if add_months(start, months) == full:
                return Period(months + period.count, Unit.MONTHS).limit_after(start)
        return period.limit_after(full)

    def stands(self, found: Found, following: Found | None, day: date) -> bool:
        """Whether the floor is kept without a full one now."""
        return (
            not self._first
            and not found.part.status
            and following is not None
            and following.part.is_follow_up
            and following.due <= day
        )

    def full(self, day: date) -> None:
        """Take note of a full one."""
        self._full, self._first, self._day = day, False, None
