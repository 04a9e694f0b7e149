"""The demo's request for access to documents as a paper."""

from __future__ import annotations

from collections.abc import Iterable

from caseworker_app.compose.map_pictures import Put
from caseworker_app.domain.access_request import AccessRequest
from caseworker_app.domain.papers import PaperJob
from caseworker_app.services import access_request_papers, access_requests
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store


def _jobs(reader: Reader) -> Iterable[PaperJob]:
    for request in reader.find(AccessRequest):
        if not access_requests.view(reader, request.id).lacking:
            yield access_request_papers.job(reader, request.id)
            return


def print_access(put: Put, store: Store, worker: PaperMaker) -> None:
    """Put what is given by the first request that has been gone through."""
    for job in store.read(lambda reader: list(_jobs(reader))):
        put(job.file_name, "access_request", "Aktindsigt", worker.make(job).data)
