"""The demo's request for access to documents and the paper beside a handover pack."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.access_request import AccessRequest
from caseworker_app.domain.case import Case
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import access_request_papers, access_requests, handover_papers
from caseworker_app.services.books import Books
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store


def _jobs(reader: Reader) -> Iterable[PaperJob]:
    for request in reader.find(AccessRequest):
        if not access_requests.view(reader, request.id).lacking:
            yield access_request_papers.job(reader, request.id)
            return


def _handovers(reader: Reader, books: Books) -> Iterable[PaperJob]:
    for request in reader.find(AccessRequest)[:1]:
        for case in reader.find(Case, stream=request.stream):
            yield handover_papers.job(reader, books, [case.id])


def print_access(put: Put, store: Store, worker: PaperMaker, books: Books) -> None:
    """Put what is given by the first request that has been gone through, and the handover of its case."""
    for job in store.read(lambda reader: list(_jobs(reader))):
        put(job.file_name, "access_request", "Aktindsigt", worker.make(job).data)
    for job in store.read(lambda reader: list(_handovers(reader, books))):
        put(job.file_name, "handover_chronology", "Overlevering", worker.make(job).data)
