"""A meeting in large: four parts by the keyboard, turns, time left, a scale, and the family's window over it."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit

from caseworker_app.domain.meeting import Column, TimeSpan
from caseworker_app.domain.meeting_run import Pace
from caseworker_app.services import history, meeting_run, meetings
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.quiet import quiet
from tests.ui.meeting_house import CHILD, settle_family
from tests.ui.test_family_leak import held, told
from ui.family_mode.hatch import Hatch
from ui.family_mode.meeting import MeetingSession
from ui.family_mode.window import FamilyWindow, Showing
from ui.house import House, Place
from ui.pages.meeting_run_page import MeetingRunPage
from ui.tasks import Tasks
from ui.widgets.form_drafts import KEEP_AFTER_MS
from ui.widgets.meeting.part import run_draft_key

CONTROL = Qt.KeyboardModifier.ControlModifier
GOING_ON = TimeSpan(dt.date(2026, 11, 21), dt.time(9, 0), dt.time(9, 40))
"""It is half past nine in Copenhagen: ten minutes are left."""


@pytest.fixture
def family(write, read):
    made = settle_family(write, read, when=GOING_ON)
    write(lambda w: meetings.invite_child(w, made.meeting))
    write(lambda w: meetings.invite(w, made.meeting, list(made.people.values())))
    return made


@pytest.fixture
def page(qtbot, house, wait_idle, family):
    made = MeetingRunPage(house)
    qtbot.addWidget(made)
    house.tasks.touched.connect(made.follow)
    made.resize(1366, 728)
    made.show()
    made.activateWindow()
    made.show_thing(family.meeting, "")
    wait_idle()
    qtbot.waitUntil(lambda: made.view.isAncestorOf(QApplication.focusWidget()))
    yield made
    made.leave()
    wait_idle()


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def type_in(qtbot, words):
    qtbot.keyClicks(QApplication.focusWidget(), words)


def test_the_purpose_comes_first_and_each_part_is_a_key_away(page, qtbot):
    view = page.view
    assert view.stack.currentIndex() == 0
    assert view.purpose.text.editor.text.toPlainText() == "vi vil hjælpe Emma"
    for digit, part in ((Qt.Key.Key_2, 1), (Qt.Key.Key_3, 2), (Qt.Key.Key_4, 3), (Qt.Key.Key_1, 0)):
        press(qtbot, digit, CONTROL)
        assert view.stack.currentIndex() == part
        assert view.stack.currentWidget().isAncestorOf(QApplication.focusWidget())
        assert view.steps.checkedId() == part


def test_a_whole_meeting_is_written_by_the_keyboard(page, qtbot, settled, family):
    press(qtbot, Qt.Key.Key_2, CONTROL)
    type_in(qtbot, "Emma sover dårligt")
    press(qtbot, Qt.Key.Key_Return)
    settled()
    press(qtbot, Qt.Key.Key_3, CONTROL)
    type_in(qtbot, "Skolen ringer mandag")
    press(qtbot, Qt.Key.Key_Return)
    type_in(qtbot, "Tom Vang")
    press(qtbot, Qt.Key.Key_4, CONTROL)
    type_in(qtbot, "Spis sammen tirsdag")
    press(qtbot, Qt.Key.Key_1, CONTROL)
    settled()
    found = family.view()
    assert [point.text for point in found.points[Column.WORRIES]] == ["Emma sover dårligt"]
    assert [(one.what, one.who) for one in found.agreements] == [("Skolen ringer mandag", "Tom Vang")]
    assert found.meeting.family_task == "Spis sammen tirsdag"


def test_what_is_typed_is_a_draft_within_two_seconds_and_comes_back(page, qtbot, settled, family, read):
    press(qtbot, Qt.Key.Key_4, CONTROL)
    type_in(qtbot, "Halvt skrevet")
    qtbot.wait(KEEP_AFTER_MS + 200)
    settled()
    draft = read(lambda r: r.draft(run_draft_key(family.meeting)))
    assert [value[0] for value in draft.fields.values()] == ["Halvt skrevet"]
    page.show_thing(family.meeting, "4")
    settled()
    assert page.view.end.task.editor.text.toPlainText() == "Halvt skrevet"


def test_the_child_has_a_column_of_its_own_on_wish(page, qtbot, settled, family):
    view = page.view
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert not view.said.columns[Column.CHILD].isVisible()
    view.go(0)
    view.purpose.child.click()
    settled()
    view.go(1)
    assert view.said.columns[Column.CHILD].isVisible()
    view.said.columns[Column.CHILD].go()
    type_in(qtbot, "Jeg vil hjem")
    press(qtbot, Qt.Key.Key_Return)
    settled()
    assert [point.text for point in family.view().points[Column.CHILD]] == ["Jeg vil hjem"]


def test_the_word_goes_round_among_those_who_are_here(page, qtbot, settled, family):
    turns = page.view.turns
    press(qtbot, Qt.Key.Key_F9)
    assert "Emma Holm" in turns.speaker.text()
    assert "Mia Holm" in turns.following.text()
    for _ in range(4):
        press(qtbot, Qt.Key.Key_F9)
    assert "Emma Holm" in turns.speaker.text()
    page.view.purpose.who.boxes[family.participant("Mia Holm").id].click()
    settled()
    press(qtbot, Qt.Key.Key_F9)
    assert "Jonas Bech" in turns.speaker.text()


def test_ten_minutes_before_the_end_it_is_time_to_sum_up_and_nothing_blinks(page, settled, family, write):
    time = page.view.time
    assert (time.left.pace, time.left.minutes) == (Pace.SUM_UP, 10)
    assert "10" in time.words.text()
    assert time.button.isVisible()
    before = time.words.text()
    time._ask()
    settled()
    assert time.words.text() == before
    time.button.click()
    assert page.view.stack.currentIndex() == 3
    page.view.go(0)
    page.view.purpose.warn.setValue(5)
    page.view.purpose.warn.editingFinished.emit()
    settled()
    assert family.stored().warn_minutes == 5
    assert time.left.pace is Pace.GOES_ON
    assert not time.button.isVisible()


def test_a_scale_is_answered_by_digits_one_after_the_other(page, qtbot, settled, family, read):
    view = page.view
    press(qtbot, Qt.Key.Key_2, CONTROL)
    assert not view.said.scale.isVisible()
    view.said.ask.click()
    type_in(qtbot, "Hvor trygt er det?")
    view.said.scale.numbers.buttons[5].setFocus()
    press(qtbot, Qt.Key.Key_3)
    press(qtbot, Qt.Key.Key_Return)
    press(qtbot, Qt.Key.Key_1)
    press(qtbot, Qt.Key.Key_0)
    press(qtbot, Qt.Key.Key_Return)
    settled()
    answers = read(lambda r: meeting_run.said_here(r, family.meeting)).answers
    assert [(one.who, one.value) for one in answers] == [("Emma Holm", 3), ("Mia Holm", 10)]
    assert family.stored().scale_question == "Hvor trygt er det?"
    words = [button.text() for button in view.said.scale.people.values()]
    assert words == ["Emma Holm: 3", "Mia Holm: 10", "Jonas Bech", "Tom Vang"]


def test_escape_leads_back_to_the_page_with_everything_kept(page, qtbot, settled, family, went):
    press(qtbot, Qt.Key.Key_4, CONTROL)
    type_in(qtbot, "En tur i skoven")
    press(qtbot, Qt.Key.Key_Escape)
    page.leave()
    settled()
    assert went[-1] == Place("meeting", family.meeting, "run")
    assert family.stored().family_task == "En tur i skoven"


def test_every_control_has_a_name(page, settled):
    for part in range(4):
        page.view.go(part)
        settled()
    page.view.said.ask.click()
    for kind in (QAbstractButton, QLineEdit, QPlainTextEdit):
        for widget in page.view.findChildren(kind):
            if widget.objectName().startswith("qt_"):
                continue
            assert widget.accessibleName() or getattr(widget, "text", str)(), widget


# the family looks on


@pytest.fixture
def window(qtbot, dressed, store, tasks, family):
    """The family's window over the meeting, joined to real tasks by its hatch as ``FamilyMode`` does it."""
    model = store.read(lambda r: meeting_run.said_here(r, family.meeting))
    hatch = Hatch()
    hatch.writes.connect(tasks.op)
    hatch.reads.connect(tasks.query)
    session = MeetingSession(hatch, model, None)
    hatch.setParent(session)
    made = FamilyWindow(session, has_pin=True)
    tasks.touched.connect(session.follow)
    made.resize(1366, 728)
    made.show()
    yield made
    quiet(qtbot, tasks)
    made.let_go()
    quiet(qtbot, tasks)


FORBIDDEN = (CHILD["person_number"][:6], "Kastanievej", "Skovvej", "8000", "Aarhus")


def test_the_family_sees_the_meeting_and_nothing_else_can_be_reached(window):
    assert window.showing is Showing.DRAWING
    roots = [window, *window.findChildren(QObject)]
    strings = [one for one in held(roots) if isinstance(one, str)]
    said = [one for part in roots for one in told(part)]
    assert any("vi vil hjælpe Emma" in one for one in said)
    for word in FORBIDDEN:
        assert not [one for one in (*strings, *said) if word in one], word
    assert [one for one in held(roots) if isinstance(one, SqlStore | Tasks | House)] == []


def test_what_the_family_sees_written_is_kept_and_followed(qtbot, window, tasks, family, write):
    view = window.shown.view
    view.go(1)
    row = view.said.columns[Column.WORKS].list.fresh
    qtbot.keyClicks(row.text, "Mormor henter")
    qtbot.keyClick(row.text, Qt.Key.Key_Return)
    quiet(qtbot, tasks)
    assert [point.text for point in family.view().points[Column.WORKS]] == ["Mormor henter"]
    assert len(view.said.columns[Column.WORKS].list.rows) == 2


def test_leaving_asks_for_the_pin_and_escape_goes_nowhere(qtbot, window):
    view = window.shown.view
    assert not view.back.isVisible()
    assert not view.show_family.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert window.showing is Showing.DRAWING
    window.shown.leave.click()
    assert window.showing is Showing.ASKING
    window.cover()
    assert window.showing is Showing.NEUTRAL


def test_what_is_typed_is_kept_when_the_store_is_closed_under_the_family(qtbot, window, tasks, family):
    view = window.shown.view
    view.go(3)
    qtbot.keyClicks(view.end.task.editor.text, "En tur")
    window.forget()
    quiet(qtbot, tasks)
    assert family.stored().family_task == "En tur"
    assert window.showing is Showing.LOCKED


def test_signed_minutes_are_not_written_in(page, settled, family, write):
    from caseworker_app.services import minutes_versions

    write(lambda w: meetings.hold(w, family.meeting))
    write(lambda w: minutes_versions.sign(w, family.meeting))
    page.show_thing(family.meeting, "2")
    settled()
    assert not page.view.stack.isEnabled()
    assert write(history.state).undo != "Sign the minutes"


def test_a_line_changed_elsewhere_is_followed(page, qtbot, settled, family, write):
    write(lambda w: meeting_run.edit(w, family.meeting, {"purpose": Edit("vi vil noget andet")}))
    page.follow(frozenset({("meeting", family.meeting)}))
    settled()
    shown = page.view.purpose.text
    assert "noget andet" in shown.editor.text.toPlainText() or shown.beside
