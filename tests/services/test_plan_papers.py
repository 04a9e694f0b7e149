"""The facts of the plan's papers: everything for the file, and for the child nothing it must not meet there."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.plan import Goal, GoalStatus, MarkSource, Plan
from caseworker_app.domain.plan_facts import ChildPlanFacts, PlanFacts
from caseworker_app.services import goals, meetings, papers, plan_papers, plans
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.planned import NUMBER, Planned, settle
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store: SqlStore) -> Planned:
    return settle(lambda fn: store.write(fn).result)


def for_file(store: SqlStore, plan: Id, version: Id | None = None) -> PlanFacts:
    facts = store.read(lambda r: plan_papers.for_file(r, plan, version)).facts
    assert isinstance(facts, PlanFacts)
    return facts


def for_child(store: SqlStore, plan: Id) -> ChildPlanFacts:
    facts = store.read(lambda r: plan_papers.for_child(r, plan)).facts
    assert isinstance(facts, ChildPlanFacts)
    return facts


def change(store: SqlStore, cls: type, thing: Id, **values: object) -> None:
    edits = {name: Edit(value, ()) for name, value in values.items()}
    edit = plans.edit if cls is Plan else goals.edit
    store.write(lambda w: edit(w, thing, edits))


def all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from all_texts(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from all_texts(item)


def test_the_file_has_the_number_all_letters_and_both_words_for_the_plan(store, emma):
    facts = for_file(store, emma.plan)
    assert facts.number == "610315-4234"
    assert facts.name == "Barnets plan (handleplan)"
    assert facts.law == "Barnets lov § 91"
    school, sleep = facts.goals
    assert [letter.name[0] for letter in school.letters] == list("SMART")
    assert school.lacks == ""
    assert sleep.lacks == "Kladde: mangler M, R og T"
    assert [letter.answer for letter in sleep.letters if not letter.answer] == ["", "", ""]


def test_what_will_be_seen_answers_m_and_the_day_answers_t(store, emma):
    answers = [letter.answer for letter in for_file(store, emma.plan).goals[0].letters]
    assert answers[1] == "Ugens fremmøde, og om Emma selv fortæller om en ven."
    assert answers[4] == "1. juni 2027"


def test_a_plan_from_before_2024_is_called_what_the_law_then_called_it(store):
    case = register(store, "Ida Prøve")
    plan = store.write(lambda w: plans.begin(w, case, {"begun_on": dt.date(2023, 5, 1)})).result
    facts = for_file(store, plan)
    assert (facts.name, facts.law) == ("Handleplan (nu barnets plan)", "Serviceloven § 140")
    assert facts.number == ""


def test_those_who_sign_are_the_child_from_ten_the_custody_holders_and_the_worker(store, emma):
    assert for_file(store, emma.plan).signers == (
        "Emma Holm", "Mia Holm, mor", "Jonas Bech, far", "Karen Prøve, socialrådgiver",
    )  # fmt: skip
    small = register(store, "Ida Prøve", born=dt.date(2020, 1, 1))
    plan = store.write(lambda w: plans.begin(w, small)).result
    assert for_file(store, plan).signers == ("Forældremyndighedsindehaver", "Karen Prøve, socialrådgiver")


def test_a_version_is_printed_as_it_stood_with_the_marks_of_its_day(store, emma):
    version = store.write(lambda w: plans.make_ready(w, emma.plan, TODAY, "Aftalt")).result
    change(store, Goal, emma.school, text="Et helt andet mål")
    facts = for_file(store, emma.plan, version)
    assert facts.goals[0].text.startswith("Emma er i skole")
    assert len(facts.goals[0].marks) == 8
    assert facts.version is not None and facts.version.why == "Aftalt"
    assert for_file(store, emma.plan).goals[0].text == "Et helt andet mål"


def test_what_shows_a_goal_stands_under_it(store, emma):
    from caseworker_app.domain.meeting import TimeSpan

    when = TimeSpan(dt.date(2026, 11, 20), dt.time(10), dt.time(11))
    meeting = store.write(lambda w: meetings.plan(w, emma.case, {"when": when})).result
    store.write(lambda w: goals.link_evidence(w, emma.school, "meeting", meeting, "Læreren fortalte"))
    assert for_file(store, emma.plan).goals[0].evidence == (
        "Inddragende netværksmøde 20. november 2026: Læreren fortalte",
    )


def test_the_child_reads_the_goal_its_own_words_who_helps_and_when(store, emma):
    (goal,) = for_child(store, emma.plan).goals
    assert goal.text == "Emma er i skole hver dag og har en ven at være sammen med"
    assert goal.child_words == "Jeg vil gerne have én at sidde ved siden af, som ikke griner."
    assert goal.helpers == ("Dig selv", "Mia (mor)", "Tom Vang, klasselærer")
    assert goal.look_on == dt.date(2027, 6, 1)
    assert goal.steps == ("Emma spiser frokost sammen med Sofie",)
    assert goal.said == (dt.date(2026, 11, 9), 5)


def test_nothing_an_adult_has_written_about_the_child_is_in_its_paper(store, emma):
    texts = " ".join(all_texts(for_child(store, emma.plan)))
    assert "Bekymring" not in texts
    for hidden in (
        "Vi vil gerne hjælpe",
        "Vi håber",
        "Til stede tre dage",
        "spille trommer",
        NUMBER,
        "27.24.00",
    ):
        assert hidden not in texts
    assert not contains_person_number(texts)


def test_the_childs_facts_have_no_place_for_a_number():
    names = {field.name for field in dataclasses.fields(ChildPlanFacts)}
    assert not names & {"number", "purpose", "parents_words", "record_number", "law", "state"}


def test_a_draft_is_not_in_the_childs_paper_and_only_drafts_make_none(store, emma):
    assert "sover" not in " ".join(all_texts(for_child(store, emma.plan)))
    store.write(lambda w: goals.set_status(w, emma.school, GoalStatus.GIVEN_UP))
    with pytest.raises(UserError, match="no goal to read for the child"):
        store.read(lambda r: plan_papers.for_child(r, emma.plan))
    assert [job.kind for job in store.read(lambda r: plan_papers.jobs(r, emma.plan))] == [Paper.PLAN]


def test_a_number_typed_into_the_words_for_the_child_is_refused(store, emma):
    change(store, Plan, emma.plan, child_words="Jeg er 610315-4234")
    with pytest.raises(UserError) as refused:
        store.read(lambda r: plan_papers.for_child(r, emma.plan))
    assert [str(word) for word in refused.value.values["words"]] == ["what the child says"]


def test_what_others_said_last_is_not_said_to_be_the_childs(store, emma):
    store.write(lambda w: goals.mark(w, emma.school, on=TODAY, source=MarkSource.PARENT, value=9))
    assert for_child(store, emma.plan).goals[0].said == (dt.date(2026, 11, 9), 5)


def test_an_unborn_child_has_no_paper_of_its_own(store):
    case = register(store, "", unborn_of="Mia Prøve", term=dt.date(2027, 2, 1))
    plan = store.write(lambda w: plans.begin(w, case)).result
    with pytest.raises(UserError, match="not born yet"):
        store.read(lambda r: plan_papers.for_child(r, plan))


def test_a_printed_plan_is_noted_in_the_case_and_in_the_access_log(store, emma):
    job = store.read(lambda r: plan_papers.for_file(r, emma.plan))
    store.write(lambda w: papers.record_shown(w, job))
    store.write(lambda w: papers.record_print(w, job, b"paper"))
    (noted,) = store.read(lambda r: r.find(Print, where={"about": emma.plan}))
    assert noted.document == "plan"
    rows = store.read(lambda r: r.access_log())
    assert {(row.action, row.entity_type) for row in rows} == {
        (Access.PRINT, "plan"),
        (Access.SHOW_NUMBER, "plan"),
    }
    child = store.read(lambda r: plan_papers.for_child(r, emma.plan))
    store.write(lambda w: papers.record_shown(w, child))
    assert len(store.read(lambda r: r.access_log())) == 2


@pytest.mark.parametrize("name", ["plan-file.pdf", "plan-child.pdf"])
def test_a_file_name_says_nothing_of_the_child(store, emma, name):
    assert name in [job.file_name for job in store.read(lambda r: plan_papers.jobs(r, emma.plan))]
