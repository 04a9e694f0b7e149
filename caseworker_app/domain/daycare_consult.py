"""The health visitor as consultant in day-care: fixed meetings at least four a year, anonymous unless parents consent.

Herningmodellen 11 (K "Konsulent i daginstitutioner"): an hour each, and more as needed. A note is the worker's own; it
names no child unless a consent stands, and then it is linked to the case.
"""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, REFERENCE, TEXT

A_YEAR = 4
"""Least fixed meetings a year and institution."""
MINUTES = 60


@entity("daycare_consult", "Consultation in day-care")
class DaycareConsult(Entity):
    """One meeting in an institution, planned or held.

    ``as_needed`` is one beside the fixed ones, which does not count among the four. With ``case`` it is about a known
    child and ``consent`` is the consent that stands; without, it is anonymous.
    """

    institution: str = field(TEXT, "Institution", default="", indexed=True)
    planned_on: dt.date | None = field(DATE, "Planned for", default=None)
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    minutes: int | None = field(NUMBER, "Minutes", default=MINUTES)
    as_needed: bool = field(FLAG, "As needed, beside the fixed ones", default=False)
    participants: str = field(TEXT, "Who was there", default="")
    text: str = field(TEXT, "What was talked about", default="")
    case: Id | None = field(REFERENCE, "Case", default=None, indexed=True)
    consent: Id | None = field(REFERENCE, "Consent", default=None)

    @property
    def anonymous(self) -> bool:
        """Whether it names nobody."""
        return self.case is None
