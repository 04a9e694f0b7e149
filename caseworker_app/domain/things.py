"""Every module that declares a thing of the field.

Tables are made from all declarations (:func:`caseworker_app.domain.entity.all_types`), so whoever opens a store
imports this first: a declaration that came later would have no table.
"""

from __future__ import annotations

from caseworker_app.domain import (
    case,
    catalogue,
    follow_up,
    intervention,
    investigation,
    journal,
    meeting,
    notification,
    office,
    person,
    plan,
)

__all__ = [
    "case",
    "catalogue",
    "follow_up",
    "intervention",
    "investigation",
    "journal",
    "meeting",
    "notification",
    "office",
    "person",
    "plan",
]
