"""Underretninger: word from somebody who is worried about a child, and the clock it starts."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, FLAG, MOMENT, TEXT


@entity("notification", "Notification of concern")
class Notification(Entity):
    """One notification (underretning).

    Whether the child must be helped at once is judged within 24 hours of ``received_at``, by the clock, weekends and
    nights included (law sheet D01); the sender has a receipt within six weekdays (D02).
    """

    received_at: dt.datetime | None = field(MOMENT, "Received at", default=None)
    sender: str = field(TEXT, "From", default="")
    about: str = field(TEXT, "About", default="")
    abuse_suspected: bool = field(FLAG, "Abuse is suspected", default=False)
    assessed_at: dt.datetime | None = field(MOMENT, "Assessed at", default=None)
    assessed_by: str = field(TEXT, "Assessed by", default="")
    assessment: str = field(TEXT, "Urgent assessment", default="")
    acute: bool = field(FLAG, "Needs help at once", default=False)
    receipt_sent_on: dt.date | None = field(DATE, "Receipt sent on", default=None)
