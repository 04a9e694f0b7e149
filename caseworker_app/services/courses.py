"""The course of one intervention: what was written of it, and its due dates under the local standard and the law.

The two are evaluated side by side and never mixed. A held follow-up settles the earliest date still open in each; one
held in a lighter form under an exception does so in the local standard only. A waiver settles only the date it names,
in the set it names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.follow_up import (
    DeadlineMark,
    FollowUp,
    FollowUpException,
    PartyHearing,
    RhythmDecision,
)
from caseworker_app.domain.intervention import Intervention, InterventionKind
from caseworker_app.domain.investigation import Investigation, InvestigationKind
from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import ItemKind, RuleSet, Unset
from caseworker_app.domain.rules.periods import Period, Unit
from caseworker_app.domain.rules.schedule import RhythmDecision as Decided
from caseworker_app.domain.rules.schedule import schedule
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

LAW, LOCAL = "law:", "local:"
"""Before a rule's name in what settles a due date, so that two sets' rules of one name stay apart."""

FOLLOW_UP_RULES = frozenset({"follow_up", "aftercare_follow_up"})
"""The law's rules whose dates a held follow-up settles; what is not among them is visited, or counted from events."""
SUPERVISION_RULE = "supervision"

_IN_LAW = {
    InterventionKind.GENERAL: "general",
    InterventionKind.EARLY: "early",
    InterventionKind.PREVENTIVE: "preventive",
    InterventionKind.FAMILY_STAY: "preventive",
    InterventionKind.AFTERCARE: "aftercare",
    InterventionKind.HOME_BASED_PLACEMENT: "own_room",
    InterventionKind.NETWORK_FOSTER: "foster",
    InterventionKind.FOSTER: "foster",
    InterventionKind.INSTITUTION: "institution",
}
"""What the law's rules call an intervention, whatever local rule it follows."""


@dataclass(frozen=True, slots=True)
class Course:
    """An intervention with everything written of it that its due dates hang on."""

    intervention: Intervention
    follow_ups: tuple[FollowUp, ...] = ()
    marks: tuple[DeadlineMark, ...] = ()
    exceptions: tuple[FollowUpException, ...] = ()
    rhythms: tuple[RhythmDecision, ...] = ()
    hearing: PartyHearing | None = None
    investigated_on: dt.date | None = None
    """When a scoping or investigation beside it ended."""
    settling: tuple[FollowUp, ...] = field(init=False, default=(), compare=False)
    """The held follow-ups that settle a due date, in the order of their days; one for each due date."""

    def __post_init__(self) -> None:
        first: dict[dt.date, FollowUp] = {}
        for one in sorted(self.follow_ups, key=_held_day):
            if one.due is not None and one.held_on is not None:
                first.setdefault(one.due, one)
        object.__setattr__(self, "settling", tuple(first.values()))

    @property
    def latest(self) -> FollowUp | None:
        """The follow-up or contact held last."""
        held = [f for f in self.follow_ups if f.held_on is not None]
        return max(held, key=_held_day, default=None)


def _held_day(one: FollowUp) -> tuple[dt.date, bytes]:
    return (one.held_on or dt.date.min, one.id)


def key_of(item: DueItem) -> str:
    """Return how what settles a due date names its rule."""
    return f"{LAW if item.law else LOCAL}{item.rule}"


# --- Due dates -----------------------------------------------------------------------------------------------


def local_items(book: RuleBook, course: Course, until: dt.date) -> tuple[DueItem, ...]:
    """Return the dates of the intervention's local rule; none where it has no rule, or one nobody knows any more."""
    found = course.intervention
    if found.start is None or found.rule not in book.rule_names:
        return ()
    start, end = _span(found)
    held = course.settling
    days = _days(held, start)
    light = {day for day, one in zip(days, held, strict=True) if not one.full}

    def run(waived: Iterable[int]) -> tuple[DueItem, ...]:
        return schedule(
            book.local, found.rule, start, until,
            held=days, end=end, continued=True, waived=tuple(waived), light=light,
        )  # fmt: skip

    return _settled(run, _named(course, LOCAL, None), found.ended_on)


def law_items(book: RuleBook, course: Course, until: dt.date) -> tuple[DueItem, ...]:
    """Return the dates the law counts from the intervention's start: follow-ups, supervision visits."""
    found = course.intervention
    kind = _IN_LAW[found.kind]
    if found.start is None:
        return ()
    names = {rule.id for rules in book.law.sets for rule in rules.rules_for(kind)}
    begun = book.law.on(found.start)
    if (
        begun is not None
    ):  # a rule that the law of the start does not have for this kind is not counted from it
        names = {name for name in names if _counted_from(begun, name, kind)}
    return tuple(item for name in sorted(names) for item in _law_rule(book, course, name, until))


def _counted_from(begun: RuleSet, name: str, kind: str) -> bool:
    """Whether a rule of the law counts from a start under the law that was then; visits are counted from a later one."""
    if name in begun.rules:
        return kind in begun.rules[name].applies_to
    return name not in FOLLOW_UP_RULES


def follow_up_rule(law: RuleSet, found: Intervention) -> str:
    """Return the name of the law's rule of follow-ups for an intervention; empty when there is none."""
    rules = law.rules_for(_IN_LAW[found.kind])
    return next((rule.id for rule in rules if rule.id in FOLLOW_UP_RULES), "")


def unset(book: RuleBook, found: Intervention, today: dt.date) -> Unset | None:
    """Return why the law gives no follow-up date: by the law of the start, today's while there is no start."""
    law = book.law.on(found.start or today)
    return None if law is None else law.unset_for(_IN_LAW[found.kind])


def _law_rule(book: RuleBook, course: Course, name: str, until: dt.date) -> tuple[DueItem, ...]:
    assert course.intervention.start is not None
    start, end = _span(course.intervention)
    in_order = name in FOLLOW_UP_RULES
    counting = [one for one in course.settling if one.full or one.rule.startswith(LAW)] if in_order else []
    days = _days(counting, start)
    events = {} if course.investigated_on is None else {"investigation_ended": course.investigated_on}
    rhythms = decided(course) if in_order else ()

    def run(waived: Iterable[int]) -> tuple[DueItem, ...]:
        return schedule(
            book.law, name, start, until,
            held=days, end=end, waived=tuple(waived), events=events, rhythms=rhythms,
        )  # fmt: skip

    items = _settled(run, _named(course, LAW, name))
    return items if in_order else _visited(items, _visits(course, name, start), start)


def _visits(course: Course, name: str, start: dt.date) -> list[dt.date]:
    """Return the days of visits: marked as done, and follow-ups that were supervision visits too."""
    days = [mark.done_on for mark in course.marks if mark.rule == LAW + name and not mark.waiver]
    if name == SUPERVISION_RULE:
        days += [one.held_on for one in course.follow_ups if one.supervision]
    return sorted(max(day, start) for day in days if day is not None)


def _visited(items: tuple[DueItem, ...], visits: Iterable[dt.date], start: dt.date) -> tuple[DueItem, ...]:
    """Settle each date by a visit of its own time; a second visit in one makes good for the one missed before it.

    Many visits in one half-year are no visits in the next (BL § 156 stk. 5: at least two a year).
    """
    found = list(items)
    begun = [start, *(item.due + dt.timedelta(days=1) for item in items)]
    for day in visits:
        own = [n for n, item in enumerate(found) if begun[n] <= day <= item.due]
        missed = [n for n, item in enumerate(found) if item.due < day]
        free = [n for n in (*own, *reversed(missed)) if not found[n].settled]
        if free:
            item = found[free[0]]
            found[free[0]] = DueItem(item.found, item.number, day, False, item.extra, item.floor)
    return tuple(found)


def decided(course: Course) -> tuple[Decided, ...]:
    """Return the decisions on the rhythm as the evaluator takes them."""
    units = {"W": Unit.WEEKS, "M": Unit.MONTHS}
    return tuple(
        Decided(d.decided_on, Period(d.rhythm.amount, units[d.rhythm.unit]), d.reasons, d.child_wish)
        for d in course.rhythms
        if d.decided_on is not None and d.rhythm is not None and d.rhythm.unit in units
    )


def _span(found: Intervention) -> tuple[dt.date, dt.date | None]:
    """Return start and end; an end that a merge brought before the start is the start."""
    assert found.start is not None
    return found.start, None if found.ended_on is None else max(found.ended_on, found.start)


def _days(held: Iterable[FollowUp], start: dt.date) -> list[dt.date]:
    """Return the days held; one that a merge brought before the start counts as held on it."""
    return [max(one.held_on, start) for one in held if one.held_on is not None]


def _named(course: Course, where: str, name: str | None) -> list[tuple[dt.date, dt.date | None]]:
    """Return the due dates settled by name rather than by order, with the day done, ``None`` for waived ones.

    ``name`` is the rule, or ``None`` for every rule of the local set: one intervention follows one there.
    """
    rule = where if name is None else where + name
    found: list[tuple[dt.date, dt.date | None]] = [
        (f.due, None)
        for f in course.follow_ups
        if f.due and f.waiver and f.held_on is None and (f.rule or LOCAL).startswith(rule)
    ]
    by_day = where == LAW and name not in FOLLOW_UP_RULES  # visits settle by their day, not by name
    found += [
        (mark.due, mark.done_on)
        for mark in course.marks
        if mark.due and mark.rule.startswith(rule) and (mark.waiver or (mark.done_on and not by_day))
    ]
    return sorted(found, key=lambda one: one[0])


def _settled(
    run: Callable[[Iterable[int]], tuple[DueItem, ...]],
    named: Sequence[tuple[dt.date, dt.date | None]],
    ended_on: dt.date | None = None,
) -> tuple[DueItem, ...]:
    """Evaluate, and settle the dates that were named: each the open one of that day, or the nearest open one.

    A settled number moves the ones held after it, so it is evaluated anew after each. Reports and ends among
    follow-ups are settled only by name (an end also by the end itself), never by a follow-up that was held.
    """
    items = run(())
    main = _main_kind(items)
    apart = {item.number for item in items if item.kind is not main}
    numbers: dict[int, dt.date | None] = {}
    if apart:
        items = run(apart)
    for due, done_on in named:
        free = [item for item in items if item.number not in numbers]
        near = [item for item in free if item.due == due] or sorted(
            (item for item in free if item.number in apart or not item.settled),
            key=lambda item: abs(item.due - due),
        )
        if near:
            numbers[near[0].number] = done_on
            items = run(apart | numbers.keys())
    return tuple(_named_item(item, numbers, apart, ended_on) for item in items)


def _main_kind(items: Sequence[DueItem]) -> ItemKind:
    kinds = {item.kind for item in items}
    return ItemKind.FOLLOW_UP if not kinds or ItemKind.FOLLOW_UP in kinds else items[0].kind


def _named_item(
    item: DueItem, numbers: Mapping[int, dt.date | None], apart: Collection[int], ended_on: dt.date | None
) -> DueItem:
    """Return an item as what was named settles it."""
    if item.number in numbers:
        on = numbers[item.number]
        return DueItem(item.found, item.number, on, on is None, item.extra, item.floor)
    if item.number in apart:
        on = ended_on if item.kind is ItemKind.COURSE_END else None
        return DueItem(item.found, item.number, on)
    return item


def main_items(book: RuleBook, course: Course, until: dt.date) -> tuple[DueItem, ...]:
    """Return the dates a held follow-up settles: the local rule's, the law's where there is no local rule."""
    local = local_items(book, course, until)
    items = local or tuple(item for item in law_items(book, course, until) if item.rule in FOLLOW_UP_RULES)
    return tuple(item for item in items if item.is_follow_up)


# --- Reading -------------------------------------------------------------------------------------------------


def course_of(reader: Reader, intervention: Intervention) -> Course:
    """Return one intervention with what was written of it."""
    of = {"intervention": intervention.id}
    hearings = reader.find(PartyHearing, where=of)
    investigations = reader.find(Investigation, stream=intervention.stream)
    return Course(
        intervention,
        tuple(reader.find(FollowUp, where=of)),
        tuple(reader.find(DeadlineMark, where={"subject": intervention.id})),
        tuple(reader.find(FollowUpException, where=of)),
        tuple(reader.find(RhythmDecision, where=of)),
        hearings[-1] if hearings else None,
        parallel_end(intervention, investigations),
    )


def parallel_end(intervention: Intervention, investigations: Iterable[Investigation]) -> dt.date | None:
    """Return when the first scoping or investigation that ran beside an intervention ended (BL § 95 stk. 2)."""
    if intervention.start is None:
        return None
    ends = [
        one.ended_on
        for one in investigations
        if one.stream == intervention.stream
        and one.kind is not InvestigationKind.SCREENING
        and one.ended_on is not None
        and one.ended_on >= intervention.start
    ]
    return min(ends, default=None)
