"""What a change of rules would do to deadlines that are still open."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import RuleSet
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.schedule import schedule
from caseworker_app.domain.rules.timeline import RuleSetTimeline

LOOK_AHEAD_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Running:
    """An open intervention as far as its dates go; ``key`` is the caller's own."""

    key: bytes
    rule: str
    start: date
    held: Sequence[date] = ()
    waived: Collection[int] = ()
    light: Collection[date] = ()
    end: date | None = None
    continued: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One deadline before and after; ``None`` where there is none."""

    key: bytes
    number: int
    before: DueItem | None
    after: DueItem | None


def preview(
    old: RuleSet | RuleSetTimeline,
    new: RuleSet,
    interventions: Iterable[Running],
    today: date,
    *,
    until: date | None = None,
) -> tuple[Change, ...]:
    """Return the open deadlines up to ``until`` (a year ahead) that an edited rule set would change.

    Raises :class:`~caseworker_app.domain.errors.InvalidInput` when the edited set would count from before
    ``today``.
    """
    timeline = old if isinstance(old, RuleSetTimeline) else RuleSetTimeline.of(old)
    changed = timeline.changed(new, today)
    last = until or add_months(today, LOOK_AHEAD_MONTHS)
    changes: list[Change] = []
    for each in interventions:
        changes += compare(each.key, _open(timeline, each, last), _open(changed, each, last))
    return tuple(changes)


def compare(key: bytes, before: Mapping[int, DueItem], after: Mapping[int, DueItem]) -> Iterator[Change]:
    """Yield what differs between the open deadlines of one intervention, given by their numbers."""
    for number in sorted(before.keys() | after.keys()):
        one, other = before.get(number), after.get(number)
        if one is None or other is None or not _same(one, other):
            yield Change(key, number, one, other)


def _same(one: DueItem, other: DueItem) -> bool:
    """What a caseworker would see as the same deadline."""
    return (one.due, one.part, one.extra) == (other.due, other.part, other.extra)


def _open(rules: RuleSetTimeline, each: Running, until: date) -> dict[int, DueItem]:
    if not any(each.rule in one.rules for one in rules.sets):
        return {}
    items = schedule(
        rules, each.rule, each.start, until,
        held=each.held, end=each.end, continued=each.continued, waived=each.waived, light=each.light,
    )  # fmt: skip
    return {item.number: item for item in items if not item.settled}
