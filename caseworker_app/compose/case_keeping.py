"""Archive copies of closed cases, erasing them, and forgetting the access log when its time is over."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, cast

import resources
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.retention_rules import RetentionRules, read_retention
from caseworker_app.services import access_papers, archive, chronology_papers, journal_papers, retention
from caseworker_app.services.papers import PaperMaker
from caseworker_app.services.ports import Reader, Store

if TYPE_CHECKING:
    from caseworker_app.domain.papers import PaperJob
    from db.store import SqlStore

_DAYS_A_MONTH = 30.4375


@cache
def rules() -> RetentionRules:
    """Return the rules that ship."""
    return read_retention(resources.text("rules", "retention.toml"))


class StoreCaseKeeping:
    """See :class:`caseworker_app.services.retention.CaseKeeping`."""

    def __init__(self, papers: PaperMaker) -> None:
        self._papers = papers

    def archive(self, store: Store, case: Id) -> bytes:
        files = store.read(lambda r: archive.contents(r, case))
        for name, job in store.read(lambda r: _jobs(r, case)):
            files[f"papirer/{name}.pdf"] = self._papers.make(job).data
        return archive.packed(files, store.read(lambda r: r.now))

    def note_archived(self, store: Store, case: Id, data: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            files = len(packed.namelist())
        checksum = hashlib.sha256(data).hexdigest()
        store.write(lambda w: retention.note_archive(w, case, checksum, files))

    def erase(self, store: Store, case: Id) -> int:
        from db.erasing import erase

        one = store.read(lambda r: retention.need_erasable(r, case, rules()))
        return erase(
            cast("SqlStore", store), one.case.stream, lambda w, found: retention.note_erasure(w, one, found)
        )


def _jobs(reader: Reader, case: Id) -> list[tuple[str, PaperJob]]:
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    jobs = [
        ("kronologi", chronology_papers.job(reader, case)),
        ("opslag", access_papers.job(reader, case, None, None)),
    ]
    with suppress(UserError):  # nothing in the journal is signed
        jobs.append(("journal", journal_papers.job(reader, case)))
    return jobs


def forget_old_access(store: Store) -> int:
    """Delete what of the access log has been kept for its time; return how many rows."""
    from db.access import forget

    own = cast("SqlStore", store)
    before = own.shared.clock.now() - dt.timedelta(days=round(rules().access_months * _DAYS_A_MONTH))
    with own.transaction() as connection:
        return forget(connection, before)
