"""I dag: what is due, in its order, by family, with clocks; one click leads to the work."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Address, SiblingKind
from caseworker_app.domain.follow_up import DeadlineMark
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.notification import Notification
from caseworker_app.services import cases, follow_up_terms, journal, resource_meetings, trials
from caseworker_app.services.day import Row
from tests.helpers.casework import begin, held
from ui.house import Place
from ui.pages.today_page import TodayPage
from ui.widgets.line_button import LineButton
from ui.widgets.today import due_words
from ui.widgets.today.week_dialog import WeekDialog

DAY = dt.date(2026, 11, 21)


def before(days):
    return DAY - dt.timedelta(days=days)


@pytest.fixture
def page(qtbot, house, wait_idle):
    def make():
        made = TodayPage(house)
        qtbot.addWidget(made)
        made.resize(1222, 684)
        made.show_thing(None, "")
        made.show()
        wait_idle()
        qtbot.waitUntil(lambda: made._today is not None and not made._painting)
        qtbot.wait(10)  # what is out of sight is made after the paint
        return made

    return make


@pytest.fixture
def child(write):
    def register(name, **values):
        return write(lambda w: cases.register(w, {"child_name": name, **values}))

    return register


@pytest.fixture
def helped(store, write, child):
    """Register a child with an intervention begun some days ago, heard before it."""

    def help_out(name, days, entry="contact_person", **values):
        case = child(name, **values)
        made = begin(store, case, entry, before(days))
        write(lambda w: _hear(w, made))
        return case, made

    return help_out


def _hear(writer, intervention):
    made = follow_up_terms.record_hearing(writer, intervention, {"reason": "Prøve"})
    writer.flush()
    (entry,) = journal.entries_from(writer, made)
    journal.sign(writer, entry.id)


def notify(write, read, case, hours):
    stream = read(lambda r: r.get(cases.Case, case)).stream

    def run(writer):
        writer.act("Record a notification")
        at = writer.now - dt.timedelta(hours=hours)
        writer.create(Notification(id=writer.new_id(), stream=stream, received_at=at))

    write(run)


def lines(page):
    return [line for line in page.findChildren(LineButton) if line.isVisibleTo(page)]


def names(page):
    return [line.accessibleName() for line in lines(page)]


def words(page):
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def press(qtbot, page, word):
    button = next(b for b in page.findChildren(QPushButton) if b.text() == word and b.isVisibleTo(page))
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_sections_come_overdue_today_this_week_later(page, helped):
    helped("Bo Senere", 10)
    helped("Ane Uge", 25)
    helped("Eva Dag", 28)
    helped("Ib Sent", 33)
    found = names(page())
    assert [name.split(":")[0] for name in found] == [
        "5 dage for sent, Ib Sent", "I dag, Eva Dag", "Tirsdag 24. november, Ane Uge", "9. december, Bo Senere",
    ]  # fmt: skip
    assert all("Opfølgning · Kontaktperson eller ambulant behandling" in name for name in found)


def test_each_row_says_its_rule_in_one_short_line(page, helped):
    helped("Ib Sent", 33)
    (name,) = names(page())
    assert "Lokal standard: 4 uger efter starten den 19-10-2026" in name
    assert "loven kræver den også" in name


def test_a_press_leads_to_the_very_deadline_in_the_case(qtbot, page, helped, went):
    case, intervention = helped("Ib Sent", 33)
    qtbot.mouseClick(lines(page())[0], Qt.MouseButton.LeftButton)
    due = before(33 - 28).isoformat()
    assert went == [Place("case", case, f"follow_up:{intervention.hex()}:{due}:local:contact_ambulant")]


def test_the_plan_leads_to_the_plan(qtbot, page, store, write, read, helped, went):
    case, intervention = helped("Ib Plan", 3)

    def decide(writer):
        writer.act("Change the intervention")
        writer.set(Intervention, intervention, "decided_on", before(60), parents=None)

    write(decide)
    shown = page()
    line = next(one for one in lines(shown) if "Planen" in one.accessibleName())
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    assert went == [Place("case", case, "plan")]


def test_siblings_stand_together_and_a_visit_that_serves_both_is_named(page, helped, write):
    one, _ = helped("Ida Bech", 33)
    other, _ = helped("Jonas Bech", 30)
    helped("Otto Anden", 31)
    write(lambda w: cases.link_siblings(w, one, other, SiblingKind.FULL))
    shown = page()
    found = names(shown)
    assert [name.split(", ")[1].split(":")[0] for name in found] == ["Ida Bech", "Jonas Bech", "Otto Anden"]
    assert "Én familie: Ida og Jonas. Ét besøg kan klare det hele." in words(shown)


def test_children_of_one_address_are_one_family_and_what_a_visit_can_settle_besides_is_said(page, helped):
    home = Address("Engvej 3", "7400", "By")
    helped("Ida Bech", 33, address=home)
    helped("Jonas Bech", 22, address=home)
    said = words(page())
    assert "Et besøg kan samtidig klare: Jonas: Opfølgning (27. november)" in said


def test_clocks_stand_on_top_with_the_hours_left(page, child, write, read):
    notify(write, read, child("Eva Vagt"), 15)
    notify(write, read, child("Ole Over"), 26)
    found = names(page())
    assert found[0].startswith("2 timer over tiden, Ole Over: 24-timers vurdering")
    assert found[1].startswith("9 timer tilbage, Eva Vagt: 24-timers vurdering")
    assert "BL § 136" in found[0]


def test_done_today_settles_it_at_once_and_can_be_taken_back(
    qtbot, page, child, write, read, wait_idle, tasks
):
    notify(write, read, child("Eva Vagt"), 15)
    shown = page()
    tasks.touched.connect(shown.follow)
    press(qtbot, shown, "Gjort i dag")
    wait_idle()
    (mark,), (told,) = read(lambda r: (r.find(DeadlineMark), r.find(Notification)))
    assert mark.done_on == DAY
    assert (told.assessed_at, told.assessed_by) == (
        dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC),
        "Lone Kjær",
    )
    qtbot.waitUntil(lambda: not any("24-timers" in name for name in names(shown)))
    qtbot.mouseClick(shown.notice.button, Qt.MouseButton.LeftButton)
    wait_idle()
    (mark, told) = read(lambda r: (r.find(DeadlineMark), r.find(Notification)[0]))
    assert (mark, told.assessed_at, told.assessed_by) == ([], None, "")
    qtbot.waitUntil(lambda: any("24-timers" in name for name in names(shown)))


def test_the_overdue_never_vanishes_when_time_passes(page, helped, clock):
    helped("Ib Sent", 33)
    clock.set(clock.now() + dt.timedelta(days=400))
    assert any("405 dage for sent, Ib Sent" in name for name in names(page()))


def test_a_clock_set_back_a_year_loses_nothing_and_is_said(page, store, helped, clock):
    _case, made = helped("Ib Sent", 33)
    held(store, made, before(2), before(5))
    clock.set(clock.now() - dt.timedelta(days=365))
    shown = page()
    assert "Intet er gået tabt" in shown.clock_notice.words.text()
    assert shown.clock_notice.isVisibleTo(shown)
    clock.set(clock.now() + dt.timedelta(days=365))
    shown.follow(frozenset())


def test_no_row_is_marked_by_colour_alone(page, helped):
    helped("Ib Sent", 33)
    (line,) = lines(page())
    assert line._icon == "warning"
    assert "for sent" in line.accessibleName()


def test_what_is_due_later_is_folded_after_six_families_and_stays_unfolded(qtbot, page, helped):
    for number in range(9):
        helped(f"Barn {number}", 10 - number)
    shown = page()
    assert len(lines(shown)) == 6
    press(qtbot, shown, i18n.gettext("Show the rest of what is due later"))
    assert len(lines(shown)) == 9
    shown._say()
    qtbot.waitUntil(lambda: len(lines(shown)) == 9)


def test_the_keyboard_stays_on_its_line_when_the_page_is_drawn_anew(qtbot, page, helped):
    helped("Eva Dag", 28)
    helped("Ib Sent", 33)
    shown = page()
    lines(shown)[1].setFocus()
    name = lines(shown)[1].accessibleName()
    shown._say()
    qtbot.waitUntil(lambda: getattr(shown.focusWidget(), "accessibleName", str)() == name)
    assert shown.focusWidget() in lines(shown)


def test_the_page_stays_at_its_top_when_it_is_drawn_anew_under_the_keyboard(qtbot, page, helped):
    for number in range(14):
        helped(f"Barn {number}", 33 + number)
    shown = page()
    first = lines(shown)[0]
    first.setFocus()
    name = first.accessibleName()
    shown._say()
    qtbot.waitUntil(lambda: getattr(shown.focusWidget(), "accessibleName", str)() == name)
    assert shown.verticalScrollBar().value() == 0


@pytest.mark.parametrize("wide", [760, 1222, 1776])
def test_the_words_of_every_row_stand_whole_however_wide_the_window(qtbot, page, helped, wide):
    helped("Ib Sent", 33)
    helped("Anne-Margrethe Overgaard Kristoffersen", 800, "foster_general")
    shown = page()
    shown.resize(wide, 684)

    def whole():
        for line in lines(shown):
            room, metrics = line.width() - line._left() - 12, line.fontMetrics()
            needs = sum(
                metrics.boundingRect(0, 0, room, 9999, Qt.TextFlag.TextWordWrap, text).height()
                for text in (line._words, line._quiet)
            )
            assert line.height() >= needs

    qtbot.waitUntil(lambda: shown.width() == wide)
    qtbot.wait(20)
    whole()


def test_the_words_for_whoever_rests_on_a_row_have_every_source(page, helped, read, house):
    helped("Ib Sent", 33)
    shown = page()
    row = shown._today.work.rows[0]
    assert isinstance(row, Row)
    full = due_words.full_words(row)
    assert "BL § 95, stk. 1-3" in full
    assert "Herningmodellen 1.0 (2015)" in full


def test_an_entry_to_sign_is_told(page, store, helped):
    _case, made = helped("Ib Sent", 33)
    held(store, made, before(4), before(5))
    shown = page()
    assert "Notater til underskrift" in words(shown)
    assert "Børnesamtale, Ib Sent · 17. november" in names(shown)


# the week


@pytest.fixture
def dialog(qtbot, page, helped, wait_idle):
    helped("Emma Holm", 25)
    shown = page()
    shown.open_week()
    return shown.findChild(WeekDialog)


def test_on_a_saturday_the_next_week_is_offered_first(dialog):
    assert [dialog.weeks.itemText(number) for number in range(2)] == [
        "Uge 48: 23. november til 29. november",
        "Uge 49: 30. november til 6. december",
    ]
    assert dialog.monday == dt.date(2026, 11, 23)
    assert not dialog.named.isChecked()


def test_the_sheet_is_shown_to_be_printed_and_nothing_is_logged_before(qtbot, dialog, read, papers):
    from ui.dialogs.preview_dialog import PreviewDialog

    parent = dialog.parentWidget()
    qtbot.mouseClick(dialog.print_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: parent.findChild(PreviewDialog) is not None, timeout=20_000)
    preview = parent.findChild(PreviewDialog)
    assert preview.windowTitle() == "Ugeseddel"
    assert preview._file_name == "week-2026-48.pdf"
    assert read(lambda r: r.access_log(limit=5)) == []
    preview.close()


def test_the_calendar_holds_initials_and_its_export_is_logged(qtbot, dialog, tmp_path, read, wait_idle):
    from PySide6.QtWidgets import QFileDialog

    qtbot.mouseClick(dialog.calendar_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.findChild(QFileDialog) is not None, timeout=20_000)
    chooser = dialog.findChild(QFileDialog)
    path = tmp_path / "uge.ics"
    chooser.fileSelected.emit(str(path))
    wait_idle()
    chooser.close()
    text = path.read_text(encoding="utf-8")
    assert "SUMMARY:Opfølgning EH" in text
    assert "Emma" not in text
    assert [row.detail for row in read(lambda r: r.access_log(limit=5))] == ["week_calendar"]
    dialog.close()


def test_what_of_samarbejde_is_late_stands_on_i_dag_and_leads_to_its_place(page, child, write, went):
    emma = child("Emma Holm")
    forms = write(ShippedBooks().forms)
    description = write(
        lambda w: resource_meetings.ask(w, emma, {"meeting_on": DAY + dt.timedelta(days=10)}, forms)
    )
    trial = write(lambda w: trials.suggest(w, {"what": "Vi ringer dagen før", "show_on": before(2)}))
    lines = {one.accessibleName(): one for one in page().findChildren(LineButton)}
    (late,) = [one for name, one in lines.items() if "Vi ringer dagen før" in name]
    (wanted,) = [one for name, one in lines.items() if "Beskrivelsen til ressourcecentermødet" in name]
    assert "2 dage for sent" in late.accessibleName() and "Emma" in wanted.accessibleName()
    late.click()
    wanted.click()
    assert went == [
        Place("quality", None, f"board:{trial.hex()}"),
        Place("case", emma, f"cooperation:resource:{description.hex()}"),
    ]
