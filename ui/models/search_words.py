"""How something found is said: what it is, whose case, which day, the words in their sentence."""

from __future__ import annotations

from collections.abc import Mapping

from caseworker_app import i18n
from caseworker_app.domain.dates import long_date
from caseworker_app.i18n import N_
from caseworker_app.services.searching import Hit
from ui.models.caseload_rows import child_words
from ui.words import tr

KIND_LABELS: Mapping[str, str] = {
    "agreement": N_("Agreement"),
    "case": N_("Case"),
    "complaint": N_("Complaint"),
    "consent": N_("Consent"),
    "cost_sheet": N_("Cost assessment"),
    "course_session": N_("Time of a course"),
    "daycare_consult": N_("Consultation in day-care"),
    "document": N_("Document"),
    "effort_course": N_("Effort course"),
    "entry": N_("Journal entry"),
    "entry_draft": N_("Entry being written"),
    "family_course": N_("Course at the Familiecentral"),
    "follow_up": N_("Follow-up"),
    "goal": N_("Goal"),
    "group_course": N_("Group course"),
    "group_member": N_("Child of a group"),
    "intervention": N_("Intervention"),
    "investigation": N_("Investigation"),
    "map_group": N_("Group on a network map"),
    "map_person": N_("Person on a network map"),
    "map_quote": N_("Words on a network map"),
    "meeting": N_("Meeting"),
    "meeting_point": N_("Point of a meeting"),
    "network_map": N_("Network map"),
    "network_task": N_("Small agreed task"),
    "notification": N_("Notification"),
    "own_effort": N_("Effort of the catalogue"),
    "parents_entry": N_("Entry in the parents' journal"),
    "person": N_("Person"),
    "plan": N_("Plan"),
    "progress_mark": N_("Mark on a goal"),
    "screening_score": N_("Score"),
    "time_entry": N_("Time used"),
    "visit": N_("Visit"),
    "visit_agreement": N_("Agreed on a visit"),
    "visit_note": N_("Written on a visit"),
}
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "": (N_("Everything"), ()),
    "entries": (N_("Journal entries"), ("entry", "entry_draft")),
    "people": (N_("Children and people"), ("case", "person")),
    "meetings": (N_("Meetings and minutes"), ("meeting", "meeting_point", "agreement")),
    "plans": (
        N_("Plans, goals and follow-ups"),
        ("plan", "goal", "progress_mark", "follow_up", "intervention"),
    ),
    "maps": (N_("Network maps"), ("network_map", "map_person", "map_group", "map_quote", "network_task")),
    "notifications": (N_("Notifications and investigations"), ("notification", "investigation")),
    "visits": (N_("Visits"), ("visit", "visit_note", "visit_agreement", "parents_entry", "screening_score")),
    "documents": (N_("Documents"), ("document",)),
}
"""What a search can be narrowed to: the label, and the types it stands for."""


def kind_words(hit: Hit) -> str:
    """Return what was found."""
    return tr(KIND_LABELS.get(hit.kind, N_("Something written")))


def where_words(hit: Hit) -> str:
    """Return whose case it is in and of which day it is."""
    parts = ["" if hit.case is None else child_words(hit.case)]
    if hit.case is not None and not hit.case.active:
        parts.append(tr("closed case"))
    parts.append("" if hit.day is None else long_date(hit.day, i18n.current().language))
    return " · ".join(part for part in parts if part)


def hit_words(hit: Hit) -> str:
    """Return all of it, as a screen reader says it."""
    sentence = "".join(piece for piece, _asked in hit.pieces)
    parts = (kind_words(hit), hit.title, where_words(hit), sentence)
    return ", ".join(part for part in parts if part)
