"""The plan and its goals: what makes a goal a draft, versions that stay, progress with its source."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import (
    HELP_QUESTION_LABELS,
    LETTER_LABELS,
    Goal,
    GoalStatus,
    Letter,
    MarkSource,
    PlanKind,
    PlanState,
    ProgressMark,
    missing_letters,
    plan_kind,
    shown_status,
)
from caseworker_app.services import goals, history, plans
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
SMART = {
    "text": "Felix kommer i skole hver dag",
    "specific": "Felix er i klassen fra kl. 8 til 14",
    "indicator": "Ugens fremmøde",
    "attractive": "Felix vil gerne spille trommer i klassen",
    "realistic": "Poul kører ham den første måned",
    "expected_on": dt.date(2027, 6, 1),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


@pytest.fixture
def plan(store: SqlStore, case: Id) -> Id:
    return store.write(lambda w: plans.begin(w, case, {"purpose": "Ro om skolen"})).result


def add(store: SqlStore, plan: Id, parent: Id | None = None, **values: object) -> Id:
    return store.write(lambda w: goals.add(w, plan, {"text": "Et mål", **values}, parent)).result


def goal(store: SqlStore, goal_id: Id) -> Goal:
    return store.read(lambda r: goals.known(r, goal_id))


def change(store: SqlStore, goal_id: Id, **values: object) -> None:
    fields = store.read(lambda r: r.fields(Goal, goal_id))
    edits = {name: Edit(value, fields[name].heads) for name, value in values.items()}
    store.write(lambda w: goals.edit(w, goal_id, edits))


def opened(store: SqlStore, plan: Id) -> plans.PlanView:
    return store.read(lambda r: plans.view(r, plan))


# --- The law and the word ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "age", "kind"),
    [
        (dt.date(2023, 12, 31), 17, PlanKind.ACTION_PLAN),
        (dt.date(2024, 1, 1), 15, PlanKind.CHILDS_PLAN),
        (dt.date(2024, 1, 1), 16, PlanKind.YOUTH_PLAN),
        (dt.date(2024, 1, 1), None, PlanKind.CHILDS_PLAN),
    ],
)
def test_a_plan_is_called_what_the_law_in_force_calls_it(day, age, kind):
    assert plan_kind(day, age) is kind


def test_a_plan_takes_the_child_s_age_on_the_day_it_is_begun(store):
    young = register(store, "Sara Dam", born=dt.date(2010, 11, 22))
    before = store.write(lambda w: plans.begin(w, young)).result
    assert opened(store, before).plan.kind is PlanKind.CHILDS_PLAN
    old = store.write(lambda w: plans.begin(w, young, {"begun_on": dt.date(2023, 5, 1)})).result
    assert opened(store, old).plan.kind is PlanKind.ACTION_PLAN


def test_an_unborn_child_can_have_a_plan(store):
    unborn = register(store, "", unborn_of="Lise Dam", term=dt.date(2027, 1, 1))
    made = store.write(lambda w: plans.begin(w, unborn)).result
    assert opened(store, made).plan.kind is PlanKind.CHILDS_PLAN


# --- The five letters ----------------------------------------------------------------------------------------


def test_a_goal_of_one_sentence_is_a_draft_and_says_which_letters_it_lacks(store, plan):
    made = goal(store, add(store, plan))
    assert missing_letters(made) == tuple(Letter)
    assert made.status is GoalStatus.DRAFT
    assert opened(store, plan).drafts == ((made, tuple(Letter)),)


def test_a_goal_with_all_five_letters_lacks_none_and_becomes_active(store, plan):
    made = add(store, plan, **SMART)
    store.write(lambda w: goals.set_status(w, made, GoalStatus.ACTIVE))
    assert goal(store, made).status is GoalStatus.ACTIVE
    assert opened(store, plan).drafts == ()


@pytest.mark.parametrize(
    ("gone", "letter"),
    [
        ("specific", Letter.SPECIFIC),
        ("indicator", Letter.MEASURABLE),
        ("attractive", Letter.ATTRACTIVE),
        ("realistic", Letter.REALISTIC),
        ("expected_on", Letter.TIME_BOUND),
    ],
)
def test_a_goal_that_lacks_a_letter_is_not_made_active_and_the_letter_is_named(store, plan, gone, letter):
    values = {name: value for name, value in SMART.items() if name != gone}
    made = add(store, plan, **values)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: goals.set_status(w, made, GoalStatus.ACTIVE))
    assert refused.value.values["letters"] == (Phrase(LETTER_LABELS[letter]),)


def test_an_active_goal_that_loses_a_letter_is_shown_as_a_draft_again(store, plan):
    made = add(store, plan, **SMART)
    store.write(lambda w: goals.set_status(w, made, GoalStatus.ACTIVE))
    change(store, made, realistic="")
    assert shown_status(goal(store, made)) is GoalStatus.DRAFT
    assert opened(store, plan).goals[0].status is GoalStatus.DRAFT
    change(store, made, realistic="Nu igen")
    assert opened(store, plan).goals[0].status is GoalStatus.ACTIVE


@given(
    st.fixed_dictionaries(
        {
            name: st.sampled_from(("", "sagt"))
            for name in ("specific", "measurable", "indicator", "attractive", "realistic", "time_bound")
        }
    ),
    st.none() | st.dates(),
)
def test_a_letter_is_missing_exactly_while_nothing_answers_it(texts, expected):
    missing = missing_letters(Goal(**texts, expected_on=expected))
    assert (Letter.SPECIFIC in missing) is (not texts["specific"])
    assert (Letter.MEASURABLE in missing) is (not texts["measurable"] and not texts["indicator"])
    assert (Letter.TIME_BOUND in missing) is (not texts["time_bound"] and expected is None)
    assert list(missing) == [letter for letter in Letter if letter in missing]


def test_every_letter_has_a_word_and_a_help_question():
    assert set(LETTER_LABELS) == set(HELP_QUESTION_LABELS) == set(Letter)


def test_a_goal_expected_before_it_is_begun_is_refused(store, plan):
    with pytest.raises(InvalidInput):
        add(store, plan, start=TODAY, expected_on=dt.date(2026, 1, 1))
    made = add(store, plan, start=TODAY, expected_on=TODAY)
    with pytest.raises(InvalidInput) as refused:
        change(store, made, start=dt.date(2027, 1, 1))
    assert refused.value.field == "expected_on"


def test_a_goal_without_words_is_refused_and_a_very_long_one_too(store, plan):
    with pytest.raises(InvalidInput):
        add(store, plan, text="  ")
    with pytest.raises(InvalidInput):
        add(store, plan, text="a" * 20_001)


def test_a_status_is_no_field_of_the_form(store, plan):
    made = add(store, plan, status=GoalStatus.REACHED)
    change(store, made, status=GoalStatus.REACHED, text="Et andet")
    assert (goal(store, made).status, goal(store, made).text) == (GoalStatus.DRAFT, "Et andet")


def test_a_goal_that_is_over_has_its_last_day_and_loses_it_when_taken_up_again(store, plan):
    made = add(store, plan, **SMART)
    store.write(lambda w: goals.set_status(w, made, GoalStatus.REACHED))
    assert goal(store, made).ended_on == TODAY
    store.write(lambda w: goals.set_status(w, made, GoalStatus.ACTIVE))
    assert goal(store, made).ended_on is None


# --- Subgoals and order --------------------------------------------------------------------------------------


def test_subgoals_stand_under_their_goal_and_have_none_of_their_own(store, plan):
    top = add(store, plan, text="Over")
    below = add(store, plan, top, text="Under")
    (view,) = opened(store, plan).goals
    assert [sub.goal.id for sub in view.subgoals] == [below]
    with pytest.raises(InvalidInput) as refused:
        add(store, plan, below, text="Under under")
    assert refused.value.field == "parent"


def test_a_subgoal_stays_when_its_goal_is_removed(store, plan):
    top = add(store, plan, text="Over")
    below = add(store, plan, top, text="Under")
    store.write(lambda w: goals.remove(w, top))
    assert [view.goal.id for view in opened(store, plan).goals] == [below]


def test_a_goal_of_another_plan_takes_no_subgoals_here(store, plan, case):
    other = store.write(lambda w: plans.begin(w, case)).result
    top = add(store, other)
    with pytest.raises(KeyError):
        add(store, plan, top)


def test_goals_are_moved_between_others(store, plan):
    one, two, three = (add(store, plan, text=text) for text in ("1", "2", "3"))

    def order() -> list[str]:
        return [view.goal.text for view in opened(store, plan).goals]

    store.write(lambda w: goals.move(w, three, None))
    assert order() == ["3", "1", "2"]
    store.write(lambda w: goals.move(w, three, one))
    assert order() == ["1", "3", "2"]
    store.write(lambda w: goals.move(w, one, two))
    assert order() == ["3", "2", "1"]


# --- Progress and evidence -----------------------------------------------------------------------------------


def mark(
    store: SqlStore, goal_id: Id, day: int, value: int | None, source: MarkSource, words: str = ""
) -> Id:
    on = dt.date(2026, 11, day)
    return store.write(
        lambda w: goals.mark(w, goal_id, on=on, source=source, value=value, words=words)
    ).result


def test_progress_is_kept_by_who_says_it_and_by_day(store, plan):
    made = add(store, plan)
    mark(store, made, 20, 6, MarkSource.CHILD)
    mark(store, made, 3, 2, MarkSource.CHILD)
    mark(store, made, 10, 5, MarkSource.SCHOOL)
    mark(store, made, 11, None, MarkSource.PARENT, "Det går bedre")
    (view,) = opened(store, plan).goals
    assert [m.marked_on.day for m in view.marks] == [3, 10, 11, 20]
    child, school = goals.progress(view.marks)
    assert child == goals.Line(MarkSource.CHILD, ((dt.date(2026, 11, 3), 2), (dt.date(2026, 11, 20), 6)))
    assert school.source is MarkSource.SCHOOL


@pytest.mark.parametrize("value", [-1, 11])
def test_progress_is_said_from_nought_to_ten(store, plan, value):
    with pytest.raises(InvalidInput) as refused:
        mark(store, add(store, plan), 3, value, MarkSource.WORKER)
    assert refused.value.field == "value"


def test_a_mark_says_something_and_not_of_tomorrow(store, plan):
    made = add(store, plan)
    with pytest.raises(InvalidInput):
        mark(store, made, 3, None, MarkSource.WORKER)
    with pytest.raises(InvalidInput) as refused:
        mark(store, made, 22, 3, MarkSource.WORKER)
    assert refused.value.field == "marked_on"


@given(
    st.lists(
        st.builds(
            ProgressMark,
            marked_on=st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 9)),
            source=st.sampled_from(MarkSource),
            value=st.none() | st.integers(0, 10),
        )
    )
)
def test_no_mark_with_a_number_is_lost_on_the_chart(marks):
    lines = goals.progress(marks)
    assert sum(len(line.points) for line in lines) == sum(m.value is not None for m in marks)
    assert all(list(line.points) == sorted(line.points, key=lambda p: p[0]) for line in lines)


def test_evidence_links_to_something_of_the_child_s_own_case(store, plan, case):
    made = add(store, plan)
    link = store.write(lambda w: goals.link_evidence(w, made, "plan", plan, "Se formålet")).result
    assert opened(store, plan).goals[0].evidence[0].note == "Se formålet"
    store.write(lambda w: goals.unlink_evidence(w, link))
    assert opened(store, plan).goals[0].evidence == ()
    other = register(store, "Liva Krogh")
    with pytest.raises(KeyError):
        store.write(lambda w: goals.link_evidence(w, made, "case", other))
    with pytest.raises(KeyError):
        store.write(lambda w: goals.link_evidence(w, made, "nothing", plan))


# --- Ready, versions, the end --------------------------------------------------------------------------------


def test_a_plan_without_an_active_goal_is_not_ready_and_stays_a_draft(store, plan):
    add(store, plan)
    with pytest.raises(UserError):
        store.write(lambda w: plans.make_ready(w, plan, TODAY))
    assert opened(store, plan).plan.state is PlanState.DRAFT


def test_a_plan_made_ready_keeps_a_version_that_later_changes_leave_alone(store, plan):
    made = add(store, plan, **SMART)
    store.write(lambda w: goals.set_status(w, made, GoalStatus.ACTIVE))
    store.write(lambda w: plans.make_ready(w, plan, TODAY, "Aftalt med Felix og mor"))
    change(store, made, text="Noget helt andet")
    store.write(lambda w: plans.keep_version(w, plan, "Efter opfølgningen"))
    view = opened(store, plan)
    assert (view.plan.state, view.plan.ready_on) == (PlanState.ACTIVE, TODAY)
    assert [version.number for version in view.versions] == [2, 1]
    then, (old,) = plans.read_version(view.versions[1])
    assert old.text == SMART["text"]
    assert old.expected_on == SMART["expected_on"]
    assert old.id == made
    assert then.purpose == "Ro om skolen"
    assert plans.read_version(view.versions[0])[1][0].text == "Noget helt andet"


def test_a_version_of_a_subgoal_knows_its_goal(store, plan):
    top = add(store, plan)
    add(store, plan, top, text="Under")
    store.write(lambda w: plans.keep_version(w, plan, ""))
    _, (one, other) = plans.read_version(opened(store, plan).versions[0])
    assert (one.parent, other.parent) == (None, top)


@pytest.mark.parametrize("on", [TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)])
def test_a_plan_is_ready_neither_tomorrow_nor_before_it_was_begun(store, plan, on):
    with pytest.raises(InvalidInput):
        store.write(lambda w: plans.make_ready(w, plan, on))


def test_the_plan_in_use_is_listed_first_and_the_ended_last(store, case, plan):
    made = add(store, plan, **SMART)
    store.write(lambda w: goals.set_status(w, made, GoalStatus.ACTIVE))
    store.write(lambda w: plans.make_ready(w, plan, TODAY))
    draft = store.write(lambda w: plans.begin(w, case)).result
    old = store.write(lambda w: plans.begin(w, case, {"begun_on": dt.date(2020, 1, 1)})).result
    store.write(lambda w: plans.end(w, old, dt.date(2021, 1, 1)))
    assert [p.id for p in store.read(lambda r: plans.plans_of(r, case))] == [plan, draft, old]


def test_a_change_of_a_goal_is_undone(store, plan):
    made = add(store, plan, text="Først")
    change(store, made, text="Så")
    store.write(history.undo)
    assert goal(store, made).text == "Først"


def test_two_workers_words_for_one_goal_are_both_kept(store, plan):
    made = add(store, plan, text="Fælles")
    heads = store.read(lambda r: r.fields(Goal, made))["text"].heads
    for words in ("Den ene", "Den anden"):
        store.write(lambda w, words=words: goals.edit(w, made, {"text": Edit(words, heads)}))
    field = store.read(lambda r: r.fields(Goal, made))["text"]
    assert {field.value, *(head.value for head in field.others)} == {"Den ene", "Den anden"}


def test_a_plan_of_a_case_that_is_not_there_is_a_bug_and_no_silence(store):
    with pytest.raises(KeyError):
        store.write(lambda w: plans.begin(w, bytes(16)))
    with pytest.raises(KeyError):
        store.read(lambda r: plans.plans_of(r, bytes(16)))
