"""ELEVator in a case, and the room of board and quality, in the real widgets over a real store."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from caseworker_app.domain.case import Case
from caseworker_app.domain.elevator import Answer, ElevatorCourse, ElevatorHours, Party, StepKind
from caseworker_app.domain.kik_sheet import KikElement, KikSheet
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.searching import Question
from caseworker_app.domain.trial_action import Stage, TrialAction
from caseworker_app.services import cases, elevator, elevator_steps, kik, meetings, searching, trials
from caseworker_app.services.forms import Edit
from caseworker_app.services.meeting_kinds import kind_of
from caseworker_app.services.meeting_series import holidays
from ui.house import Place
from ui.models.search_places import place_of
from ui.pages.case_cooperation import CaseCooperation
from ui.pages.meeting_page import MeetingPage
from ui.pages.quality_page import QualityPage
from ui.widgets.cooperation.elevator import key_of

SAVE = (Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
CTRL = Qt.KeyboardModifier.ControlModifier
TODAY = dt.date(2026, 11, 21)
INSIDE = {
    "placed": Answer.YES, "special_school": Answer.NO, "developmental": Answer.NO, "intellectual": Answer.NO,
}  # fmt: skip
READY = {
    "what": "Kortere dagsorden", "aim": "Tid til aftaler", "how_known": "Vi ser på uret", "owner": "Karen",
    "show_on": TODAY + dt.timedelta(days=9),
}  # fmt: skip


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
    made.want("elevator")
    settled()
    return made.part("elevator")


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


def fresh(room, settled):
    board = room.parts.part("board")
    board.ask()  # what the test wrote past the window
    settled()
    return board


def dialog():
    (found,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
    return found


def press(part, words):
    next(b for name, b in part.sheet.buttons.items() if words in name).click()


def shown(widget):
    return " ".join(label.text() for label in widget.findChildren(QLabel))


def write_in(qtbot, form, name, words):
    editor = form.form.rows[name].editor
    editor.setFocus()
    qtbot.keyClicks(editor.control, words)


def save(qtbot, form, settled):
    qtbot.keyClick(form.focusWidget() or form, *SAVE)
    settled()


def chapter(part, course, name, settled):
    part.choose(key_of(course, name))
    part.ask()  # what the test wrote past the window
    settled()


def taking_part(write, case):
    course = write(lambda w: elevator.check(w, case, INSIDE))
    for party in (Party.FOSTER_PARENTS, Party.SCHOOL):
        write(lambda w, p=party: elevator.make_contract(w, course, {"party": p, "approved_on": TODAY}))
    return course


# --- ELEVator --------------------------------------------------------------------------------------------------


def test_the_check_is_begun_by_keyboard_and_stands_with_its_open_questions(qtbot, part, read, settled):
    part.setFocus()
    qtbot.keyClick(part.focusProxy() or part, Qt.Key.Key_Insert)
    settled()
    form = dialog()
    write_in(qtbot, form, "psychologist", "Nete Falk")
    save(qtbot, form, settled)
    (found,) = read(lambda r: r.find(ElevatorCourse))
    assert (found.psychologist, found.checked) == ("Nete Falk", False)
    assert part.list.key == found.id
    assert "Ikke set på" in shown(part.sheet)


def test_a_contract_is_approved_at_a_press_and_what_is_missing_is_offered(part, write, emma, settled):
    course = write(lambda w: elevator.check(w, emma, INSIDE))
    write(lambda w: elevator.make_contract(w, course, {"party": Party.SCHOOL}))
    settled()
    chapter(part, course, "contracts", settled)
    assert "Plejeforældre" in shown(part.sheet)
    press(part, "Godkendt i dag")
    settled()
    assert "godkendt 21. november 2026" in shown(part.sheet)


def test_the_plan_is_laid_held_and_its_hours_written_at_three_presses(
    qtbot, part, write, read, emma, settled
):
    course = taking_part(write, emma)
    settled()
    chapter(part, course, "first", settled)
    press(part, "Læg mødeplanen")
    settled()
    save(qtbot, dialog(), settled)
    assert len(read(lambda r: elevator.view(r, course)).steps) == 16
    press(part, "Holdt i dag")
    settled()
    press(part, "Timer som beregnet")
    settled()
    (line,) = read(lambda r: r.find(ElevatorHours))
    assert line.minutes == 300
    chapter(part, course, "hours", settled)
    assert "5 af 19 timer · 14 tilbage" in shown(part.sheet)


def test_hours_that_are_none_are_refused_where_they_are_typed(qtbot, part, write, read, emma, settled):
    course = taking_part(write, emma)
    settled()
    chapter(part, course, "hours", settled)
    press(part, "Skriv timer")
    settled()
    form = dialog()
    write_in(qtbot, form, "minutes", "halvanden")
    save(qtbot, form, settled)
    assert "Dette er ikke timer." in shown(form)
    form.form.rows["minutes"].editor.line.clear()
    write_in(qtbot, form, "minutes", "1,5")
    save(qtbot, form, settled)
    assert [one.minutes for one in read(lambda r: r.find(ElevatorHours))] == [90]


def test_a_quarterly_meeting_is_called_from_the_plan(part, heard, write, read, emma, settled):
    course = taking_part(write, emma)
    write(lambda w: elevator_steps.plan(w, course, TODAY, holidays()))
    settled()
    chapter(part, course, "quarters", settled)
    assert "træder ikke i stedet for opfølgningen" in shown(part.sheet)
    press(part, "Indkald til mødet")
    settled()
    (meeting,) = read(lambda r: r.find(Meeting))
    assert meeting.kind == "elevator_meeting"
    step = next(s for s in read(lambda r: elevator.view(r, course)).steps if s.kind is StepKind.QUARTERLY)
    assert step.meeting == meeting.id
    assert heard.went[-1] == Place("meeting", meeting.id, "plan")


def test_a_step_that_is_gone_to_opens_its_chapter(part, write, read, emma, settled):
    course = taking_part(write, emma)
    write(lambda w: elevator_steps.plan(w, course, TODAY, holidays()))
    step = next(s for s in read(lambda r: elevator.view(r, course)).steps if s.round == 2)
    part.want(step.id.hex())
    part.ask()
    settled()
    assert part.list.key == key_of(course, "second")


def test_a_child_kept_out_says_why_and_is_asked_nothing_more(part, write, emma, settled):
    values = {**INSIDE, "special_school": Answer.YES, "check_note": "Skolens visitation"}
    write(lambda w: elevator.check(w, emma, values))
    part.ask()
    settled()
    assert "Barnet går i specialklasse eller specialskole." in shown(part.sheet)
    assert part.list.model().rowCount() == 1


# --- The board -------------------------------------------------------------------------------------------------


def test_an_idea_is_written_by_keyboard_and_stands_on_the_board(qtbot, room, read, settled):
    board = room.parts.part("board")
    assert "Intet på tavlen endnu" in shown(board.sheet)
    board.new.click()
    settled()
    form = dialog()
    qtbot.keyClicks(form.focusWidget(), "Kortere dagsorden")
    save(qtbot, form, settled)
    (found,) = read(lambda r: r.find(TrialAction))
    assert board.columns[Stage.IDEA].list.key == found.id
    assert "Kortere dagsorden" in shown(board.sheet)


def test_ctrl_and_an_arrow_move_a_trial_and_the_keyboard_goes_along(qtbot, room, write, read, settled):
    made = write(lambda w: trials.suggest(w, READY))
    board = fresh(room, settled)
    listed = board.columns[Stage.IDEA].list
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Right, CTRL)
    settled()
    assert read(lambda r: r.get(TrialAction, made)).stage is Stage.PLAN
    assert board.columns[Stage.PLAN].list.key == made
    assert board.columns[Stage.IDEA].list.count() == 0


def test_an_idea_without_an_aim_says_what_it_lacks(qtbot, room, write, read, settled):
    made = write(lambda w: trials.suggest(w, {"what": "Noget"}))
    board = fresh(room, settled)
    qtbot.keyClick(board.columns[Stage.IDEA].list, Qt.Key.Key_Right, CTRL)
    settled()
    assert "Skriv først, hvad I vil opnå." in shown(board.complaint)
    assert read(lambda r: r.get(TrialAction, made)).stage is Stage.IDEA


def test_the_arrow_alone_goes_to_the_next_column_that_has_something(qtbot, room, write, settled):
    first = write(lambda w: trials.suggest(w, READY))
    second = write(lambda w: trials.suggest(w, {**READY, "what": "En anden"}))
    write(lambda w: trials.move(w, second, Stage.REFLECT))
    board = fresh(room, settled)
    board.choose(first)
    listed = board.columns[Stage.IDEA].list
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Right)
    assert board.columns[Stage.REFLECT].list.hasFocus()
    assert board.key == second
    assert "En anden" in shown(board.sheet)


def test_what_ended_is_seen_when_it_is_asked_for(room, write, settled):
    made = write(lambda w: trials.suggest(w, READY))
    write(lambda w: trials.move(w, made, Stage.DROPPED))
    write(lambda w: trials.suggest(w, {"what": "Ny"}))
    board = fresh(room, settled)
    assert board.columns[Stage.KEPT].isHidden()
    board.ended.setChecked(True)
    assert not board.columns[Stage.KEPT].isHidden()
    assert board.columns[Stage.KEPT].list.count() == 1


# --- KIK -------------------------------------------------------------------------------------------------------


def test_a_kik_sheet_is_begun_with_its_elements_one_a_line(qtbot, room, read, settled):
    room.parts.want("kik")
    settled()
    part = room.parts.part("kik")
    part.begin()
    settled()
    form = dialog()
    write_in(qtbot, form, "effort", "Børnegrupper")
    write_in(qtbot, form, "elements", "Tryg kultur")
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClicks(form.focusWidget(), "Supervision")
    save(qtbot, form, settled)
    (sheet,) = read(lambda r: r.find(KikSheet))
    assert [one.element.name for one in read(lambda r: kik.view(r, sheet.id)).elements] == [
        "Tryg kultur",
        "Supervision",
    ]
    assert part.list.key == sheet.id
    assert "ikke set på endnu" in shown(part.sheet)


def test_what_could_be_better_is_tried_and_the_board_is_gone_to(room, heard, write, read, settled):
    sheet = write(lambda w: kik.begin(w, {"effort": "Børnegrupper", "elements": "Supervision"}))
    (element,) = read(lambda r: r.find(KikElement))
    write(lambda w: kik.look_at(w, element.id, {"better": Edit("Fast dag til supervision")}))
    room.parts.want(f"kik:{sheet.hex()}")
    settled()
    press(room.parts.part("kik"), "Prøv det")
    settled()
    (trial,) = read(lambda r: r.find(TrialAction))
    assert trial.what == "Fast dag til supervision"
    assert heard.went[-1] == Place("quality", None, f"board:{trial.id.hex()}")


def test_a_group_is_shown_without_a_child_s_name(room, write, emma, settled):
    course = taking_part(write, emma)
    write(lambda w: elevator.edit(w, course, {"group": Edit("Hold 2026")}))
    room.parts.want("group")
    settled()
    part = room.parts.part("group")
    words = shown(part.sheet)
    assert "Hold 2026" in words
    assert "Under fem børn" in words
    assert "Emma" not in words


# --- The ways there --------------------------------------------------------------------------------------------


def test_what_is_searched_for_leads_to_the_board_the_sheet_and_the_case(write, read, emma):
    course = write(lambda w: elevator.check(w, emma, {**INSIDE, "check_note": "Kanelsnegl"}))
    sheet = write(lambda w: kik.begin(w, {"effort": "Børnegrupper", "elements": "Rundstykke"}))
    trial = write(lambda w: trials.suggest(w, {"what": "Wienerbrød"}))

    def found(word):
        (hit,) = read(lambda r: searching.search(r, Question(word))).hits
        return read(lambda r: place_of(r, hit))

    assert found("Kanelsnegl") == Place("case", emma, f"cooperation:elevator:{course.hex()}")
    assert found("Wienerbrød") == Place("quality", None, f"board:{trial.hex()}")
    hits = read(lambda r: searching.search(r, Question("Rundstykke"))).hits
    assert {read(lambda r, h=h: place_of(r, h)) for h in hits} == {
        Place("quality", None, f"kik:{sheet.hex()}")
    }


def test_a_meeting_at_the_board_has_the_way_to_it(qtbot, house, heard, write, read, settled):
    kind = read(lambda r: kind_of(house.books, r, "board_meeting"))
    meeting = write(lambda w: meetings.plan(w, None, {}, kind))
    page = MeetingPage(house)
    qtbot.addWidget(page)
    page.show()
    page.show_thing(meeting, "plan")
    settled()
    assert page.header.quality.text() == "Tavlen"
    page.header.quality.click()
    assert heard.went[-1] == Place("quality", None, "board")
