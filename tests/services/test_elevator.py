"""ELEVator: the exclusion check, contracts, the plan, hours against the budget, and the evaluation of child and group."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.clock import FixedClock
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.elevator import (
    BUDGET,
    IN_ALL,
    MAPPING,
    Answer,
    ElevatorContract,
    ElevatorHours,
    ElevatorProfession,
    ElevatorStep,
    MeasureArea,
    Party,
    Phase,
    StepKind,
)
from caseworker_app.domain.elevator_plan import LENGTH_MONTHS, schedule
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.meeting import Meeting, MeetingKind
from caseworker_app.domain.rules.periods import add_months
from caseworker_app.domain.rules.workdays import is_working_day
from caseworker_app.domain.typed_numbers import figure_words, hours_words, hundredths, minutes
from caseworker_app.services import elevator, elevator_group, elevator_papers, elevator_steps, history, papers
from caseworker_app.services.forms import Edit
from caseworker_app.services.meeting_kinds import kind_of
from caseworker_app.services.meeting_series import holidays
from caseworker_app.services.ports import Access
from tests.helpers.stores import NOON, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
BOOKS = ShippedBooks()
INSIDE = {
    "placed": Answer.YES, "special_school": Answer.NO, "developmental": Answer.NO, "intellectual": Answer.NO,
}  # fmt: skip
PSYCHOLOGIST, TEACHER = ElevatorProfession.PSYCHOLOGIST, ElevatorProfession.TEACHER


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path, FixedClock(NOON))
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, child_name="Emma Holm")


def check(store, case, **more):
    return store.write(lambda w: elevator.check(w, case, {**INSIDE, **more})).result


def contract(store, course, party, **more):
    return store.write(lambda w: elevator.make_contract(w, course, {"party": party, **more})).result


def taking_part(store, case, **more):
    course = check(store, case, **more)
    for party in (Party.FOSTER_PARENTS, Party.PARENTS, Party.SCHOOL):
        contract(store, course, party, approved_on=TODAY - 10 * DAY)
    return course


def planned(store, course, begins=TODAY - 30 * DAY):
    store.write(lambda w: elevator_steps.plan(w, course, begins, holidays()))
    return shown(store, course)


def shown(store, course):
    return store.read(lambda r: elevator.view(r, course))


def steps(store, course, kind, number=None):
    return [one for one in shown(store, course).steps if one.kind is kind and one.round == number]


def spend(store, course, profession, hours, **more):
    values = {"profession": profession, "minutes": round(hours * 60), **more}
    return store.write(lambda w: elevator_steps.spend(w, course, values)).result


def measure(store, course, first, second, instrument="Ordlæseprøve", **more):
    values = {"area": MeasureArea.READING, "instrument": instrument, "first": first, "second": second, **more}
    return store.write(lambda w: elevator_steps.measure(w, course, values)).result


# --- Does the child belong in it -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "answer", "reason"),
    [
        ("placed", Answer.NO, "not_placed"),
        ("special_school", Answer.YES, "special_school"),
        ("developmental", Answer.YES, "developmental"),
        ("intellectual", Answer.YES, "intellectual"),
    ],
)
def test_each_question_keeps_a_child_out_and_asks_why(store, emma, field, answer, reason):
    with pytest.raises(InvalidInput, match="keeps the child out"):
        check(store, emma, **{field: answer})
    course = check(store, emma, **{field: answer, "check_note": "Skolens visitation, august"})
    assert shown(store, course).course.excluded == (reason,)
    assert shown(store, course).phase is Phase.EXCLUDED
    with pytest.raises(UserError, match="belongs in ELEVator"):
        contract(store, course, Party.SCHOOL)


def test_a_question_not_answered_lets_no_contract_be_made(store, emma):
    course = check(store, emma, developmental=Answer.OPEN)
    assert shown(store, course).phase is Phase.CHECK
    with pytest.raises(UserError):
        contract(store, course, Party.FOSTER_PARENTS)


def test_a_child_is_in_one_course_at_a_time_and_may_come_back_after_it(store, emma):
    first = check(store, emma)
    with pytest.raises(UserError, match="already"):
        check(store, emma)
    stop = {"left_on": Edit(TODAY), "left_why": Edit("Flyttet til anden skole")}
    store.write(lambda w: elevator.edit(w, first, stop))
    second = check(store, emma)
    assert [v.course.id for v in store.read(lambda r: elevator.of_case(r, emma))] == [second, first]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"checked_on": TODAY + DAY}, "checked_on"),
        ({"left_on": TODAY}, "left_why"),
        ({"begins_on": TODAY, "left_on": TODAY - DAY, "left_why": "x"}, "left_on"),
        ({"begins_on": TODAY, "evaluated_on": TODAY - DAY, "evaluation": "x"}, "evaluated_on"),
        ({"evaluated_on": TODAY}, "evaluation"),
        ({"psychologist": "x" * 201}, "psychologist"),
        ({"evaluation": "x" * 20_001}, "evaluation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, emma, values, field):
    course = check(store, emma)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: elevator.edit(w, course, {name: Edit(v) for name, v in values.items()}))
    assert refused.value.field == field


def test_a_case_that_is_not_there_has_no_course(store):
    with pytest.raises(KeyError):
        check(store, b"\0" * 16)


# --- Contracts -------------------------------------------------------------------------------------------------


def test_the_child_takes_part_from_the_day_the_last_contract_is_approved(store, emma):
    course = check(store, emma)
    home = contract(store, course, Party.FOSTER_PARENTS, approved_on=TODAY - 5 * DAY)
    assert shown(store, course).takes_part_from is None
    school = contract(store, course, Party.SCHOOL, sent_on=TODAY - 6 * DAY)
    assert shown(store, course).phase is Phase.CONTRACTS
    store.write(lambda w: elevator.approve(w, school, TODAY - 2 * DAY))
    assert shown(store, course).takes_part_from == TODAY - 2 * DAY
    assert elevator.missing_parties(shown(store, course)) == (Party.PARENTS,)
    store.write(lambda w: elevator.remove_contract(w, home))
    assert shown(store, course).takes_part_from is None


def test_an_institution_stands_in_the_place_of_foster_parents(store, emma):
    course = check(store, emma)
    for party in (Party.INSTITUTION, Party.SCHOOL):
        contract(store, course, party, approved_on=TODAY)
    assert shown(store, course).takes_part_from == TODAY
    assert elevator.missing_parties(shown(store, course)) == (Party.PARENTS,)


def test_one_contract_a_party_and_no_day_before_it_was_handed_out(store, emma):
    course = check(store, emma)
    made = contract(store, course, Party.SCHOOL, sent_on=TODAY - DAY)
    with pytest.raises(InvalidInput, match="already"):
        contract(store, course, Party.SCHOOL)
    for day in (TODAY - 2 * DAY, TODAY + DAY):
        with pytest.raises(InvalidInput):
            store.write(lambda w, day=day: elevator.approve(w, made, day))
    other = contract(store, course, Party.PARENTS)
    with pytest.raises(InvalidInput, match="already"):
        store.write(lambda w: elevator.edit_contract(w, other, {"party": Edit(Party.SCHOOL)}))


def test_nothing_is_planned_before_home_and_school_have_said_yes(store, emma):
    course = check(store, emma)
    with pytest.raises(UserError, match="does not take part"):
        planned(store, course)


# --- The plan --------------------------------------------------------------------------------------------------


@given(st.dates(dt.date(2020, 1, 1), dt.date(2060, 1, 1)))
def test_the_plan_holds_two_mappings_and_five_quarterly_meetings_on_working_days(day):
    made = schedule(day, holidays())
    assert [one.day for one in made] == sorted(one.day for one in made)
    assert all(is_working_day(one.day, holidays()) for one in made)
    for number in (1, 2):
        assert [o.kind for o in made if o.round == number] == [*MAPPING, StepKind.FEEDBACK]
    quarters = [one.day for one in made if one.kind is StepKind.QUARTERLY]
    told = {one.round: one.day for one in made if one.kind is StepKind.FEEDBACK}
    assert len(quarters) == 5
    assert told[1] < quarters[0]
    assert quarters[-1] < add_months(day, LENGTH_MONTHS) < told[2]


def test_planning_again_leaves_what_is_there_and_fills_what_is_missing(store, emma):
    course = taking_part(store, emma)
    before = planned(store, course)
    assert len(before.steps) == 16
    moved = before.steps[0].id
    store.write(lambda w: elevator_steps.edit(w, moved, {"planned_on": Edit(TODAY + 3 * DAY)}))
    store.write(lambda w: elevator_steps.remove(w, before.steps[-1].id))
    again = store.write(lambda w: elevator_steps.plan(w, course, TODAY, holidays())).result
    assert again == 1
    assert next(s for s in shown(store, course).steps if s.id == moved).planned_on == TODAY + 3 * DAY


def test_the_whole_plan_is_one_act_that_undo_takes_back(store, emma):
    course = taking_part(store, emma)
    planned(store, course)
    store.write(history.undo)
    assert shown(store, course).steps == ()


def test_a_day_at_the_end_of_the_calendar_is_refused(store, emma):
    course = taking_part(store, emma)
    with pytest.raises(InvalidInput, match="calendar"):
        planned(store, course, dt.date(9999, 6, 1))


def test_the_phase_follows_what_was_held(store, emma):
    course = taking_part(store, emma)
    planned(store, course, TODAY - 700 * DAY)
    assert shown(store, course).phase is Phase.FIRST_MAPPING

    def hold(kind, number):
        (step,) = steps(store, course, kind, number)
        store.write(lambda w: elevator_steps.hold(w, step.id, TODAY))

    hold(StepKind.FEEDBACK, 1)
    assert shown(store, course).phase is Phase.QUARTERS
    hold(StepKind.HEALTH, 2)
    assert shown(store, course).phase is Phase.SECOND_MAPPING
    hold(StepKind.FEEDBACK, 2)
    assert shown(store, course).phase is Phase.EVALUATION
    done = {"evaluated_on": Edit(TODAY), "evaluation": Edit("Læser nu for sin lillesøster.")}
    store.write(lambda w: elevator.edit(w, course, done))
    assert shown(store, course).phase is Phase.DONE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"kind": StepKind.HEALTH, "planned_on": TODAY}, "round"),
        ({"kind": StepKind.FEEDBACK, "round": 3, "planned_on": TODAY}, "round"),
        ({"kind": StepKind.QUARTERLY}, "planned_on"),
        ({"kind": StepKind.QUARTERLY, "held_on": TODAY + DAY}, "held_on"),
    ],
)
def test_a_step_that_cannot_be_is_refused(store, emma, values, field):
    course = check(store, emma)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: elevator_steps.add(w, course, values))
    assert refused.value.field == field


def test_a_quarterly_meeting_belongs_to_no_mapping(store, emma):
    course = check(store, emma)
    values = {"kind": StepKind.QUARTERLY, "round": 2, "planned_on": TODAY}
    made = store.write(lambda w: elevator_steps.add(w, course, values)).result
    assert store.read(lambda r: r.get(ElevatorStep, made)).round is None


def test_a_meeting_of_the_plan_becomes_one_elevator_meeting_with_its_own_length(store, emma):
    course = taking_part(store, emma)
    step = next(s for s in planned(store, course).steps if s.kind is StepKind.QUARTERLY)
    kind = store.read(lambda r: kind_of(BOOKS, r, MeetingKind.ELEVATOR))
    made = store.write(lambda w: elevator_steps.call_meeting(w, step.id, kind)).result
    found = store.read(lambda r: r.get(Meeting, made))
    assert (found.kind, found.when.day, found.when.end) == (
        "elevator_meeting",
        step.planned_on,
        dt.time(15, 30),
    )
    assert store.write(lambda w: elevator_steps.call_meeting(w, step.id, kind)).result == made
    (test,) = steps(store, course, StepKind.HEALTH, 1)
    with pytest.raises(UserError, match="no meeting"):
        store.write(lambda w: elevator_steps.call_meeting(w, test.id, kind))


def test_a_cancelled_meeting_is_called_anew(store, emma):
    course = taking_part(store, emma)
    step = next(s for s in planned(store, course).steps if s.kind is StepKind.QUARTERLY)
    kind = store.read(lambda r: kind_of(BOOKS, r, MeetingKind.ELEVATOR))
    first = store.write(lambda w: elevator_steps.call_meeting(w, step.id, kind)).result

    def cancel(writer):
        writer.act("x")
        writer.cancel(Meeting, first)

    store.write(cancel)
    assert store.write(lambda w: elevator_steps.call_meeting(w, step.id, kind)).result != first


# --- Hours -----------------------------------------------------------------------------------------------------


def test_hours_stand_against_the_budget_of_the_model(store, emma):
    assert {name.value: of // 60 for name, of in BUDGET.items()} == {
        "psychologist": 19, "caseworker": 12, "health_visitor": 5, "teacher": 19, "akt": 18,
    }  # fmt: skip
    course = check(store, emma)
    spend(store, course, TEACHER, 20.5)
    spend(store, course, PSYCHOLOGIST, 4, in_all=True, who="Nete Falk")
    spend(store, course, ElevatorProfession.SPEECH, 2)
    found = {one.profession: one for one in elevator_steps.spent_on(shown(store, course).hours)}
    assert (found[TEACHER].minutes, found[TEACHER].left) == (1230, -90)
    assert found[PSYCHOLOGIST].minutes == 0
    assert (found[ElevatorProfession.SPEECH].budget, found[ElevatorProfession.SPEECH].left) == (None, None)


def test_what_a_held_step_is_reckoned_to_take_is_written_once(store, emma):
    course = taking_part(store, emma)
    planned(store, course)
    (test,) = steps(store, course, StepKind.PSYCHOLOGICAL, 1)
    assert store.write(lambda w: elevator_steps.spend_as_reckoned(w, test.id)).result == 0
    store.write(lambda w: elevator_steps.hold(w, test.id, TODAY))
    assert store.write(lambda w: elevator_steps.spend_as_reckoned(w, test.id)).result == 1
    assert store.write(lambda w: elevator_steps.spend_as_reckoned(w, test.id)).result == 0
    (line,) = shown(store, course).hours
    assert (line.profession, line.minutes, line.spent_on) == (PSYCHOLOGIST, 300, TODAY)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"minutes": None}, "minutes"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": -60}, "minutes"),
        ({"minutes": 500 * 60 + 1}, "minutes"),
        ({"minutes": 60, "spent_on": TODAY + DAY}, "spent_on"),
        ({"minutes": 60, "in_all": True, "who": "Tina"}, "in_all"),
        ({"minutes": 60, "in_all": True, "profession": PSYCHOLOGIST}, "who"),
    ],
)
def test_hours_that_cannot_be_are_refused(store, emma, values, field):
    course = check(store, emma)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: elevator_steps.spend(w, course, values))
    assert refused.value.field == field
    assert store.read(lambda r: r.find(ElevatorHours)) == []


@pytest.mark.parametrize(
    ("typed", "found"),
    [("2", 120), ("1,5", 90), ("1.5", 90), ("1:30", 90), ("1½", 90), ("½", 30), (" 2 timer ", 120),
     ("0,25", 15), ("", None)],
)  # fmt: skip
def test_hours_are_read_as_people_write_them(typed, found):
    assert minutes(typed, "minutes") == found


@pytest.mark.parametrize("typed", ["0", "-1", "1:75", "halvanden", "1,555", "501", "1e3", "٣", "timer"])
def test_what_are_no_hours_is_refused(typed):
    with pytest.raises(InvalidInput):
        minutes(typed, "minutes")


@given(st.integers(-99_999_999, 99_999_999))
def test_a_figure_is_read_back_as_it_is_written(value):
    assert hundredths(figure_words(value), "first") == value


@given(st.integers(1, 500 * 60))
def test_hours_are_read_back_to_the_minute(value):
    assert minutes(hours_words(value), "minutes") == value


# --- Results, and the group ------------------------------------------------------------------------------------


def test_gain_is_towards_the_better_also_where_low_is_good(store, emma):
    course = check(store, emma)
    measure(store, course, 2000, 2600)
    measure(store, course, 1400, 1100, "SDQ", low_is_good=True)
    measure(store, course, 900, None, "Stavning")
    assert [one.gain for one in shown(store, course).measures] == [600, 300, None]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"instrument": "", "first": 1}, "instrument"),
        ({"instrument": "Ordlæseprøve"}, "first"),
        ({"instrument": "ordlæseprøve", "area": MeasureArea.READING, "second": 1}, "instrument"),
    ],
)
def test_a_result_that_cannot_be_is_refused(store, emma, values, field):
    course = check(store, emma)
    if "area" in values:
        measure(store, course, 100, None)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: elevator_steps.measure(w, course, values))
    assert refused.value.field == field


def test_a_group_counts_only_children_measured_in_both_mappings(store):
    results = ((2000, 2600, "Nete Falk"), (1000, 1000, "nete falk"), (3000, 2500, "Ib Kær"), (500, None, ""))
    for number, (first, second, who) in enumerate(results):
        case = register(store, child_name=f"Barn {number}")
        course = taking_part(store, case, group="Hold 2025" if number % 2 else "hold 2025", psychologist=who)
        measure(store, course, first, second)
        spend(store, course, TEACHER, 10)
        if who:
            spend(store, course, PSYCHOLOGIST, 3, in_all=True, who=who)
    (found,) = store.read(elevator_group.groups)
    (line,) = found.lines
    assert (line.children, line.once, line.first, line.second) == (3, 1, 2000, 2033)
    assert (line.better, line.same, line.worse) == (1, 1, 1)
    assert (found.children, found.few) == (4, True)
    teachers = next(one for one in found.spent if one.profession is TEACHER)
    assert (teachers.minutes, teachers.budget) == (4 * 600, 4 * 19 * 60)
    assert found.in_all == (("Ib Kær", 180), ("Nete Falk", 360))
    assert found.in_all_budget == 2 * IN_ALL


def test_children_kept_out_are_counted_and_their_hours_are_not(store, emma):
    taking_part(store, emma, group="A")
    noah = register(store, child_name="Noah Lind")
    out = check(store, noah, special_school=Answer.YES, check_note="Specialklasse", group="A")
    spend(store, out, TEACHER, 2)
    found = store.read(lambda r: elevator_group.group(r, "a"))
    assert found.children == 1
    assert dict(found.phases)[Phase.EXCLUDED] == 1
    assert all(one.minutes == 0 for one in found.spent)
    with pytest.raises(KeyError):
        store.read(lambda r: elevator_group.group(r, "B"))


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=30))
def test_the_mean_is_rounded_to_the_nearest_hundredth(values):
    assert abs(elevator_group.mean(values) - sum(values) / len(values)) <= 0.5


def test_a_course_taken_away_takes_its_rows_out_of_the_group_and_comes_back(store, emma):
    course = taking_part(store, emma, group="A")
    store.write(lambda w: elevator.remove(w, course))
    assert store.read(elevator_group.groups) == ()
    store.write(history.undo)
    assert len(store.read(elevator_group.groups)) == 1
    assert len(store.read(lambda r: r.find(ElevatorContract))) == 3


# --- Papers ----------------------------------------------------------------------------------------------------


def text_of(job):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(make(job).data)).pages)


def test_a_contract_says_what_is_promised_and_has_a_line_for_each_name(store, emma):
    course = taking_part(store, emma, psychologist="Nete Falk")
    home = shown(store, course).contracts[0].id
    store.write(lambda w: elevator.edit_contract(w, home, {"names": Edit("Grethe og Ole Sandholm")}))
    words = text_of(store.read(lambda r: elevator_papers.contract_job(r, home)))
    assert "Emma Holm" in words
    assert "læse med barnet hver dag" in " ".join(words.split())
    for name in ("Grethe", "Ole Sandholm", "Nete Falk"):
        assert f"underskrift: {name}" in words
    store.write(lambda w: elevator.edit_contract(w, home, {"promises": Edit("- Ringe om fredagen\n\n")}))
    words = text_of(store.read(lambda r: elevator_papers.contract_job(r, home)))
    assert "Ringe om fredagen" in words
    assert "dialogisk" not in words


def test_the_evaluation_of_a_child_holds_its_words_results_and_hours(store, emma):
    course = taking_part(store, emma)
    measure(store, course, 1900, 2750)
    spend(store, course, TEACHER, 20.5)
    said = {"evaluation": Edit("Læser hver dag."), "child_words": Edit("Jeg kan læse nu.")}
    store.write(lambda w: elevator.edit(w, course, said))
    job = store.read(lambda r: elevator_papers.evaluation_job(r, course))
    words = " ".join(text_of(job).split())
    for one in ("Læser hver dag.", "Jeg kan læse nu.", "27,5", "frem", "20,5", "1,5 over"):
        assert one in words
    assert "Emma" not in job.file_name


def test_a_child_that_does_not_take_part_is_not_evaluated_on_paper(store, emma):
    course = check(store, emma)
    with pytest.raises(UserError, match="nothing to evaluate"):
        store.read(lambda r: elevator_papers.evaluation_job(r, course))


def test_the_group_s_paper_names_no_child_no_school_and_warns_when_they_are_few(store, emma):
    course = taking_part(store, emma, group="Hold 2025", school="Lyngdal Skole", psychologist="Nete Falk")
    measure(store, course, 1900, 2750, words="Emma læser nu.")
    store.write(lambda w: elevator.edit(w, course, {"context": Edit("Skift af lærer midtvejs.")}))
    words = " ".join(text_of(store.read(lambda r: elevator_papers.group_job(r, "hold 2025"))).split())
    for one in ("Hold 2025", "1 barn", "Under fem børn", "Skift af lærer midtvejs.", "Nete Falk"):
        assert one in words
    for one in ("Emma", "Holm", "Lyngdal Skole"):
        assert one not in words
    with pytest.raises(KeyError):
        store.read(lambda r: elevator_papers.group_job(r, "Hold 1999"))


def test_a_paper_that_was_printed_is_noted_at_its_course(store, emma):
    course = taking_part(store, emma)
    job = store.read(lambda r: elevator_papers.evaluation_job(r, course))
    store.write(lambda w: papers.record_print(w, job, make(job).data, Access.PRINT))
    (found,) = store.read(lambda r: papers.printed(r, course))
    assert (found.document, found.stream) == ("elevator_evaluation", shown(store, course).course.stream)
