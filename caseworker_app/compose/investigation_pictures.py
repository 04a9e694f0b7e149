"""The demo's investigation as papers: the one most is written in, and the maps that are attached to it."""

from __future__ import annotations

from collections import Counter

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import InvestigationAnswer
from caseworker_app.services import investigation_papers
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store


def fullest_investigation(reader: Reader) -> Id | None:
    """Return the investigation most topics are written in; ``None`` when there is none."""
    written = Counter(one.investigation for one in reader.find(InvestigationAnswer))
    return max(written, key=lambda one: (written[one], one or b""), default=None)


def print_investigation(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put the investigation's paper; nothing when there is none."""
    books = ShippedBooks()
    found = store.read(fullest_investigation)
    if found is None:
        return
    jobs = store.read(
        lambda r: investigation_papers.jobs(r, found, books.forms(r), books.rules(r), books.map_templates())
    )
    put(jobs[0].file_name, "investigation", "Børnefaglig undersøgelse", worker.make(jobs[0]).data)
