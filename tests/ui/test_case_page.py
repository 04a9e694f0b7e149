"""Sag: one child, and the forms that make, edit, close, open and link cases."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Address, Case, LimitException, SiblingKind
from caseworker_app.domain.journal import EntryDraft
from caseworker_app.domain.meeting import Meeting, MeetingKind, TimeSpan
from caseworker_app.domain.person import Custody, Role
from caseworker_app.services import cases, history, meetings, people
from ui.dialogs.case_dialog import DRAFT_KEY, CaseDialog
from ui.dialogs.close_case_dialog import CloseCaseDialog
from ui.dialogs.limit_dialog import LimitDialog
from ui.dialogs.sibling_dialog import SiblingDialog
from ui.house import Place
from ui.pages.case_page import CasePage
from ui.pages.case_sections import TAB_LABELS

TODAY = dt.date(2026, 11, 21)
SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
AGREED = LimitException(TODAY, "Tove Lund", "Akut")


@pytest.fixture
def emma(write):
    values = {
        "child_name": "Emma Louise Holm", "person_number": "6101194000", "school": "Gullestrup Skole",
        "school_class": "2.b", "step": 3, "record_number": "2026-17", "address": Address("Vej 1", "7400", "Hedeby"),
    }  # fmt: skip
    return write(lambda w: cases.register(w, values))


@pytest.fixture
def oscar(write):
    return write(lambda w: cases.register(w, {"child_name": "Oscar Holm"}))


@pytest.fixture
def page(qtbot, house, tasks):
    made = CasePage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1222, 648)
    made.show()
    return made


@pytest.fixture
def show(page, wait_idle):
    def go(case, part=""):
        page.show_thing(case, part)
        wait_idle()
        return page

    return go


@pytest.fixture
def dialog(qtbot, house, wait_idle):
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 689)
    window.show()

    def open_one(cls, *args):
        made = cls(*args, parent=window)
        made.open()
        wait_idle()
        return made

    return open_one


def fill(write, count):
    def make(w):
        made = []
        for number in range(count):
            made.append(cases.register(w, {"child_name": f"Barn {number:02d}"}))
            w.flush()
        return made

    return write(make)


def only(owner, cls):
    (found,) = [child for child in owner.findChildren(cls) if child.isVisible()]
    return found


def click(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


# --- The head ------------------------------------------------------------------------------------------------


def test_the_head_says_who_the_child_is_and_what_must_be_minded(show, emma, write):
    def around(w):
        people.add(w, emma, {"name": "Maria Holm", "role": Role.MOTHER, "custody": Custody.SHARED})
        w.flush()
        people.add(w, emma, {"name": "Per Holm", "role": Role.FATHER, "custody": Custody.SHARED})
        w.flush()
        span = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12))
        meetings.plan(w, emma, {"when": span})
        w.flush()
        w.act("Change the case")
        w.set(Case, emma, "address_protected", True, parents=None)

    write(around)
    head = show(emma).header
    assert head.name.text() == "Emma Louise Holm"
    assert head.age.text() == "7 år, født 1. januar 2019, 610119-••••"
    assert head.facts.text().replace("\n", " · ") == (
        "Fælles forældremyndighed: Maria Holm og Per Holm · Gullestrup Skole, 2.b · "
        "Trin 3 Hjemmebaserede indsatser · Næste møde onsdag den 25. november 2026 kl. 10.30-12.00 · "
        "Fagsystem: 2026-17"
    )
    assert head.protected.isVisible()
    assert head.protected.words.text() == "Navne- og adressebeskyttelse"
    assert not head.above.isVisible()


def test_the_window_never_shows_the_number_unmasked_by_itself(show, emma):
    page = show(emma)
    words = [label.text() for label in page.findChildren(type(page.header.name))]
    assert not any("4000" in text for text in words)
    assert page.overview.form.rows["person_number"].editor.line.text() == "610119-••••"


def test_an_unborn_child_has_a_page_too(show, write):
    case = write(lambda w: cases.register(w, {"unborn_of": "Maria Holm", "term": dt.date(2027, 3, 3)}))
    head = show(case).header
    assert (head.name.text(), head.age.text()) == ("Ufødt barn af Maria Holm", "termin 3. mar.")


def test_the_page_opens_at_once(qtbot, watchdog, house, emma, wait_idle):
    with watchdog.opening("Sag"):
        made = CasePage(house)
        qtbot.addWidget(made)
        made.resize(1222, 648)
        made.show_thing(emma, "")
        made.show()
        wait_idle()


# --- Editing -------------------------------------------------------------------------------------------------


def test_a_field_is_edited_saved_and_the_head_follows(qtbot, show, emma, wait_idle, read):
    page = show(emma)
    line = page.overview.form.rows["school"].editor.line
    line.setFocus()
    line.selectAll()
    qtbot.keyClicks(line, "Holtbjergskolen")
    qtbot.keyClick(line, *SAVE)
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).school == "Holtbjergskolen"
    assert "Holtbjergskolen" in page.header.facts.text()


def test_the_birth_date_follows_the_number_and_is_free_without_one(qtbot, show, emma, wait_idle, read):
    page = show(emma)
    form = page.overview.form
    assert not form.rows["born"].editor.isEnabled()
    click(qtbot, form.rows["person_number"].editor.button)
    wait_idle()
    line = form.rows["person_number"].editor.line
    line.selectAll()
    qtbot.keyClicks(line, "620520-4000")
    assert form.value("born") == dt.date(2020, 5, 2)
    qtbot.keyClick(line, *SAVE)
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).born == dt.date(2020, 5, 2)
    click(qtbot, form.rows["person_number"].editor.button)
    wait_idle()
    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_Delete)
    assert form.rows["born"].editor.isEnabled()


def test_going_to_another_case_keeps_the_draft_of_the_first(qtbot, show, emma, oscar, wait_idle, read):
    page = show(emma)
    qtbot.keyClicks(page.overview.form.rows["district"].editor.line, "Nord")
    assert page.leave()
    show(oscar)
    assert page.overview.form.rows["district"].editor.line.text() == ""
    assert [draft.title for draft in read(lambda r: r.drafts())] == ["Emma Louise Holm"]
    show(emma)
    assert page.overview.form.rows["district"].editor.line.text() == "Nord"
    assert page.overview.form.notice.isVisible()


def test_undo_is_seen_on_the_page(qtbot, show, emma, store, tasks, wait_idle):
    page = show(emma)
    qtbot.keyClicks(page.overview.form.rows["district"].editor.line, "Nord")
    page.overview.form.save()
    wait_idle()
    outcome = store.write(history.undo)
    tasks.touched.emit(outcome.touched)
    wait_idle()
    assert page.overview.form.rows["district"].editor.line.text() == ""


def test_a_registration_undone_says_how_to_bring_it_back(show, emma, store):
    store.write(history.undo)
    page = show(emma)
    assert "Gentag (Ctrl+Y)" in page.notice.words.text()
    assert not page.header.close_button.isVisible()


def test_the_language_changes_everything_on_the_page(show, emma):
    page = show(emma)
    i18n.set_language("en")
    said = [page.tabs.tabText(n) for n in range(page.tabs.count())]
    assert said == list(TAB_LABELS.values())
    assert page.header.age.text().startswith("7 years, born 1 January 2019")
    assert page.overview.form.rows["school"].label.text() == "School or day-care"


# --- Sections ------------------------------------------------------------------------------------------------


def test_sections_are_reached_by_alt_and_a_digit_and_by_their_part(qtbot, show, emma):
    page = show(emma, "meetings")
    assert page.sections.current == "meetings"
    qtbot.keyClick(page, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert page.sections.stack.currentWidget() is page.people


def test_planning_a_meeting_goes_to_it(qtbot, show, emma, wait_idle, went, read):
    page = show(emma, "meetings")
    click(qtbot, page.meetings.first)
    wait_idle()
    (meeting,) = read(lambda r: r.find(Meeting))
    assert meeting.kind == MeetingKind.INVOLVING
    assert went == [Place("meeting", meeting.id)]
    click(qtbot, page.meetings.plain)
    wait_idle()
    assert {m.kind for m in read(lambda r: r.find(Meeting))} == {MeetingKind.INVOLVING, MeetingKind.NETWORK}
    assert "Møder (2)" in [page.tabs.tabText(tab) for tab in range(page.tabs.count())]


def test_a_meeting_in_the_list_is_opened_by_enter(qtbot, show, emma, write, wait_idle, went):
    span = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12))
    meeting = write(
        lambda w: meetings.plan(w, emma, {"when": span, "purpose": "Vi mødes\nfordi", "place": "Skolen"})
    )
    page = show(emma, "meetings")
    item = page.meetings.tree.topLevelItem(0)
    assert [item.text(n) for n in range(5)] == [
        "onsdag den 25. november 2026 kl. 10.30-12.00", "Inddragende netværksmøde", "Vi mødes fordi", "Skolen",
        "Planlagt",
    ]  # fmt: skip
    qtbot.keyClick(page.meetings.tree, Qt.Key.Key_Return)
    assert went == [Place("meeting", meeting)]


# --- Siblings ------------------------------------------------------------------------------------------------


def test_a_sibling_is_found_linked_opened_and_unlinked(
    qtbot, show, emma, oscar, house, dialog, wait_idle, read, went
):
    page = show(emma)
    made = dialog(SiblingDialog, house, emma)
    qtbot.keyClicks(made.find_line, "osc")
    assert made.list.count() == 1
    qtbot.keyClick(made.find_line, Qt.Key.Key_Return)
    wait_idle()
    assert [s.case.id for s in read(lambda r: cases.view(r, oscar)).siblings] == [emma]
    buttons = {b.accessibleName(): b for b in page.overview.findChildren(QPushButton)}
    click(qtbot, buttons["Åbn sagen om Oscar Holm"])
    assert went == [Place("case", oscar)]
    click(qtbot, buttons["Fjern forbindelsen til Oscar Holm"])
    wait_idle()
    assert read(lambda r: cases.view(r, emma)).siblings == ()


def test_the_household_is_who_lives_with_the_child_and_where(show, emma, write):
    values = {"name": "Maria Holm", "role": Role.MOTHER, "lives_with_child": True}
    write(lambda w: people.add(w, emma, values))
    assert show(emma).overview.household.text() == "Maria Holm – Mor\nVej 1, 7400 Hedeby"


# --- Closing and opening again -------------------------------------------------------------------------------


def test_a_case_is_closed_with_a_day_and_a_reason_and_opened_again(qtbot, show, emma, wait_idle, read):
    page = show(emma)
    click(qtbot, page.header.close_button)
    wait_idle()
    made = only(page, CloseCaseDialog)
    assert made.form.rows["closed_on"].editor.control.text() == "21-11-2026"
    qtbot.keyClicks(made.form.rows["close_reason"].editor.text, "Flyttet til Viborg")
    qtbot.keyClick(made.form.rows["close_reason"].editor.text, *SAVE)
    wait_idle()
    case = read(lambda r: r.get(Case, emma))
    assert (case.closed_on, case.close_reason, case.active) == (TODAY, "Flyttet til Viborg", False)
    assert page.header.closed.words.text() == "Afsluttet 21. november 2026: Flyttet til Viborg"
    assert read(lambda r: r.drafts()) == []
    click(qtbot, page.header.reopen_button)
    wait_idle()
    assert read(lambda r: r.get(Case, emma)).active
    assert not page.header.closed.isVisible()


def test_looking_at_the_form_that_closes_a_case_leaves_no_draft(qtbot, house, emma, read, dialog, wait_idle):
    made = dialog(CloseCaseDialog, house, read(lambda r: r.get(Case, emma)))
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    wait_idle()
    assert read(lambda r: r.drafts()) == []


def test_closing_begun_and_left_is_offered_on_the_page_and_listed_under_the_case(
    qtbot, show, house, emma, read, dialog, wait_idle
):
    made = dialog(CloseCaseDialog, house, read(lambda r: r.get(Case, emma)))
    qtbot.keyClicks(made.form.rows["close_reason"].editor.text, "Flyttet")
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    assert (draft.entity, draft.title) == (emma, "Afslut sagen: Emma Louise Holm")
    page = show(emma)
    assert page.notice.words.text() == "Du er begyndt at afslutte sagen. Kladden er gemt."
    click(qtbot, page.notice.button)
    wait_idle()
    again = only(page, CloseCaseDialog)
    assert again.form.rows["close_reason"].editor.text.toPlainText() == "Flyttet"
    again.form.save()
    wait_idle()
    assert not read(lambda r: r.get(Case, emma)).active
    assert read(lambda r: r.drafts()) == []


def test_a_case_is_not_closed_before_it_was_opened(qtbot, house, emma, read, dialog, wait_idle):
    made = dialog(CloseCaseDialog, house, read(lambda r: r.get(Case, emma)))
    line = made.form.rows["closed_on"].editor.control
    line.selectAll()
    qtbot.keyClicks(line, "01-01-2020")
    made.form.save()
    wait_idle()
    assert made.form.rows["closed_on"].problem == "Sagen blev oprettet senere end den dag."
    assert read(lambda r: r.get(Case, emma)).active


def test_opening_again_at_the_limit_shows_the_ways_out(qtbot, show, emma, write, wait_idle, read):
    write(lambda w: cases.close(w, emma, TODAY, ""))
    fill(write, 25)
    page = show(emma)
    click(qtbot, page.header.reopen_button)
    wait_idle()
    made = only(page, LimitDialog)
    made.rows["agreed_by"].editor.line.setText("Tove Lund")
    made.rows["reason"].editor.text.setPlainText("Akut")
    click(qtbot, made.record)
    wait_idle()
    case = read(lambda r: r.get(Case, emma))
    assert case.active
    assert case.limit_exception == AGREED
    assert page.header.excepted.words.text() == "Undtagelse fra loftet: Tove Lund, 21. november 2026"


def test_a_case_above_the_limit_is_excepted_on_its_page(qtbot, show, write, wait_idle, read):
    fill(write, 25)
    case = write(lambda w: cases.register(w, {"child_name": "Akut Barn"}, arrives=True))
    page = show(case)
    assert page.header.above.words.text() == "Over loftet"
    click(qtbot, page.header.exception_button)
    made = only(page, LimitDialog)
    click(qtbot, made.record)
    assert made.rows["agreed_by"].problem == "Skriv, hvilken teamleder der har sagt ja."
    made.rows["agreed_by"].editor.line.setText("Tove Lund")
    click(qtbot, made.record)
    assert made.rows["reason"].problem.startswith("Skriv hvorfor")
    made.rows["reason"].editor.text.setPlainText("Akut")
    click(qtbot, made.record)
    wait_idle()
    assert read(lambda r: r.get(Case, case)).above_limit is False
    assert not page.header.above.isVisible()


# --- A new case ----------------------------------------------------------------------------------------------


def test_a_name_alone_makes_a_case_and_goes_to_it(qtbot, house, dialog, wait_idle, went, read):
    made = dialog(CaseDialog, house)
    assert made.form.rows["child_name"].editor.line.hasFocus()
    assert not made.form.rows["note"].isVisible()
    qtbot.keyClicks(made.form.rows["child_name"].editor.line, "Ida Holm")
    qtbot.keyClick(made.form.rows["child_name"].editor.line, *SAVE)
    wait_idle()
    (case,) = read(lambda r: r.find(Case))
    assert (case.child_name, case.opened_on) == ("Ida Holm", TODAY)
    assert went == [Place("case", case.id)]


def test_an_unborn_child_needs_only_whose_it_is(qtbot, house, dialog, wait_idle, read):
    made = dialog(CaseDialog, house)
    qtbot.keyClicks(made.form.rows["unborn_of"].editor.line, "Maria Holm")
    qtbot.keyClicks(made.form.rows["term"].editor.control, "3/3")
    made.form.save()
    wait_idle()
    (case,) = read(lambda r: r.find(Case))
    assert (case.unborn, case.term) == (True, dt.date(2027, 3, 3))


def test_a_number_from_the_future_is_said_while_it_is_typed(qtbot, house, dialog):
    made = dialog(CaseDialog, house)
    qtbot.keyClicks(made.form.rows["person_number"].editor.line, "611226-4000")
    assert made.form.rows["person_number"].problem.startswith("Nummeret viser en fødselsdato i fremtiden.")


def test_a_possible_duplicate_is_noted_and_both_are_kept(qtbot, house, emma, dialog, wait_idle, read):
    made = dialog(CaseDialog, house)
    qtbot.keyClicks(made.form.rows["child_name"].editor.line, "E. Holm")
    qtbot.keyClicks(made.form.rows["person_number"].editor.line, "610119-4000")
    made._look_for_the_same()
    wait_idle()
    assert made.duplicate.words.text() == (
        "Det kan være samme barn som Emma Louise Holm (en åben sag). Begge beholdes, hvis du opretter sagen."
    )
    made.form.save()
    wait_idle()
    assert len(read(lambda r: r.find(Case))) == 2


def test_both_of_two_possible_duplicates_say_so_on_their_page(show, emma, write, went, qtbot):
    other = write(lambda w: cases.register(w, {"child_name": "E. Holm", "person_number": "610119-4000"}))
    page = show(emma)
    assert page.notice.words.text() == "Det kan være samme barn som E. Holm. Begge sager beholdes."
    click(qtbot, page.notice.button)
    assert went == [Place("case", other)]


def test_the_26th_case_is_refused_with_ways_out_and_the_draft_is_kept(
    qtbot, house, write, dialog, wait_idle, went, read
):
    fill(write, 25)
    made = dialog(CaseDialog, house)
    qtbot.keyClicks(made.form.rows["child_name"].editor.line, "Nummer 26")
    made.form.save()
    wait_idle()
    limit = only(made, LimitDialog)
    click(qtbot, limit.close_one)
    wait_idle()
    assert went == [Place("caseload")]
    assert [draft.key for draft in read(lambda r: r.drafts())] == [DRAFT_KEY]
    assert read(cases.active_count) == 25


def test_the_26th_case_is_registered_with_the_team_leaders_exception(
    qtbot, house, write, dialog, wait_idle, read
):
    fill(write, 25)
    made = dialog(CaseDialog, house)
    qtbot.keyClicks(made.form.rows["child_name"].editor.line, "Nummer 26")
    made.form.save()
    wait_idle()
    limit = only(made, LimitDialog)
    limit.rows["agreed_by"].editor.line.setText("Tove Lund")
    limit.rows["reason"].editor.text.setPlainText("Akut")
    click(qtbot, limit.record)
    wait_idle()
    (case,) = read(lambda r: [c for c in r.find(Case) if c.child_name == "Nummer 26"])
    assert (case.limit_exception, case.above_limit) == (AGREED, False)
    assert read(lambda r: r.drafts()) == []


def test_escape_keeps_the_draft_of_a_new_case_and_cancel_discards_it(qtbot, house, dialog, wait_idle, read):
    made = dialog(CaseDialog, house)
    qtbot.keyClicks(made.form.rows["child_name"].editor.line, "Ida")
    qtbot.keyClick(made, Qt.Key.Key_Escape)
    wait_idle()
    assert [draft.title for draft in read(lambda r: r.drafts())] == ["Ny sag: Ida"]
    again = dialog(CaseDialog, house)
    assert again.form.rows["child_name"].editor.line.text() == "Ida"
    click(qtbot, again.form.footer.cancel)
    wait_idle()
    assert read(lambda r: r.drafts()) == []


def test_history_and_link_are_reached_from_the_page(qtbot, show, emma, oscar, wait_idle):
    page = show(emma)
    click(qtbot, page.overview.link)
    wait_idle()
    only(page, SiblingDialog).close()
    click(qtbot, page.header.history_button)
    wait_idle()
    from ui.dialogs.history_dialog import HistoryDialog

    only(page, HistoryDialog).close()


def test_siblings_in_the_list_keep_how_they_are_siblings(show, emma, oscar, write):
    write(lambda w: cases.link_siblings(w, emma, oscar, SiblingKind.HALF))
    labels = [label.text() for label in show(emma).overview.findChildren(type(show(emma).header.name))]
    assert "Oscar Holm – Halvsøskende" in labels


def test_what_a_place_asks_for_is_done_in_the_case_it_names_and_not_in_the_one_before(
    qtbot, house, write, read, wait_idle
):
    emma, noah = (
        write(lambda w, name=name: cases.register(w, {"child_name": name, "born": dt.date(2014, 3, 2)}))
        for name in ("Emma Holm", "Noah Lund")
    )
    page = CasePage(house)
    qtbot.addWidget(page)
    house.tasks.touched.connect(page.follow)
    page.show()
    for case, begun in ((emma, 1), (noah, 2)):
        page.leave()
        page.show_thing(case, "journal:entries:new")
        for _turn in range(5):
            wait_idle()
            QApplication.processEvents()
        drafts = read(lambda r: r.find(EntryDraft, cancelled=True))
        assert len(drafts) == begun
        assert drafts[-1].case == case


def test_a_tab_that_is_clicked_puts_the_keyboard_in_its_section(qtbot, show, emma):
    page = show(emma)
    people = page.tabs.tabRect(list(TAB_LABELS).index("people")).center()
    click_at = {"pos": people}
    qtbot.mouseClick(page.tabs, Qt.MouseButton.LeftButton, **click_at)
    assert page.sections.current == "people"
    assert page.people.tree.hasFocus() or page.people.isAncestorOf(page.focusWidget())
