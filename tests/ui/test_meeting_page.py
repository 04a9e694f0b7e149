"""The meeting's page: its plan, its participants, what others do meanwhile."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QListView, QPlainTextEdit, QWidget

from caseworker_app import i18n
from caseworker_app.domain.meeting import Attendance, Audience, MeetingState, Participant, TimeSpan
from caseworker_app.services import cases, history, meetings
from caseworker_app.services.forms import Edit
from tests.ui.meeting_house import WHEN, settle_family
from ui.dialogs.call_off_dialog import CallOffDialog
from ui.house import Place
from ui.pages.meeting_page import PARTS, MeetingPage
from ui.tasks import Op


@pytest.fixture
def family(write, read):
    return settle_family(write, read)


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def shown(qtbot, house, settled, family):
    """Return ``shown(part)``: the page over the meeting at a part."""
    pages = []

    def show(part: str, meeting=None) -> MeetingPage:
        if not pages:
            page = MeetingPage(house)
            qtbot.addWidget(page)
            house.tasks.touched.connect(page.follow)
            page.resize(1200, 680)
            pages.append(page)
            page.show()
        pages[0].show_thing(meeting or family.meeting, part)
        settled()
        return pages[0]

    yield show
    settled()


def tick(page, words, settled, *, on=True):
    """Set or take the tick at whoever's line begins with the words."""
    model = page.parts["participants"].choosing.model
    for row in range(model.rowCount()):
        if model.item(row).text().startswith(words):
            model.item(row).setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)
    settled()


def lines(page):
    """The lines of the list of participants, from above."""
    part = page.parts["participants"]
    return sorted(part.rows.values(), key=lambda row: part._list.indexOf(row))


def choose(combo: QComboBox, words: str, qtbot) -> None:
    """Choose in a list as the user does."""
    combo.setCurrentIndex(combo.findText(words))
    combo.activated.emit(combo.currentIndex())


# the page


@pytest.mark.parametrize("part", list(PARTS))
def test_each_part_can_be_gone_to_and_opens_in_time(qtbot, house, wait_idle, family, watchdog, part):
    page = MeetingPage(house)
    qtbot.addWidget(page)
    page.resize(1200, 680)
    page.show()
    with watchdog.opening(part):
        page.show_thing(family.meeting, part)
        wait_idle()
    assert list(PARTS)[page.tabs.currentIndex()] == part
    assert page.header.title.text() == "Inddragende netværksmøde · Emma Holm"
    assert "onsdag den 25. november 2026 kl. 10.30-12.00" in page.header.when.text()
    qtbot.wait(5)
    wait_idle()


def test_a_planned_meeting_opens_at_its_plan_and_at_the_meeting_on_its_day(shown, write, family):
    assert shown("").tabs.currentIndex() == 0
    today = TimeSpan(dt.date(2026, 11, 21), dt.time(13), dt.time(14))
    meeting = write(lambda w: meetings.plan(w, family.case, {"when": today}))
    assert list(PARTS)[shown("", meeting).tabs.currentIndex()] == "run"


def test_a_meeting_that_is_not_there_is_said_in_words(shown):
    page = shown("plan", b"\x01" * 16)
    assert page.missing.isVisible()
    assert not page.tabs.isVisible()


def test_the_way_to_the_case_is_one_press(shown, qtbot, went, family):
    page = shown("plan")
    qtbot.mouseClick(page.header.case, Qt.MouseButton.LeftButton)
    assert went == [Place("case", family.case)]


def test_keys_turn_the_parts(shown, qtbot, settled):
    page = shown("plan")
    page.activateWindow()
    qtbot.keyClick(page, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert list(PARTS)[page.tabs.currentIndex()] == "participants"
    qtbot.keyClick(page, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    settled()
    assert page.tabs.currentIndex() == 0


def pressed_off(qtbot, page, settled):
    """Press the button in the head; return the dialog it opens."""
    qtbot.mouseClick(page.header.call_off, Qt.MouseButton.LeftButton)
    settled()
    return page.findChildren(CallOffDialog)[-1]


def test_a_meeting_is_called_off_with_a_reason_and_who_was_told_and_one_undo_takes_both_back(
    shown, qtbot, house, settled, family, write
):
    write(lambda w: meetings.invite(w, family.meeting, family.people.values()))
    page = shown("plan")
    dialog = pressed_off(qtbot, page, settled)
    qtbot.keyClicks(
        dialog.form.rows["called_off_why"].editor.focusProxy() or dialog.focusWidget(), "Mor er syg"
    )
    qtbot.mouseClick(
        dialog.everybody, Qt.MouseButton.LeftButton, pos=QPoint(10, dialog.everybody.height() // 2)
    )
    assert all(box.isChecked() for box in dialog.boxes.values())
    dialog.boxes[family.participant("Tom Vang").id].click()
    assert not dialog.everybody.isChecked()
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled()
    stored = family.stored()
    assert (stored.state, stored.called_off_why) == (MeetingState.CALLED_OFF, "Mor er syg")
    assert page.header.reason.isVisible() and page.header.reason.text() == "Begrundelse: Mor er syg"
    assert "Har ikke fået besked endnu: Tom Vang" in page.header.also.text()
    dialog = pressed_off(qtbot, page, settled)
    assert dialog.boxes == {}
    dialog.form.rows["called_off_why"].editor.show_value("Mor er indlagt")
    dialog.form.set_value("called_off_why", "Mor er indlagt")
    dialog.form.footer.save.click()
    settled()
    assert page.header.reason.text() == "Begrundelse: Mor er indlagt"
    for _ in range(2):
        house.tasks.op(page, Op(history.undo))
        settled()
    assert family.stored().state is MeetingState.PLANNED
    assert not any(one.told_on for one in family.view().participants)


def test_a_reason_typed_and_left_is_there_again(shown, qtbot, settled, family):
    page = shown("plan")
    dialog = pressed_off(qtbot, page, settled)
    dialog.form.set_value("called_off_why", "Skolen er lukket")
    dialog.close()
    settled()
    assert family.stored().state is MeetingState.PLANNED
    assert pressed_off(qtbot, page, settled).form.value("called_off_why") == "Skolen er lukket"


def test_calling_off_and_planning_again_is_shown_in_the_head(shown, qtbot, settled, family):
    page = shown("plan")
    dialog = pressed_off(qtbot, page, settled)
    dialog.form.footer.save.click()
    settled()
    assert page.header.state.text() == "Aflyst" and not page.header.reason.isVisible()
    assert family.stored().state is MeetingState.CALLED_OFF
    qtbot.mouseClick(page.header.again, Qt.MouseButton.LeftButton)
    settled()
    assert page.header.state.text() == "Planlagt"


@pytest.mark.parametrize("part", list(PARTS))
def test_every_control_has_a_name(shown, part, family, write):
    write(lambda w: meetings.invite_child(w, family.meeting))
    write(lambda w: meetings.invite(w, family.meeting, family.people.values()))
    page = shown(part)
    kinds = QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox | QListView
    for widget in page.parts[part].findChildren(QWidget):
        if (
            isinstance(widget, kinds)
            and widget.isVisible()
            and widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        ):
            assert widget.accessibleName() or getattr(widget, "text", str)(), (part, widget, widget.parent())


def test_nothing_is_left_of_a_page_that_is_gone(widget_leaks, house, dressed):
    def make() -> MeetingPage:
        page = MeetingPage(house)
        for part in PARTS:
            page.part(part)
        return page

    assert not widget_leaks(make)


def test_the_parts_change_with_the_language(shown):
    page = shown("participants")
    assert page.tabs.tabText(1) == "Deltagere"
    i18n.set_language("en")
    assert page.tabs.tabText(1) == "Participants"
    assert page.header.title.text() == "Involving network meeting · Emma Holm"


# the plan


def test_the_plan_is_written_and_saved(shown, qtbot, settled, family):
    page = shown("plan")
    form = page.parts["plan"].form
    purpose = form.rows["purpose"].editor.text
    purpose.selectAll()
    qtbot.keyClicks(purpose, "vi vil glæde os")
    form.save()
    settled()
    assert family.stored().purpose == "vi vil glæde os"


def test_a_meeting_that_ends_before_it_starts_is_said_beside_the_field(shown, qtbot, settled, family):
    page = shown("plan")
    form = page.parts["plan"].form
    end = form.rows["when"].editor.end
    end.selectAll()
    qtbot.keyClicks(end, "9.30")
    form.save()
    settled()
    assert "slutter, før" in form.rows["when"].problem
    assert family.stored().when == WHEN


def test_a_plan_half_written_is_still_there_after_looking_at_the_participants(shown, qtbot, settled, read):
    page = shown("plan")
    place = page.parts["plan"].form.rows["place"].editor.line
    qtbot.keyClick(place, Qt.Key.Key_End)
    qtbot.keyClicks(place, " 2")
    page.leave()
    settled()
    assert read(lambda r: len(r.drafts())) == 1
    page.show_thing(page._meeting, "participants")
    settled()
    page.show_thing(page._meeting, "plan")
    settled()
    assert page.parts["plan"].form.rows["place"].editor.line.text().endswith(" 2")


# the participants


def test_people_of_the_case_are_invited_by_a_tick_and_taken_off_by_it(shown, settled, family):
    page = shown("participants")
    tick(page, "Mia Holm", settled)
    tick(page, "Emma Holm", settled)
    assert family.names() == ["Mia Holm", "Emma Holm"]
    assert family.participant("Emma Holm").audience is Audience.CHILD
    assert [row.name.line.text() for row in lines(page)] == ["Mia Holm", "Emma Holm"]
    tick(page, "Mia Holm", settled, on=False)
    assert family.names() == ["Emma Holm"]


def test_looking_at_the_participants_changes_nothing(shown, family, write, read, settled):
    write(lambda w: meetings.invite_child(w, family.meeting))
    write(lambda w: meetings.invite(w, family.meeting, family.people.values()))
    before = read(lambda r: r.acts(limit=1))[0].act_id
    page = shown("participants")
    assert [row.audience.combo.currentText() for row in lines(page)] == [
        "Barn",
        "Forælder",
        "Forælder",
        "Fagperson",
    ]
    page.leave()
    settled()
    assert read(lambda r: r.acts(limit=1))[0].act_id == before


def test_a_child_not_born_yet_is_offered_to_nobody(shown, write, settled):
    unborn = write(lambda w: cases.register(w, {"unborn_of": "Mia Prøve", "term": dt.date(2027, 1, 1)}))
    meeting = write(lambda w: meetings.plan(w, unborn, {}))
    page = shown("participants", meeting)
    item = page.parts["participants"].choosing.model.item(0)
    assert "ikke født endnu" in item.text()
    assert not item.isCheckable()
    page.parts["participants"]._tick(unborn, True)
    settled()
    assert "ikke født endnu" in page.parts["participants"].complaint.sentence.text()


def test_somebody_else_is_written_in_with_function_and_manner(shown, qtbot, settled, family):
    page = shown("participants")
    choosing = page.parts["participants"].choosing
    qtbot.keyClicks(choosing.name, "Lis")
    qtbot.keyClicks(choosing.function, "nabo")
    qtbot.keyClick(choosing.function, Qt.Key.Key_Return)
    settled()
    lis = family.participant("Lis")
    assert (lis.function, lis.audience, lis.person) == ("nabo", Audience.NETWORK, None)
    assert choosing.name.text() == ""
    qtbot.mouseClick(choosing.add, Qt.MouseButton.LeftButton)
    settled()
    assert page.parts["participants"].complaint.isVisible()
    assert family.names() == ["Lis"]


def test_two_of_one_name_are_both_kept_and_it_is_said(shown, qtbot, settled, family):
    page = shown("participants")
    choosing = page.parts["participants"].choosing
    for _ in range(2):
        qtbot.keyClicks(choosing.name, "Lis Holm")
        qtbot.keyClick(choosing.name, Qt.Key.Key_Return)
        settled()
    assert family.names() == ["Lis Holm", "Lis Holm"]
    note = page.parts["participants"].note
    assert note.isVisible()
    assert "Lis Holm" in note.text()


def test_function_manner_and_answer_are_changed_in_the_line(shown, qtbot, settled, family):
    page = shown("participants")
    tick(page, "Mia Holm", settled)
    (row,) = lines(page)
    qtbot.keyClicks(row.function.line, "mor til Emma")
    qtbot.keyClick(row.function.line, Qt.Key.Key_Return)
    settled()
    choose(row.attendance.combo, "Kan ikke komme", qtbot)
    settled()
    choose(row.audience.combo, "Netværk", qtbot)
    settled()
    mia = family.participant("Mia Holm")
    assert (mia.function, mia.attendance, mia.audience) == (
        "mor til Emma",
        Attendance.DECLINED,
        Audience.NETWORK,
    )
    assert row.beside == []


def test_participants_are_moved_without_dragging(shown, qtbot, settled, family):
    page = shown("participants")
    for name in ("Mia Holm", "Jonas Bech", "Tom Vang"):
        tick(page, name, settled)
    assert not lines(page)[0].up.isEnabled()
    assert not lines(page)[2].down.isEnabled()
    qtbot.mouseClick(lines(page)[2].up, Qt.MouseButton.LeftButton)
    settled()
    assert family.names() == ["Mia Holm", "Tom Vang", "Jonas Bech"]
    assert [row.name.line.text() for row in lines(page)] == family.names()


def test_taking_somebody_off_is_undone(shown, qtbot, settled, family, house, said):
    from caseworker_app.services import history

    page = shown("participants")
    tick(page, "Mia Holm", settled)
    qtbot.mouseClick(lines(page)[0].remove, Qt.MouseButton.LeftButton)
    settled()
    assert family.names() == []
    assert any("Ctrl+Z" in words for words in said)
    house.tasks.op(page, Op(history.undo))
    settled()
    assert [row.name.line.text() for row in lines(page)] == ["Mia Holm"]


def test_only_a_professionals_copy_can_be_given_the_number(shown, qtbot, settled, family):
    page = shown("participants")
    tick(page, "Mia Holm", settled)
    tick(page, "Tom Vang", settled)
    mother, teacher = lines(page)
    assert not mother.number.isVisible()
    assert "aldrig" in mother._never.toolTip()
    assert teacher.number.isVisible()
    teacher.number.box.click()
    settled()
    assert family.participant("Tom Vang").number_on_minutes
    choose(teacher.audience.combo, "Netværk", qtbot)
    settled()
    assert not family.participant("Tom Vang").number_on_minutes
    assert not teacher.number.isVisible()


def test_a_number_chosen_for_somebody_made_family_meanwhile_is_refused_in_words(
    shown, qtbot, settled, family, house
):
    page = shown("participants")
    tick(page, "Tom Vang", settled)
    (row,) = lines(page)
    house.tasks.touched.disconnect(page.follow)
    heads = house.tasks.store.read(lambda r: r.fields(Participant, row.entity))["audience"].heads
    change = {"audience": Edit(Audience.NETWORK, heads)}
    house.tasks.op(page, Op(lambda w: meetings.edit_participant(w, row.entity, change)))
    settled()
    row.number.box.click()
    settled()
    assert "aldrig" in row._complaint.sentence.text()
    assert not family.participant("Tom Vang").number_on_minutes
