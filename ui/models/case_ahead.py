"""What the rules say of each case, for the caseload's rows. Imported when the rows have been painted."""

from __future__ import annotations

from caseworker_app.domain.case import Case, CaseState
from caseworker_app.domain.ids import Id
from caseworker_app.services import case_desk
from caseworker_app.services.books import Books
from caseworker_app.services.ports import Reader
from ui.models.caseload_rows import Ahead
from ui.models.due_rows import law_words, what_words


def ahead_of(reader: Reader, books: Books) -> dict[Id, Ahead]:
    """Return the step now and the next open deadline of every active case."""
    active = reader.find(Case, where={"state": CaseState.ACTIVE})
    found = case_desk.glances(reader, books, active)
    return {case: _ahead(glance) for case, glance in found.items()}


def _ahead(glance: case_desk.Glance) -> Ahead:
    one = glance.next
    if one is None:
        return Ahead(glance.step)
    return Ahead(glance.step, one.due, f"{what_words(one)} ({law_words(one).lower()})")
