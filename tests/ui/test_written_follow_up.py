"""What is written can be opened, changed and taken back; exceptions end; a missing day leads to its field."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case
from caseworker_app.domain.follow_up import (
    ChildTalk,
    DeadlineMark,
    FollowUp,
    FollowUpException,
    RhythmDecision,
    TalkState,
    Way,
)
from caseworker_app.domain.intervention import Intervention, InterventionKind
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.person import Role
from caseworker_app.domain.plan import Goal, GoalStatus
from caseworker_app.services import (
    cases,
    follow_up_terms,
    follow_ups,
    goals,
    history,
    interventions,
    journal,
    people,
    plans,
    settling,
)
from caseworker_app.services.deadline import Work
from caseworker_app.services.follow_ups import Held, Review, Talk
from tests.ui.doors import NoDoors
from ui.dialogs.assessment_dialog import AssessmentDialog
from ui.dialogs.exceptions_dialog import EndExceptionDialog, ExceptionsDialog
from ui.dialogs.follow_ups_dialog import FollowUpsDialog
from ui.dialogs.intervention_dialog import InterventionDialog
from ui.dialogs.rhythm_dialog import RhythmDialog
from ui.dialogs.written_follow_up_dialog import WrittenFollowUpDialog
from ui.house import Place
from ui.main_window import MainWindow
from ui.pages.case_page import CasePage
from ui.widgets.line_button import LineButton

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
BOOKS = ShippedBooks()
START, DUE, TODAY = dt.date(2026, 11, 5), dt.date(2026, 11, 19), dt.date(2026, 11, 21)


def register(write, read, case, kind, start=START, **values):
    offered = read(lambda r: BOOKS.catalogue(r)).catalogue.offered(start)
    entry = next(e for e in offered if e.kind is kind and (e.rule or kind is not InterventionKind.FOSTER))
    given = {"start": start, "purpose": "Ro", "expected_duration": "2 år", **values}
    return write(lambda w: interventions.register(w, case, entry, given))


@pytest.fixture
def emma(write):
    def make(w):
        case = cases.register(w, {"child_name": "Emma Holm", "born": dt.date(2015, 3, 1)})
        w.flush()
        people.add(w, case, {"name": "Maria Holm", "role": Role.MOTHER})
        return case

    return write(make)


@pytest.fixture
def foster(write, read, emma):
    return register(write, read, emma, InterventionKind.FOSTER, name="Plejefamilien Krogh", decided_on=START)


@pytest.fixture
def held(write, foster):
    talk = Talk(child_words="Jeg har en lilla væg", assessment="Tryg")
    what = Held(foster, dt.date(2026, 11, 20), DUE, way=Way.VISIT, participants=("Emma",), talk=talk)
    return write(lambda w: follow_ups.hold(w, BOOKS.rules(w), what))


@pytest.fixture
def settle(qtbot, wait_idle):
    """Wait until what was asked, and what that asks again, is shown."""

    def wait():
        for _again in range(3):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, settle):
    made = CasePage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1222, 694)
    made.show()

    def show(case):
        made.show_thing(case, "follow_up")
        settle()
        return made.follow_up.made("follow_up")

    return show


@pytest.fixture
def desk(page, emma):
    return page(emma)


def dialog(within, cls):
    (found,) = [d for d in within.findChildren(cls) if d.isVisible()]
    return found


def settled(desk, work=Work.FOLLOW_UP, *, law=False):
    desk.settled.setChecked(True)
    one = next(
        r.deadline
        for r in desk.list.rows()
        if r.deadline and not r.deadline.open and r.deadline.work is work and r.deadline.law is law
    )
    desk.list.choose(one)
    return one


@pytest.fixture
def opened(qtbot, held, page, emma, settle):
    """Open the held follow-up from the list of what is settled, by the keyboard."""
    desk = page(emma)
    settled(desk)
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    settle()
    return dialog(desk, WrittenFollowUpDialog)


# --- A held follow-up opened ---------------------------------------------------------------------------------


def test_a_settled_row_opens_the_follow_up_by_key_with_everything_that_was_written(opened, foster):
    whole, (talk,) = opened.whole, opened.talks.values()
    assert QApplication.focusWidget() is whole.rows["held_on"].editor.control
    assert (whole.value("held_on"), whole.value("written_on")) == (dt.date(2026, 11, 20), TODAY)
    assert (whole.value("way"), whole.value("participants")) == (Way.VISIT, ("Emma",))
    assert talk.value("child_words") == "Jeg har en lilla væg"
    assert "19. november 2026" in opened.about.text()
    assert not talk.rows["reason"].isVisible()
    assert not opened.footer.save.isEnabled()


def test_it_opens_by_the_mouse_too_from_the_row_of_the_local_standard_and_of_the_law(
    qtbot, held, page, emma, settle
):
    desk = page(emma)
    for law in (False, True):
        settled(desk, law=law)
        assert desk.why.do.text() == "Åbn opfølgningen …"
        qtbot.mouseClick(desk.why.do, Qt.MouseButton.LeftButton)
        settle()
        shown = dialog(desk, WrittenFollowUpDialog)
        assert shown.written.view.follow_up.id == held
        shown.close()


def test_follow_up_and_talk_are_changed_in_one_act_by_the_keyboard(qtbot, opened, held, read, write, settle):
    (talk,) = opened.talks.values()
    qtbot.keyClicks(opened.whole.rows["place"].editor.line, "Hos plejemor")
    qtbot.keyClicks(talk.rows["assessment"].editor.text, " nu")
    opened.whole.rows["written_on"].editor.day.line.setFocus()
    opened.whole.set_value("held_on", dt.date(2026, 11, 18))
    talk.set_value("held_on", dt.date(2026, 11, 18))
    assert opened.footer.save.isEnabled()
    qtbot.keyClick(opened, *SAVE)
    settle()
    now, (said,) = read(lambda r: r.get(FollowUp, held)), read(lambda r: r.find(ChildTalk))
    assert (now.place, now.held_on, now.written_on) == ("Hos plejemor", dt.date(2026, 11, 18), TODAY)
    assert "nu" in said.assessment
    (entry,) = read(lambda r: r.find(Entry))
    assert said.assessment in entry.text
    assert read(lambda r: r.drafts()) == []
    write(history.undo)
    assert read(lambda r: r.get(FollowUp, held)).place == ""
    assert read(lambda r: r.find(ChildTalk))[0].assessment == "Tryg"


def test_only_the_talk_is_changed(qtbot, opened, read, settle):
    (talk,) = opened.talks.values()
    qtbot.keyClicks(talk.rows["child_words"].editor.text, "Hej. ")
    qtbot.mouseClick(opened.footer.save, Qt.MouseButton.LeftButton)
    settle()
    assert read(lambda r: r.find(ChildTalk))[0].child_words.count("Hej.") == 1
    assert read(lambda r: r.drafts()) == []


def test_what_is_wrong_in_the_talk_stands_beside_the_talks_field(qtbot, opened, read, settle):
    (talk,) = opened.talks.values()
    qtbot.keyClicks(opened.whole.rows["place"].editor.line, "Hjemme")
    talk.set_value("state", TalkState.NOT_HELD)
    opened.save()
    settle()
    assert talk.rows["reason"].problem
    assert read(lambda r: r.find(ChildTalk))[0].state is TalkState.HELD
    qtbot.keyClicks(talk.rows["reason"].editor.text, "Emma sov")
    opened.save()
    settle()
    (now,) = read(lambda r: r.find(ChildTalk))
    assert (now.state, now.held_on, now.reason) == (TalkState.NOT_HELD, None, "Emma sov")


def test_another_way_is_not_offered_and_a_day_that_has_not_come_is_refused(opened, settle):
    phone = opened.whole.rows["way"].editor.combo.model().item(list(Way).index(Way.PHONE))
    assert not phone.isEnabled()
    opened.whole.set_value("held_on", dt.date(2026, 11, 25))
    opened.save()
    settle()
    assert opened.whole.rows["held_on"].problem
    opened.close()


def test_what_was_begun_to_be_changed_is_offered_again(qtbot, opened, page, emma, settle):
    (talk,) = opened.talks.values()
    qtbot.keyClicks(talk.rows["child_words"].editor.text, "Mere: ")
    qtbot.keyClick(opened, Qt.Key.Key_Escape)
    settle()
    desk = page(emma)
    assert "skreven opfølgning" in desk.notice.words.text()
    qtbot.mouseClick(desk.notice.button, Qt.MouseButton.LeftButton)
    settle()
    again = dialog(desk, WrittenFollowUpDialog)
    (talk,) = again.talks.values()
    assert talk.value("child_words").startswith("Mere: ") or "Mere: " in talk.value("child_words")
    qtbot.mouseClick(again.footer.cancel, Qt.MouseButton.LeftButton)
    settle()
    assert not page(emma).notice.isVisible() or "skreven" not in desk.notice.words.text()


def test_a_signed_entry_is_said_to_stay(qtbot, held, write, read, page, emma, settle):
    (entry,) = read(lambda r: r.find(Entry))
    write(lambda w: journal.sign(w, entry.id))
    desk = page(emma)
    settled(desk)
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    settle()
    shown = dialog(desk, WrittenFollowUpDialog)
    assert "underskrevet" in shown.about.text()
    shown.close()


def test_the_language_changes_the_written_follow_up(opened):
    i18n.set_language("en")
    assert opened.back.text() == "Take the follow-up back"
    assert "19 November 2026" in opened.about.text()
    opened.close()


# --- Taken back ----------------------------------------------------------------------------------------------


def open_days(desk):
    return [
        r.deadline.due
        for r in desk.list.rows()
        if r.deadline and r.deadline.open and r.deadline.work is Work.FOLLOW_UP and not r.deadline.law
    ]


def test_taking_back_makes_the_due_date_open_again_and_undo_brings_it_back(
    qtbot, opened, desk, read, write, said, settle
):
    assert DUE not in open_days(desk)
    qtbot.mouseClick(opened.back, Qt.MouseButton.LeftButton)
    settle()
    assert DUE in open_days(desk)
    assert read(lambda r: r.find(FollowUp)) == []
    assert read(lambda r: r.find(Entry)) == []
    assert "Ctrl+Z" in said[-1]
    write(history.undo)
    assert len(read(lambda r: r.find(FollowUp))) == len(read(lambda r: r.find(ChildTalk))) == 1


def test_taking_back_says_which_goals_and_dates_stand_as_before(
    qtbot, foster, desk, page, emma, write, read, said, settle
):
    plan = write(lambda w: plans.begin(w, emma))
    goal = write(lambda w: goals.add(w, plan, {"text": "Emma går i skole"}))
    review = Review(goal, value=9, status=GoalStatus.GIVEN_UP)
    talk = Talk(child_words="Ja")
    what = Held(foster, dt.date(2026, 11, 20), DUE, way=Way.VISIT, talk=talk, reviews=(review,))
    write(lambda w: follow_ups.hold(w, BOOKS.rules(w), what))
    page(emma)
    settled(desk)
    qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    settle()
    assert read(lambda r: r.get(Goal, goal)).status is GoalStatus.DRAFT
    assert "Mål, der står som før: „Emma går i skole“." in said[-1]


# --- A talk that nobody had written --------------------------------------------------------------------------


@pytest.fixture
def without_talk(write, foster):
    what = Held(foster, dt.date(2026, 11, 20), None, way=Way.PHONE, participants=("Emma",))
    return write(lambda w: follow_ups.hold(w, BOOKS.rules(w), what))


@pytest.fixture
def opens(qtbot, house, read, emma, settle):
    """Open a follow-up that is written."""
    behind = QWidget()
    qtbot.addWidget(behind)

    def open_(follow_up):
        (case,) = read(lambda r: r.find(Case))
        shown = WrittenFollowUpDialog(house, case, follow_up, behind)
        shown.open()
        settle()
        return shown

    return open_


def test_a_talk_is_written_afterwards_in_one_act_with_what_else_is_changed(
    qtbot, without_talk, opens, read, write, settle
):
    shown = opens(without_talk)
    assert shown.add.isVisible()
    assert not shown.talks
    qtbot.mouseClick(shown.add, Qt.MouseButton.LeftButton)
    settle()
    form = shown.added
    assert not shown.add.isVisible()
    assert (form.value("held_on"), form.value("way")) == (dt.date(2026, 11, 20), Way.PHONE)
    assert form.value("participants") == ("Emma",)
    assert not shown.footer.save.isEnabled()
    qtbot.keyClicks(form.rows["child_words"].editor.text, "Jeg glæder mig")
    qtbot.keyClicks(shown.whole.rows["place"].editor.line, "Telefon")
    qtbot.keyClick(shown, *SAVE)
    settle()
    (talk,), (entry,) = read(lambda r: r.find(ChildTalk)), read(lambda r: r.find(Entry))
    assert (talk.follow_up, talk.child_words, talk.way) == (without_talk, "Jeg glæder mig", Way.PHONE)
    assert (entry.heading, entry.source) == ("Børnesamtale", talk.id)
    assert read(lambda r: r.get(FollowUp, without_talk)).place == "Telefon"
    assert read(lambda r: r.drafts()) == []
    write(history.undo)
    assert read(lambda r: (r.find(ChildTalk), r.find(Entry))) == ([], [])
    assert read(lambda r: r.get(FollowUp, without_talk)).place == ""


def test_a_talk_begun_afterwards_is_kept_and_taken_up_again(qtbot, without_talk, opens, read, settle):
    shown = opens(without_talk)
    qtbot.mouseClick(shown.add, Qt.MouseButton.LeftButton)
    settle()
    qtbot.keyClicks(shown.added.rows["child_words"].editor.text, "Jeg")
    shown.close()
    settle()
    (draft,) = read(lambda r: r.drafts())
    assert (draft.entity_type, draft.entity) == ("child_talk", without_talk)
    again = opens(without_talk)
    assert again.added.value("child_words") == "Jeg"
    again.footer.cancel.click()
    settle()
    assert read(lambda r: (r.drafts(), r.find(ChildTalk))) == ([], [])


def test_what_is_wrong_in_a_talk_written_afterwards_stands_beside_its_field(
    qtbot, without_talk, opens, read, settle
):
    shown = opens(without_talk)
    qtbot.mouseClick(shown.add, Qt.MouseButton.LeftButton)
    settle()
    shown.added.set_value("state", TalkState.NOT_HELD)
    qtbot.keyClicks(shown.whole.rows["place"].editor.line, "Telefon")
    shown.save()
    settle()
    assert shown.added.rows["reason"].problem
    assert read(lambda r: r.find(ChildTalk)) == []
    assert read(lambda r: r.get(FollowUp, without_talk)).place == ""
    shown.footer.cancel.click()


def test_a_follow_up_with_its_talk_offers_no_second_one(opened):
    assert not opened.add.isVisible()


def test_delete_takes_back_what_settled_a_row(qtbot, held, desk, read, settle):
    settled(desk)
    assert desk.why.waive.text() == "Tag det tilbage"
    qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    settle()
    assert DUE in open_days(desk)


def test_what_was_said_to_be_done_is_opened_again_by_the_mouse(qtbot, foster, desk, write, read, settle):
    visit = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.SUPERVISION)
    desk.do(visit)
    settle()
    from ui.dialogs.waive_dialog import DoneDialog

    dialog(desk, DoneDialog).form.save()
    settle()
    settled(desk, Work.SUPERVISION, law=True)
    assert not desk.why.do.isVisible()
    qtbot.mouseClick(desk.why.waive, Qt.MouseButton.LeftButton)
    settle()
    assert read(lambda r: r.find(DeadlineMark)) == []


def test_a_waived_date_says_why_and_can_be_taken_back(qtbot, foster, write, desk, page, emma, read, settle):
    write(lambda w: settling.waive(w, BOOKS.rules(w), foster, "local:foster", DUE, "Plejemor var syg"))
    page(emma)
    settled(desk)
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    settle()
    shown = dialog(desk, WrittenFollowUpDialog)
    assert "Plejemor var syg" in shown.about.text()
    assert QApplication.focusWidget() is shown.back
    qtbot.keyClick(shown.back, Qt.Key.Key_Space)
    settle()
    assert read(lambda r: r.find(FollowUp)) == []


def test_the_list_of_an_intervention_has_contacts_too(
    qtbot, held, foster, write, desk, page, emma, read, settle
):
    contact = Held(foster, dt.date(2026, 11, 21), None, way=Way.PHONE)
    write(lambda w: follow_ups.hold(w, BOOKS.rules(w), contact))
    page(emma)
    desk.cards.cards[0].asked.emit("follow_ups")
    settle()
    shown = dialog(desk, FollowUpsDialog)
    rows = [shown.list.item(n).text() for n in range(shown.list.count())]
    assert len(rows) == 2
    assert "kontakt ud over fristerne" in rows[0]
    qtbot.keyClick(shown.list, Qt.Key.Key_Return)
    settle()
    dialog(shown, WrittenFollowUpDialog).close()
    qtbot.keyClick(shown.list, Qt.Key.Key_Delete)
    settle()
    assert [one.id for one in read(lambda r: r.find(FollowUp))] == [held]
    assert shown.list.count() == 1
    shown.close()


# --- Exceptions ----------------------------------------------------------------------------------------------


def test_an_exception_is_seen_and_ended_with_a_day_and_a_reason(
    qtbot, foster, write, read, desk, page, emma, settle, said
):
    values = {
        "kind": "far_away", "agreed_by": "Hanne Lund", "agreed_on": dt.date(2026, 11, 10), "reason": "85 km væk",
        "serves_child": "Mindre uro",
    }  # fmt: skip
    local = read(lambda r: BOOKS.rules(r)).local.last
    made = write(lambda w: follow_up_terms.record_exception(w, local, foster, values))
    page(emma)
    card = desk.cards.cards[0]
    assert "Undtagelserne …" in [action.text() for action in card.more.actions()]
    card.asked.emit("exceptions")
    settle()
    shown = dialog(desk, ExceptionsDialog)
    assert QApplication.focusWidget() is shown.ends[made]
    qtbot.keyClick(shown.ends[made], Qt.Key.Key_Space)
    settle()
    asked = dialog(shown, EndExceptionDialog)
    asked.form.save()
    settle()
    assert asked.form.rows["end_reason"].problem
    qtbot.keyClicks(asked.form.rows["end_reason"].editor.text, "Emma flytter tættere på")
    asked.form.set_value("ended_on", dt.date(2026, 11, 20))
    qtbot.keyClick(asked, *SAVE)
    settle()
    ended = read(lambda r: r.get(FollowUpException, made))
    assert (ended.ended_on, ended.end_reason) == (dt.date(2026, 11, 20), "Emma flytter tættere på")
    assert "Ctrl+Z" in said[-1]
    assert shown.ends == {}
    words = " ".join(label.text() for label in shown.cards[0].findChildren(type(shown.heading)))
    assert "Ophørt: 20. november 2026" in words
    assert "Emma flytter tættere på" in words
    shown.close()


# --- Days and deadlines --------------------------------------------------------------------------------------


def test_a_missing_day_of_the_decision_is_said_and_one_click_leads_to_its_field(
    qtbot, write, read, emma, desk, page, settle
):
    made = register(write, read, emma, InterventionKind.FOSTER, name="Plejefamilien Krogh")
    page(emma)
    (line,) = desk.missing
    assert line.words == "Afgørelsesdato mangler: Plejefamilien Krogh"
    assert "Barnets plan" in line.toolTip()
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    settle()
    asked = dialog(desk, InterventionDialog)
    field = asked.form.rows["decided_on"].editor
    assert QApplication.focusWidget() is field.control
    assert not field.visibleRegion().isEmpty()
    qtbot.keyClicks(field.day.line, "1/11")
    qtbot.keyClick(asked, *SAVE)
    settle()
    assert read(lambda r: r.get(Intervention, made)).decided_on == dt.date(2026, 11, 1)
    assert desk.missing == []


def test_the_law_that_sets_no_date_is_said_on_the_card_with_its_source(write, read, emma, desk, page):
    register(write, read, emma, InterventionKind.EARLY)
    page(emma)
    (card,) = desk.cards.cards
    said = " ".join(one.words for one in card.minded)
    assert "Ingen lokal opfølgningsregel" in said
    assert "Loven sætter ingen opfølgningsdato" in said
    assert "BL § 95, stk. 1" in said


def test_aftercare_has_the_statute_alone(write, read, emma, desk, page):
    register(write, read, emma, InterventionKind.AFTERCARE)
    page(emma)
    rows = [(r.words, r.law) for r in desk.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP]
    assert rows
    assert {law for _words, law in rows} == {"Lov, ikke kontrolleret"}
    one = next(r for r in desk.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP)
    desk.list.choose(one.deadline)
    assert "(ikke kontrolleret; tjek lovteksten)" in desk.why.texts["source"].text()
    assert "ikke kontrolleret mod Retsinformation" in desk.why.texts["note"].text()


def test_an_assessment_made_earlier_is_recorded_with_its_hour(qtbot, write, read, emma, desk, page, settle):
    def tell(w):
        w.act("Record a notification")
        stream = read(lambda r: r.get(cases.Case, emma)).stream
        at = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
        w.create(Notification(id=w.new_id(), stream=stream, received_at=at))

    write(tell)
    page(emma)
    running = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.ASSESSMENT)
    desk.list.choose(running)
    qtbot.mouseClick(desk.why.do, Qt.MouseButton.LeftButton)
    settle()
    asked = dialog(desk, AssessmentDialog)
    moment = asked.form.rows["assessed_at"].editor
    moment.hour.selectAll()
    qtbot.keyClicks(moment.hour, "9.99")
    asked.form.save()
    settle()
    assert asked.form.rows["assessed_at"].problem
    moment.hour.selectAll()
    qtbot.keyClicks(moment.hour, "8.15")
    qtbot.keyClicks(asked.form.rows["assessment"].editor.text, "Ingen akut fare")
    qtbot.keyClick(asked, *SAVE)
    settle()
    (told,) = read(lambda r: r.find(Notification))
    assert told.assessed_at == dt.datetime(2026, 11, 21, 7, 15, tzinfo=dt.UTC)
    assert (told.assessed_by, told.assessment) == ("Lone Kjær", "Ingen akut fare")
    settled(desk, Work.ASSESSMENT, law=True)
    qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    settle()
    assert read(lambda r: r.find(Notification))[0].assessed_at is None


# --- The warning of BL § 95 ----------------------------------------------------------------------------------


@pytest.fixture
def window(qtbot, dressed, tasks, papers, settings, store, settle):
    made = MainWindow(tasks, NoDoors(), papers, settings, ShippedBooks())
    qtbot.addWidget(made)
    made.resize(1366, 728)
    made.show()
    made.enter(store)
    settle()
    return made


def test_the_warning_on_i_dag_leads_to_the_case_and_there_to_the_decision(
    qtbot, window, held, foster, read, settle
):
    window.navigator.go(Place("today"))
    settle()
    today = window.navigator.page
    (line,) = [
        one
        for one in today.findChildren(LineButton)
        if one.words == "Emma Holm" and "§ 95" in one.accessibleName()
    ]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    settle()
    assert window.navigator.place.page == "case"
    desk = window.navigator.page.follow_up.made("follow_up")
    assert "§ 95" in desk.notice.words.text()
    qtbot.mouseClick(desk.notice.button, Qt.MouseButton.LeftButton)
    settle()
    asked = dialog(desk, RhythmDialog)
    qtbot.keyClicks(asked.form.rows["rhythm"].editor.line, "3")
    qtbot.keyClicks(asked.form.rows["reasons"].editor.text, "Stabil placering")
    qtbot.keyClicks(asked.form.rows["child_wish"].editor.text, "Ikke så tit")
    qtbot.keyClick(asked, *SAVE)
    settle()
    (decision,) = read(lambda r: r.find(RhythmDecision))
    assert decision.intervention == foster
    assert not desk.notice.isVisible()


def test_the_missing_decision_is_recorded_from_its_row_by_the_keyboard(qtbot, held, desk, settle):
    row = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.RHYTHM)
    desk.list.choose(row)
    qtbot.keyClick(desk.list, Qt.Key.Key_Return)
    settle()
    asked = dialog(desk, RhythmDialog)
    assert QApplication.focusWidget() is asked.form.rows["rhythm"].editor.line
    asked.close()
