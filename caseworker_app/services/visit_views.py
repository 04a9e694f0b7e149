"""What a visit's page shows, and the visits of a case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.visit import HomeFacts, Side, Visit, VisitAgreement, VisitNote, VisitState
from caseworker_app.services.ports import Reader


def known(reader: Reader, visit: Id) -> Visit:
    """Return a visit. Raises ``KeyError`` when there is none."""
    found = reader.get(Visit, visit)
    if found is None:
        raise KeyError("no such visit")
    return found


def case_of(reader: Reader, stream: Id) -> Case:
    """Return the case of a stream."""
    return next(iter(reader.find(Case, stream=stream, cancelled=True)))


def home_of(reader: Reader, case: Case) -> HomeFacts | None:
    """Return what one must know before ringing the bell, ``None`` when nothing is written."""
    found = reader.find(HomeFacts, stream=case.stream)
    return found[-1] if found else None


def others(reader: Reader, visit: Visit) -> tuple[tuple[Case, Visit], ...]:
    """Return the same visit as it stands in the siblings' active cases, by the children's names."""
    if visit.together is None:
        return ()
    found = [one for one in reader.find(Visit, where={"together": visit.together}) if one.id != visit.id]
    pairs = [(case_of(reader, one.stream), one) for one in found]
    return tuple(sorted((pair for pair in pairs if pair[0].active), key=lambda pair: pair[0].child_name))


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was written under a topic on another visit of the case."""

    visit: Visit
    note: VisitNote


@dataclass(frozen=True, slots=True)
class VisitView:
    """One visit opened: its notes by topic, what was agreed, and by topic what earlier visits say, the latest first."""

    case: Case
    visit: Visit
    notes: Mapping[str, VisitNote]
    agreements: tuple[VisitAgreement, ...]
    earlier: Mapping[str, tuple[Earlier, ...]]
    together: tuple[Case, ...] = ()
    """The other children the visit is written for."""

    def side(self, side: Side) -> tuple[VisitNote, ...]:
        """Return what is written for one journal, in no order."""
        return tuple(note for note in self.notes.values() if note.area.side is side and not note.empty)


def view(reader: Reader, visit: Id) -> VisitView:
    """Return a visit with everything on it. Raises ``KeyError`` when there is none."""
    now = known(reader, visit)
    agreements = tuple(reader.find(VisitAgreement, where={"visit": visit}))
    before = {one.id: one for one in reader.find(Visit, stream=now.stream) if _before(one, now)}
    notes: dict[str, VisitNote] = {}
    earlier: dict[str, list[Earlier]] = {}
    for note in reader.find(VisitNote, stream=now.stream):
        if note.visit == visit:
            notes[note.topic] = note
        elif note.visit in before and not note.empty:
            earlier.setdefault(note.topic, []).append(Earlier(before[note.visit], note))
    for found in earlier.values():
        found.sort(key=lambda one: (one.visit.day or dt.date.min, one.visit.id), reverse=True)
    case = case_of(reader, now.stream)
    return VisitView(
        case,
        now,
        notes,
        agreements,
        {topic: tuple(all_) for topic, all_ in earlier.items()},
        tuple(found for found, _visit in others(reader, now)),
    )


def _before(one: Visit, now: Visit) -> bool:
    if one.id == now.id or one.state is not VisitState.HELD:
        return False
    return now.day is None or one.day is None or one.day <= now.day


def of_case(reader: Reader, case: Id) -> tuple[Visit, ...]:
    """Return the visits of a case: those planned, the next first, then the held ones, the latest first."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    visits = reader.find(Visit, stream=found.stream)
    planned = [one for one in visits if one.state is VisitState.PLANNED]
    planned.sort(key=lambda one: (one.day or dt.date.max, one.id))
    others = [one for one in visits if one.state is not VisitState.PLANNED]
    others.sort(key=lambda one: (one.day or dt.date.min, one.id), reverse=True)
    return (*planned, *others)


def open_agreements(reader: Reader, stream: Id) -> tuple[VisitAgreement, ...]:
    """Return what was agreed on the visits of a case and is not done, by its day."""
    found = reader.find(VisitAgreement, stream=stream, where={"done_on": None})
    return tuple(sorted(found, key=lambda one: (one.due or dt.date.max, one.id)))
