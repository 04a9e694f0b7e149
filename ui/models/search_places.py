"""Where something found is: the place that shows it."""

from __future__ import annotations

from typing import Any

from caseworker_app.domain.entity import type_named
from caseworker_app.domain.ids import Id
from caseworker_app.services.ports import Reader
from caseworker_app.services.searching import Hit
from ui.house import Place

_PARTS = {
    "goal": "plan",
    "plan": "plan",
    "progress_mark": "plan",
    "follow_up": "follow_up",
    "intervention": "follow_up",
    "network_task": "maps",
}
"""The section of the case that shows a kind."""
_WITH_ID = {
    "entry": "journal:entries",
    "entry_draft": "journal:entries",
    "document": "journal:documents",
    "visit": "visits:visits",
    "notification": "assessment:notifications",
    "investigation": "assessment:investigation",
    "consent": "assessment:consents",
    "complaint": "assessment:complaints",
    "person": "person",
    "agreement": "agreements:tasks",
    "measurement": "measures:taken",
    "elevator_course": "cooperation:elevator",
    "elevator_measure": "cooperation:elevator",
    "elevator_step": "cooperation:elevator",
    "effort_course": "cooperation:effort",
    "course_element": "cooperation:effort",
    "intensity_step": "cooperation:effort",
    "target_answer": "cooperation:effort",
}
"""The section and part that show one thing, by its id after a colon."""
_ROOM = frozenset({"family_course", "course_session", "daycare_consult"})
"""Kinds that belong to no case and stand in the health visitor's own room."""
_QUALITY = {
    "trial_action": ("board", ""),
    "trial_round": ("board", "trial"),
    "kik_sheet": ("kik", ""),
    "kik_element": ("kik", "sheet"),
    "cost_sheet": ("cost", ""),
    "group_course": ("groups", ""),
    "group_member": ("groups", "group"),
    "group_session": ("groups", "group"),
    "own_effort": ("efforts", ""),
    "time_entry": ("time", ""),
}
"""The part of the room of quality that shows a kind, and the field that names what it is part of."""
_PAGES = {"meeting": "meeting", "network_map": "map"}


def place_of(reader: Reader, hit: Hit) -> Place:
    """Return where something found is shown."""
    page = _PAGES.get(hit.kind)
    if page is not None:
        return Place(page, hit.entity)
    if hit.kind in _QUALITY:
        return _in_quality(reader, hit)
    above = _above(reader, hit)
    if above is not None:
        return above
    if hit.case is None:
        return Place("health" if hit.kind in _ROOM else "caseload")
    part = _WITH_ID.get(hit.kind)
    if part is not None:
        return Place("case", hit.case.id, f"{part}:{hit.entity.hex()}")
    return Place("case", hit.case.id, _PARTS.get(hit.kind, "overview"))


def _in_quality(reader: Reader, hit: Hit) -> Place:
    part, field = _QUALITY[hit.kind]
    declared = type_named(hit.kind)
    thing = reader.get(declared.cls, hit.entity) if declared is not None and field else None
    shown: Id = hit.entity if thing is None else getattr(thing, field) or hit.entity
    return Place("quality", None, f"{part}:{shown.hex()}")


def _above(reader: Reader, hit: Hit) -> Place | None:
    """Return the place of what a thing is part of: a point of its meeting, a person of its map."""
    declared = type_named(hit.kind)
    thing: Any = None if declared is None else reader.get(declared.cls, hit.entity)
    meeting: Id | None = getattr(thing, "meeting", None)
    on_map: Id | None = getattr(thing, "map", None)
    visit: Id | None = getattr(thing, "visit", None)
    if visit is not None and hit.case is not None:
        return Place("case", hit.case.id, f"visits:visits:{visit.hex()}")
    if meeting is not None:
        return Place(
            "meeting", meeting, {"agreement": "minutes", "agenda_point": "preparation"}.get(hit.kind, "run")
        )
    return None if on_map is None else Place("map", on_map)
