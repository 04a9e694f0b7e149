"""Aftaler og opgaver: every agreement by filter, ticked, postponed, changed and reminded of by the keyboard."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from caseworker_app import i18n
from caseworker_app.domain.agreement import Agreement, Expectations, UnannouncedVisits
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.person import Custody, Role
from caseworker_app.services import (
    agreements,
    cases,
    history,
    meeting_lines,
    meetings,
    people,
    tasks,
    unannounced,
)
from caseworker_app.services.agreed import Kept
from ui.dialogs.choose_case_dialog import ChooseCaseDialog
from ui.dialogs.record_dialog import RecordDialog
from ui.dialogs.reminder_dialog import ReminderDialog
from ui.house import Place
from ui.pages.tasks_page import TasksPage
from ui.pages.today_page import TodayPage
from ui.widgets.line_button import LineButton
from ui.widgets.tasks.desk import Show, TasksDesk
from ui.widgets.tasks.family import FamilyPart
from ui.words import tr

TODAY = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Prøve"}))


@pytest.fixture
def agree(write, emma):
    def make(what, case=None, **values):
        values = {"what": what, "agreed_on": TODAY - 500 * DAY, **values}
        return write(lambda w: agreements.agree(w, case or emma, values))

    return make


@pytest.fixture
def page(qtbot, house, wait_idle):
    made = TasksPage(house)
    qtbot.addWidget(made)
    made.resize(1220, 700)

    def open_(thing=None, part=""):
        made.show()
        made.show_thing(thing, part)
        wait_idle()
        house.tasks.touched.connect(made.follow)
        return made

    return open_


def words(desk):
    model = desk.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def press(qtbot, widget, key, modifier=Qt.KeyboardModifier.NoModifier):
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    qtbot.keyClick(widget, key, modifier)


def dialog_of(qtbot, desk, kind):
    qtbot.waitUntil(lambda: any(d.isVisible() for d in desk.findChildren(kind)))
    return next(d for d in desk.findChildren(kind) if d.isVisible())


def test_each_filter_shows_its_own_and_nothing_open_is_in_none(page, agree, write):
    agree("Min", who="Lone", due=TODAY)
    agree("Mors", who="Mor", due=TODAY + DAY)
    agree("Sen", who="Far", due=TODAY - 3 * DAY)
    agree("Gammel", who="Far", due=TODAY - 400 * DAY)
    made = agree("Gjort", who="Far")
    write(lambda w: agreements.settle(w, Kept.AGREEMENT, made))
    desk = page().desk
    assert words(desk) == ["Gammel", "Sen", "Min", "Mors"]
    shown = {}
    for number, show in enumerate(Show):
        desk.filters.setCurrentIndex(number)
        shown[show] = words(desk)
    assert shown[Show.MINE] == ["Min"]
    assert shown[Show.OTHERS] == ["Gammel", "Sen", "Mors"]
    assert shown[Show.LATE] == ["Gammel", "Sen"]
    assert shown[Show.DONE] == ["Gjort"]
    assert set(shown[Show.MINE]) | set(shown[Show.OTHERS]) == set(shown[Show.OPEN])


def test_space_ticks_what_the_cursor_is_on_and_goes_on_to_the_next(
    qtbot, page, agree, read, store, wait_idle
):
    first = agree("Først", due=TODAY)
    agree("Så", due=TODAY + DAY)
    desk = page().desk
    press(qtbot, desk.list, Qt.Key.Key_Space)
    wait_idle()
    assert read(lambda r: r.get(Agreement, first)).done_on == TODAY
    assert words(desk) == ["Så"]
    assert desk.current.agreed.what == "Så"
    store.write(history.undo)
    desk.ask()
    wait_idle()
    assert words(desk) == ["Først", "Så"]


def test_an_agreement_is_postponed_with_a_reason_by_the_keyboard(qtbot, page, agree, emma, read, wait_idle):
    made = agree("Ringe til skolen", due=TODAY)
    desk = page().desk
    press(
        qtbot,
        desk.list,
        Qt.Key.Key_U,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    dialog = dialog_of(qtbot, desk, RecordDialog)
    wait_idle()
    dialog.form.rows["until"].editor.day.line.setFocus()
    qtbot.keyClicks(dialog.form.rows["until"].editor.day.line, "28-11-2026")
    dialog.form.rows["why"].editor.text.setFocus()
    dialog.form.save()
    wait_idle()
    assert dialog.isVisible()
    qtbot.keyClicks(dialog.form.rows["why"].editor.text, "Mor er syg")
    dialog.form.save()
    wait_idle()
    (one,) = read(lambda r: tasks.of_case(r, emma))
    assert (one.id, one.due, one.moved_why) == (made, TODAY + 7 * DAY, "Mor er syg")
    assert "Mor er syg" in page_text(desk)


def page_text(desk):
    return "\n".join(label.text() for label in desk.sheet.findChildren(QLabel))


def test_a_new_agreement_asks_for_the_child_first_and_offers_the_people_of_the_case(
    qtbot, page, emma, write, read, wait_idle
):
    gran = write(lambda w: people.add(w, emma, {"name": "Lis Holm", "role": Role.GRANDPARENT}))
    desk = page().desk
    desk.buttons[0].click()
    chooser = dialog_of(qtbot, desk, ChooseCaseDialog)
    wait_idle()
    chooser.go_button.click()
    dialog = dialog_of(qtbot, desk, RecordDialog)
    wait_idle()
    who = dialog.form.rows["who"].editor
    assert "Lis Holm" in who.line.completer().model().stringList()
    qtbot.keyClicks(dialog.form.rows["what"].editor.text, "Henter i SFO")
    qtbot.keyClicks(who.line, "Lis Holm")
    dialog.form.save()
    wait_idle()
    (one,) = read(lambda r: tasks.of_case(r, emma))
    assert (one.what, one.person, one.agreed_on) == ("Henter i SFO", gran, TODAY)
    assert words(desk) == ["Henter i SFO"]


def test_what_is_refused_stands_at_its_field_and_nothing_is_written(qtbot, page, agree, read, wait_idle):
    made = agree("Ringe", due=TODAY)
    desk = page().desk
    press(qtbot, desk.list, Qt.Key.Key_F2)
    dialog = dialog_of(qtbot, desk, RecordDialog)
    wait_idle()
    dialog.form.rows["what"].editor.text.setPlainText("Ringe om 010162-1234")
    dialog.form.save()
    wait_idle()
    assert dialog.isVisible()
    assert read(lambda r: r.get(Agreement, made)).what == "Ringe"


def test_what_is_typed_and_left_is_a_draft_that_is_gone_on_with(qtbot, page, agree, read, wait_idle):
    made = agree("Ringe", due=TODAY)
    desk = page().desk
    press(qtbot, desk.list, Qt.Key.Key_F2)
    dialog = dialog_of(qtbot, desk, RecordDialog)
    wait_idle()
    dialog.form.rows["what"].editor.text.setPlainText("Ringe til læreren")
    dialog.close()
    wait_idle()
    key = f"agreed:agreement:{made.hex()}:edit"
    assert read(lambda r: r.draft(key)) is not None
    desk.want(f"draft:{key}")
    wait_idle()
    again = dialog_of(qtbot, desk, RecordDialog)
    wait_idle()
    assert again.form.rows["what"].editor.value() == "Ringe til læreren"


def test_a_message_is_copied_and_refused_with_a_number_in_it(qtbot, page, agree, wait_idle):
    agree("Ringe til skolen", who="Mor", due=TODAY + DAY)
    desk = page().desk
    press(qtbot, desk.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    dialog = dialog_of(qtbot, desk, ReminderDialog)
    wait_idle()
    dialog.copy_button.click()
    assert "Ringe til skolen" in QGuiApplication.clipboard().text()
    QGuiApplication.clipboard().clear()
    dialog.text.setPlainText("Husk 010162-1234")
    dialog.copy_button.click()
    assert dialog.complaint.isVisible()
    assert QGuiApplication.clipboard().text() == ""


def test_without_a_day_there_is_no_reminder_and_it_is_said_why(qtbot, page, agree, wait_idle):
    agree("Ringe", who="Mor")
    desk = page().desk
    press(qtbot, desk.list, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    wait_idle()
    assert desk.complaint.isVisible()
    assert not desk.findChildren(QDialog)


def test_reminders_for_tomorrow_name_everybody_who_comes(qtbot, page, emma, write, wait_idle):
    when = TimeSpan(TODAY + 2 * DAY, dt.time(10), dt.time(11))
    meeting = write(lambda w: meetings.plan(w, emma, {"when": when, "place": "Skolen"}))
    for name in ("Lis", "Mette"):
        card = write(lambda w, name=name: people.add(w, emma, {"name": name, "role": Role.RELATIVE}))
        write(lambda w, card=card: meetings.invite(w, meeting, [card]))
    desk = page().desk
    desk.buttons[1].click()
    dialog = dialog_of(qtbot, desk, ReminderDialog)
    wait_idle()
    model = dialog.list.model()
    assert [model.index(row, 0).data() for row in range(2)] == ["Lis", "Mette"]
    dialog.list.setCurrentIndex(model.index(1, 0))
    assert dialog.text.toPlainText().startswith("Hej Mette.")


def test_the_list_leads_to_the_meeting_it_was_agreed_at(page, emma, write, went, wait_idle):
    when = TimeSpan(TODAY - DAY, dt.time(10), dt.time(11))
    meeting = write(lambda w: meetings.plan(w, emma, {"when": when}))
    made = write(lambda w: meeting_lines.add_agreement(w, meeting, {"what": "Mor ringer"}))
    desk = page(made).desk
    wait_idle()
    desk.sheet.buttons[tr("Go to where it was agreed")].click()
    assert went[-1] == Place("meeting", meeting, "run")


def test_a_case_shows_its_own_with_all_that_was_settled(qtbot, house, emma, agree, write, read, wait_idle):
    other = write(lambda w: cases.register(w, {"child_name": "Noah Prøve"}))
    agree("Noahs", case=other)
    old = agree("Gjort for længe siden")
    write(lambda w: agreements.settle(w, Kept.AGREEMENT, old, TODAY - 400 * DAY))
    agree("Emmas")
    desk = TasksDesk(house)
    qtbot.addWidget(desk)
    desk.show()
    desk.show_case(read(lambda r: r.get(Case, emma)))
    wait_idle()
    assert words(desk) == ["Emmas"]
    desk.show_only(Show.DONE)
    assert words(desk) == ["Gjort for længe siden"]


def test_the_language_changes_in_the_list_too(page, agree):
    agree("Ringe", who="Lone", due=TODAY - DAY)
    desk = page().desk
    quiet = desk.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1 dag for sent" in quiet
    i18n.set_language("en")
    try:
        english = desk.list.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        assert "1 day late" in english
        assert desk.filters.tabText(0) == "All open (1)"
    finally:
        i18n.set_language("da")


# the family


@pytest.fixture
def family(qtbot, house, emma, read, wait_idle):
    made = FamilyPart(house)
    qtbot.addWidget(made)
    made.resize(1220, 700)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma)))
    house.tasks.touched.connect(made.follow)
    wait_idle()
    return made


def test_unannounced_visits_are_agreed_and_taken_back(qtbot, family, emma, write, read, wait_idle):
    for name, role in (("Mette", Role.MOTHER), ("Jens", Role.FATHER)):
        values = {"name": name, "role": role, "custody": Custody.SHARED}
        write(lambda w, values=values: people.add(w, emma, values))
    family.buttons[0].click()
    dialog = dialog_of(qtbot, family, RecordDialog)
    wait_idle()
    rows = dialog.form.rows
    qtbot.keyClicks(rows["how_often"].editor.line, "Hver måned")
    qtbot.keyClicks(rows["until"].editor.day.line, "20-02-2027")
    dialog.form.save()
    wait_idle()
    assert dialog.isVisible()
    qtbot.keyClicks(rows["consent_by"].editor.line, "Mette")
    dialog.form.save()
    wait_idle()
    (one,) = read(lambda r: r.find(UnannouncedVisits))
    assert (one.who, one.how_often, one.until) == ("Lone Kjær", "Hver måned", dt.date(2027, 2, 20))
    assert "Jens" in page_text(family)
    family.sheet.buttons[next(name for name in family.sheet.buttons if "trækker den tilbage" in name)].click()
    wait_idle()
    stream = one.stream
    assert read(lambda r: unannounced.standing(r, stream)) == ()


def test_the_words_of_the_sheet_are_written_for_one_family(qtbot, family, emma, read, wait_idle):
    family.write_sheet()
    dialog = dialog_of(qtbot, family, RecordDialog)
    wait_idle()
    editor = dialog.form.rows["from_us"].editor
    assert "Vi kommer til tiden" in editor.value()
    editor.text.setPlainText("- Vi kommer hver tirsdag.")
    dialog.form.save()
    wait_idle()
    (one,) = read(lambda r: r.find(Expectations))
    assert (one.from_us, one.why) == ("- Vi kommer hver tirsdag.", "")
    assert "hver tirsdag" in page_text(family)


# I dag


def test_i_dag_says_what_i_have_agreed_to_do_and_settles_it_with_one_click(
    qtbot, house, agree, read, went, wait_idle
):
    mine = agree("Ringe til skolen", who="Lone", due=TODAY)
    agree("Gammel", who="Lone", due=TODAY - 300 * DAY)
    agree("Fars", who="Far", due=TODAY - DAY)
    page = TodayPage(house)
    qtbot.addWidget(page)
    page.show()
    house.tasks.touched.connect(page.follow)
    page.show_thing(None, "")
    wait_idle()
    lines = {line.words: line for line in page.findChildren(LineButton)}
    assert "Ringe til skolen" in lines, list(lines)
    (old,) = [line for words, line in lines.items() if words.startswith("1 gammel aftale hos dig")]
    old.click()
    assert went[-1] == Place("tasks", None, "mine")
    assert any(words.startswith("1 aftale hos andre") for words in lines)
    (done,) = [b for b in page.findChildren(QPushButton) if "Ringe til skolen" in b.accessibleName()]
    done.click()
    wait_idle()
    assert read(lambda r: r.get(Agreement, mine)).done_on == TODAY
