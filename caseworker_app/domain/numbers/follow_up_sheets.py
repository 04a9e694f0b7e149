"""Follow-ups for each case and half-year beside the rule (figure 2.2), what was held in time, and the talks at them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from caseworker_app.domain.follow_up import TalkState
from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.events import DueFollowUp, Events, HeldFollowUp
from caseworker_app.domain.numbers.figures import (
    Across,
    Bar,
    Bars,
    Column,
    Counted,
    Figure,
    Line,
    Sheet,
    Sum,
    Unit,
    share,
    total,
)
from caseworker_app.domain.numbers.rows import EFFORT_LABELS, Effort
from caseworker_app.domain.numbers.sheet_parts import ONE, span_words
from caseworker_app.domain.numbers.span import Span
from caseworker_app.domain.phrases import Phrase

ALL = "all"


def half_year_sheet(events: Events, span: Span) -> Sheet:
    """Return how many follow-ups were held for each case in each half-year, and how many the rule asks for.

    A case counts in a half-year when an intervention of the kind runs on a day of it.
    """
    past = events.past(span)
    halves = () if past is None else tuple(past.half_years())
    by_effort = {effort: _Own.of(events, effort) for effort in Effort if effort is not Effort.OTHER}
    efforts = [effort for effort, own in by_effort.items() if any(own.running(half) for half in halves)]
    columns, lines = [], []
    for effort in efforts:
        over = Phrase(EFFORT_LABELS[effort])
        columns += [Column(Phrase("Held on average"), over), Column(Phrase("By the rule"), over)]
    for half in halves:
        cells = [figure for effort in efforts for figure in by_effort[effort].of_half(half)]
        lines.append(Line(half.first.isoformat(), span_words(half), tuple(cells)))
    charts = tuple(
        Bars(
            Phrase(EFFORT_LABELS[effort]),
            tuple(Bar(line.label, (line.key, 2 * n), (line.key, 2 * n + 1)) for line in lines),
            Phrase("by the rule"),
        )
        for n, effort in enumerate(efforts)
    )
    return Sheet(
        key="half_years",
        title=Phrase("Follow-ups for each case and half-year"),
        source="Figur 2.2",
        columns=tuple(columns),
        lines=tuple(lines),
        notes=(
            Phrase(
                "The average of the cases in which such help ran in the half-year. A contact that settles no due date "
                "is not counted."
            ),
        ),
        tied=tuple((2 * n, 2 * n + 1) for n in range(len(efforts))),
        charts=charts,
    )


@dataclass(frozen=True, slots=True)
class _Own:
    """What there is of one kind of help: when it ran in which case, and the days of follow-ups held and due."""

    runs: tuple[tuple[Id, dt.date, dt.date], ...]
    held: tuple[tuple[Id, dt.date], ...]
    due: tuple[tuple[Id, dt.date], ...]

    @staticmethod
    def of(events: Events, effort: Effort) -> _Own:
        """Return one kind's part of what happened."""
        return _Own(
            tuple(
                (stay.case, stay.first, stay.until(events.today))
                for stay in events.stays
                if stay.effort is effort
            ),
            tuple((one.case, one.on) for one in events.held if one.effort is effort),
            tuple((one.case, one.due) for one in events.due if one.effort is effort and not one.first_by_law),
        )

    def running(self, half: Span) -> tuple[Id, ...]:
        """Return the cases in which it ran on a day of a half-year."""
        found = (case for case, first, last in self.runs if first <= half.last and half.first <= last)
        return tuple(dict.fromkeys(found))

    def of_half(self, half: Span) -> tuple[Figure, Figure]:
        """Return for a half-year what was held in each case, and what was due."""
        cases = self.running(half)
        held = [case for case, on in self.held if half.first <= on <= half.last]
        due = [case for case, on in self.due if half.first <= on <= half.last]
        return _per_case(cases, held, "held"), _per_case(cases, due, "due")


def _per_case(cases: Sequence[Id], found: Sequence[Id], what: str) -> Figure:
    if not cases:
        return Figure(None, Unit.PER_CASE)
    parts = []
    counts = Counter(found)
    for case in cases:
        n = counts[case]
        why = (
            Phrase.counted("{n} follow-up held", "{n} follow-ups held", n)
            if what == "held"
            else Phrase.counted("{n} follow-up due", "{n} follow-ups due", n)
        )
        parts.append(Counted(case, Fraction(n), why))
    among = sum(counts[case] for case in cases)
    return Figure(Fraction(among, len(cases)), Unit.PER_CASE, tuple(parts))


# --- In time -------------------------------------------------------------------------------------------------


def in_time_sheet(events: Events, span: Span) -> Sheet:
    """Return what became of the follow-ups that were due in a period: held in time, late, not at all, waived."""
    past = events.past(span)
    due = [] if past is None else [one for one in events.due if one.due in past and not one.first_by_law]
    efforts = [effort for effort in Effort if any(one.effort is effort for one in due)]
    lines = [
        Line(
            effort.value, Phrase(EFFORT_LABELS[effort]), _fates([one for one in due if one.effort is effort])
        )
        for effort in efforts
    ]
    lines.append(Line(ALL, Phrase("All follow-ups due"), _fates(due), 0))
    heads = (
        Column(Phrase("Due")),
        Column(Phrase("Held in time")),
        Column(Phrase("In time, %")),
        Column(Phrase("Held late")),
        Column(Phrase("Not held")),
        Column(Phrase("Waived")),
    )
    return Sheet(
        key="in_time",
        title=Phrase("Follow-ups held in time"),
        source="T 5.1",
        columns=heads,
        lines=tuple(lines),
        notes=(
            Phrase(
                "By the local rule; where there is none, by the law. In percent of those that were not waived."
            ),
        ),
        sums=(Sum(ALL, tuple(effort.value for effort in efforts)),),
        adds=(0, 1, 3, 4, 5),
        across=(Across(0, (1, 3, 4, 5)),),
        follows=((2, (0, 1, 5)),),
    )


def _in_time(one: DueFollowUp) -> bool:
    return one.held is not None and one.held <= one.due


def _fates(due: Sequence[DueFollowUp]) -> tuple[Figure, ...]:
    def of(which: Callable[[DueFollowUp], bool]) -> Figure:
        return total(Counted(one.case, ONE, _fate(one), one.thing) for one in due if which(one))

    everything, timely = of(lambda one: True), of(_in_time)
    late = of(lambda one: one.held is not None and one.held > one.due)
    open_ones = of(lambda one: one.held is None and not one.waived)
    waived = of(lambda one: one.held is None and one.waived)
    asked = (everything.value or Fraction(0)) - (waived.value or Fraction(0))
    percent = Figure(share(timely.value or Fraction(0), asked), Unit.PERCENT, timely.counted)
    return everything, timely, percent, late, open_ones, waived


def _fate(one: DueFollowUp) -> Phrase:
    if one.held is not None:
        return Phrase("due {due}, held {held}", {"due": one.due, "held": one.held})
    if one.waived:
        return Phrase("due {due}, waived", {"due": one.due})
    return Phrase("due {due}, not held", {"due": one.due})


# --- Talks ---------------------------------------------------------------------------------------------------


def talk_sheet(events: Events, span: Span) -> Sheet:
    """Return whether there was a talk with the child at the follow-ups that were held."""
    held = [one for one in events.held if one.on in span]
    efforts = [effort for effort in Effort if any(one.effort is effort for one in held)]
    lines = [
        Line(
            effort.value, Phrase(EFFORT_LABELS[effort]), _talks([one for one in held if one.effort is effort])
        )
        for effort in efforts
    ]
    lines.append(Line(ALL, Phrase("All follow-ups held"), _talks(held), 0))
    heads = (
        Column(Phrase("Held")),
        Column(Phrase("With a talk")),
        Column(Phrase("With a talk, %")),
        Column(Phrase("Left out as agreed")),
        Column(Phrase("Without a talk")),
    )
    return Sheet(
        key="talks",
        title=Phrase("Talks with the child at follow-ups"),
        source="Herningmodellen",
        columns=heads,
        lines=tuple(lines),
        sums=(Sum(ALL, tuple(effort.value for effort in efforts)),),
        adds=(0, 1, 3, 4),
        across=(Across(0, (1, 3, 4)),),
        follows=((2, (0, 1)),),
    )


def _talks(held: Sequence[HeldFollowUp]) -> tuple[Figure, ...]:
    def of(states: Iterable[TalkState | None]) -> Figure:
        wanted = set(states)
        return total(
            Counted(one.case, ONE, Phrase("held {day}", {"day": one.on}), one.thing)
            for one in held
            if one.talk in wanted
        )

    everything, talked = of((*TalkState, None)), of((TalkState.HELD,))
    left_out, without = of((TalkState.LEFT_OUT,)), of((TalkState.NOT_HELD, None))
    percent = share(talked.value or Fraction(0), everything.value or Fraction(0))
    return everything, talked, Figure(percent, Unit.PERCENT, talked.counted), left_out, without
