"""Stepping through the dates of one rule, and from one version of it to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from caseworker_app.domain.rules.items import How
from caseworker_app.domain.rules.model import Anchor, Origin, Part, Repeat, Rule, RuleSet
from caseworker_app.domain.rules.periods import Period


class Found(NamedTuple):
    """The next date of a track, and what it is counted from."""

    due: date
    part: Part
    how: How
    since: date
    period: Period
    origin: Origin
    floor: Period | None
    continued: bool


class Last(NamedTuple):
    """What the next date may be counted from: the start, or the one before, held or only due."""

    day: date
    how: How


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
        self._step = 0
        self._fixed_until = rule.steps[-1].after.after(start) if rule.steps else start
        self._times = 0
        self._turn = 0
        self._over: Track | None = None

    def next(self, before: date | None, last: Last) -> Found | None:
        """Return the date after ``before`` (the due date before this one, ``None`` for the first)."""
        return self._fixed(before) or self._repeated(before, last) or self._taken_over(before, last)

    def _fixed(self, before: date | None) -> Found | None:
        while self._step < len(self._rule.steps):
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

    def _repeated(self, before: date | None, last: Last) -> Found | None:
        for repeat in self._rule.repeats:
            limit = repeat.within.after(self._start) if repeat.within else date.max
            from_start = repeat.anchor is Anchor.START
            due = self._multiple(repeat, before, limit) if from_start else repeat.every.after(last.day)
            if due > limit:
                continue
            part = repeat.turns[self._turn % len(repeat.turns)]
            self._turn += 1
            if due < self.opened:
                return self._found(self.opened, part, How.RULE_CHANGED, self.opened, repeat.every)
            if from_start:
                return self._found(due, part, How.EVERY_FROM_START, self._start, repeat.every)
            how = How.DECIDED if self._decided else last.how
            return self._found(due, part, how, last.day, repeat.every)
        return None

    def _multiple(self, repeat: Repeat, before: date | None, limit: date) -> date:
        """The first multiple from the start that lies after all fixed dates, ``before``, and the opening."""
        every = repeat.every
        while True:
            self._times += 1
            due = Period(every.count * self._times, every.unit).after(self._start)
            if due <= self._fixed_until and self._rule.steps:
                continue
            if due > limit or (due >= self.opened and (before is None or due > before)):
                return due
            self._turn += 1

    def _taken_over(self, before: date | None, last: Last) -> Found | None:
        if not (self._go_on and self._rule.continued_by):
            return None
        if self._over is None:
            following = self._rules.rules[self._rule.continued_by]
            self._over = Track(
                self._rules, following, self._start, self._events,
                opened=self.opened, go_on=True, takes_over=True,
            )  # fmt: skip
        return self._over.next(before, last)

    def _found(self, due: date, part: Part, how: How, since: date, period: Period) -> Found:
        return Found(due, part, how, since, period, self._rule.origin, self._rules.floor, self._takes_over)


class Course:
    """The tracks of one intervention in turn, each until the next one opens. A day past the calendar is no date."""

    def __init__(self, tracks: list[Track]) -> None:
        self._tracks = tracks

    def next(self, before: date | None, last: Last) -> Found | None:
        """Return the next date; see :meth:`Track.next`."""
        while True:
            try:
                found = self._tracks[0].next(before, last)
            except OverflowError:
                found = None
            if len(self._tracks) == 1 or (found is not None and found.due < self._tracks[1].opened):
                return found
            self._tracks.pop(0)
