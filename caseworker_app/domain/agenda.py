"""What somebody wants to have talked about at a meeting, in her own words."""

from __future__ import annotations

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import FLAG, REFERENCE, TEXT


@entity("agenda_point", "Point of the agenda")
class AgendaPoint(Entity):
    """One point. ``participant`` raised it, or nobody in particular; a ``quiet`` one stands on the chair's copy only."""

    meeting: Id | None = field(REFERENCE, "Meeting", default=None, indexed=True)
    participant: Id | None = field(REFERENCE, "Participant", default=None)
    text: str = field(TEXT, "What to talk about", default="")
    quiet: bool = field(FLAG, "For the chair only", default=False)
    order: str = field(TEXT, "Order", default="")
