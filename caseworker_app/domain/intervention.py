"""Interventions (indsatser, earlier foranstaltninger): what is done for a child, from when, by whom, towards what end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, FLAG, NUMBER, TEXT, choice, optional_choice, record

CHILDS_ACT = dt.date(2024, 1, 1)
"""The day barnets lov (BL) came in force and took the place of serviceloven (SEL) for children."""

INSTITUTION_MONTHS = 12
"""Longest planned stay on an institution without a warning (seed 000: "at most a year"; K "Programfilosofi")."""


class InterventionKind(StrEnum):
    """What sort of help it is: decides which law, which step by habit, and whether it counts as a placement."""

    GENERAL = "general"
    EARLY = "early"
    PREVENTIVE = "preventive"
    FAMILY_STAY = "family_stay"
    HOME_BASED_PLACEMENT = "home_based_placement"
    NETWORK_FOSTER = "network_foster"
    FOSTER = "foster"
    INSTITUTION = "institution"
    AFTERCARE = "aftercare"


INTERVENTION_KIND_LABELS = {
    InterventionKind.GENERAL: "Prevention in the general area",
    InterventionKind.EARLY: "Early preventive support",
    InterventionKind.PREVENTIVE: "Supporting intervention",
    InterventionKind.FAMILY_STAY: "The family stays together day and night",
    InterventionKind.HOME_BASED_PLACEMENT: "Home-based placement",
    InterventionKind.NETWORK_FOSTER: "Placement with kin or network",
    InterventionKind.FOSTER: "Placement in a foster family",
    InterventionKind.INSTITUTION: "Placement in an institution",
    InterventionKind.AFTERCARE: "Aftercare",
}

PLACEMENTS = frozenset(
    {
        InterventionKind.HOME_BASED_PLACEMENT,
        InterventionKind.NETWORK_FOSTER,
        InterventionKind.FOSTER,
        InterventionKind.INSTITUTION,
    }
)
"""What counts as a placement (anbringelse; tables 2.1-2.3 and 4.1). Døgnfamiliebehandling is none: nobody leaves home."""

DECIDED = PLACEMENTS | {InterventionKind.PREVENTIVE, InterventionKind.FAMILY_STAY, InterventionKind.AFTERCARE}
"""What rests on a decision (afgørelse), and so has a plan, follow-ups and a right to complain."""


class EndReason(StrEnum):
    """Why an intervention ended."""

    PLANNED = "planned"
    CHILD_LEFT = "child_left"
    PLACE_GAVE_UP = "place_gave_up"
    STEPPED_DOWN = "stepped_down"
    STEPPED_UP = "stepped_up"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    CAME_OF_AGE = "came_of_age"
    MOVED_AWAY = "moved_away"
    OTHER = "other"


END_REASON_LABELS = {
    EndReason.PLANNED: "As planned",
    EndReason.CHILD_LEFT: "Breakdown: the child left",
    EndReason.PLACE_GAVE_UP: "Breakdown: the place gave up",
    EndReason.STEPPED_DOWN: "Followed by a lower step",
    EndReason.STEPPED_UP: "Followed by a higher step",
    EndReason.CONSENT_WITHDRAWN: "The consent was withdrawn",
    EndReason.CAME_OF_AGE: "The young person turned 18",
    EndReason.MOVED_AWAY: "The family moved to another municipality",
    EndReason.OTHER: "Another reason",
}

BREAKDOWNS = frozenset({EndReason.CHILD_LEFT, EndReason.PLACE_GAVE_UP})
"""Sammenbrud: "because the child leaves or the place gives up" (T 3.1). Counted for placements."""


class PriceUnit(StrEnum):
    """What a price is the price of."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    COURSE = "course"


PRICE_UNIT_LABELS = {
    PriceUnit.HOUR: "an hour",
    PriceUnit.DAY: "a day",
    PriceUnit.WEEK: "a week",
    PriceUnit.MONTH: "a month",
    PriceUnit.COURSE: "the whole course",
}


@dataclass(frozen=True, slots=True)
class Price:
    """An amount in øre and what it is for (a :class:`PriceUnit`). It has no influence on the step (K "Indsatstrappen")."""

    oere: int
    unit: str = PriceUnit.MONTH.value


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """The paragraphs as words: of serviceloven and of barnets lov. Both are shown, the one in force first."""

    sel: str = ""
    bl: str = ""

    def on(self, day: dt.date) -> tuple[str, str]:
        """Return the words of the law in force on a day, and those of the other; either may be empty."""
        return (self.bl, self.sel) if day >= CHILDS_ACT else (self.sel, self.bl)


class InterventionState(StrEnum):
    """Where an intervention stands on a day."""

    COMING = "coming"
    OPEN = "open"
    ENDED = "ended"


INTERVENTION_STATE_LABELS = {
    InterventionState.COMING: "Not begun yet",
    InterventionState.OPEN: "Running",
    InterventionState.ENDED: "Ended",
}


@entity("intervention", "Intervention")
class Intervention(Entity):
    """One intervention in one child's case.

    Name, kind, step, legal basis and rule are copied from the catalogue on the day it is registered, so that an old
    case reads the same when the catalogue has changed. ``rule`` is the name of a follow-up rule, empty for none.
    ``start`` and ``ended_on`` are the first and the last day.
    """

    catalogue: str = field(TEXT, "Entry in the catalogue", default="")
    name: str = field(TEXT, "Intervention", default="")
    kind: InterventionKind = field(
        choice(InterventionKind), "Kind of intervention", default=InterventionKind.PREVENTIVE
    )
    step: int | None = field(NUMBER, "Step on the ladder", default=None)
    basis: LegalBasis | None = field(record(LegalBasis), "Legal basis", default=None)
    without_consent: bool = field(FLAG, "Decided without consent", default=False)
    rule: str = field(TEXT, "Follow-up rule", default="")
    supplier: str = field(TEXT, "Supplier", default="")
    price: Price | None = field(record(Price), "Price", default=None)
    purpose: str = field(TEXT, "Purpose", default="")
    expected_duration: str = field(TEXT, "Expected duration", default="")
    decided_on: dt.date | None = field(DATE, "Decided on", default=None)
    told_on: dt.date | None = field(DATE, "The decision was given on", default=None)
    start: dt.date | None = field(DATE, "Start", default=None)
    planned_end: dt.date | None = field(DATE, "Planned end", default=None)
    ended_on: dt.date | None = field(DATE, "Ended on", default=None)
    end_reason: EndReason | None = field(optional_choice(EndReason), "Why it ended", default=None)
    end_note: str = field(TEXT, "How it ended", default="")
    next_step: str = field(TEXT, "Next step down", default="")
    coming_carer: str = field(TEXT, "Who will care for the child afterwards", default="")
    child_wants: str = field(TEXT, "What the child wants", default="")
    parents_want: str = field(TEXT, "What the parents want", default="")
    note: str = field(TEXT, "Note", default="")

    @property
    def placement(self) -> bool:
        """Whether the child lives elsewhere by it."""
        return self.kind in PLACEMENTS

    @property
    def breakdown(self) -> bool:
        """Whether it is a placement that broke down."""
        return self.placement and self.end_reason in BREAKDOWNS

    def state_on(self, day: dt.date) -> InterventionState:
        """Return where it stands on a day; the last day is still a day of it."""
        if self.start is None or self.start > day:
            return InterventionState.COMING
        if self.ended_on is not None and self.ended_on < day:
            return InterventionState.ENDED
        return InterventionState.OPEN

    def open_on(self, day: dt.date) -> bool:
        """Whether it runs on a day."""
        return not self.cancelled and self.state_on(day) is InterventionState.OPEN


def current_step(interventions: Iterable[Intervention], day: dt.date) -> int | None:
    """Return the highest step of what is open on ``day``, ``None`` when nothing on the ladder is."""
    steps = [i.step for i in interventions if i.step is not None and i.open_on(day)]
    return max(steps, default=None)
