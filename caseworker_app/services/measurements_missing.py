"""Measurements that are not there: what I dag lists, and what closing a case asks for first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.instruments import Respondent
from caseworker_app.domain.measurement import Answered, Measurement, MeasurementPlan, Phase
from caseworker_app.services.ports import Reader, Writer

AHEAD = dt.timedelta(days=7)
_LEFT_OUT = frozenset({"asked", "introduces", "feedback", "registers", "meeting", "meeting_words", "let_go"})
"""Not read: I dag says what is missing, the plan itself says the rest."""

Key = tuple[str, Respondent, str, str]
"""What belongs together before and after: the instrument, who answers, the name, and what is asked."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A measurement that is not there: planned and not settled, or (``plan`` ``None``) taken before and never after."""

    instrument: str
    respondent: Respondent
    who: str
    phase: Phase
    due: dt.date | None
    plan: Id | None


def key_of(one: MeasurementPlan | Measurement) -> Key:
    """Return what pairs a measurement with the one after it."""
    return one.instrument, one.respondent, one.who.casefold(), one.asked.casefold()


def _planned(one: MeasurementPlan) -> Missing:
    return Missing(one.instrument, one.respondent, one.who, one.phase, one.due, one.id)


def after(reader: Reader, stream: Id) -> tuple[Missing, ...]:
    """Return the measurements after the help that are not there: planned and open, or taken before and never after."""
    planned = [p for p in reader.find(MeasurementPlan, stream=stream) if p.phase is Phase.AFTER]
    found = [_planned(p) for p in planned if p.settled_on is None]
    taken = reader.find(Measurement, stream=stream)
    known_after = {key_of(p) for p in planned}
    known_after |= {key_of(m) for m in taken if m.phase is Phase.AFTER}
    for one in taken:
        before = one.phase is Phase.BEFORE and one.answered is Answered.YES
        if before and key_of(one) not in known_after:
            known_after.add(key_of(one))
            found.append(Missing(one.instrument, one.respondent, one.who, Phase.AFTER, None, None))
    return tuple(found)


def let_go(writer: Writer, missing: Iterable[Missing], why: str) -> None:
    """Let go, within the act of closing, what was planned after the help."""
    for one in missing:
        if one.plan is not None:
            settle_without(writer, one.plan, why)


def settle_without(writer: Writer, planned: Id, why: str) -> None:
    """Settle a planned measurement without one, within an act."""
    writer.set(MeasurementPlan, planned, "let_go", why, parents=None)
    writer.set(MeasurementPlan, planned, "settled_on", writer.today, parents=None)


def due(reader: Reader) -> tuple[tuple[Case, Missing], ...]:
    """Return what is planned in active cases and due within a week or late, the most pressing first. One query over what
    is open; the cases of what is found are read by themselves."""
    until = reader.today + AHEAD
    open_ = [
        one
        for one in reader.find(MeasurementPlan, where={"settled_on": None}, without=_LEFT_OUT)
        if one.due is not None and one.due <= until
    ]
    cases = reader.by_stream(Case, {one.stream for one in open_})
    found = [(case, _planned(one)) for one in open_ for case in cases.get(one.stream, ()) if case.active]
    found.sort(key=lambda pair: (pair[1].due or dt.date.max, pair[1].plan or b""))
    return tuple(found)
