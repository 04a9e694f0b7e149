"""The day's work: what is overdue, due today, this week and later, grouped by family; clocks that run in hours.

One row is one act: a follow-up that the local standard and the law both ask for stands once, with both reasons.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services import caseload_deadlines
from caseworker_app.services.caseload_deadlines import Evaluated
from caseworker_app.services.deadline import CaseDeadlines, Deadline, Lateness, Work, lateness
from caseworker_app.services.deadlines import Bundle, Moment
from caseworker_app.services.families import Family, families, together
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

CLOCK_SLACK = dt.timedelta(days=1)
"""How far ahead of the clock something may have been written before the clock is doubted."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing to do.

    ``deadline`` is the earliest of what one act settles, ``also`` the others of it, ``late`` how many are overdue.
    ``together`` is what else of the family a visit for it could settle.
    """

    deadline: Deadline
    also: tuple[Deadline, ...] = ()
    late: int = 0
    together: tuple[Deadline, ...] = ()


@dataclass(frozen=True, slots=True)
class FamilyRows:
    """A family with its rows of one section, earliest first."""

    family: Family
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Countdown:
    """A deadline in hours that runs. ``hours_left`` is below zero when it is over; it stays until it is done."""

    deadline: Deadline
    hours_left: float


@dataclass(frozen=True, slots=True)
class DayWork:
    """Everything that is due, in the order it is met. ``warnings`` are by case what is missing or runs on.

    ``clock`` says that the computer's clock seems to be set back; nothing is lost by that.
    """

    clocks: tuple[Countdown, ...]
    sections: Mapping[Lateness, tuple[FamilyRows, ...]]
    warnings: tuple[tuple[Case, Phrase], ...]
    clock: Phrase | None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, overdue ones first."""
        return tuple(row for groups in self.sections.values() for group in groups for row in group.rows)


def day_work(
    reader: Reader, book: RuleBook, cases: Sequence[Case], evaluated: Evaluated | None = None
) -> DayWork:
    """Return what is due in some cases, the caseload's active ones; ``evaluated`` is the asker's, for the next time."""
    today, now = reader.today, reader.now
    bundles = caseload_deadlines.bundles(reader, cases)
    moment = Moment(now, today, today + caseload_deadlines.CASELOAD_AHEAD, settled=False)
    found = (evaluated or Evaluated()).of(book, bundles, moment)
    groups = families(reader, cases)
    return DayWork(
        _clocks(found, now),
        _sections(found, groups, today),
        tuple((one.case, words) for one in found for words in one.warnings),
        _clock(reader, bundles),
    )


def _clocks(found: Iterable[CaseDeadlines], now: dt.datetime) -> tuple[Countdown, ...]:
    running = [(one, one.hours_left(now)) for each in found for one in each.open]
    clocks = [Countdown(one, left) for one, left in running if left is not None]
    return tuple(sorted(clocks, key=lambda clock: clock.hours_left))


def _sections(
    found: Sequence[CaseDeadlines], groups: Sequence[Family], today: dt.date
) -> dict[Lateness, tuple[FamilyRows, ...]]:
    by_case = {
        each.case.id: [one for one in each.open if one.at is None and not one.passes] for each in found
    }
    sections: dict[Lateness, list[FamilyRows]] = {
        section: [] for section in Lateness if section is not Lateness.SETTLED
    }
    for family in groups:
        everything = [one for case in family.cases for one in by_case.get(case.id, ())]
        rows = [_row(acts, everything) for acts in _acts(everything)]
        for section, shown in sections.items():
            own = sorted((row for row in rows if _section(row, today) is section), key=_row_order)
            if own:
                shown.append(FamilyRows(family, tuple(own)))
    return {
        section: tuple(sorted(shown, key=lambda group: _row_order(group.rows[0])))
        for section, shown in sections.items()
    }


def _section(row: Row, today: dt.date) -> Lateness:
    """Return where a row stands: by the day agreed where that comes before the due day."""
    one = row.deadline
    ahead = one.agreed is not None and today <= one.agreed < one.due
    return lateness(one.agreed, today) if ahead and one.agreed is not None else one.lateness


def _row_order(row: Row) -> tuple[dt.date, Id, Id]:
    one = row.deadline
    return (min(one.due, one.agreed or one.due), one.case.id, one.subject)


def _acts(everything: Iterable[Deadline]) -> list[list[Deadline]]:
    """Return deadlines by the act that settles them, each act's earliest first."""
    acts: dict[tuple[object, ...], list[Deadline]] = {}
    for one in everything:
        acts.setdefault(_act_of(one), []).append(one)
    return [sorted(act, key=_most_pressing) for act in acts.values()]


def _act_of(one: Deadline) -> tuple[object, ...]:
    if one.work in (Work.FOLLOW_UP, Work.SUPERVISION):
        return (one.work, one.subject)
    if one.work is Work.PLAN:
        return (one.work, one.case.id)
    return (one.work, one.subject, one.key, one.due)


_ORDER = {each: number for number, each in enumerate(Lateness)}


def _most_pressing(one: Deadline) -> tuple[int, dt.date, bool]:
    return (_ORDER[one.lateness], one.due, one.law)


def _row(act: Sequence[Deadline], everything: Iterable[Deadline]) -> Row:
    first = act[0]
    certain = [one for one in act[1:] if not one.guess or one.law is not first.law]
    late = sum(one.lateness is Lateness.OVERDUE for one in act)
    return Row(first, tuple(certain), late, together(first, everything))


def _clock(reader: Reader, bundles: Iterable[Bundle]) -> Phrase | None:
    """Say that something was written on a day that has not come yet by the computer's clock."""
    written = [
        one.written_on
        for bundle in bundles
        for course in bundle.courses
        for one in course.follow_ups
        if one.written_on is not None
    ]
    latest = max(written, default=dt.date.min)
    acts = reader.acts(limit=1)
    last = max(latest, acts[0].at.date()) if acts else latest
    if last <= reader.today + CLOCK_SLACK:
        return None
    return Phrase(
        "The computer's clock says {today}, but something was written on {last}. Nothing is lost; set the clock.",
        {"today": reader.today, "last": last},
    )
