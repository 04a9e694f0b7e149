"""What of visits belongs on the page I dag: those of today and the next days, those nobody has said anything of, what was
agreed and is due, and the pregnancy visits to be planned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_, Phrase
from caseworker_app.domain.visit import VISIT_KIND_LABELS, Visit, VisitAgreement, VisitState
from caseworker_app.services import visit_plans
from caseworker_app.services.ports import Reader

AHEAD = dt.timedelta(days=7)
DUE_AHEAD = dt.timedelta(days=28)
"""A pregnancy visit to be planned is said this long before its day."""


class RowKind(StrEnum):
    """What a row is about."""

    UNMARKED = "unmarked"
    VISIT = "visit"
    AGREED = "agreed"
    PREGNANCY = "pregnancy"


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One row: whose case, what in words, its day, and the visit it leads to (``None`` for one to be planned)."""

    kind: RowKind
    case: Case
    what: Phrase | str
    day: dt.date | None
    start: dt.time | None = None
    quiet: str = ""
    visit: Id | None = None
    late: bool = False


def rows(reader: Reader, cases: Iterable[Case]) -> tuple[VisitRow, ...]:
    """Return the rows of some cases, the most pressing first. Nothing is read twice, and nothing of a case that has no
    visits."""
    today = reader.today
    by_stream = {case.stream: case for case in cases}
    visits = {
        stream: found for stream, found in visit_plans.visits_by_stream(reader).items() if stream in by_stream
    }
    found = [
        row
        for stream, theirs in visits.items()
        for visit in theirs
        if (row := _of_visit(by_stream[stream], visit, today)) is not None
    ]
    kinds = {visit.id: visit for theirs in visits.values() for visit in theirs}
    for agreed in reader.find(VisitAgreement, where={"done_on": None}) if visits else ():
        case = by_stream.get(agreed.stream)
        if case is not None and agreed.visit in kinds and _is_due(agreed, today):
            found.append(_of_agreement(case, agreed, today))
    for case in by_stream.values():
        if (case.unborn or (case.term is not None and case.born is None)) and visit_plans.followed(
            reader, case
        ):
            due = visit_plans.pregnancy_due(case, visits.get(case.stream, ()))
            if due is not None and (due.due is None or due.due <= today + DUE_AHEAD):
                late = due.due is not None and due.due < today
                found.append(VisitRow(RowKind.PREGNANCY, case, due.said, due.due, late=late))
    return tuple(sorted(found, key=lambda row: (row.day or today, row.start or dt.time.min, row.case.id)))


def _of_visit(case: Case, visit: Visit, today: dt.date) -> VisitRow | None:
    if visit.state is not VisitState.PLANNED or visit.when is None:
        return None
    day = visit.when.day
    if day > today + AHEAD:
        return None
    kind = Phrase(VISIT_KIND_LABELS[visit.kind])
    if day < today:
        what = Phrase(N_("Was the visit held?"))
        return VisitRow(RowKind.UNMARKED, case, what, day, None, visit.place, visit.id, late=True)
    return VisitRow(RowKind.VISIT, case, kind, day, visit.when.start, visit.place, visit.id)


def _is_due(agreed: VisitAgreement, today: dt.date) -> bool:
    return agreed.due is not None and agreed.due <= today + AHEAD


def _of_agreement(case: Case, agreed: VisitAgreement, today: dt.date) -> VisitRow:
    late = agreed.due is not None and agreed.due < today
    return VisitRow(RowKind.AGREED, case, agreed.what, agreed.due, None, agreed.who, agreed.visit, late=late)
