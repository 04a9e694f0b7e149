"""What was agreed, wherever it was agreed: of the caseload, of a case, of a person, and since the last meeting.

Nothing that is open is ever left out: what nobody has looked at for half a year is said to be old, and stays.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.agreement import AgreementSource
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingState
from caseworker_app.domain.person import Person
from caseworker_app.services.agreed import CLASSES, Agreed, Kept, Stored, around_of, called, names_in, seen
from caseworker_app.services.ports import Reader

SETTLED_SHOWN = dt.timedelta(days=183)
"""How far back the caseload's page shows what was settled; a case shows all of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """An agreement and the case it belongs to."""

    case: Case
    agreed: Agreed


def _pressing(one: Agreed) -> tuple[bool, dt.date, str, Id]:
    return one.due is None, one.due or dt.date.max, one.order, one.id


def _open_in(reader: Reader, stream: Id | None) -> list[Stored]:
    found: list[Stored] = []
    for cls in CLASSES.values():
        found += [one for one in reader.find(cls, stream=stream, where={"done_on": None}) if one.what]
    return found


def open_of(reader: Reader, cases: Iterable[Case] | None = None) -> tuple[Row, ...]:
    """Return what is open in some cases (the active ones when none are named), the most pressing first."""
    by_stream = _by_stream(reader, cases)
    around = around_of(reader, None)
    rows = [
        Row(case, seen(one, around))
        for one in _open_in(reader, None)
        if (case := by_stream.get(one.stream)) is not None
    ]
    return tuple(sorted(rows, key=lambda row: _pressing(row.agreed)))


def settled_of(
    reader: Reader, cases: Iterable[Case] | None = None, since: dt.date | None = None
) -> tuple[Row, ...]:
    """Return what was settled in some cases since a day (half a year back when none is named), the latest first."""
    by_stream = _by_stream(reader, cases)
    around = around_of(reader, None)
    start = since or reader.today - SETTLED_SHOWN
    rows = [
        Row(case, seen(one, around))
        for cls in CLASSES.values()
        for one in reader.newest(cls, ("done_on",), since=start, limit=1000)
        if (case := by_stream.get(one.stream)) is not None
    ]
    return tuple(
        sorted(rows, key=lambda row: (row.agreed.done_on or dt.date.min, row.agreed.id), reverse=True)
    )


def _by_stream(reader: Reader, cases: Iterable[Case] | None) -> dict[Id, Case]:
    chosen = [case for case in reader.find(Case) if case.active] if cases is None else cases
    return {case.stream: case for case in chosen}


def of_case(reader: Reader, case: Id, *, settled: bool = False) -> tuple[Agreed, ...]:
    """Return what is open in a case, the most pressing first; with ``settled`` what was settled follows, the latest first.

    Raises ``KeyError`` when there is no such case.
    """
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return of_stream(reader, found.stream, settled=settled)


def of_stream(reader: Reader, stream: Id, *, settled: bool = False) -> tuple[Agreed, ...]:
    """Return what :func:`of_case` returns, by the stream of the case."""
    around = around_of(reader, stream)
    rows = [seen(one, around) for one in _open_in(reader, stream)]
    rows.sort(key=_pressing)
    if not settled:
        return tuple(rows)
    done = [
        seen(one, around)
        for cls in CLASSES.values()
        for one in reader.find(cls, stream=stream)
        if one.done_on is not None and one.what
    ]
    done.sort(key=lambda one: (one.done_on or dt.date.min, one.id), reverse=True)
    return (*rows, *done)


def of_person(reader: Reader, person: Id, *, settled: bool = False) -> tuple[Agreed, ...]:
    """Return what a person of a case has said yes to: by her card, or by her name in the words of who does it.

    Two people of one name are both meant by it when no card was chosen. Raises ``KeyError`` when there is no such
    person.
    """
    found = reader.get(Person, person)
    if found is None:
        raise KeyError("no such person")
    named = called(found)
    return tuple(
        one
        for one in of_stream(reader, found.stream, settled=settled)
        if one.person == person or (one.person is None and any(part in named for part in names_in(one.who)))
    )


def one_of(reader: Reader, kept: Kept, entity: Id) -> Agreed:
    """Return one agreement. Raises ``KeyError`` when there is none."""
    thing = reader.get(CLASSES[kept], entity)
    if thing is None:
        raise KeyError("no such agreement")
    return seen(thing, around_of(reader, thing.stream))


# --- The next meeting begins with it ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SinceLast:
    """What a meeting begins with: what was agreed at the one before, settled or not, in its order there; and what else is
    open in the case or was settled since, the open first."""

    previous: Meeting | None
    agreed: tuple[Agreed, ...]
    others: tuple[Agreed, ...]

    @property
    def still_open(self) -> tuple[Agreed, ...]:
        """What is to be done, of both."""
        return tuple(one for one in (*self.agreed, *self.others) if one.open)


def since_last(reader: Reader, case: Id, meeting: Id | None = None) -> SinceLast:
    """Return what was agreed before a meeting and how it went; without a meeting, as of today.

    The one before is the latest held meeting that left an agreement, else the latest held. Raises ``KeyError`` when
    there is no such case.
    """
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    now = None if meeting is None else reader.get(Meeting, meeting)
    everything = [
        one
        for one in of_stream(reader, found.stream, settled=True)
        if meeting is None or one.source_id != meeting
    ]
    left = {one.source_id for one in everything if one.source is AgreementSource.MEETING}
    before = _before(reader.find(Meeting, stream=found.stream), now, reader.today)
    previous = next((one for one in before if one.id in left), before[0] if before else None)
    of_it = [one for one in everything if previous is not None and one.source_id == previous.id]
    day = None if previous is None or previous.when is None else previous.when.day
    others = [
        one
        for one in everything
        if one not in of_it
        and (one.open or (day is not None and one.done_on is not None and one.done_on >= day))
    ]
    return SinceLast(previous, tuple(sorted(of_it, key=lambda one: (one.order, one.id))), tuple(others))


def _before(meetings: Iterable[Meeting], now: Meeting | None, today: dt.date) -> list[Meeting]:
    """Return the held meetings before one, the latest first."""
    until = (today, dt.time.max) if now is None or now.when is None else (now.when.day, now.when.start)
    held = [
        (one.when.day, one.when.start, one)
        for one in meetings
        if one.state is MeetingState.HELD and one.when is not None and (now is None or one.id != now.id)
    ]
    earlier = [found for found in held if found[:2] <= until]
    return [
        one for *_moment, one in sorted(earlier, key=lambda found: (*found[:2], found[2].id), reverse=True)
    ]
