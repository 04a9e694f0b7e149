"""The way to a meeting in the window: its kind, its preparation, its agenda, cancellations, series, own kinds."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from caseworker_app.domain.agenda import AgendaPoint
from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.internal_sheet import InternalCase, Profession
from caseworker_app.domain.meeting import (
    Audience,
    Caller,
    Column,
    Meeting,
    MeetingKind,
    Participant,
    TimeSpan,
)
from caseworker_app.domain.meeting_series import MeetingSeries
from caseworker_app.services import (
    cases,
    internal_meetings,
    meeting_kinds,
    meeting_lines,
    meetings,
    meetings_together,
)
from tests.ui.meeting_house import HELD, settle_family
from ui.dialogs.carry_dialog import CarryDialog
from ui.dialogs.meeting_kinds_dialog import MeetingKindsDialog
from ui.dialogs.new_meeting_dialog import NewMeetingDialog
from ui.dialogs.new_series_dialog import NewSeriesDialog
from ui.dialogs.series_dialog import SeriesDialog
from ui.house import Place
from ui.pages.meeting_page import MeetingPage
from ui.widgets.meeting.invitee import InviteeRow

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def family(write, read):
    found = settle_family(write, read)
    write(lambda w: meetings.invite_child(w, found.meeting))
    write(lambda w: meetings.invite(w, found.meeting, found.people.values()))
    return found


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def shown(qtbot, house, settled, family):
    def show(part: str, meeting=None) -> MeetingPage:
        page = MeetingPage(house)
        qtbot.addWidget(page)
        house.tasks.touched.connect(page.follow)
        page.resize(1200, 680)
        page.show()
        page.show_thing(meeting or family.meeting, part)
        settled()
        return page

    yield show
    settled()


def opened(qtbot, dialog, settled):
    """Open a dialog; it is gone when it is closed, and closed with the test at the latest."""
    dialog.open()
    settled()
    return dialog


@pytest.fixture(autouse=True)
def _close_dialogs(settled):
    yield
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, QDialog):
            dialog.close()
    settled()


def texts(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def test_a_wish_is_written_for_the_child_and_stands_on_the_agenda(qtbot, shown, family, settled, read):
    part = shown("preparation").parts["preparation"]
    assert part.whose.currentText() == "Emma Holm"
    qtbot.keyClicks(part.wish, "Om jeg kan skifte klasse")
    qtbot.keyClick(part.wish, Qt.Key.Key_Return)
    settled()
    (point,) = read(lambda r: r.find(AgendaPoint))
    assert (point.text, point.participant) == (
        "Om jeg kan skifte klasse",
        family.participant("Emma Holm").id,
    )
    assert part.wish.text() == ""
    assert "Emma Holm: Om jeg kan skifte klasse" in texts(part)


def test_an_empty_wish_is_refused_beside_the_line(qtbot, shown, settled):
    part = shown("preparation").parts["preparation"]
    qtbot.keyClick(part.wish, Qt.Key.Key_Return)
    settled()
    assert part.complaint.isVisible()


def test_talking_with_a_parent_and_her_support_person_are_kept(qtbot, shown, family, settled):
    part = shown("preparation").parts["preparation"]
    card = part.people[family.participant("Mia Holm").id]
    card.talked.click()
    settled()
    qtbot.keyClicks(card.support, "veninden Kit")
    qtbot.keyClick(card.support, Qt.Key.Key_Return)
    settled()
    mother = family.participant("Mia Holm")
    assert (mother.prepared_on, mother.support_person) == (TODAY, "veninden Kit")
    assert "Forberedelse 1/3" in shown("preparation").header.steps["prepared"].text()


def test_what_was_agreed_the_last_time_stands_with_how_it_went(shown, family, write):
    last = write(lambda w: meetings.plan(w, family.case, {"when": HELD}))
    write(lambda w: meetings.hold(w, last))
    agreed = write(lambda w: meeting_lines.add_agreement(w, last, {"what": "Mor ringer", "who": "Mor"}))
    write(lambda w: meeting_lines.settle_agreement(w, agreed, TODAY))
    assert "Mor ringer · Mor: gjort den 21. november 2026" in texts(shown("preparation").parts["preparation"])


def test_who_is_told_of_a_cancellation_is_ticked(shown, family, write, settled):
    write(lambda w: meetings.call_off(w, family.meeting, "Sygdom"))
    page = shown("preparation")
    assert "Har ikke fået besked endnu: Emma Holm" in page.header.also.text()
    part = page.parts["preparation"]
    box = part._told.itemAt(0).widget()
    box.click()
    settled()
    assert family.participant("Emma Holm").told_on == TODAY
    assert "Emma Holm" not in page.header.also.text()


def test_the_kind_is_changed_in_the_plan_and_brings_its_agenda(qtbot, shown, family, settled):
    page = shown("plan")
    form = page.parts["plan"].form
    editor = form.rows["kind"].editor
    row = [editor.combo.itemText(n) for n in range(editor.combo.count())].index("Opfølgningsmøde")
    editor.combo.setCurrentIndex(row)
    editor.combo.activated.emit(row)
    qtbot.keyClick(page, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled()
    now = family.stored()
    assert (now.kind, now.letter) == ("follow_up_meeting", "invitation_meeting")
    assert now.agenda
    assert page.header.title.text().startswith("Opfølgningsmøde · ")


def test_a_meeting_somebody_else_called_says_so_and_asks_for_no_letters(shown, family, write):
    called = {"caller": Caller.SCHOOL, "caller_name": "Højbo Skole", "when": HELD}
    meeting = write(lambda w: meetings.plan(w, family.case, called))
    page = shown("plan", meeting)
    assert "Indkaldt af Højbo Skole" in page.header.also.text()
    assert "invited" not in page.header.steps


def test_the_steps_lead_to_where_they_are_done(shown, settled):
    page = shown("plan")
    page.header.steps["invited"].click()
    settled()
    assert page.tabs.tabText(page.tabs.currentIndex()) == "Invitationer"


def test_the_words_of_a_letter_are_copied(shown, settled):
    part = shown("invitations").parts["invitations"]
    part.table.selectRow(1)
    part.buttons["copy"].click()
    settled()
    said = QApplication.clipboard().text()
    assert said.startswith("Invitation til") and "Mia" in said
    assert "Digital Post" in part.said.text()


def test_a_staff_meeting_is_planned_without_a_child(qtbot, house, settled, went, read, family):
    dialog = opened(qtbot, NewMeetingDialog(house), settled)
    dialog.kind.setCurrentIndex(dialog.kind.findData(MeetingKind.TEAM.value))
    assert not dialog.list.isEnabled()
    dialog.plan_button.click()
    settled()
    view = read(lambda r: meetings.view(r, went[-1].thing))
    assert not view.about_child and view.meeting.kind == MeetingKind.TEAM


def test_a_staff_meeting_has_a_page_of_its_own(shown, write, family):
    meeting = write(lambda w: meetings.plan(w, None, {"kind": MeetingKind.TEAM}))
    page = shown("participants", meeting)
    assert page.header.title.text() == "Teammøde"
    assert not page.header.case.isVisible()
    choosing = page.parts["participants"].choosing
    assert choosing.model.rowCount() == 0


def test_a_meeting_is_planned_for_siblings_at_once(qtbot, house, settled, write, read, went, family):
    brother = write(lambda w: cases.register(w, {"child_name": "Felix Holm"}))
    write(lambda w: cases.link_siblings(w, family.case, brother, SiblingKind.FULL))
    dialog = opened(qtbot, NewMeetingDialog(house, None, family.case), settled)
    dialog.siblings[brother].setChecked(True)
    dialog.plan_button.click()
    settled()
    made = read(lambda r: r.get(Meeting, went[-1].thing))
    assert made.together and made.siblings == frozenset({brother})


def test_a_series_is_begun_and_its_next_meeting_planned(qtbot, house, settled, read, went, family):
    dialog = opened(qtbot, SeriesDialog(house, None, family.case), settled)
    dialog.new.click()
    fresh = dialog.findChild(NewSeriesDialog)
    fresh.kind.setCurrentIndex(fresh.kind.findData(MeetingKind.NETWORK.value))
    fresh.first.show_value(TimeSpan(dt.date(2026, 12, 1), dt.time(9), dt.time(10)))
    fresh.begin.click()
    settled()
    (series,) = read(lambda r: r.find(MeetingSeries))
    assert (series.every, series.unit.value) == (4, "weeks")
    dialog.plan.click()
    settled()
    assert went[-1].page == "meeting"
    assert read(lambda r: r.get(Meeting, went[-1].thing)).when.day == dt.date(2026, 12, 1)


def test_a_series_without_a_day_is_refused_with_words(qtbot, house, settled, family):
    dialog = opened(qtbot, SeriesDialog(house, None, family.case), settled)
    dialog.new.click()
    fresh = dialog.findChild(NewSeriesDialog)
    fresh.begin.click()
    settled()
    assert fresh.complaint.isVisible()


def test_own_kinds_are_written_and_a_fault_is_said_with_its_line(qtbot, house, settled, read):
    dialog = opened(qtbot, MeetingKindsDialog(house), settled)
    dialog.own.setPlainText("[[kind]]\nid = 'x_y'\nname = 'x'\nlength = 0")
    dialog.save_button.click()
    settled()
    assert dialog.complaint.isVisible()
    assert dialog.own.textCursor().blockNumber() == 3
    dialog.own.setPlainText("[[kind]]\nid = 'x_y'\nname = 'Morgenkaffe'\nlength = 15")
    dialog.save_button.click()
    settled()
    assert "Morgenkaffe" in read(meeting_kinds.own_text)


def test_forty_participants_all_have_their_line(qtbot, shown, write, family, settled):
    for number in range(37):
        write(lambda w, n=number: meetings.invite_name(w, family.meeting, f"Nr {n}", "", Audience.NETWORK))
    page = shown("participants")
    part = page.parts["participants"]
    qtbot.waitUntil(lambda: len(part.rows) == len(family.names()))
    other = write(lambda w: meetings.plan(w, family.case, {}))
    write(lambda w: meetings.invite_name(w, other, "Alene", "", Audience.NETWORK))
    page.show_thing(other, "participants")
    settled()
    (row,) = part.rows.values()
    assert row.name.line.text() == "Alene"
    seen = [one for one in part.findChildren(InviteeRow) if one.isVisible()]
    assert seen == [row]  # the lines of the other meeting are gone
    page.show_thing(family.meeting, "participants")
    settled()
    qtbot.waitUntil(lambda: len(part.rows) == len(family.names()))
    stand = sorted(part.rows.values(), key=part._list.indexOf)
    assert [one.name.line.text() for one in stand] == family.names()
    assert all(one.isVisible() for one in stand)
    page.show_thing(other, "participants")
    settled()
    (row,) = part.rows.values()
    row.removed.emit()
    settled()
    assert not family.read(lambda r: r.find(Participant, where={"meeting": other}))


def test_what_is_common_is_chosen_and_stands_in_the_siblings_meeting_too(
    qtbot, house, shown, settled, write, read, family
):
    brother = write(lambda w: cases.register(w, {"child_name": "Noah Holm"}))
    write(lambda w: cases.link_siblings(w, family.case, brother, SiblingKind.FULL))
    own, other = write(lambda w: meetings_together.plan(w, family.case, {"when": HELD}, None, [brother]))
    write(lambda w: meeting_lines.add_point(w, own, Column.WORRIES, "Der er larm om aftenen"))
    write(lambda w: meeting_lines.add_point(w, own, Column.WORRIES, "Emma sover dårligt"))
    page = shown("run", own)
    settled()
    part = page.parts["run"]
    qtbot.mouseClick(part.carry, Qt.MouseButton.LeftButton)
    (dialog,) = part.findChildren(CarryDialog)
    assert not dialog.write.isEnabled()
    assert any("Noah" in label.text() for label in dialog.findChildren(QLabel))
    qtbot.keyClick(dialog.list, Qt.Key.Key_Space)
    qtbot.mouseClick(dialog.write, Qt.MouseButton.LeftButton)
    settled()
    there = read(lambda r: meetings.view(r, other)).points[Column.WORRIES]
    assert [point.text for point in there] == ["Der er larm om aftenen"]


def test_a_meeting_of_one_child_offers_nothing_to_siblings(shown, settled):
    page = shown("run")
    settled()
    assert page.parts["run"].carry.isHidden()


def test_an_internal_meeting_has_its_four_points_its_cases_and_their_sheets_on_its_page(
    qtbot, shown, family, house, went, read, write, settled
):
    kind = read(lambda r: house.books.meeting_kinds(r).kinds.get(MeetingKind.INTERNAL))
    plan = {"when": TimeSpan(TODAY, dt.time(9), dt.time(10, 30)), "place": "Lokale 3"}
    meeting = write(lambda w: meetings.plan(w, None, plan, kind))
    write(lambda w: meetings.invite_name(w, meeting, "Lone Kjær", "", Audience.PROFESSIONAL))
    wants = frozenset({Profession.HEALTH_VISITOR})
    sheet = write(
        lambda w: internal_meetings.bring(w, family.case, {"question": "Hvad nu?", "wanted": wants})
    )
    page = shown("agenda", meeting)
    points, table = page.parts["agenda"].points, page.parts["agenda"].table
    assert table.copies == () and list(points.buttons) == ["Lav dagsordenen", "Sæt på: Emma Holm"]
    points.buttons["Lav dagsordenen"].click()
    settled()
    assert "Lone Kjær" in texts(points) and "Der er ingen sager på endnu." in texts(points)
    points.buttons["Sæt på: Emma Holm"].click()
    settled()
    said = texts(points)
    assert "Vil gerne høre fra: Sundhedsplejerske" in said and "75 minutter til hver" in said
    assert [copy.to for copy in table.copies] == ["Dagsordenen", "Ark for sag 1"]
    with qtbot.waitSignal(page.parts["agenda"].desk.previewed, timeout=20_000) as got:
        page.parts["agenda"].buttons["preview"].click()
    got.args[0].close()
    settled()
    points.buttons["Emma Holm: Gå til arket"].click()
    assert went[-1] == Place("case", family.case, "cooperation:internal")
    points.buttons["Emma Holm: Tag af"].click()
    settled()
    assert read(lambda r: r.get(InternalCase, sheet)).agenda is None
    points.buttons["Ret dagsordenen …"].click()
    settled()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible())
    dialog.form.set_value("chair", "")
    dialog.form.set_value("colleagues_cases", 3)
    dialog.form.save()
    settled()
    assert "ingen endnu; næste gang Lone Kjær" in texts(points)
    assert "Sager: 3. 25 minutter til hver." in texts(points)
    page.show_thing(family.meeting, "agenda")  # another kind has no four points
    settled()
    assert not points.isVisible() and len(table.copies) > 1
