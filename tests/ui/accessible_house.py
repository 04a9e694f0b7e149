"""A window over a family of the demo, with everything in it, for the walks of the tests on accessibility."""

from __future__ import annotations

from caseworker_app.demo import build
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.network_map import NetworkMap
from tests.ui.own_window import OwnWindow
from ui.house import Place
from ui.pages import (
    case_agreements,
    case_assessment,
    case_cooperation,
    case_follow_up,
    case_journal,
    case_measures,
    case_visits,
)
from ui.pages.case_sections import TAB_LABELS
from ui.pages.settings_page import PANE_LABELS

PARTS = {
    "follow_up": case_follow_up.PART_LABELS,
    "journal": case_journal.PART_LABELS,
    "visits": case_visits.PART_LABELS,
    "assessment": case_assessment.PART_LABELS,
    "measures": case_measures.PART_LABELS,
    "agreements": case_agreements.PART_LABELS,
    "cooperation": case_cooperation.PART_LABELS,
}
"""The parts of each section of a case that has some."""


def one_family(monkeypatch, at=1):
    """Let the demo tell of one family only: what takes a minute with all takes a second."""
    told = build._families
    monkeypatch.setattr(build, "_families", lambda *args: list(told(*args))[at : at + 1])


def places(window: OwnWindow):
    """Return every place of the window: rooms, the sections of a case and their parts, the panes of the settings."""
    case = window.read(lambda r: next(iter(r.find(Case))).id)
    meeting = window.read(lambda r: next(iter(r.find(Meeting))).id)
    network_map = window.read(lambda r: next(iter(r.find(NetworkMap))).id)
    rooms = ("today", "caseload", "meetings", "tasks", "numbers", "search", "health", "quality")
    found = [Place(room) for room in rooms]
    found += [Place("meeting", meeting), Place("map", network_map), Place("genogram", case)]
    for section in TAB_LABELS:
        parts = [f"{section}:{part}" for part in PARTS.get(section, ())] or [section]
        found += [Place("case", case, part) for part in parts]
    found += [Place("settings", None, pane) for pane in PANE_LABELS]
    return [*found, Place("meeting_run", meeting), Place("map_compare", network_map)]
