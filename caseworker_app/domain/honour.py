"""A concern about honour-related conflict or negative social control, and the risk assessment that answers it.

Where there may be such a conflict, a risk assessment is made *before* the parents and the network are involved (barnets
lov § 18, stk. 3). The concern is the worker's: it is on no map, in no view of the family's and on no copy for them.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, TEXT, optional_choice


class Involved(StrEnum):
    """Whom something would involve in the case, beside the child."""

    PARENTS = "parents"
    NETWORK = "network"


EVERYBODY = frozenset(Involved)


class Involvement(StrEnum):
    """What the risk assessment says of involving somebody."""

    MAY = "may"
    MUST_NOT = "must_not"


INVOLVEMENT_LABELS = {
    Involvement.MAY: "May be involved",
    Involvement.MUST_NOT: "Must not be involved now",
}


def _caution(value: Involvement | None) -> int:
    """Rank answers: while there are several, the most careful one acts."""
    return {Involvement.MUST_NOT: 2, None: 1, Involvement.MAY: 0}[value]


@entity("honour_concern", "Concern about honour-related conflict")
class HonourConcern(Entity):
    """One concern, and what was found when the risk was assessed."""

    noted_on: dt.date | None = field(DATE, "Noted on", default=None)
    reason: str = field(TEXT, "What gives the concern", default="")
    assessed_on: dt.date | None = field(DATE, "Risk assessed on", default=None)
    assessed_by: str = field(TEXT, "Risk assessed by", default="")
    conclusion: str = field(TEXT, "Conclusion of the risk assessment", default="")
    parents: Involvement | None = field(
        optional_choice(Involvement), "The parents", default=None, protective=_caution
    )
    network: Involvement | None = field(
        optional_choice(Involvement), "The network", default=None, protective=_caution
    )

    @property
    def assessed(self) -> bool:
        """Whether the risk assessment is there, whole."""
        answered = self.parents is not None and self.network is not None
        return self.assessed_on is not None and bool(self.conclusion) and answered

    def allows(self, involved: Involved) -> bool:
        """Whether the risk assessment says that somebody may be involved; without one nobody may."""
        answer = self.parents if involved is Involved.PARENTS else self.network
        return self.assessed and answer is Involvement.MAY
