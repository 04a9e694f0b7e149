"""Plan og mål: the plan of a child, its goals with the five letters, their progress and versions."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDialog,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTreeView,
)

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.plan import (
    Goal,
    GoalStatus,
    Letter,
    MarkSource,
    Plan,
    PlanKind,
    PlanState,
    PlanVersion,
    ProgressMark,
)
from caseworker_app.services import cases, goals, history, meetings, plans
from tests.helpers.planned import settle
from ui.dialogs.evidence_dialog import EvidenceDialog
from ui.dialogs.goal_dialog import GoalDialog
from ui.dialogs.mark_dialog import MarkDialog
from ui.dialogs.plan_dialog import PlanDialog
from ui.dialogs.plan_version_dialog import PlanVersionDialog
from ui.dialogs.plan_versions_dialog import PlanVersionsDialog
from ui.house import Place
from ui.pages.case_plan import CasePlan

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def emma(write):
    return settle(write)


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def page(qtbot, house, tasks, read, emma, settled):
    made = CasePlan(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 440)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma.case)))
    settled()
    made.list.setFocus()
    return made


def rows(page):
    model = page.list.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def statuses(page):
    model = page.list.model()
    role = int(Qt.ItemDataRole.UserRole) + 1
    return [model.index(row, 0).data(role) for row in range(model.rowCount())]


def dialog_of(page, cls):
    (found,) = [d for d in page.findChildren(QDialog) if isinstance(d, cls) and d.isVisible()]
    return found


def stored(read, goal):
    return read(lambda r: goals.known(r, goal))


def test_the_plan_is_called_by_its_law_and_by_the_other_word(page):
    assert page.header.name.text() == "Barnets plan (handleplan)"
    assert page.header.standing.text() == "Barnets lov § 91 · under udarbejdelse siden 2. marts 2026"
    assert "Jeg vil gerne være ligesom de andre." in page.header.line.words


def test_goals_stand_with_their_subgoals_and_a_draft_says_what_it_lacks(page):
    assert rows(page) == [
        "Emma er i skole hver dag og har en ven at være sammen med", "Emma spiser frokost sammen med Sofie",
        "Emma sover hele natten",
    ]  # fmt: skip
    assert statuses(page)[2] == "Kladde: mangler M, R og T"
    assert statuses(page)[0].startswith("Aktiv · 5 af 10")


def test_each_letter_has_its_help_question_and_says_whether_it_is_answered(page, emma, settled):
    page.list.choose(emma.sleep)
    settled()
    form, strip = page.detail.goal_form.form, page.detail.goal_form.strip
    assert form.rows["specific"].row.help == "What is the goal?"
    assert strip.said.text() == "Mangler M, R og T"
    assert strip.buttons[Letter.MEASURABLE].accessibleName() == "M: målbart: mangler"
    assert strip.buttons[Letter.SPECIFIC].accessibleName() == "S: specifik: besvaret"


def test_a_letter_is_gone_to_and_counts_while_it_is_written(qtbot, page, emma, settled):
    page.list.choose(emma.sleep)
    settled()
    strip, form = page.detail.goal_form.strip, page.detail.goal_form.form
    qtbot.mouseClick(strip.buttons[Letter.REALISTIC], Qt.MouseButton.LeftButton)
    assert form.rows["realistic"].editor.text.hasFocus()
    qtbot.keyClicks(form.rows["realistic"].editor.text, "Mor læser højt")
    assert strip.said.text() == "Mangler M og T"


def test_a_goal_with_all_letters_is_offered_to_be_active_and_becomes_it(qtbot, page, emma, read, settled):
    page.list.choose(emma.sleep)
    settled()
    form, notice = page.detail.goal_form.form, page.detail.notice
    assert not notice.isVisible()
    form.set_value("indicator", "Søvndagbogen")
    form.set_value("realistic", "Mor læser højt")
    form.set_value("expected_on", dt.date(2027, 3, 1))
    form.rows["text"].editor.setFocus()
    qtbot.keyClick(form.rows["text"].editor.text, *SAVE)
    settled()
    assert notice.isVisible()
    qtbot.mouseClick(notice.button, Qt.MouseButton.LeftButton)
    settled()
    assert stored(read, emma.sleep).status is GoalStatus.ACTIVE
    assert statuses(page)[2] == "Aktiv · frist 1. marts 2027"
    assert not notice.isVisible()


def test_making_a_draft_active_is_refused_with_the_letters_it_lacks(page, emma, read, settled):
    page.list.choose(emma.sleep)
    settled()
    page.detail.set_status(GoalStatus.ACTIVE)
    settled()
    assert "M: målbart" in page.detail.complaint.sentence.text()
    assert page.detail.status.currentText() == "Kladde"
    assert stored(read, emma.sleep).status is GoalStatus.DRAFT


def test_what_is_written_is_saved_before_the_status_is_changed(page, emma, read, settled):
    page.list.choose(emma.school)
    settled()
    page.detail.goal_form.form.set_value("text", "Emma går i skole")
    page.detail.set_status(GoalStatus.REACHED)
    settled()
    now = stored(read, emma.school)
    assert (now.text, now.status, now.ended_on) == (
        "Emma går i skole",
        GoalStatus.REACHED,
        dt.date(2026, 11, 21),
    )


def test_a_new_goal_needs_one_sentence_and_is_chosen(qtbot, page, read, settled):
    qtbot.keyClick(page.list, Qt.Key.Key_Insert)
    settled()
    dialog = dialog_of(page, GoalDialog)
    qtbot.keyClicks(dialog.form.rows["text"].editor.text, "Emma går til trommer")
    qtbot.keyClick(dialog.form.rows["text"].editor.text, *SAVE)
    settled()
    assert rows(page)[-1] == "Emma går til trommer"
    assert page.list.goal == page.detail.goal
    assert stored(read, page.list.goal).text == "Emma går til trommer"
    assert statuses(page)[-1] == "Kladde: mangler S, M, A, R og T"


def test_a_goal_without_a_sentence_is_refused_beside_it(page, settled):
    page.new_goal(None)
    settled()
    dialog = dialog_of(page, GoalDialog)
    dialog.form.save()
    settled()
    assert dialog.form.rows["text"].problem.startswith("Skriv, hvad målet er")
    dialog.close()


def test_a_subgoal_stands_under_its_goal(qtbot, page, emma, read, settled):
    page.list.choose(emma.sleep)
    settled()
    qtbot.mouseClick(page.detail.subgoal, Qt.MouseButton.LeftButton)
    settled()
    dialog = dialog_of(page, GoalDialog)
    qtbot.keyClicks(dialog.form.rows["text"].editor.text, "I seng kl. 20.30")
    dialog.form.save()
    settled()
    assert rows(page)[2:] == ["Emma sover hele natten", "I seng kl. 20.30"]
    assert stored(read, page.list.goal).parent == emma.sleep
    assert not page.detail.subgoal.isVisible()


def test_half_a_goal_stays_a_draft_and_is_taken_up_again(qtbot, page, read, settled):
    page.new_goal(None)
    settled()
    dialog = dialog_of(page, GoalDialog)
    qtbot.keyClicks(dialog.form.rows["text"].editor.text, "Emma og hendes far")
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    settled()
    (draft,) = read(lambda r: r.drafts())
    assert draft.title == "Mål: Emma og hendes far"
    assert page.notice.words.text() == "Du er begyndt på: Mål: Emma og hendes far. Kladden er gemt."
    qtbot.mouseClick(page.notice.button, Qt.MouseButton.LeftButton)
    settled()
    dialog = dialog_of(page, GoalDialog)
    assert dialog.form.rows["text"].editor.value() == "Emma og hendes far"
    dialog.form.save()
    settled()
    assert not page.notice.isVisible()
    assert rows(page)[-1] == "Emma og hendes far"


def test_every_form_that_was_begun_is_opened_again(page, emma, settled):
    for act, name, value, cls in (
        (
            lambda: page.mark_progress(page._loaded.goal(emma.school).goal),
            "words",
            "Det går bedre",
            MarkDialog,
        ),
        (lambda: page.do("keep"), "why", "Før sommeren", PlanVersionDialog),
        (lambda: page.do("edit"), "purpose", "Ro om skolen", PlanDialog),
    ):
        act()
        settled()
        dialog = dialog_of(page, cls)
        dialog.form.set_value(name, value)
        dialog.close()
        settled()
        page.notice.button.click()
        settled()
        again = dialog_of(page, cls)
        assert again.form.value(name) == value
        again.form.save()
        settled()
    assert not page.notice.isVisible()


def test_the_goal_that_was_being_written_is_gone_to(page, house, qtbot, read, emma, settled):
    page.list.choose(emma.sleep)
    settled()
    page.detail.goal_form.form.set_value("realistic", "Mor læser")
    page.leave()
    settled()
    other = CasePlan(house)
    qtbot.addWidget(other)
    other.show()
    other.show_case(read(lambda r: r.get(Case, emma.case)))
    settled()
    assert other.list.goal == emma.sleep
    assert other.detail.goal_form.form.value("realistic") == "Mor læser"


def test_what_is_written_of_one_goal_is_there_when_one_comes_back(page, emma, settled):
    page.list.choose(emma.school)
    settled()
    page.detail.goal_form.form.set_value("child_words", "Jeg vil have en hund")
    page.list.choose(emma.sleep)
    settled()
    assert page.detail.goal_form.form.value("child_words") == ""
    page.list.choose(emma.school)
    settled()
    assert page.detail.goal_form.form.value("child_words") == "Jeg vil have en hund"


def test_removing_a_goal_asks_nothing_and_is_undone(qtbot, page, emma, store, tasks, said, settled):
    page.list.choose(emma.sleep)
    settled()
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    settled()
    assert "Emma sover hele natten" not in rows(page)
    assert said[-1] == "The goal is removed. Ctrl+Z brings it back."
    tasks.touched.emit(store.write(history.undo).touched)
    settled()
    assert "Emma sover hele natten" in rows(page)


def test_goals_are_moved_by_the_keyboard(qtbot, page, emma, settled):
    page.list.choose(emma.sleep)
    settled()
    page.move_goal(-1)
    settled()
    assert rows(page)[0] == "Emma sover hele natten"
    page.move_goal(1)
    settled()
    assert rows(page)[2] == "Emma sover hele natten"


def test_progress_is_marked_with_a_digit_and_stands_in_the_chart(qtbot, page, emma, read, settled):
    page.list.choose(emma.school)
    settled()
    qtbot.keyClick(page.list, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    settled()
    dialog = dialog_of(page, MarkDialog)
    scale = dialog.form.rows["value"].editor
    qtbot.keyClick(scale.buttons[0], Qt.Key.Key_1)
    qtbot.keyClick(scale.buttons[1], Qt.Key.Key_0)
    dialog.form.set_value("source", MarkSource.CHILD)
    dialog.form.save()
    settled()
    marks = read(lambda r: r.find(ProgressMark, where={"goal": emma.school}))
    assert (marks[-1].value, marks[-1].source, marks[-1].marked_on) == (
        10,
        MarkSource.CHILD,
        dt.date(2026, 11, 21),
    )
    assert page.detail.tabs.tabText(1) == "Fremskridt (9)"
    assert "10 (21. november 2026)" in page.detail.progress.chart.accessibleName()
    assert page.detail.progress.marks.topLevelItem(0).text(2) == "10"


def test_a_mark_says_nothing_is_refused_in_words(page, emma, settled):
    page.mark_progress(page._loaded.goal(emma.school).goal)
    settled()
    dialog = dialog_of(page, MarkDialog)
    dialog.form.save()
    settled()
    assert dialog.form.rows["value"].problem.startswith("Sig, hvor langt det er")
    dialog.close()


def test_a_mark_is_taken_back_and_undone(page, emma, read, store, tasks, settled):
    page.list.choose(emma.school)
    page.detail.tabs.setCurrentIndex(1)
    settled()
    part = page.detail.progress
    part.marks.setCurrentItem(part.marks.topLevelItem(0))
    part.unmark.click()
    settled()
    assert page.detail.tabs.tabText(1) == "Fremskridt (7)"
    tasks.touched.emit(store.write(history.undo).touched)
    settled()
    assert page.detail.tabs.tabText(1) == "Fremskridt (8)"


def test_a_meeting_is_linked_as_what_shows_the_goal_and_opened_from_there(page, emma, write, went, settled):
    when = TimeSpan(dt.date(2026, 11, 20), dt.time(10), dt.time(11))
    meeting = write(lambda w: meetings.plan(w, emma.case, {"when": when}))
    page.list.choose(emma.school)
    page.detail.tabs.setCurrentIndex(1)
    settled()
    page.detail.progress.link.click()
    settled()
    dialog = dialog_of(page, EvidenceDialog)
    assert dialog.list.item(0).text() == "Inddragende netværksmøde 20. november 2026"
    dialog.note.setText("Læreren fortalte")
    dialog.link_button.click()
    settled()
    sheet = page.detail.progress.evidence
    assert sheet.topLevelItem(0).text(1) == "Læreren fortalte"
    sheet.itemActivated.emit(sheet.topLevelItem(0), 0)
    assert went == [Place("meeting", meeting)]


def test_without_anything_to_link_the_dialog_says_so(page, emma, settled):
    page.doing.link_evidence(page._loaded.goal(emma.school).goal)
    settled()
    dialog = dialog_of(page, EvidenceDialog)
    assert dialog.empty.isVisible()
    assert not dialog.link_button.isEnabled()
    dialog.close()


def test_a_plan_is_made_ready_and_keeps_a_version(page, emma, read, settled):
    page.header.ready.click()
    settled()
    dialog = dialog_of(page, PlanVersionDialog)
    dialog.form.set_value("why", "Aftalt på mødet")
    dialog.form.save()
    settled()
    assert read(lambda r: r.get(Plan, emma.plan)).state is PlanState.ACTIVE
    assert page.header.standing.text() == "Barnets lov § 91 · i brug siden 21. november 2026 · version 1"
    assert not page.header.ready.isVisible()


def test_a_plan_of_drafts_only_is_not_ready_and_says_what_to_do(page, emma, write, settled):
    write(lambda w: goals.set_status(w, emma.school, GoalStatus.GIVEN_UP))
    page.do("ready")
    settled()
    dialog = dialog_of(page, PlanVersionDialog)
    dialog.form.save()
    settled()
    assert "aktivt mål" in dialog.form.notice.words.text()
    dialog.close()


def test_an_old_version_is_read_as_it_stood_and_cannot_be_written_in(page, emma, write, settled):
    write(lambda w: plans.keep_version(w, emma.plan, "Første gang"))
    page.follow(frozenset({("plan_version", emma.plan)}))
    settled()
    page.list.choose(emma.sleep)
    settled()
    page.detail.goal_form.form.set_value("text", "Noget helt andet")
    page.detail.goal_form.form.save()
    settled()
    page.do("versions")
    dialog = dialog_of(page, PlanVersionsDialog)
    text = dialog.text.toPlainText()
    assert "Emma sover hele natten" in text
    assert "Noget helt andet" not in text
    assert "Kladde: mangler M, R og T" in text
    assert dialog.text.isReadOnly()
    dialog.close()


def test_a_version_holds_what_was_typed_as_text_never_as_markup(page, emma, write, settled):
    write(lambda w: goals.add(w, emma.plan, {"text": "Mor <3 <b>Emma</b>"}))
    write(lambda w: plans.keep_version(w, emma.plan, ""))
    page.follow(frozenset({("plan_version", emma.plan)}))
    settled()
    page.do("versions")
    dialog = dialog_of(page, PlanVersionsDialog)
    assert "Mor <3 <b>Emma</b>" in dialog.text.toPlainText()
    dialog.close()


def test_a_case_without_a_plan_says_what_to_do_and_begins_one(qtbot, page, write, read, settled):
    ida = write(lambda w: cases.register(w, {"child_name": "Ida Prøve", "born": dt.date(2009, 3, 1)}))
    page.show_case(read(lambda r: r.get(Case, ida)))
    settled()
    assert page.begin_button.isVisible()
    qtbot.mouseClick(page.begin_button, Qt.MouseButton.LeftButton)
    settled()
    assert page.header.name.text() == "Ungeplan (handleplan)"
    assert page.first_goal.isVisible()
    (plan,) = read(lambda r: plans.plans_of(r, ida))
    assert plan.kind is PlanKind.YOUTH_PLAN


def test_an_older_plan_is_chosen_among_several(page, emma, write, read, settled):
    write(
        lambda w: plans.begin(w, emma.case, {"begun_on": dt.date(2022, 5, 1), "kind": PlanKind.ACTION_PLAN})
    )
    page.follow(frozenset({("plan", emma.plan)}))
    settled()
    assert page.header.plans.count() == 2
    row = [page.header.plans.itemText(n) for n in range(2)].index("Handleplan (nu barnets plan) 1. maj 2022")
    page.header.plans.activated.emit(row)
    settled()
    assert page.header.name.text() == "Handleplan (nu barnets plan)"
    assert page.header.standing.text().startswith("Serviceloven § 140")


def test_ending_a_plan_is_undone(page, emma, store, tasks, read, settled):
    page.do("end")
    settled()
    assert read(lambda r: r.get(Plan, emma.plan)).state is PlanState.ENDED
    assert not page.header.new.isEnabled()
    tasks.touched.emit(store.write(history.undo).touched)
    settled()
    assert page.header.new.isEnabled()


def test_another_case_shows_nothing_of_the_one_before(page, write, read, settled):
    ida = write(lambda w: cases.register(w, {"child_name": "Ida Prøve"}))
    page.show_case(read(lambda r: r.get(Case, ida)))
    assert not page.header.isVisible()
    settled()
    assert page.view is None


def test_the_language_changes_while_something_is_being_written(page, emma, settled):
    page.list.choose(emma.sleep)
    settled()
    page.detail.goal_form.form.set_value("realistic", "Mor læser")
    i18n.set_language("en")
    assert page.header.name.text() == "The child's plan (action plan)"
    assert statuses(page)[2] == "Draft: lacks M, R and T"
    assert page.detail.goal_form.strip.said.text() == "Lacks M and T"
    assert page.detail.goal_form.form.value("realistic") == "Mor læser"


def test_every_control_has_a_name_and_no_word_is_missing(page, settled):
    page.detail.tabs.setCurrentIndex(1)
    settled()
    for kind in (QListView, QTreeView, QComboBox, QLineEdit, QPlainTextEdit, QAbstractButton):
        for widget in page.findChildren(kind):
            if widget.isVisible() and widget.objectName() != "qt_spinbox_lineedit":
                text = getattr(widget, "text", lambda: "")() if isinstance(widget, QAbstractButton) else ""
                assert widget.accessibleName() or text, widget


@pytest.mark.parametrize("size", [(1190, 448), (1700, 780)])
def test_everything_fits_the_room_there_is(page, size, settled):
    page.resize(*size)
    settled()
    assert (page.width(), page.height()) == size


def test_a_goal_changed_elsewhere_is_shown(page, emma, store, tasks, settled):
    from caseworker_app.services.forms import Edit

    heads = store.read(lambda r: r.fields(Goal, emma.sleep))["text"].heads
    out = store.write(lambda w: goals.edit(w, emma.sleep, {"text": Edit("Emma falder i søvn", heads)}))
    tasks.touched.emit(out.touched)
    settled()
    assert "Emma falder i søvn" in rows(page)


def test_versions_are_counted_from_one(read, emma, write):
    write(lambda w: plans.keep_version(w, emma.plan, ""))
    write(lambda w: plans.make_ready(w, emma.plan, dt.date(2026, 11, 21)))
    found = read(lambda r: r.find(PlanVersion, where={"plan": emma.plan}))
    assert [v.number for v in found] == [1, 2]
    plan, _goals = plans.read_version(found[1])
    assert (plan.state, plan.ready_on) == (PlanState.ACTIVE, dt.date(2026, 11, 21))
