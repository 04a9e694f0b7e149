"""Efforts of the catalogue, courses in them with checklist and intensity, group courses with a waiting list."""

from __future__ import annotations

import datetime as dt
import io
import itertools
import shutil

import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from caseworker_app.clock import FixedClock
from caseworker_app.documents.papers import make
from caseworker_app.domain.effort import Effort, Evidence, OwnEffort, read_efforts
from caseworker_app.domain.effort_course import (
    Answer,
    CourseState,
    EffortCourse,
    IntensityStep,
    IntensityUnit,
    Verdict,
    fast_falls,
    tapered,
    verdict,
)
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.group_course import LONG_WAIT, MemberState, session_days
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.services import (
    course_sheets,
    effort_courses,
    efforts,
    group_courses,
    group_views,
    history,
    kik,
    papers,
)
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from tests.helpers.stores import NOON, again, founded, register

TODAY = NOON.date()
DAY = dt.timedelta(days=1)
SHIPPED = read_efforts(resources.text("catalogues", "efforts.toml"))
BY_ID = {one.id: one for one in SHIPPED}
INFANTS, GROUPS = BY_ID["spaedbarn_jammerbugt"], BY_ID["boernegrupper_favrskov"]
HOLSTEBRO = BY_ID["spaedindsats_holstebro"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("founded")
    founded(folder, FixedClock(NOON)).close()
    return folder / "store.db"


@pytest.fixture
def clock():
    return FixedClock(NOON)


@pytest.fixture
def store(made, tmp_path, clock):
    shutil.copy(made, tmp_path)
    opened = again(tmp_path, clock)
    yield opened
    opened.close()


def edits(**values):
    return {name: Edit(value) for name, value in values.items()}


def refused(store, act, field):
    with pytest.raises(InvalidInput) as said:
        store.write(act)
    assert said.value.field == field, said.value.message


def consider(store, case, effort=INFANTS):
    return store.write(lambda w: effort_courses.consider(w, case, {"effort": effort.id}, SHIPPED)).result


def begun(store, case, on=TODAY - 60 * DAY, effort=INFANTS):
    course = consider(store, case, effort)
    for criterion in (*effort.include, *effort.include_some):
        answer(store, course, criterion, Answer.YES)
    change(store, course, begun_on=on)
    return course


def change(store, course, **values):
    store.write(lambda w: effort_courses.edit(w, course, edits(**values), SHIPPED))


def answer(store, course, criterion, said, note=None):
    store.write(lambda w: effort_courses.answer(w, course, criterion, said, note))


def step(store, course, on, amount, reason="Aftalt med familien"):
    values = {"begins_on": on, "amount": amount * 100, "reason": reason}
    return store.write(lambda w: effort_courses.plan_step(w, course, values)).result


def view(store, course):
    return store.read(lambda r: effort_courses.view(r, course, SHIPPED))


# --- The catalogue -----------------------------------------------------------------------------------------------


def test_the_five_efforts_of_the_report_ship_whole_and_without_a_level_of_evidence():
    assert [one.place for one in SHIPPED] == ["Jammerbugt", "København", "Favrskov", "Thisted", "Holstebro"]
    assert all(one.elements and one.include and one.evidence is None for one in SHIPPED)
    assert (GROUPS.sessions, GROUPS.most, GROUPS.kik_sessions, len(GROUPS.exclude)) == (10, 8, (3, 7), 4)
    assert (HOLSTEBRO.at_least, len(HOLSTEBRO.include_some)) == (2, 4)


def test_a_faulty_catalogue_is_not_read():
    for text in (
        '[[effort]]\nid = "a"\nname = "A"\n',
        '[[effort]]\nid = "a"\nname = "A"\nelements = ["x"]\nevidence = "4"\n',
        '[[effort]]\nid = "a"\nname = "A"\nelements = ["x"]\nat_least = 1\n',
        '[[effort]]\nid = "a"\nname = "A"\nelements = ["x"]\n' * 2,
    ):
        with pytest.raises(ValueError, match="effort"):
            read_efforts(text)


def test_the_municipality_fills_the_level_of_evidence_and_adds_its_own_efforts(store):
    store.write(
        lambda w: efforts.judge(
            w, INFANTS.id, {"evidence": Evidence.TWO, "evidence_source": "Egen opgørelse"}
        )
    )
    store.write(lambda w: efforts.judge(w, INFANTS.id, {"evidence": Evidence.THREE}))
    own = {
        "name": "Fælles spisning",
        "elements": "- Mad\n- Snak\n\n- Mad",
        "kik_sessions": "3, 1",
        "sessions": 4,
    }
    store.write(lambda w: efforts.add(w, own))
    offered = store.read(lambda r: efforts.offered(r, SHIPPED))
    assert (offered[0].evidence, offered[0].evidence_source) == (Evidence.THREE, "Egen opgørelse")
    assert (offered[-1].elements, offered[-1].kik_sessions, offered[-1].ships) == (
        ("Mad", "Snak"),
        (1, 3),
        False,
    )
    assert len(store.read(lambda r: r.find(OwnEffort))) == 2
    for values, field in (
        ({"name": ""}, "name"), ({"name": "fælles SPISNING", "elements": "x"}, "name"), ({"name": "B"}, "elements"),
        ({"name": "B", "elements": "x", "at_least": 1}, "at_least"),
        ({"name": "B", "elements": "x", "kik_sessions": "tre"}, "kik_sessions"),
        ({"name": "B", "elements": "x", "kik_sessions": "3"}, "kik_sessions"),
        ({"name": "B", "elements": "x", "months": -1}, "months"),
        ({"name": "B", "elements": "\n".join(map(str, range(31)))}, "elements"),
        ({"name": "B", "elements": "x", "evidence_on": TODAY + DAY}, "evidence_on"),
    ):  # fmt: skip
        refused(store, lambda w, v=values: efforts.add(w, v), field)


# --- The checklist -----------------------------------------------------------------------------------------------


def test_the_checklist_says_inside_outside_excluded_or_open():
    yes, no = dict.fromkeys(HOLSTEBRO.include, Answer.YES), dict.fromkeys(HOLSTEBRO.exclude, Answer.NO)
    some = HOLSTEBRO.include_some
    two, three_no = dict.fromkeys(some[:2], Answer.YES), dict.fromkeys(some[:3], Answer.NO)
    for answers, said in (
        ({}, Verdict.OPEN),
        ({**yes, **no, **two}, Verdict.INSIDE),
        ({**yes, **two}, Verdict.OPEN),
        ({**yes, **no, some[0]: Answer.YES}, Verdict.OPEN),
        ({**yes, **no, **three_no}, Verdict.OUTSIDE),
        ({HOLSTEBRO.include[0]: Answer.NO}, Verdict.OUTSIDE),
        ({**yes, **two, HOLSTEBRO.exclude[0]: Answer.YES}, Verdict.EXCLUDED),
    ):
        assert verdict(HOLSTEBRO, answers) is said, answers


@given(
    st.dictionaries(st.sampled_from([*HOLSTEBRO.include, *HOLSTEBRO.include_some]), st.sampled_from(Answer))
)
def test_whatever_else_is_answered_one_thing_that_keeps_out_is_enough(answers):
    assert verdict(HOLSTEBRO, {**answers, HOLSTEBRO.exclude[0]: Answer.YES}) is Verdict.EXCLUDED
    assert verdict(HOLSTEBRO, answers) is not Verdict.EXCLUDED


def test_a_course_takes_over_the_core_elements_and_begins_against_the_checklist_only_with_words(store):
    case = register(store)
    course = consider(store, case, HOLSTEBRO)
    assert [one.name for one in view(store, course).elements] == list(HOLSTEBRO.elements)
    answer(store, course, HOLSTEBRO.exclude[0], Answer.YES, "Oplyst af lægen")
    shown = view(store, course)
    assert shown.verdict is Verdict.EXCLUDED
    assert shown.checklist[-1].note == "Oplyst af lægen"
    begin = edits(begun_on=TODAY)
    refused(store, lambda w: effort_courses.edit(w, course, begin, SHIPPED), "judged")
    change(store, course, begun_on=TODAY, judged="I behandling fra i morgen; aftalt med lægen.")
    assert view(store, course).course.state is CourseState.RUNNING


def test_a_child_has_one_course_of_an_effort_at_a_time(store):
    case = register(store)
    course = begun(store, case)
    with pytest.raises(UserError, match="already"):
        consider(store, case)
    consider(store, case, HOLSTEBRO)
    change(store, course, ended_on=TODAY, why="Familien flyttede")
    consider(store, case)
    states = [one.course.state for one in store.read(lambda r: effort_courses.of_case(r, case, SHIPPED))]
    assert states == [CourseState.CONSIDERED, CourseState.CONSIDERED, CourseState.ENDED]


def test_days_of_a_course_the_wrong_way_round_are_refused(store):
    course = begun(store, register(store))
    for values, field in (
        ({"ended_on": TODAY - 61 * DAY, "why": "x"}, "ended_on"), ({"ended_on": TODAY + DAY, "why": "x"}, "ended_on"),
        ({"planned_end": TODAY - 61 * DAY}, "planned_end"), ({"ended_on": TODAY}, "why"), ({"declined": True}, "declined"),
    ):  # fmt: skip
        refused(store, lambda w, v=values: effort_courses.edit(w, course, edits(**v), SHIPPED), field)
    other = register(store)
    refused(store, lambda w: effort_courses.consider(w, other, {"effort": "none"}, SHIPPED), "effort")


# --- Intensity ---------------------------------------------------------------------------------------------------


def steps_of(*rows):
    return [
        IntensityStep(id=bytes([n]) * 16, begins_on=TODAY + day * DAY, amount=amount * 100)
        for n, (day, amount) in enumerate(rows)
    ]


def test_fast_tapering_is_a_fall_of_more_than_half_within_four_weeks():
    for rows, days in (
        (((0, 6), (40, 10)), []),
        (((0, 10), (60, 5)), []),
        (((0, 10), (60, 4)), [60]),
        (((0, 10), (60, 6), (70, 4)), [70]),
        (((0, 10), (60, 6), (90, 4)), []),
        (((0, 10), (60, 6), (88, 4)), []),
        (((0, 10), (60, 6), (87, 4)), [87]),
        (((0, 8), (60, 0)), [60]),
        (((0, 0), (60, 8)), []),
    ):
        assert [(one.day - TODAY).days for one in fast_falls(steps_of(*rows))] == days, rows


def test_an_end_is_a_fast_fall_unless_the_course_was_tapered_before():
    high, low = steps_of((0, 10), (40, 8)), steps_of((0, 10), (40, 6), (80, 3))
    assert [(one.before, one.after) for one in fast_falls(high, TODAY + 100 * DAY)] == [(800, 0)]
    assert fast_falls(low, TODAY + 120 * DAY) == ()


def test_steps_of_different_units_are_not_compared():
    first, second = steps_of((0, 10), (30, 2))
    visits = IntensityStep(id=second.id, begins_on=second.begins_on, amount=200, unit=IntensityUnit.VISITS)
    assert fast_falls([first, visits]) == ()
    assert len(fast_falls([first, second])) == 1


@given(st.integers(1, 400), st.integers(0, 4000), st.integers(1, 4000), st.integers(1, 12))
def test_a_tapering_goes_evenly_from_what_there_is_to_its_goal_on_its_last_day(days, goal, down, count):
    if count > 1 and days < count - 1:
        return
    found = tapered(TODAY, TODAY + days * DAY, goal + down, goal, count)
    assert len(found) == count
    assert found[-1] == (TODAY + days * DAY, goal)
    amounts = [goal + down, *(amount for _day, amount in found)]
    falls = [before - after for before, after in itertools.pairwise(amounts)]
    assert max(falls) - min(falls) <= 1
    assert [day for day, _amount in found] == sorted(day for day, _amount in found)


def test_a_planned_tapering_stands_as_dated_steps_and_is_undone_as_one(store):
    course = begun(store, register(store))
    step(store, course, TODAY - 60 * DAY, 8)
    plan = {
        "begins_on": TODAY + 7 * DAY,
        "ends_on": TODAY + 97 * DAY,
        "goal": 0,
        "steps": 4,
        "reason": "Det går godt",
    }
    store.write(lambda w: effort_courses.taper(w, course, plan))
    shown = view(store, course)
    assert [one.amount for one in shown.steps] == [800, 600, 400, 200, 0]
    assert shown.now.amount == 800
    store.write(history.undo)
    assert len(view(store, course).steps) == 1


def test_a_tapering_with_reversed_days_or_upwards_is_refused(store):
    course = begun(store, register(store))
    day = TODAY + 10 * DAY
    good = {"begins_on": day, "ends_on": day + 60 * DAY, "goal": 200, "steps": 3, "reason": "x"}
    refused(store, lambda w: effort_courses.taper(w, course, good), "begins_on")  # nothing is in force
    step(store, course, TODAY - 60 * DAY, 8)
    for values, field in (
        ({"ends_on": day - DAY}, "ends_on"), ({"ends_on": day + DAY}, "ends_on"), ({"begins_on": None}, "begins_on"),
        ({"ends_on": None}, "ends_on"), ({"goal": 800}, "goal"), ({"goal": -100}, "goal"), ({"goal": None}, "goal"),
        ({"steps": 0}, "steps"), ({"steps": 13}, "steps"), ({"reason": " "}, "reason"),
    ):  # fmt: skip
        refused(store, lambda w, v=values: effort_courses.taper(w, course, {**good, **v}), field)
    step(store, course, day + 5 * DAY, 4)
    refused(store, lambda w: effort_courses.taper(w, course, good), "begins_on")


def test_a_step_of_the_intensity_says_why_and_stays_within_the_course(store):
    course = begun(store, register(store))
    first = step(store, course, TODAY - 60 * DAY, 8, "")
    for values, field in (
        ({"begins_on": TODAY - 61 * DAY, "amount": 100, "reason": "x"}, "begins_on"),
        ({"begins_on": TODAY, "amount": -1, "reason": "x"}, "amount"),
        ({"begins_on": TODAY, "amount": 169_00, "reason": "x"}, "amount"), ({"begins_on": TODAY, "amount": 100}, "reason"),
        ({"begins_on": TODAY - 60 * DAY, "amount": 100, "reason": "x"}, "begins_on"), ({"amount": 100}, "begins_on"),
    ):  # fmt: skip
        refused(store, lambda w, v=values: effort_courses.plan_step(w, course, v), field)
    change(store, course, ended_on=TODAY, why="Nået")
    refused(store, lambda w: effort_courses.edit_step(w, first, edits(begins_on=TODAY + DAY)), "begins_on")


def test_kik_of_the_effort_is_due_three_months_after_the_last_or_the_start(store):
    case = register(store)
    course = begun(store, case, dt.date(2026, 6, 30))
    assert view(store, course).kik_due == dt.date(2026, 9, 30)
    store.write(
        lambda w: kik.begin(w, {"effort": INFANTS.name, "made_on": dt.date(2026, 11, 2), "elements": "x"})
    )
    assert (view(store, course).kik_on, view(store, course).kik_due) == (
        dt.date(2026, 11, 2),
        dt.date(2027, 2, 2),
    )


# --- Groups ------------------------------------------------------------------------------------------------------

FIRST = TimeSpan(dt.date(2026, 10, 7), dt.time(15, 0), dt.time(17, 0))


def group_of(store, name="Efterår", **values):
    given = {"name": name, "effort": GROUPS.id, "first": FIRST, **values}
    return store.write(lambda w: group_courses.begin(w, given, SHIPPED)).result


def put(store, group, name, **values):
    return store.write(lambda w: group_courses.add(w, group, {"name": name, **values})).result


def look(store, group):
    return store.read(lambda r: group_views.view(r, group, SHIPPED))


def names(views):
    return [one.member.name for one in views]


def test_a_group_has_ten_sessions_not_on_holidays_and_room_for_eight(store):
    shown = look(store, group_of(store, first=TimeSpan(dt.date(2026, 12, 2), dt.time(15, 0), dt.time(17, 0))))
    assert (len(shown.sessions), shown.group.most, shown.free) == (10, 8, 8)
    days = [one.when.day for one in shown.sessions]
    assert {day.weekday() for day in days} == {2}
    assert days == sorted(days)
    assert session_days(dt.date(2026, 12, 18), 3, 1, lambda day: day == dt.date(2026, 12, 25)) == (
        dt.date(2026, 12, 18), dt.date(2027, 1, 1), dt.date(2027, 1, 8),
    )  # fmt: skip


def test_the_ninth_child_waits_and_is_taken_in_when_a_place_is_free(store):
    group = group_of(store)
    members = [put(store, group, f"Barn {n}") for n in range(1, 11)]
    shown = look(store, group)
    assert names(shown.inside) == [f"Barn {n}" for n in range(1, 9)]
    assert [(one.number, one.member.name) for one in shown.waiting] == [(1, "Barn 9"), (2, "Barn 10")]
    with pytest.raises(UserError, match="full"):
        store.write(lambda w: group_courses.take_in(w, members[8]))
    store.write(lambda w: group_courses.leave(w, members[2]))
    put(store, group, "Barn 11")  # a free place belongs to who waits
    shown = look(store, group)
    assert (shown.free, names(shown.waiting)) == (1, ["Barn 9", "Barn 10", "Barn 11"])
    store.write(lambda w: group_courses.take_in(w, members[8]))
    shown = look(store, group)
    assert (shown.free, names(shown.gone)) == (0, ["Barn 3"])
    assert "Barn 9" in names(shown.inside)


def test_a_child_stands_on_one_list_at_a_time_by_case_or_by_name(store):
    emma = register(store, "Emma Prøve")
    autumn, spring = group_of(store), group_of(store, "Forår")
    member = put(store, autumn, "", case=emma)
    put(store, autumn, "Storm Ask")
    for values in ({"case": emma}, {"name": "storm  ask"}):
        refused(store, lambda w, v=values: group_courses.add(w, spring, v), "name")
    refused(store, lambda w: group_courses.add(w, autumn, {"name": "Storm Ask"}), "name")
    store.write(lambda w: group_courses.move(w, member, spring))
    assert (names(look(store, autumn).inside), names(look(store, spring).inside)) == (
        ["Storm Ask"],
        ["Emma Prøve"],
    )
    ((group, _view),) = store.read(lambda r: group_views.of_case(r, emma, SHIPPED))
    assert group.group.name == "Forår"
    store.write(lambda w: group_courses.leave(w, member, MemberState.DECLINED))
    put(store, autumn, "Emma Prøve")


def test_who_waits_longer_than_half_a_year_is_said(store, clock):
    group = group_of(store, most=1)
    put(store, group, "Alma")
    put(store, group, "Bo")
    assert not look(store, group).waiting[0].long_wait
    clock.set(NOON + LONG_WAIT + DAY)
    assert look(store, group).waiting[0].long_wait


def test_sessions_are_held_by_who_came_and_kik_is_due_after_the_third_and_the_seventh(store):
    group = group_of(store)
    child = put(store, group, "Alma")
    shown = look(store, group)
    for number in range(3):
        session = shown.sessions[number].id
        store.write(lambda w, s=session, n=number: group_courses.attend(w, s, {child: n != 1}))
    shown = look(store, group)
    assert (shown.held, shown.kik_due) == (3, (3,))
    assert (shown.inside[0].came, shown.inside[0].counted) == (2, 3)
    store.write(lambda w: kik.begin(w, {"effort": GROUPS.name, "elements": "x"}))
    assert look(store, group).kik_due == ()
    to_come = shown.sessions[9].id
    refused(store, lambda w: group_courses.attend(w, to_come, {child: True}), "when")


def test_what_cannot_be_in_a_group_is_refused(store):
    backwards = TimeSpan(TODAY, dt.time(17, 0), dt.time(9, 0))
    for values, field in (
        ({"name": ""}, "name"), ({"session_count": 0}, "session_count"), ({"most": 0}, "most"),
        ({"first": backwards}, "first"), ({"weeks_between": 0}, "weeks_between"),
        ({"ended_on": FIRST.day - DAY}, "ended_on"),
    ):  # fmt: skip
        given_ = {"name": "Efterår", "first": FIRST, **values}
        refused(store, lambda w, v=given_: group_courses.begin(w, v), field)
    group = group_of(store)
    put(store, group, "Alma")
    put(store, group, "Bo")
    refused(store, lambda w: group_courses.edit(w, group, edits(most=1)), "most")
    refused(store, lambda w: group_courses.add(w, group, {"name": "  "}), "name")
    refused(
        store, lambda w: group_courses.add(w, group, {"name": "Cia", "talk_start": TODAY + DAY}), "talk_start"
    )


# --- Papers ------------------------------------------------------------------------------------------------------


def pages_of(job):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(make(job).data)).pages]


def words_of(job):
    pdf = pypdf.PdfReader(io.BytesIO(make(job).data))
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join("".join(page.extract_text() for page in pdf.pages).split())


def test_a_course_and_a_group_on_paper_are_tagged_and_noted_when_they_leave(store):
    case = register(store, "Emma Prøve")
    course = begun(store, case)
    step(store, course, TODAY - 60 * DAY, 8)
    step(store, course, TODAY + DAY, 2, "Familien vil prøve selv")
    job = store.read(lambda r: effort_courses_job(r, course))
    words = words_of(job)
    for said in (
        "Indsatsforløb: Spædbarnsindsatsen",
        "Emma Prøve",
        "Hurtig nedtrapning",
        "fra 8 til 2 timer om ugen",
        "Mentaliserende",
    ):
        assert said in words, said
    store.write(lambda w: papers.record_print(w, job, b"%PDF", Access.PRINT))
    assert len(store.read(lambda r: papers.printed(r, course))) == 1
    assert store.read(lambda r: r.get(EffortCourse, course)).begun_on == TODAY - 60 * DAY
    group = group_of(store)
    for n in range(1, 10):
        put(store, group, f"Barn {n}")
    words = words_of(store.read(lambda r: course_sheets.group_job(r, group, SHIPPED)))
    assert "8 af 8" in words
    assert "Venter" in words
    assert "Barn 9" in words


def test_the_sessions_of_a_group_stand_on_one_page_and_no_page_is_nearly_empty(store):
    group, small = group_of(store), group_of(store, "Lille", session_count=4)
    for n in range(1, 11):
        put(store, group, f"Barn {n}")
    put(store, small, "Storm Ask")
    pages = pages_of(store.read(lambda r: course_sheets.group_job(r, group, SHIPPED)))
    assert len(pages) == 2
    assert all(len(page.splitlines()) > 12 for page in pages)
    assert "Barn 10" in pages[0]
    assert all(words in pages[0] for words in ("Venter", "Det udelukker fra gruppen"))
    assert all(words in pages[1] for words in ("Gange", "Emne", "Bemærkninger"))
    (page,) = pages_of(store.read(lambda r: course_sheets.group_job(r, small, SHIPPED)))
    assert "Bemærkninger" in page


def effort_courses_job(reader, course):
    return course_sheets.course_job(reader, course, SHIPPED)


def test_an_effort_that_is_in_no_catalogue_any_more_keeps_its_course_readable(store):
    own = store.write(lambda w: efforts.add(w, {"name": "Spisning", "elements": "Mad"})).result
    case = register(store)
    effort = Effort(f"own:{own.hex()}", "Spisning")
    course = consider(store, case, effort)
    store.write(lambda w: efforts.remove(w, own))
    shown = view(store, course)
    assert (shown.effort, shown.course.name, shown.elements[0].name) == (None, "Spisning", "Mad")
    assert "Spisning" in words_of(store.read(lambda r: effort_courses_job(r, course)))
