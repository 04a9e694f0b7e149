"""Stepping through the dates of one rule, and from one version of it to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from caseworker_app.domain.rules.items import Found, How
from caseworker_app.domain.rules.model import Anchor, Part, Rule, RuleSet
from caseworker_app.domain.rules.periods import Period

_START: Final = Anchor.START
_EVERY: Final = How.EVERY_FROM_START
"""Looked up once: a member of an enumeration costs as much as a date (Python 3.11)."""


class Track:
    """The dates of one rule from a start, one after another. ``opened`` is the first day the rule was in force.

    Dates before ``opened`` are not this rule's: they are left out. Only when nothing has been due before, or
    when the time since the last one is already over, the next is due on ``opened`` itself.
    """

    def __init__(
        self,
        rules: RuleSet,
        rule: Rule,
        start: date,
        events: Mapping[str, date],
        *,
        opened: date | None = None,
        go_on: bool = False,
        takes_over: bool = False,
        decided: bool = False,
    ) -> None:
        self.opened: Final = opened or date.min
        self._rules, self._rule, self._start, self._events = rules, rule, start, events
        self._go_on, self._takes_over, self._decided = go_on, takes_over, decided
        self._origin, self._floor = rule.origin, rules.floor
        self._step, self._steps = 0, len(rule.steps)
        self._limits = [each.within.limit_after(start) if each.within else date.max for each in rule.repeats]
        self._fixed_until = rule.steps[-1].after.limit_after(start) if rule.steps else start
        self._times = [0] * len(rule.repeats)
        self._turns = [0] * len(rule.repeats)
        self._over: Track | None = None

    def next(self, before: date | None, last: date, how: How) -> Found | None:
        """Return the date after ``before`` (the due date before this one, ``None`` for the first).

        ``last`` is the day the next may be counted from: the start, or the one before, held or due (``how``).
        """
        if self._step < self._steps and (found := self._fixed(before)) is not None:
            return found
        return self._repeated(before, last, how) or self._taken_over(before, last, how)

    def _fixed(self, before: date | None) -> Found | None:
        while self._step < self._steps:
            step = self._rule.steps[self._step]
            self._step += 1
            due, how, since = step.after.after(self._start), How.AFTER_START, self._start
            event = self._events.get(step.or_event)
            if event is not None and self._start <= event < due:
                due, how, since = event, How.AT_EVENT, event
            if before is None and due < self.opened:
                return self._found(self.opened, step.part, How.RULE_CHANGED, self.opened, step.after)
            if due >= self.opened and (before is None or due > before):
                return self._found(due, step.part, how, since, step.after)
        return None

    def _repeated(self, before: date | None, last: date, how: How) -> Found | None:
        for at, repeat in enumerate(self._rule.repeats):
            from_start = repeat.anchor is _START
            due = self._multiple(at, before) if from_start else repeat.every.after(last)
            if due > self._limits[at]:
                continue
            part = repeat.turns[self._turns[at] % len(repeat.turns)]
            self._turns[at] += 1
            since = last
            if due < self.opened:
                due, how, since = self.opened, How.RULE_CHANGED, self.opened
            elif from_start:
                how, since = (How.SPACED if repeat.spaced else _EVERY), self._start
            elif self._decided:
                how = How.DECIDED
            return Found(due, self._origin, part, how, since, repeat.every, self._takes_over, self._floor)
        return None

    def _multiple(self, at: int, before: date | None) -> date:
        """The first multiple from the start that lies after all fixed dates, ``before``, and the opening."""
        every, limit = self._rule.repeats[at].every, self._limits[at]
        while True:
            self._times[at] += 1
            due = every.after(self._start, self._times[at])
            if due <= self._fixed_until and self._rule.steps:
                continue
            if due > limit or (due >= self.opened and (before is None or due > before)):
                return due
            self._turns[at] += 1

    def _taken_over(self, before: date | None, last: date, how: How) -> Found | None:
        if not (self._go_on and self._rule.continued_by):
            return None
        if self._over is None:
            following = self._rules.rules[self._rule.continued_by]
            self._over = Track(
                self._rules, following, self._start, self._events,
                opened=self.opened, go_on=True, takes_over=True,
            )  # fmt: skip
        return self._over.next(before, last, how)

    def _found(self, due: date, part: Part, how: How, since: date, period: Period) -> Found:
        return Found(due, self._origin, part, how, since, period, self._takes_over, self._floor)


class Course:
    """The tracks of one intervention in turn, each until the next one opens. A day past the calendar is no date."""

    def __init__(self, tracks: list[Track]) -> None:
        self._tracks = tracks

    def next(self, before: date | None, last: date, how: How) -> Found | None:
        """Return the next date; see :meth:`Track.next`."""
        tracks = self._tracks
        while True:
            try:
                found = tracks[0].next(before, last, how)
            except OverflowError:
                found = None
            if len(tracks) == 1 or (found is not None and found.due < tracks[1].opened):
                return found
            tracks.pop(0)
