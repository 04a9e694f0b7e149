"""Cases that came from a colleague above the limit: nothing is refused, and they are marked as what arrives otherwise is.

What is registered here above the limit bears its mark in the log. A case handed over by sync was written by somebody who
has another number of cases, so its mark is not written but found: it is the newest here of those a colleague began, as many
as there are above the limit without a mark or an exception.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from caseworker_app.domain.case import Case, CaseState
from caseworker_app.services import office
from caseworker_app.services.ports import Reader


def above_limit(reader: Reader, cases: Iterable[Case]) -> list[Case]:
    """Return the worker's cases with ``above_limit`` as it is shown: of what came from colleagues too."""
    listed = list(cases)
    most = office.limit(office.house(reader))
    active = [case for case in listed if case.active and not case.cancelled]
    if most is None or len(active) <= most:
        return listed
    known = sum(1 for case in active if case.above_limit or case.limit_exception is not None)
    came = reader.begun_by_others()
    found = [case for case in active if _unmarked(case) and case.stream in came]
    newest = sorted(found, key=lambda case: came[case.stream], reverse=True)
    above = {case.id for case in newest[: max(0, len(active) - most - known)]}
    return [dataclasses.replace(case, above_limit=True) if case.id in above else case for case in listed]


def shown(reader: Reader, case: Case) -> Case:
    """Return one case as :func:`above_limit` would among all of them."""
    most = office.limit(office.house(reader))
    if most is None or not case.active or reader.count(Case, where={"state": CaseState.ACTIVE}) <= most:
        return case
    return next((one for one in above_limit(reader, reader.find(Case)) if one.id == case.id), case)


def _unmarked(case: Case) -> bool:
    return not case.above_limit and case.limit_exception is None
