"""Screening, scoping and the investigation (børnefaglig undersøgelse): when they ran."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, choice


class InvestigationKind(StrEnum):
    """How far the looking goes (barnets lov §§ 18, 19, 20)."""

    SCREENING = "screening"
    SCOPING = "scoping"
    INVESTIGATION = "investigation"


INVESTIGATION_KIND_LABELS = {
    InvestigationKind.SCREENING: "Screening",
    InvestigationKind.SCOPING: "Scoping",
    InvestigationKind.INVESTIGATION: "Investigation of the child's needs",
}


@entity("investigation", "Investigation")
class Investigation(Entity):
    """One investigation of one child. Four months run from ``known_on``, when the need was known (BL § 20 stk. 3)."""

    kind: InvestigationKind = field(
        choice(InvestigationKind), "Kind", default=InvestigationKind.INVESTIGATION
    )
    known_on: dt.date | None = field(DATE, "The need was known on", default=None)
    preliminary_on: dt.date | None = field(DATE, "Preliminary assessment on", default=None)
    ended_on: dt.date | None = field(DATE, "Concluded on", default=None)
