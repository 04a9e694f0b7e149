"""Which pages there are. Each is imported when it is first gone to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.house import House
from ui.navigator import Maker

if TYPE_CHECKING:
    from caseworker_app.services.opening import Doors


def _today(house: House) -> QWidget:
    from ui.pages.today_page import TodayPage

    return TodayPage(house)


def _caseload(house: House) -> QWidget:
    from ui.pages.caseload_page import CaseloadPage

    return CaseloadPage(house)


def _case(house: House) -> QWidget:
    from ui.pages.case_page import CasePage

    return CasePage(house)


def _meetings(house: House) -> QWidget:
    from ui.pages.meetings_page import MeetingsPage

    return MeetingsPage(house)


def _meeting(house: House) -> QWidget:
    from ui.pages.meeting_page import MeetingPage

    return MeetingPage(house)


def _meeting_run(house: House) -> QWidget:
    from ui.pages.meeting_run_page import MeetingRunPage

    return MeetingRunPage(house)


def _map(house: House) -> QWidget:
    from ui.pages.map_page import MapPage

    return MapPage(house)


def _map_compare(house: House) -> QWidget:
    from ui.pages.map_compare_page import MapComparePage

    return MapComparePage(house)


def _genogram(house: House) -> QWidget:
    from ui.pages.genogram_page import GenogramPage

    return GenogramPage(house)


def _search(house: House) -> QWidget:
    from ui.pages.search_page import SearchPage

    return SearchPage(house)


def _health(house: House) -> QWidget:
    from ui.pages.health_page import HealthPage

    return HealthPage(house)


def _quality(house: House) -> QWidget:
    from ui.pages.quality_page import QualityPage

    return QualityPage(house)


def _numbers(house: House) -> QWidget:
    from ui.pages.numbers_page import NumbersPage

    return NumbersPage(house)


def _tasks(house: House) -> QWidget:
    from ui.pages.tasks_page import TasksPage

    return TasksPage(house)


def _settings(house: House, doors: Doors) -> QWidget:
    from ui.pages.settings_page import SettingsPage

    return SettingsPage(house, doors=doors)


def rooms(doors: Doors) -> Mapping[str, Maker]:
    """Return how each page is made; the settings also show the ways in."""
    return {
        "today": _today,
        "caseload": _caseload,
        "case": _case,
        "meetings": _meetings,
        "meeting": _meeting,
        "meeting_run": _meeting_run,
        "map": _map,
        "map_compare": _map_compare,
        "genogram": _genogram,
        "search": _search,
        "health": _health,
        "quality": _quality,
        "numbers": _numbers,
        "tasks": _tasks,
        "settings": lambda house: _settings(house, doors),
    }


STOP_OF = {
    "case": "caseload",
    "meeting": "meetings",
    "meeting_run": "meetings",
    "map": "caseload",
    "map_compare": "caseload",
    "genogram": "caseload",
    "health": "caseload",
    "quality": "meetings",
}
"""The stop on the rail that stands for a page which has none of its own."""
WHOLE = frozenset({"meeting_run"})
"""Pages that fill the window, without rail and top bar: others look on."""
