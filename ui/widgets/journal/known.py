"""What is read with an entry that is being written."""

from __future__ import annotations

from dataclasses import dataclass

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import SavedPhrase
from caseworker_app.services import entries, journal_desk, open_tasks, phrases
from caseworker_app.services.books import Books
from caseworker_app.services.cases import people_of
from caseworker_app.services.entries import DraftView
from caseworker_app.services.journal_desk import Link
from caseworker_app.services.open_tasks import OpenTask
from caseworker_app.services.ports import Reader
from ui.models.caseload_rows import child_words


@dataclass(frozen=True, slots=True)
class Known:
    """The entry, whom and what it can name, what is open in the case, the worker's phrases."""

    view: DraftView
    people: tuple[str, ...]
    siblings: tuple[Case, ...]
    links: tuple[Link, ...]
    tasks: tuple[OpenTask, ...]
    phrases: tuple[SavedPhrase, ...]

    def cases(self, chosen: frozenset[Id]) -> tuple[Case, ...]:
        """Return the cases it is written for when these siblings are chosen, its own first."""
        offered = {case.id: case for case in (*self.siblings, *self.view.cases[1:])}
        return (*self.view.cases[:1], *(case for case in offered.values() if case.id in chosen))


def load(reader: Reader, books: Books, draft: Id) -> Known | None:
    """Return what is known of an entry being written; ``None`` when it is signed or discarded."""
    try:
        view = entries.open_draft(reader, draft)
    except UserError:
        return None
    first = view.cases[0]
    return Known(
        view,
        (child_words(first), *(one.name for one in people_of(reader, first.stream))),
        entries.siblings_of(reader, first.id),
        journal_desk.linkable(reader, first),
        open_tasks.of_case(reader, books, first.id),
        phrases.phrases(reader),
    )
