"""What the page of a case's visits shows, read at once."""

from __future__ import annotations

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import EntryDraft
from caseworker_app.domain.visit import Side
from caseworker_app.services import (
    entries,
    parents_journal,
    screening_scores,
    visit_journal,
    visit_plans,
    visit_views,
)
from caseworker_app.services.books import Books
from caseworker_app.services.ports import Reader
from ui.widgets.visits.words import Loaded, OneVisit


def loaded_of(reader: Reader, books: Books, case: Case) -> Loaded:
    """Read the visits of a case with everything their page shows."""
    forms, today = books.forms(reader), reader.today
    drafts: dict[Id | None, EntryDraft] = {one.source: one for one in reader.find(EntryDraft)}
    found = visit_views.of_case(reader, case.id)
    ones = []
    for visit in found:
        view = visit_views.view(reader, visit.id)
        ones.append(
            OneVisit(
                view,
                visit_journal.spec_of(forms, visit),
                drafts.get(visit.id),
                visit_journal.signed(reader, visit.id, Side.CHILD),
                visit_journal.parents_entries(reader, visit.id),
            )
        )
    followed = visit_plans.followed(reader, case)
    plan = visit_plans.rows(visit_plans.chosen(reader, books.visit_plans()), case, found) if followed else ()
    return Loaded(
        tuple(ones),
        screening_scores.of_case(reader, case.stream),
        visit_views.home_of(reader, case),
        plan,
        visit_plans.next_of(plan, today),
        visit_plans.pregnancy_due(case, found) if followed else None,
        len(visit_journal.for_investigation(reader, forms, case.id)),
        today,
        followed,
        entries.siblings_of(reader, case.id),
        parents_journal.parents_in(reader, case),
    )
