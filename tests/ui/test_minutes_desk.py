"""Under the copies of the minutes: a draft for remarks, approving, sent to all invited, later remarks, what was changed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from caseworker_app.domain.meeting import Column
from caseworker_app.domain.minutes import SentHow
from caseworker_app.services import meetings, minutes_versions
from caseworker_app.services.forms import Edit
from tests.ui.meeting_house import HELD, settle_family
from ui.dialogs.minutes_dialogs import AdditionDialog, DifferencesDialog, SendMinutesDialog
from ui.pages.meeting_page import MeetingPage


@pytest.fixture
def family(write, read):
    made = settle_family(write, read, when=HELD)
    write(lambda w: meetings.invite(w, made.meeting, list(made.people.values())))
    write(lambda w: meetings.add_point(w, made.meeting, Column.WORRIES, "Emma sover dårligt."))
    write(lambda w: meetings.hold(w, made.meeting))
    return made


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def desk(qtbot, house, settled, family):
    page = MeetingPage(house)
    qtbot.addWidget(page)
    house.tasks.touched.connect(page.follow)
    page.resize(1200, 680)
    page.show()
    page.show_thing(family.meeting, "minutes")
    settled()
    yield page.parts["minutes"]
    settled()


def dialog(kind):
    return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible())


def standing(family):
    return family.read(lambda r: minutes_versions.standing(r, family.meeting))


def test_approving_is_asked_about_and_says_by_whom_and_when(desk, settled, family):
    assert not desk.add.isVisible()
    desk.approve.click()
    assert standing(family).signed is None
    desk.no.click()
    assert not desk.ask.isVisible()
    desk.approve.click()
    desk.yes.click()
    settled()
    assert standing(family).signed is not None
    assert "Godkendt af Lone Kjær 21. november 2026." in desk.states.text()
    assert desk.add.isVisible()
    assert not desk.approve.isVisible()


def test_sent_to_all_invited_is_recorded_with_its_day(desk, settled, family):
    desk.send.click()
    sending = dialog(SendMinutesDialog)
    assert len(sending.boxes) == 3
    first = next(iter(sending.boxes.values()))
    name = first.text()
    first.click()
    sending.record.click()
    settled()
    assert standing(family).sent_to_all is None
    assert f"Ikke sendt endnu til {name}." in desk.states.text()
    desk.send.click()
    sending = dialog(SendMinutesDialog)
    assert not sending.draft.isEnabled()
    sending.record.click()
    settled()
    assert "Sendt til alle inviterede, senest 21. november 2026." in desk.states.text()


def test_nobody_chosen_is_said_in_the_dialog_and_nothing_is_recorded(desk, settled, family):
    desk.send.click()
    sending = dialog(SendMinutesDialog)
    for box in sending.boxes.values():
        box.click()
    sending.record.click()
    settled()
    assert sending.isVisible()
    assert sending.complaint.isVisible()
    assert standing(family).sendings == ()
    sending.cancel.click()


def test_a_draft_is_printed_as_one_and_what_was_changed_since_stands_beside_it(desk, settled, family, write):
    desk.as_draft.click()
    assert all(copy.job.facts.draft for copy in desk.table.copies)
    desk.send.click()
    sending = dialog(SendMinutesDialog)
    assert sending.draft.isChecked()
    sending.record.click()
    settled()
    assert standing(family).signed is None
    point = family.view().points[Column.WORRIES][0]
    write(lambda w: meetings.edit_point(w, point.id, {"text": Edit("Emma sover bedre.")}))
    desk.compare.click()
    settled()
    looked = dialog(DifferencesDialog)
    cells = [looked.model.item(0, column).text() for column in range(4)]
    assert cells == ["Bekymringer", "Ændret", "Emma sover dårligt.", "Emma sover bedre."]
    rows = looked.model.rowCount()
    looked.everything.click()
    assert looked.model.rowCount() > rows
    looked.accept()


def test_a_later_remark_is_added_with_a_form(desk, settled, family, write):
    people = [participant.id for participant in family.view().participants]
    write(lambda w: minutes_versions.send(w, family.meeting, people, HELD.day, SentHow.LETTER))
    desk._house.tasks.touched.emit(frozenset({("minutes_version", family.meeting)}))
    settled()
    desk.add.click()
    settled()
    adding = dialog(AdditionDialog)
    adding.form.rows["by"].editor.show_value("Mia Holm")
    adding.form.rows["by"].editor.edited.emit()
    adding.form.rows["text"].editor.show_value("Jeg sagde onsdag")
    adding.form.rows["text"].editor.edited.emit()
    adding.form.save()
    settled()
    assert [(one.by, one.text) for one in standing(family).additions] == [("Mia Holm", "Jeg sagde onsdag")]
    assert "Bemærkning fra Mia Holm 21. november 2026." in desk.states.text()
