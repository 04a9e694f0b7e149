"""What the sheets share: periods in words, columns before and after, cases that are open."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.events import Events
from caseworker_app.domain.numbers.figures import Column, Counted, Figure, Unit
from caseworker_app.domain.numbers.span import Span, half_year_of, year_of
from caseworker_app.domain.phrases import Phrase

ONE = Fraction(1)


def span_words(span: Span) -> Phrase:
    """Return what a period is called: a year, a half-year, or its two days."""
    if span == year_of(span.first):
        return Phrase("{year}", {"year": span.first.year})
    if span == half_year_of(span.first):
        values = {"year": span.first.year}
        first = span.first.month == 1
        return Phrase("1st half of {year}", values) if first else Phrase("2nd half of {year}", values)
    return Phrase("{first} – {last}", {"first": span.first, "last": span.last})


def span_columns(spans: Sequence[Span], over: Phrase | None = None) -> list[Column]:
    """Return a column a period."""
    return [Column(span_words(span), over) for span in spans]


def open_cases(events: Events, span: Span) -> tuple[Id, ...]:
    """Return the cases that were open on a day of a period."""
    past = events.past(span)
    return () if past is None else tuple(one.case for one in events.cases if one.open_in(past))


def rate(counted: Iterable[Counted], whole: int, *, unit: Unit = Unit.PERCENT_ONE) -> Figure:
    """Return how many of ``whole`` cases, in percent; the others are what it says by leaving them out."""
    found = tuple(counted)
    value = None if whole == 0 else sum((one.amount for one in found), Fraction(0)) / whole * 100
    return Figure(value, unit, found, rest=max(0, whole - len({one.case for one in found})))


def cases_figure(cases: Iterable[Id], why: Phrase) -> Figure:
    """Return how many cases, each a part of one."""
    found = tuple(Counted(case, ONE, why) for case in cases)
    return Figure(Fraction(len(found)), Unit.COUNT, found)
