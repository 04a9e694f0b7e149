"""The municipality's own forms and family texts in Opsætning: changed, refused with the fault in words, gone back from."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from caseworker_app.domain.form_spec import newest
from caseworker_app.services import own_family_texts, own_forms
from ui.dialogs.own_text_dialog import OwnTextDialog
from ui.pages.settings.templates_pane import FAMILY_TEXTS, TemplatesPane

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def pane(qtbot, house, settled):
    made = TemplatesPane(house)
    qtbot.addWidget(made)
    house.tasks.touched.connect(made.follow)
    made.resize(960, 640)
    made.show()
    made.begin()
    settled()
    yield made
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, OwnTextDialog):
            dialog.close()
    settled()


def opened(qtbot, pane, name, settled):
    qtbot.mouseClick(pane.buttons[name], Qt.MouseButton.LeftButton)
    settled()
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, OwnTextDialog) and w.isVisible())


def select(dialog, words):
    """Select words in the text, so that what is typed stands in their place."""
    at = dialog.text.toPlainText().index(words)
    cursor = dialog.text.textCursor()
    cursor.setPosition(at)
    cursor.setPosition(at + len(words), cursor.MoveMode.KeepAnchor)
    dialog.text.setTextCursor(cursor)


def test_an_unknown_field_in_a_family_text_is_said_in_words_and_mended(qtbot, house, pane, read, settled):
    dialog = opened(qtbot, pane, FAMILY_TEXTS, settled)
    select(dialog, "{at_place}")
    qtbot.keyClicks(dialog.text, "{cpr}")
    qtbot.keyClick(dialog.text, *SAVE)
    settled()
    said = " ".join(label.text() for label in dialog.complaint.findChildren(QLabel))
    assert "{cpr} er ikke et felt i denne tekst, som har: {at_place}" in said
    assert "reminder.meeting" in said and dialog.isVisible()
    assert dialog.text.textCursor().block().text().startswith("meeting =")
    select(dialog, "{cpr}")
    qtbot.keyClicks(dialog.text, "{at_place} i Prøve Kommune")
    qtbot.keyClick(dialog.text, *SAVE)
    settled()
    assert "Prøve Kommune" in read(house.books.family_texts).texts["reminder"]["meeting"]
    assert pane.states[FAMILY_TEXTS].text() == "kommunens egen ordlyd"
    dialog = opened(qtbot, pane, FAMILY_TEXTS, settled)
    assert "Prøve Kommune" in dialog.text.toPlainText()
    dialog.retire_button.click()
    settled()
    assert read(own_family_texts.own_text) == ""
    assert pane.states[FAMILY_TEXTS].text() == "standardordlyd"


def test_a_topic_without_a_label_is_refused_and_the_form_is_used_once_it_has_one(
    qtbot, house, pane, read, settled
):
    dialog = opened(qtbot, pane, "first_meeting", settled)
    select(dialog, 'label = "Er det på plads?"\n')
    qtbot.keyClick(dialog.text, Qt.Key.Key_Delete)
    dialog.save_button.click()
    settled()
    assert dialog.isVisible() and dialog.complaint.isVisible()
    assert read(lambda r: own_forms.own_text(r, "first_meeting")) == ""
    select(dialog, 'id = "prepared"')
    qtbot.keyClicks(dialog.text, 'id = "prepared"')
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.text, 'label = "Er alt parat i Prøve Kommune?"')
    dialog.save_button.click()
    settled()
    form = newest(read(house.books.forms), "first_meeting")
    assert form.topics[0].label == "Er alt parat i Prøve Kommune?" and form.version == own_forms.FIRST
    opened(qtbot, pane, "first_meeting", settled).retire_button.click()
    settled()
    assert newest(read(house.books.forms), "first_meeting").topics[0].label == "Er det på plads?"


def test_what_is_begun_and_left_with_escape_stands_there_again(qtbot, pane, settled):
    dialog = opened(qtbot, pane, "scoping", settled)
    dialog.text.moveCursor(dialog.text.textCursor().MoveOperation.End)
    qtbot.keyClicks(dialog.text, "# vores egne ord")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    settled()
    assert "påbegyndt" in pane.states["scoping"].text()
    dialog = opened(qtbot, pane, "scoping", settled)
    assert dialog.text.toPlainText().endswith("# vores egne ord")
    dialog._drop()
    settled()
    assert "påbegyndt" not in pane.states["scoping"].text()
