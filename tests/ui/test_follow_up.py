"""Plan og opfølgning: what is due in a case, why, and a follow-up held in one flow."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from caseworker_app import i18n
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.case import Case, SiblingKind
from caseworker_app.domain.follow_up import ChildTalk, DeadlineMark, FollowUp, RhythmDecision, TalkState, Way
from caseworker_app.domain.intervention import InterventionKind
from caseworker_app.domain.journal import CHILD_TALK_HEADING, Entry
from caseworker_app.domain.person import Role
from caseworker_app.domain.plan import Goal, GoalStatus, ProgressMark
from caseworker_app.services import cases, follow_ups, goals, interventions, people, plans
from caseworker_app.services.deadline import Work
from caseworker_app.services.follow_ups import Held, Talk
from ui.dialogs.follow_up_dialog import FollowUpDialog
from ui.dialogs.intervention_dialog import InterventionDialog
from ui.dialogs.rhythm_dialog import RhythmDialog
from ui.dialogs.waive_dialog import DoneDialog, WaiveDialog
from ui.pages.case_page import CasePage

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
BOOKS = ShippedBooks()
START = dt.date(2026, 11, 5)
"""A foster placement begun a fortnight and two days ago: the first follow-up was due on Thursday 19 November."""


def register(write, read, case, kind, start=START, **values):
    """Register the first intervention of a kind that has a local rule."""
    offered = read(lambda r: BOOKS.catalogue(r)).catalogue.offered(start)
    entry = next(e for e in offered if e.kind is kind and (e.rule or kind is InterventionKind.EARLY))
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
    return register(write, read, emma, InterventionKind.FOSTER, name="Plejefamilien Krogh")


@pytest.fixture
def goal(write, emma):
    plan = write(lambda w: plans.begin(w, emma))
    return write(lambda w: goals.add(w, plan, {"text": "Emma er i skole hver dag"}))


@pytest.fixture
def page(qtbot, house, tasks, wait_idle):
    made = CasePage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1222, 694)
    made.show()

    def show(case):
        made.show_thing(case, "follow_up")
        wait_idle()
        wait_idle()
        return made.follow_up.made("follow_up")

    return show


@pytest.fixture
def hold(qtbot, page, emma, wait_idle):
    """Open the form of a follow-up from the list."""

    def opened(case=None):
        desk = page(case or emma)
        late = next(
            row.deadline for row in desk.list.rows() if row.deadline and row.deadline.work is Work.FOLLOW_UP
        )
        desk.list.choose(late)
        qtbot.keyClick(desk.list, Qt.Key.Key_Return)
        wait_idle()
        wait_idle()
        return dialog(desk, FollowUpDialog)

    return opened


def dialog(desk, cls):
    (found,) = [d for d in desk.findChildren(cls) if d.isVisible()]
    return found


def words(desk):
    return [(row.words, row.late, row.law) for row in desk.list.rows()]


# --- What is due, and why ------------------------------------------------------------------------------------


def test_local_standard_and_law_stand_in_one_list_by_date(page, emma, foster):
    shown = words(page(emma))
    assert shown[0][0] == "Overskredet"
    assert ("Opfølgning: Plejefamilien Krogh", "2 dage over fristen", "Lokal standard") in shown
    assert any(law == "Lov" and what.startswith("Opfølgning") for what, _late, law in shown)
    dates = [row.deadline.due for row in page(emma).list.rows() if row.deadline]
    assert dates == sorted(dates)


def test_the_first_row_says_why(page, emma, foster):
    desk = page(emma)
    follow_up = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP)
    desk.list.choose(follow_up)
    said = {name: label.text() for name, label in desk.why.texts.items()}
    assert said["why"].startswith("Lokal standard: 2 uger efter starten den 5. november 2026")
    assert "Herningmodellen" in said["source"]
    assert "Barnets lov" not in said["source"]
    assert "barn eller ung" in said["who"]
    assert "Børnesamtale" in said["out"]
    assert said["how"].startswith("Fuld")
    assert "mandag den 23. november 2026" in said["day"]


def test_law_that_was_not_verified_says_so(page, emma, foster):
    desk = page(emma)
    for row in desk.list.rows():
        if (
            row.deadline is not None
            and not isinstance(row.deadline.item, type(None))
            and row.law.startswith("Lov,")
        ):
            desk.list.choose(row.deadline)
            assert desk.why.texts["why"].text().startswith("Lov, ikke")
            return
    assert all(not row.law.startswith("Lov,") for row in desk.list.rows())


def test_an_intervention_without_a_local_rule_says_so(page, emma, write, read):
    register(write, read, emma, InterventionKind.EARLY)
    desk = page(emma)
    (card,) = desk.cards.cards
    assert "Ingen lokal opfølgningsregel" in [one.words for one in card.minded]


def test_a_case_without_interventions_says_what_to_do(page, emma):
    desk = page(emma)
    assert desk._empty.text() == (
        "Der er ingen frister. Registrér en indsats, så kommer fristerne af sig selv."
    )


def test_what_a_visit_could_settle_for_a_sibling_is_said(page, emma, foster, write, read):
    oscar = write(lambda w: cases.register(w, {"child_name": "Oscar Holm"}))
    write(lambda w: cases.link_siblings(w, emma, oscar, SiblingKind.FULL))
    register(write, read, oscar, InterventionKind.FOSTER, name="Plejefamilien Krogh")
    desk = page(emma)
    follow_up = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP)
    desk.list.choose(follow_up)
    assert "Oscar Holm: Opfølgning" in desk.why.texts["together"].text()


# --- Waived, and done ----------------------------------------------------------------------------------------


def test_a_late_follow_up_is_waived_with_a_reason(qtbot, page, emma, foster, wait_idle, read):
    desk = page(emma)
    late = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.FOLLOW_UP)
    desk.list.choose(late)
    qtbot.keyClick(desk.list, Qt.Key.Key_Delete)
    wait_idle()
    asked = dialog(desk, WaiveDialog)
    asked.form.save()
    wait_idle()
    assert asked.form.rows["note"].problem
    qtbot.keyClicks(asked.form.rows["note"].editor.text, "Plejemor var syg; talt i telefon")
    asked.form.save()
    wait_idle()
    (waived,) = read(lambda r: r.find(FollowUp))
    assert (waived.due, waived.waiver.reason) == (dt.date(2026, 11, 19), "Plejemor var syg; talt i telefon")
    wait_idle()
    assert not any(row.deadline and row.deadline.due == waived.due and not row.deadline.law
                   and row.deadline.work is Work.FOLLOW_UP for row in desk.list.rows())  # fmt: skip
    desk.settled.setChecked(True)
    assert any(row.late == "Frafaldet" for row in desk.list.rows())


def test_what_is_no_follow_up_is_said_to_be_done(qtbot, page, emma, foster, wait_idle, read):
    desk = page(emma)
    visit = next(r.deadline for r in desk.list.rows() if r.deadline and r.deadline.work is Work.SUPERVISION)
    desk.list.choose(visit)
    qtbot.mouseClick(desk.why.do, Qt.MouseButton.LeftButton)
    wait_idle()
    dialog(desk, DoneDialog).form.save()
    wait_idle()
    (mark,) = read(lambda r: r.find(DeadlineMark))
    assert mark.done_on == dt.date(2026, 11, 21)


# --- Held in one flow ----------------------------------------------------------------------------------------


def test_a_follow_up_is_held_in_one_flow_by_the_keyboard(qtbot, hold, foster, goal, read, wait_idle):
    asked = hold()
    form = asked.form
    assert QApplication.focusWidget() is form.rows["held_on"].editor.control
    form.set_value("held_on", dt.date(2026, 11, 20))
    form.set_value("way", Way.VISIT)
    who = form.rows["participants"].editor
    assert list(who.boxes) == ["Emma", "Lone Kjær (socialrådgiver)", "Maria Holm (mor)"]
    qtbot.mouseClick(who.boxes["Emma"], Qt.MouseButton.LeftButton)
    qtbot.keyClicks(form.rows["child_words"].editor.text, "Jeg har en lilla væg")
    qtbot.keyClicks(form.rows["assessment"].editor.text, "Emma er tryg")
    form.set_value(f"{goal.hex()}:value", 4)
    form.set_value("new_goals", form.rows["new_goals"].editor._values[2])
    qtbot.keyClicks(form.rows["new_goals_reason"].editor.line, "Målene passer stadig")
    qtbot.mouseClick(form.suggestion, Qt.MouseButton.LeftButton)
    qtbot.keyClick(asked, *SAVE)
    wait_idle()
    (written,) = read(lambda r: r.find(FollowUp))
    assert (written.due, written.held_on, written.written_on) == (
        dt.date(2026, 11, 19), dt.date(2026, 11, 20), dt.date(2026, 11, 21),
    )  # fmt: skip
    assert (written.way, written.participants) == (Way.VISIT, ("Emma",))
    assert written.next_on == dt.date(2026, 12, 31)
    (talk,) = read(lambda r: r.find(ChildTalk))
    assert (talk.state, talk.child_words, talk.assessment) == (
        TalkState.HELD, "Jeg har en lilla væg", "Emma er tryg",
    )  # fmt: skip
    (entry,) = read(lambda r: r.find(Entry))
    assert entry.heading == CHILD_TALK_HEADING
    (mark,) = read(lambda r: r.find(ProgressMark))
    assert (mark.goal, mark.value, mark.follow_up) == (goal, 4, written.id)
    assert read(lambda r: r.drafts()) == []


def test_the_talk_is_asked_for(hold, foster, wait_idle, read):
    asked = hold()
    asked.save()
    wait_idle()
    assert asked.form.rows["state"].problem.startswith("Skriv, hvad der blev af børnesamtalen")
    asked.form.set_value("state", TalkState.NOT_HELD)
    assert asked.form.rows["reason"].isVisible()
    assert not asked.form.rows["child_words"].isVisible()
    asked.save()
    wait_idle()
    assert asked.form.rows["reason"].problem
    asked.form.set_value("reason", "Emma sov")
    asked.save()
    wait_idle()
    (talk,) = read(lambda r: r.find(ChildTalk))
    assert (talk.state, talk.reason) == (TalkState.NOT_HELD, "Emma sov")


def test_a_follow_up_half_written_is_kept_and_taken_up_again(
    qtbot, hold, page, emma, foster, goal, read, wait_idle
):
    asked = hold()
    qtbot.keyClicks(asked.form.rows["child_words"].editor.text, "Jeg vil hjem")
    asked.form.set_value(f"{goal.hex()}:words", "Går bedre")
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    wait_idle()
    (draft,) = read(lambda r: r.drafts())
    assert draft.entity_type == "follow_up"
    desk = page(emma)
    assert desk.notice.isVisible()
    qtbot.mouseClick(desk.notice.button, Qt.MouseButton.LeftButton)
    wait_idle()
    wait_idle()
    again = dialog(desk, FollowUpDialog)
    assert again.form.value("child_words") == "Jeg vil hjem"
    assert again.form.value(f"{goal.hex()}:words") == "Går bedre"
    assert again.form.value("state") is TalkState.HELD
    again.close()


def test_another_way_needs_an_exception(hold, foster, wait_idle):
    asked = hold()
    combo = asked.form.rows["way"].editor.combo
    phone = combo.model().item(list(Way).index(Way.PHONE))
    assert not phone.isEnabled()
    assert "ansigt til ansigt" in asked.form.permitted.text()
    asked.form.set_value("due", None)
    asked._permit()
    wait_idle()
    assert phone.isEnabled()
    asked.close()


def test_a_day_that_has_not_come_is_refused_beside_the_day(hold, foster, wait_idle):
    asked = hold()
    asked.form.set_value("state", TalkState.NOT_HELD)
    asked.form.set_value("reason", "Syg")
    asked.form.set_value("held_on", dt.date(2026, 11, 25))
    asked.save()
    wait_idle()
    assert asked.form.rows["held_on"].problem
    asked.close()


def test_a_goal_is_reached_at_the_follow_up(hold, foster, goal, read, wait_idle):
    asked = hold()
    asked.form.set_value("state", TalkState.NOT_HELD)
    asked.form.set_value("reason", "Syg")
    asked.form.set_value(f"{goal.hex()}:status", GoalStatus.REACHED)
    asked.save()
    wait_idle()
    assert read(lambda r: r.get(Goal, goal)).status is GoalStatus.REACHED


def test_an_institution_opens_with_its_end(hold, write, read, emma):
    register(write, read, emma, InterventionKind.INSTITUTION)
    asked = hold()
    assert next(iter(asked.form.rows)) == "towards_end"
    assert QApplication.focusWidget() is asked.form.rows["towards_end"].editor.control
    asked.close()


def test_an_unborn_child_is_not_talked_with(hold, write, read, wait_idle):
    case = write(lambda w: cases.register(w, {"unborn_of": "Maria Holm", "term": dt.date(2027, 1, 5)}))
    register(write, read, case, InterventionKind.PREVENTIVE, start=dt.date(2026, 10, 1))
    asked = hold(case)
    assert "state" not in asked.form.rows
    asked.save()
    wait_idle()
    assert len(read(lambda r: r.find(FollowUp))) == 1


# --- The rhythm ----------------------------------------------------------------------------------------------


def test_a_missing_decision_on_the_rhythm_is_said_and_recorded(
    qtbot, page, emma, foster, write, read, wait_idle
):
    held = Held(foster, dt.date(2026, 11, 19), due=dt.date(2026, 11, 19), talk=Talk(child_words="Hej"))
    write(lambda w: follow_ups.hold(w, BOOKS.rules(w), held))
    desk = page(emma)
    assert "§ 95" in desk.notice.words.text()
    qtbot.mouseClick(desk.notice.button, Qt.MouseButton.LeftButton)
    wait_idle()
    asked = dialog(desk, RhythmDialog)
    qtbot.keyClicks(asked.form.rows["rhythm"].editor.line, "3")
    qtbot.keyClicks(asked.form.rows["reasons"].editor.text, "Stabil placering")
    qtbot.keyClicks(asked.form.rows["child_wish"].editor.text, "Ikke så tit")
    asked.form.save()
    wait_idle()
    wait_idle()
    (decision,) = read(lambda r: r.find(RhythmDecision))
    assert (decision.rhythm.amount, decision.rhythm.unit) == (3, "M")
    assert not desk.notice.isVisible()


def test_the_language_changes_the_section(page, emma, foster):
    desk = page(emma)
    i18n.set_language("en")
    assert desk.list.rows()[0].words == "Overdue"
    assert desk.cards.add.text().startswith("Register an intervention")


def test_a_form_that_is_left_by_escape_is_gone(qtbot, page, emma, foster, wait_idle):
    desk = page(emma)
    desk.register()
    wait_idle()
    asked = dialog(desk, InterventionDialog)
    qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert not [d for d in desk.findChildren(InterventionDialog) if d.isVisible()]


# --- Held for siblings at the same time ----------------------------------------------------------------------


@pytest.fixture
def ida(write, emma):
    made = write(lambda w: cases.register(w, {"child_name": "Ida Holm", "born": dt.date(2017, 3, 1)}))
    write(lambda w: cases.link_siblings(w, emma, made, SiblingKind.FULL))
    return made


@pytest.fixture
def hers(write, read, ida):
    return register(write, read, ida, InterventionKind.FOSTER, name="Plejefamilien Krogh")


def press(qtbot, box):
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def test_without_a_siblings_intervention_nothing_is_offered(hold, foster, ida):
    assert hold().form.siblings == []


def test_a_follow_up_is_written_once_for_two_siblings(qtbot, hold, foster, hers, emma, ida, read, wait_idle):
    shown = hold()
    (child,) = shown.form.siblings
    tick = shown.form.rows[child.tick].editor.box
    assert "Ida" in tick.text()
    summary = shown.form.rows[f"{child.prefix}summary"]
    assert not summary.isVisibleTo(shown.form) and not shown.form.rows["own"].isVisibleTo(shown.form)
    press(qtbot, tick)
    assert summary.isVisibleTo(shown.form) and shown.form.rows["own"].isVisibleTo(shown.form)
    texts = {
        "summary": "Vi spiste sammen.",
        "own": "Emma sov godt.",
        "child_words": "Emmas ord",
        f"{child.prefix}child_words": "Idas ord",
        f"{child.prefix}summary": "Ida faldt.",
    }
    for name, text in texts.items():
        shown.form.set_value(name, text)
    qtbot.keyClick(shown, *SAVE)
    wait_idle()
    wait_idle()
    found = {}
    for case in (emma, ida):
        stream = read(lambda r, case=case: r.get(Case, case)).stream
        (one,) = read(lambda r, stream=stream: r.find(FollowUp, stream=stream))
        (talk,) = read(lambda r, one=one: r.find(ChildTalk, where={"follow_up": one.id}))
        found[case] = (one.summary, talk.child_words, one.due)
    due = dt.date(2026, 11, 19)
    assert found == {
        emma: ("Vi spiste sammen.\n\nEmma sov godt.", "Emmas ord", due),
        ida: ("Vi spiste sammen.\n\nIda faldt.", "Idas ord", due),
    }


def test_what_is_missing_of_a_sibling_is_said_at_that_childs_field(
    qtbot, hold, foster, hers, read, wait_idle
):
    shown = hold()
    (child,) = shown.form.siblings
    press(qtbot, shown.form.rows[child.tick].editor.box)
    shown.form.set_value("child_words", "Emmas ord")
    qtbot.keyClick(shown, *SAVE)
    wait_idle()
    wait_idle()
    assert "samtalen" in shown.form.rows[f"{child.prefix}state"]._problem.text()
    assert shown.form.rows["state"]._problem is None
    assert read(lambda r: r.count(FollowUp)) == 0


def test_a_draft_for_two_siblings_comes_back_with_both_parts(
    qtbot, hold, foster, hers, page, emma, wait_idle
):
    shown = hold()
    (child,) = shown.form.siblings
    press(qtbot, shown.form.rows[child.tick].editor.box)
    shown.form.set_value(f"{child.prefix}child_words", "Idas ord")
    shown.close()
    wait_idle()
    again = hold()
    (child,) = again.form.siblings
    assert child.wanted and child.said().child_words == "Idas ord"
