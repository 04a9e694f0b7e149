"""Costs, time used, effort courses, groups and the form diet, in the real widgets over a real store."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton

from caseworker_app.domain.case import Case
from caseworker_app.domain.cost import CostLine, CostSheet, Profession
from caseworker_app.domain.effort import Evidence, OwnEffort
from caseworker_app.domain.effort_course import Answer, CourseState, EffortCourse, IntensityStep, TargetAnswer
from caseworker_app.domain.form_diet import HiddenFields
from caseworker_app.domain.group_course import GroupAttendance, GroupMember, MemberState
from caseworker_app.domain.journal import EntryKind
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.time_log import Activity, TimeEntry
from caseworker_app.domain.visit import Visit
from caseworker_app.services import cases, costs, effort_courses, entries, form_diet, group_courses, visits
from caseworker_app.services.forms import Edit
from ui.house import Place
from ui.pages.case_cooperation import CaseCooperation
from ui.pages.case_journal import case_journal
from ui.pages.quality_page import QualityPage
from ui.widgets.fields import makers
from ui.widgets.form_view import FormView, Row

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
TODAY = dt.date(2026, 11, 21)
DAY = dt.timedelta(days=1)
INFANTS = "spaedbarn_jammerbugt"


@pytest.fixture
def emma(write):
    return write(lambda w: cases.register(w, {"child_name": "Emma Holm", "opened_on": dt.date(2026, 3, 2)}))


@pytest.fixture
def settled(qtbot, wait_idle):
    def wait():
        for _ in range(4):
            wait_idle()
            qtbot.wait(5)

    return wait


@pytest.fixture
def part(qtbot, house, tasks, read, emma, settled):
    made = CaseCooperation(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 560)
    made.show()
    made.show_case(read(lambda r: r.get(Case, emma)))
    made.want("effort")
    settled()
    return made.part("effort")


@pytest.fixture
def room(qtbot, house, tasks, settled):
    made = QualityPage(house)
    qtbot.addWidget(made)
    tasks.touched.connect(made.follow)
    made.resize(1190, 700)
    made.show()
    made.show_thing(None, "")
    settled()
    return made


def dialog():
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return found


def dialogs():
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def go(room, name, settled):
    room.parts.want(name)
    settled()
    made = room.parts.part(name)
    made.ask()  # what the test wrote past the window
    settled()
    return made


def press(part, *words):
    found = [b for b in part.sheet.findChildren(QPushButton) if all(w in b.accessibleName() for w in words)]
    assert found, (words, [b.accessibleName() for b in part.sheet.findChildren(QPushButton)])
    found[0].click()


def shown(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def write_in(qtbot, form, name, words):
    editor = form.form.rows[name].editor
    editor.setFocus()
    qtbot.keyClicks(editor.control, words)


def choose(form, name, value):
    editor = form.form.rows[name].editor
    editor.show_value(value)
    editor.edited.emit()


def save(qtbot, form, settled):
    qtbot.keyClick(form.focusWidget() or form, *SAVE)
    settled()


# --- Costs -------------------------------------------------------------------------------------------------------


def test_a_cost_assessment_is_begun_by_keyboard_and_sums_as_hours_are_written(qtbot, room, read, settled):
    part = go(room, "cost", settled)
    part.setFocus()
    qtbot.keyClick(part.focusProxy() or part, Qt.Key.Key_Insert)
    settled()
    form = dialog()
    for name, words in (
        ("name", "Spædbarnsindsatsen"),
        ("begins_on", "01-01-2025"),
        ("ends_on", "31-12-2025"),
        ("citizens", "7,6"),
    ):
        write_in(qtbot, form, name, words)
    save(qtbot, form, settled)
    (sheet,) = read(lambda r: r.find(CostSheet))
    assert (sheet.citizens, sheet.price_year) == (760, 2019)
    press(part, "Skriv timer")
    settled()
    form = dialog()
    choose(form, "profession", Profession.FAMILY_THERAPIST)
    write_in(qtbot, form, "minutes", "1.000")
    save(qtbot, form, settled)
    assert "386.05" in shown(part.sheet)  # 1.000 hours at 386,05 kr.
    assert "50.796" in shown(part.sheet)
    assert "Lønninger 20 procent højere" in shown(part.sheet)


def test_negative_hours_and_no_citizens_are_said_beside_their_field(qtbot, room, write, settled):
    write(lambda w: costs.begin(w, {"name": "A", "begins_on": TODAY - 300 * DAY, "ends_on": TODAY}))
    part = go(room, "cost", settled)
    press(part, "Skriv timer")
    settled()
    form = dialog()
    write_in(qtbot, form, "minutes", "-5")
    save(qtbot, form, settled)
    assert form.form.rows["minutes"].problem
    form.form.cancel()
    settled()
    press(part, "Ret …", "omkostningsvurderingen")
    settled()
    form = dialog()
    write_in(qtbot, form, "citizens", "0")
    save(qtbot, form, settled)
    assert "over 0" in form.form.rows["citizens"].problem
    form.form.cancel()
    settled()


def test_a_missing_wage_is_said_and_written_where_it_is_missing(qtbot, room, write, read, settled):
    values = {"name": "A", "begins_on": TODAY - 364 * DAY, "ends_on": TODAY, "price_year": 2026}
    sheet = write(lambda w: costs.begin(w, values))
    write(lambda w: costs.add_hours(w, sheet, {"profession": Profession.PEDAGOGUE, "minutes": 6000}))
    part = go(room, "cost", settled)
    assert "Der mangler en løn: pædagog" in shown(part.sheet)
    assert "Hvad den koster" not in shown(part.sheet)
    press(part, "Pædagog: Ret")
    settled()
    form = dialog()
    write_in(qtbot, form, "monthly", "40.000")
    save(qtbot, form, settled)
    assert "Hvad den koster" in shown(part.sheet)
    assert read(lambda r: r.find(CostLine))[0].minutes == 6000


# --- Time in two clicks --------------------------------------------------------------------------------------------


def test_the_time_of_a_call_is_written_in_two_clicks_from_the_journal(
    qtbot, house, tasks, write, read, emma, settled
):
    draft = write(
        lambda w: entries.begin(w, emma, {"kind": EntryKind.TELEPHONE, "held_on": TODAY, "text": "Ringede."})
    )
    (signed,) = write(lambda w: entries.sign(w, draft))
    journal, section = case_journal(house, None)
    qtbot.addWidget(journal)
    tasks.touched.connect(section.follow)
    journal.resize(1190, 560)
    journal.show()
    section.show_case(read(lambda r: r.get(Case, emma)))
    section.want(f"entries:{signed.hex()}")
    settled()
    section.part("entries").reading.time_button.click()  # one
    settled()
    form = dialog()
    form.form.footer.save.click()  # two
    settled()
    (found,) = read(lambda r: r.find(TimeEntry))
    assert (found.activity, found.minutes, found.case, found.subject) == (Activity.CALL, 15, emma, signed)
    assert (found.spent_on, found.with_citizen) == (TODAY, True)
    assert dialogs() == []


def test_time_of_its_own_is_written_in_the_log_and_more_than_a_day_is_refused(qtbot, room, read, settled):
    part = go(room, "time", settled)
    part.buttons[0].click()
    settled()
    form = dialog()
    write_in(qtbot, form, "minutes", "25")
    save(qtbot, form, settled)
    assert "24 timer" in form.form.rows["minutes"].problem
    form.form.set_value("minutes", 90)
    save(qtbot, form, settled)
    (found,) = read(lambda r: r.find(TimeEntry))
    assert (found.minutes, found.profession) == (90, Profession.SOCIAL_WORKER)
    assert "1,5" in shown(part.sheet)


# --- Courses -------------------------------------------------------------------------------------------------------


def test_an_effort_is_looked_at_answered_line_by_line_and_begun(qtbot, part, read, settled):
    part.buttons[0].click()
    settled()
    form = dialog()
    choose(form, "effort", INFANTS)
    save(qtbot, form, settled)
    (course,) = read(lambda r: r.find(EffortCourse))
    assert (course.name, part.list.key) == ("Spædbarnsindsatsen", course.id)
    press(part, "Gravid eller familie", "Ja")
    settled()
    (said,) = read(lambda r: r.find(TargetAnswer))
    assert said.answer is Answer.YES
    press(part, "Det begynder")
    settled()
    form = dialog()
    write_in(qtbot, form, "begun_on", "21-11-2026")
    save(qtbot, form, settled)
    (course,) = read(lambda r: r.find(EffortCourse))
    assert course.state is CourseState.RUNNING
    press(part, "Ændr intensiteten")
    settled()
    form = dialog()
    write_in(qtbot, form, "amount", "8")
    save(qtbot, form, settled)
    (step,) = read(lambda r: r.find(IntensityStep))
    assert (step.amount, step.begins_on) == (800, TODAY)


def running(write, house, case, *steps):
    shipped = house.books.efforts()
    course = write(lambda w: effort_courses.consider(w, case, {"effort": INFANTS}, shipped))
    begin = {"begun_on": Edit(TODAY - 60 * DAY), "judged": Edit("Ja")}
    write(lambda w: effort_courses.edit(w, course, begin, shipped))
    for day, amount in steps:
        values = {"begins_on": TODAY + day * DAY, "amount": amount * 100, "reason": "Aftalt"}
        write(lambda w, v=values: effort_courses.plan_step(w, course, v))
    return course


def test_a_fast_tapering_is_warned_of_and_reversed_days_are_refused(
    qtbot, part, house, write, read, emma, settled
):
    running(write, house, emma, (-60, 8), (5, 2))
    part.ask()
    settled()
    assert "Hurtig nedtrapning: den 26. november 2026 falder det fra 8 til 2 timer om ugen" in shown(
        part.sheet
    )
    press(part, "2 timer om ugen", "Fjern")
    settled()
    assert "Hurtig nedtrapning" not in shown(part.sheet)
    press(part, "Planlæg en nedtrapning")
    settled()
    form = dialog()
    for name, words in (
        ("begins_on", "01-02-2027"),
        ("ends_on", "01-12-2026"),
        ("goal", "0"),
        ("reason", "Det går godt"),
    ):
        write_in(qtbot, form, name, words)
    save(qtbot, form, settled)
    assert "slutter, før" in form.form.rows["ends_on"].problem
    form.form.set_value("ends_on", dt.date(2027, 5, 3))
    save(qtbot, form, settled)
    steps = sorted(read(lambda r: r.find(IntensityStep)), key=lambda one: one.begins_on)
    amounts = [one.amount for one in steps]
    assert amounts == [800, 600, 400, 200, 0]


def test_the_municipality_writes_the_level_of_evidence_of_an_effort_that_ships(qtbot, room, read, settled):
    part = go(room, "efforts", settled)
    assert "kilden giver intet" in shown(part.sheet)
    press(part, "Vurdér evidensen")
    settled()
    form = dialog()
    choose(form, "evidence", Evidence.THREE)
    save(qtbot, form, settled)
    (found,) = read(lambda r: r.find(OwnEffort))
    assert (found.effort, found.evidence, found.evidence_on) == (INFANTS, Evidence.THREE, TODAY)
    assert "Niveau 3" in shown(part.sheet)


# --- Groups --------------------------------------------------------------------------------------------------------


def test_the_ninth_child_is_put_on_and_waits_until_a_place_is_free(
    qtbot, room, house, write, read, emma, settled
):
    first = TimeSpan(TODAY - 10 * DAY, dt.time(15, 0), dt.time(17, 0))
    group = write(
        lambda w: group_courses.begin(w, {"name": "Efterår", "first": first}, house.books.efforts())
    )
    for n in range(1, 9):
        write(lambda w, n=n: group_courses.add(w, group, {"name": f"Barn {n}"}))
    part = go(room, "groups", settled)
    press(part, "Skriv et barn på")
    settled()
    form = dialog()
    choose(form, "case", emma)
    save(qtbot, form, settled)
    assert "Venteliste: 1" in shown(part.sheet)
    press(part, "Barn 2: Forlod")
    settled()
    assert "Der er en ledig plads. Først i køen er Emma Holm." in shown(part.sheet)
    press(part, "Emma Holm: Ind i gruppen")
    settled()
    (found,) = read(lambda r: r.find(GroupMember, where={"case": emma}))
    assert found.state is MemberState.IN
    press(part, "Skriv et barn på")
    settled()
    form = dialog()
    choose(form, "case", emma)
    save(qtbot, form, settled)
    assert "står allerede på listen" in form.form.rows["name"].problem
    form.form.cancel()
    settled()
    press(part, "Gang 1: Hvem kom")
    settled()
    attendance = dialog()
    next(iter(attendance.boxes.values())).click()
    attendance.save.click()
    settled()
    came = [one.came for one in read(lambda r: r.find(GroupAttendance))]
    assert (came.count(False), came.count(True)) == (1, 7)


# --- Form diet -----------------------------------------------------------------------------------------------------

NAMES = ("place", "joint_with", "purpose", "step", "called_off_why")
ROWS = (*(Row(name, makers.text()) for name in NAMES), Row("when", makers.time_span()))


@pytest.fixture
def five(write, emma):
    when = TimeSpan(TODAY, dt.time(9, 0), dt.time(10, 0))
    for n in range(5):
        write(lambda w, n=n: visits.plan(w, emma, {"when": when, "purpose": "Se på stuen" if n == 2 else ""}))


def diet_form(qtbot, house, settled):
    form = FormView(house, Visit, ROWS, lambda w, entity, edits: visits.edit(w, entity, edits) or entity)
    qtbot.addWidget(form)
    form.resize(700, 500)
    form.show()
    return form


def test_fields_never_used_are_hidden_at_a_press_and_shown_again(qtbot, house, read, five, settled):
    form = diet_form(qtbot, house, settled)
    one, *_rest, third = read(lambda r: r.find(Visit))[:3]
    form.edit(one.id)
    settled()
    assert form.diet.unused == ("joint_with", "step", "called_off_why")
    assert "3 felter har du aldrig brugt." in shown(form.diet)
    form.diet.button.click()
    settled()
    assert [name for name, row in form.rows.items() if row.isHidden()] == [
        "joint_with",
        "step",
        "called_off_why",
    ]
    (kept,) = read(lambda r: r.find(HiddenFields))
    assert (kept.form, set(kept.names)) == ("visit", {"joint_with", "step", "called_off_why"})
    form.edit(third.id)
    settled()
    assert form.rows["step"].isHidden()
    form.diet.button.click()
    settled()
    assert not any(row.isHidden() for row in form.rows.values())
    assert read(lambda r: form_diet.hidden(r, Visit)) == frozenset()


def test_a_field_with_a_value_or_a_fault_is_never_hidden(qtbot, house, write, read, five, settled):
    write(lambda w: form_diet.hide(w, Visit, ("joint_with", "purpose", "step", "place")))
    form = diet_form(qtbot, house, settled)
    found = next(one for one in read(lambda r: r.find(Visit)) if one.purpose)
    form.edit(found.id)
    settled()
    assert [name for name, row in form.rows.items() if row.isHidden()] == ["joint_with", "step"]
    form.go_to("step")
    assert not form.rows["step"].isHidden()
    write(lambda w: visits.edit(w, found.id, {"joint_with": Edit("Mie Brandt")}))
    form.follow(frozenset({("visit", found.id)}))
    settled()
    assert not any(row.isHidden() for row in form.rows.values())
    assert not form.diet.isVisible()


def test_the_catalogue_and_the_groups_are_reached_from_the_case(part, heard):
    part.buttons[2].click()
    assert heard.went[-1] == Place("quality", None, "efforts")
