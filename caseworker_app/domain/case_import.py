"""That cases came from a list, and which, so that all of them can be taken back at once."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, references


@entity("case_import", "Cases fetched from a list")
class CaseImport(Entity):
    """Which cases came from one list on one day; the stream is the worker's own. The file's name is not kept."""

    brought_on: dt.date | None = field(DATE, "Fetched on", default=None)
    cases: frozenset[Id] = field(references(), "Cases", default=frozenset(), many=True)
