"""The health visitor's room: a course begun with its times, families invited and counted, day-care consulted."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caseworker_app.domain.daycare_consult import DaycareConsult
from caseworker_app.services import family_courses
from tests.ui.conftest import NOW
from ui.dialogs.record_dialog import RecordDialog
from ui.pages.health_page import HealthPage
from ui.widgets.visits.attendance import AttendanceTable

TODAY = NOW.date()
SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def page(qtbot, house, wait_idle):
    made = HealthPage(house)
    qtbot.addWidget(made)
    made.resize(1222, 690)
    made.show()
    house.tasks.touched.connect(made.follow)
    made.show_thing(None, "")
    wait_idle()
    return made


@pytest.fixture
def course(write):
    values = {"name": "Vinterholdet", "starts_on": TODAY - dt.timedelta(days=30), "place": "Familiecentralen"}
    made = write(lambda w: family_courses.begin(w, values))
    write(lambda w: family_courses.invite(w, made, {"name": "Familien Holm"}))
    return made


def dialog_of(page) -> RecordDialog:
    found = [one for one in page.window().findChildren(RecordDialog) if one.isVisible()]
    assert len(found) == 1
    return found[0]


def type_in(qtbot, dialog, field, words):
    qtbot.keyClicks(dialog.form.rows[field].editor.focusProxy() or dialog.form.rows[field].editor, words)


def test_an_empty_room_says_what_to_do(page):
    courses = page.parts.part("courses")
    assert courses.list.accessibleName() == "Forløb i Familiecentralen"
    said = [label.text() for label in courses.findChildren(QLabel) if label.isVisible()]
    assert any(words.startswith("Intet forløb endnu. Begynd et") for words in said)


def test_a_course_is_begun_by_keys_and_has_its_times_every_third_friday(qtbot, page, read, wait_idle):
    courses = page.parts.part("courses")
    qtbot.mouseClick(courses.buttons[0], Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    wait_idle()
    type_in(qtbot, dialog, "name", "Vinterholdet")
    qtbot.keyClicks(dialog.form.rows["starts_on"].editor.day.line, "4-12-2026")
    qtbot.keyClick(dialog, *SAVE)
    wait_idle()
    (made,) = read(family_courses.courses)
    times = read(lambda r: family_courses.view(r, made.id)).sessions
    assert made.name == "Vinterholdet"
    assert {one.when.day.isoweekday() for one in times if one.when} <= {
        4,
        5,
    }  # a holiday moves one to the day before
    assert times[0].when.day == dt.date(2026, 12, 4)
    assert len(courses.loaded.courses) == 1


def test_parents_who_came_are_counted_in_the_table_and_a_word_is_refused(
    qtbot, page, course, read, wait_idle
):
    page.show_thing(None, "courses")
    courses = page.parts.part("courses")
    courses.ask()
    wait_idle()
    table = courses.findChild(AttendanceTable)
    first = read(lambda r: family_courses.view(r, course)).sessions[0].id

    def came() -> int | None:
        return read(lambda r: family_courses.view(r, course)).parents(first)

    table.item(0, 1).setText("2")
    qtbot.waitUntil(lambda: came() == 2)
    wait_idle()
    table = [one for one in courses.findChildren(AttendanceTable) if one.isVisible()][-1]
    table.item(0, 1).setText("mange")
    qtbot.waitUntil(courses.complaint.isVisible)
    assert came() == 2


def test_a_family_without_a_case_is_invited_by_name(qtbot, page, course, read, wait_idle):
    courses = page.parts.part("courses")
    courses.ask()
    wait_idle()
    courses.invite(course)
    dialog = dialog_of(page)
    wait_idle()
    type_in(qtbot, dialog, "name", "Familien Dam")
    qtbot.keyClick(dialog, *SAVE)
    wait_idle()
    names = [family.name for family in read(lambda r: family_courses.view(r, course)).families]
    assert sorted(names) == ["Familien Dam", "Familien Holm"]


def test_a_consultation_in_day_care_is_recorded_and_counted(qtbot, page, read, wait_idle):
    page.show_thing(None, "daycare")
    wait_idle()
    daycare = page.parts.part("daycare")
    qtbot.mouseClick(daycare.buttons[0], Qt.MouseButton.LeftButton)
    dialog = dialog_of(page)
    wait_idle()
    type_in(qtbot, dialog, "institution", "Børnehuset Solsikken")
    qtbot.keyClick(dialog, *SAVE)
    wait_idle()
    assert read(lambda r: r.find(DaycareConsult)) == []  # no day yet: the form says so and stays
    qtbot.keyClicks(dialog.form.rows["held_on"].editor.day.line, "20-11-2026")
    qtbot.keyClick(dialog, *SAVE)
    wait_idle()
    assert [one.institution for one in read(lambda r: r.find(DaycareConsult))] == ["Børnehuset Solsikken"]
