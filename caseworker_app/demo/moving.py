"""Changes of worker in the demo: two children had another caseworker before, one had two."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.telling import Known
from caseworker_app.services import worker_changes
from caseworker_app.services.ports import Writer

_TYPED: Final = dt.time(9, 25)
_CHANGES: Final[Mapping[str, tuple[tuple[str, str, str, str], ...]]] = {
    "felix": (
        ("-29m", "Bodil Ravnholt", "Sune Degn", "Bodil gik på barsel."),
        ("-14m", "Sune Degn", "", "Sune flyttede til Familieteam Syd."),
    ),
    "nivi": (("-10m", "Sune Degn", "", "Sagen fulgte med, da distriktet blev delt."),),
}
"""By child: when, from whom, to whom (empty: to the worker of the store), and why."""


def change_workers(known: Known) -> None:
    """Lay the family's changes of worker on the agenda."""
    for child in known.family.children:
        for at, before, after, reason in _CHANGES.get(child.key, ()):
            day = known.days.past(max(known.on(at), known.opened(child)))
            act = _changing(known, child.key, day, before, after or known.worker, reason)
            known.agenda.add(known.days.moment(day, _TYPED), act)


def _changing(known: Known, child: str, day: dt.date, before: str, after: str, reason: str) -> Act:
    values = {"changed_on": day, "before": before, "after": after, "reason": reason}

    def change(writer: Writer) -> None:
        worker_changes.record(writer, known.cases[child], values)

    return change
