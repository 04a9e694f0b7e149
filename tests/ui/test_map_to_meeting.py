"""From a netværkskort to a meeting: whom to invite, small agreed tasks, and who may be asked about a placement."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListView, QWidget

from caseworker_app.domain.meeting import MeetingKind
from caseworker_app.domain.network_map import Candidate, MapPerson, NetworkTask
from caseworker_app.services import honour, map_meetings, map_versions, meetings
from tests.helpers.mapped import full_map
from ui.dialogs.map_to_meeting_dialog import MapToMeetingDialog
from ui.house import Place


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(2)

    return wait


@pytest.fixture
def ida(write):
    return full_map(write)


@pytest.fixture
def dialog_of(qtbot, house, settled):
    def make(mapped, *chosen):
        window = QWidget()
        qtbot.addWidget(window)
        dialog = MapToMeetingDialog(house, mapped.map, window, [mapped.on[one] for one in chosen])
        dialog.held_by = window
        dialog.open()
        settled()
        return dialog

    return make


def rows(dialog):
    items = dialog.people.items
    return [items.item(row).text() for row in range(items.rowCount())]


def tick(qtbot, dialog, words):
    row = rows(dialog).index(words)
    dialog.people.setCurrentIndex(dialog.people.items.index(row, 0))
    qtbot.keyClick(dialog.people, Qt.Key.Key_Space)


def go_to(dialog, words):
    dialog.people.setCurrentIndex(dialog.people.items.index(rows(dialog).index(words), 0))


def participants(read, meeting):
    return [p.name for p in read(lambda r: meetings.view(r, meeting)).participants]


def test_those_who_can_come_are_listed_from_the_middle_out_and_no_animal(dialog_of, ida):
    assert rows(dialog_of(ida)) == [
        "Ida · barnet selv", "Mor · Helt tæt på mig", "Sofie · veninde · Tæt på", "Mormor · Tæt på",
        "Tom · klasselærer · Kender godt", "Far · Længere væk",
    ]  # fmt: skip


def test_people_of_the_map_become_participants_of_a_new_meeting(qtbot, dialog_of, ida, read, went, settled):
    dialog = dialog_of(ida)
    for words in ("Ida · barnet selv", "Mor · Helt tæt på mig", "Sofie · veninde · Tæt på"):
        tick(qtbot, dialog, words)
    qtbot.keyClicks(dialog.purpose, "Hvem kan hjælpe til hverdag?")
    qtbot.mouseClick(dialog.invite_button, Qt.MouseButton.LeftButton)
    settled()
    (place,) = went
    assert (place.page, place.part) == ("meeting", "participants")
    assert participants(read, place.thing) == ["Ida Holm", "Mia Holm", "Sofie"]
    meeting = read(lambda r: meetings.view(r, place.thing)).meeting
    assert (meeting.kind, meeting.purpose) == (MeetingKind.INVOLVING, "Hvem kan hjælpe til hverdag?")


def test_a_planned_meeting_gets_them_too_and_nobody_twice(qtbot, dialog_of, ida, read, write, went, settled):
    planned = write(lambda w: meetings.plan(w, ida.case, {"purpose": "Skolen"}))
    write(lambda w: meetings.invite(w, planned, [ida.cards["Mormor"]]))
    dialog = dialog_of(ida, "Mormor", "Far")
    assert dialog.meeting.count() == 2
    dialog.meeting.setCurrentIndex(1)
    dialog.meeting.activated.emit(1)
    assert not dialog.purpose.isEnabled()
    qtbot.mouseClick(dialog.invite_button, Qt.MouseButton.LeftButton)
    settled()
    assert went == [Place("meeting", planned, "participants")]
    assert sorted(participants(read, planned)) == ["Jonas Bech", "Karen Holm"]


def test_those_chosen_on_the_map_are_ticked(dialog_of, ida):
    dialog = dialog_of(ida, "Mor", "Tom")
    assert set(dialog.people.chosen()) == {ida.on["Mor"], ida.on["Tom"]}


def test_without_anybody_ticked_nobody_can_be_invited(qtbot, dialog_of, ida):
    dialog = dialog_of(ida)
    assert not dialog.invite_button.isEnabled()
    tick(qtbot, dialog, "Mormor · Tæt på")
    assert dialog.invite_button.isEnabled()


def test_an_honour_concern_without_assessment_stops_it_in_words(qtbot, dialog_of, ida, write, went, settled):
    write(lambda w: honour.note(w, ida.case, {"reason": "Ida må ikke tale med drenge."}))
    dialog = dialog_of(ida, "Mormor")
    qtbot.mouseClick(dialog.invite_button, Qt.MouseButton.LeftButton)
    settled()
    assert went == []
    assert dialog.complaint.isVisible()
    assert dialog.complaint.sentence.text()
    assert dialog.invite_button.isEnabled()


def test_a_small_task_is_agreed_done_and_taken_back(qtbot, dialog_of, ida, read, settled):
    dialog = dialog_of(ida)
    go_to(dialog, "Mormor · Tæt på")
    near = dialog.near
    assert near.heading.text() == "Aftalt med Mormor"
    qtbot.keyClicks(near.what, "Henter i SFO om torsdagen")
    qtbot.keyClicks(near.due.day.line, "3-12-2026")
    qtbot.mouseClick(near.add, Qt.MouseButton.LeftButton)
    settled()
    (task,) = read(lambda r: r.find(NetworkTask))
    assert (task.person, task.due) == (ida.on["Mormor"], dt.date(2026, 12, 3))
    assert near.what.text() == ""
    (check,) = near.checks.values()
    assert check.text() == "Henter i SFO om torsdagen, senest 3. december 2026"
    check.click()
    settled()
    assert read(lambda r: r.get(NetworkTask, task.id)).done_on == dt.date(2026, 11, 21)
    (check,) = near.checks.values()
    assert check.isChecked()
    (remove,) = [
        b
        for b in near.findChildren(QAbstractButton)
        if b.isVisible() and b.accessibleName().startswith("Fjern:")
    ]
    remove.click()
    settled()
    assert read(lambda r: r.find(NetworkTask)) == []
    assert near.none.isVisible()


def test_a_task_without_words_is_refused_beside_the_line(qtbot, dialog_of, ida, settled):
    dialog = dialog_of(ida)
    go_to(dialog, "Mormor · Tæt på")
    qtbot.mouseClick(dialog.near.add, Qt.MouseButton.LeftButton)
    settled()
    assert dialog.near.complaint.isVisible()


def test_tasks_stand_with_whom_they_are_agreed_with(dialog_of, ida, write):
    write(lambda w: map_meetings.add_task(w, ida.on["Mormor"], "Spiser med om søndagen"))
    dialog = dialog_of(ida)
    go_to(dialog, "Far · Længere væk")
    assert dialog.near.checks == {}
    go_to(dialog, "Mormor · Tæt på")
    assert [check.text() for check in dialog.near.checks.values()] == ["Spiser med om søndagen"]


def test_somebody_near_is_noted_as_possible_help_also_on_a_kept_map(dialog_of, ida, read, write, settled):
    write(lambda w: map_versions.keep(w, ida.map))
    dialog = dialog_of(ida)
    go_to(dialog, "Mormor · Tæt på")
    candidate = dialog.near.candidate
    row = [candidate.itemText(n) for n in range(candidate.count())].index("Mulig aflastning")
    candidate.setCurrentIndex(row)
    candidate.activated.emit(row)
    settled()
    assert read(lambda r: r.get(MapPerson, ida.on["Mormor"])).candidate is Candidate.RELIEF
    assert read(lambda r: map_versions.verify_digest(r, ida.map))


def test_only_the_two_inner_rings_are_noted_for_that(dialog_of, ida):
    dialog = dialog_of(ida)
    go_to(dialog, "Far · Længere væk")
    assert not dialog.near.candidate.isEnabled()
    assert dialog.near.candidate_note.isVisible()


def test_every_control_of_the_dialog_has_a_name(dialog_of, ida):
    dialog = dialog_of(ida)
    go_to(dialog, "Mormor · Tæt på")
    for kind in (QLineEdit, QComboBox, QAbstractButton, QListView):
        for control in dialog.findChildren(kind):
            if control.isVisible():
                assert QAccessible.queryAccessibleInterface(control).text(QAccessible.Text.Name), control
