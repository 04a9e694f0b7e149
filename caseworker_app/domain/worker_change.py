"""A child's caseworker changed (rådgiverskift): when, from whom to whom, and why. "Færre rådgiverskift" is counted."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.kinds import DATE, TEXT


@entity("worker_change", "Change of worker")
class WorkerChange(Entity):
    """One change of the worker who has the case; ``before`` and ``after`` are names of colleagues."""

    changed_on: dt.date | None = field(DATE, "Changed on", default=None)
    before: str = field(TEXT, "Worker before", default="")
    after: str = field(TEXT, "Worker after", default="")
    reason: str = field(TEXT, "Why", default="")
