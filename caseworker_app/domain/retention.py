"""What holds a closed case back from being erased, its archive copy, and what is left when it has been erased."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, MOMENT, NUMBER, REFERENCE, TEXT


@entity("legal_hold", "Hold on erasing")
class LegalHold(Entity):
    """Says in a case that it must not be erased: a complaint, a case in court, a request for access. Kept when lifted."""

    reason: str = field(TEXT, "Reason", default="")
    since: dt.date | None = field(DATE, "Held from", default=None)
    lifted_on: dt.date | None = field(DATE, "Lifted on", default=None)

    @property
    def holds(self) -> bool:
        """Whether it still holds."""
        return self.lifted_on is None and not self.cancelled


@entity("case_archive", "Archive copy")
class CaseArchive(Entity):
    """Says in a case that all of it was handed over as an archive copy: when, and the SHA-256 of the file."""

    made_at: dt.datetime | None = field(MOMENT, "Made", default=None)
    sha256: str = field(TEXT, "Checksum", default="")
    files: int | None = field(NUMBER, "Files", default=None)


@entity("erasure", "Erased case")
class Erasure(Entity):
    """Stands among the worker's own things when a case has been erased: which, when, by which rule; no name."""

    case: Id | None = field(REFERENCE, "Case", default=None)
    erased_on: dt.date | None = field(DATE, "Erased on", default=None)
    closed_on: dt.date | None = field(DATE, "Closed on", default=None)
    rule: str = field(TEXT, "Rule", default="")
    archive: str = field(TEXT, "Checksum of the archive copy", default="")
    operations: int | None = field(NUMBER, "Entries", default=None)
