"""Contributions that were wanted before today and have not come: for I dag, which is opened first and imports little."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.case import Case
from caseworker_app.domain.investigation import Contribution, Investigation
from caseworker_app.services.ports import Reader


def overdue(reader: Reader) -> tuple[tuple[Case, Contribution], ...]:
    """Return what was wanted and has not come, of investigations that run in active cases, the longest waited for
    first."""
    late = [
        one for one in reader.find(Contribution, where={"received_on": None}) if one.overdue(reader.today)
    ]
    if not late:
        return ()
    cases = {case.stream: case for case in reader.find(Case) if case.active}
    running = {one.id for one in reader.find(Investigation) if one.ended_on is None}
    found = [one for one in late if one.stream in cases and one.investigation in running]
    found.sort(key=lambda one: (one.due_by or dt.date.max, one.id))
    return tuple((cases[one.stream], one) for one in found)
