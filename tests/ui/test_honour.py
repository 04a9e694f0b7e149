"""The worker's window on concerns about honour-related conflict."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from caseworker_app.domain.honour import HonourConcern, Involvement
from caseworker_app.services import cases, honour
from ui.dialogs.honour_dialog import HonourDialog
from ui.pages.case_page import CasePage

WHOLE = {"conclusion": "Ingen akut fare.", "parents": Involvement.MUST_NOT, "network": Involvement.MAY}


@pytest.fixture
def case(write):
    return write(lambda w: cases.register(w, {"child_name": "Amina Holm"}))


@pytest.fixture
def page(qtbot, house, case, wait_idle):
    made = CasePage(house)
    house.tasks.touched.connect(made.follow)
    qtbot.addWidget(made)
    made.resize(1300, 640)
    made.show()
    made.show_thing(case, "")
    wait_idle()
    return made


def dialog_of(page):
    return next(one for one in page.window().findChildren(HonourDialog) if one.isVisible())


def test_a_concern_is_noted_from_the_overview_and_the_head_says_what_is_missing(
    page, qtbot, read, case, wait_idle
):
    assert not page.header.unassessed.isVisible()
    page.overview.honour.note_button.click()
    dialog = dialog_of(page)
    wait_idle()
    qtbot.keyClicks(dialog.form.rows["reason"].editor.text, "Hun følges til og fra skole.")
    dialog.form.save()
    wait_idle()
    assert page.header.unassessed.isVisible()
    assert page.header.unassessed.words.text() == "Risikovurderingen mangler."
    found = read(lambda r: honour.concerns(r, case))
    assert [one.reason for one in found] == ["Hun følges til og fra skole."]
    assert read(lambda r: honour.gate(r, case)) is not None


def test_the_risk_assessment_is_written_and_what_it_says_stands_in_the_overview(
    page, write, read, case, wait_idle
):
    concern = write(lambda w: honour.note(w, case, {"reason": "Uro"}))
    page.follow(frozenset({("honour_concern", concern)}))
    wait_idle()
    page.overview.honour.open(concern)
    dialog = dialog_of(page)
    wait_idle()
    form = dialog.form
    form.rows["conclusion"].editor.setFocus()
    for name, value in WHOLE.items():
        form.rows[name].editor.show_value(value)
        form.rows[name].changed.emit(name)
    form.save()
    wait_idle()
    assert read(lambda r: honour.known(r, concern)).assessed
    assert not page.header.unassessed.isVisible()
    said = [
        label.text()
        for label in page.overview.honour.findChildren(type(page.header.name))
        if label.isVisible()
    ]
    assert "Forældrene må ikke inddrages nu." in said
    assert "Netværket må ikke inddrages nu." not in said


def test_a_concern_is_taken_back_only_with_a_reason(page, write, read, case, wait_idle, qtbot):
    concern = write(lambda w: honour.note(w, case, {"reason": "Uro"}))
    page.overview.honour.open(concern)
    dialog = dialog_of(page)
    wait_idle()
    dialog.take_back.click()
    wait_idle()
    assert dialog.complaint.isVisible()
    qtbot.keyClicks(dialog.why, "Misforståelse")
    dialog.take_back.click()
    wait_idle()
    assert read(lambda r: r.get(HonourConcern, concern)).cancelled
    assert read(lambda r: honour.gate(r, case)) is None


def test_every_button_of_the_card_has_a_name(page, write, case, wait_idle):
    write(lambda w: honour.note(w, case, {"reason": "Uro"}))
    page.overview.honour.show_case(page._view.case)
    wait_idle()
    for button in page.overview.honour.findChildren(QPushButton):
        assert button.accessibleName() or button.text()
