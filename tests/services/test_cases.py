"""The caseload: registering, editing, closing, reopening, siblings, and the limit of active cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import (
    Address,
    Case,
    CaseKind,
    CaseState,
    LimitException,
    SiblingKind,
    SiblingLink,
)
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.domain.office import Function, Office, Worker
from caseworker_app.domain.person import Custody, Role
from caseworker_app.services import cases, history, meetings, office, people
from caseworker_app.services.cases import LimitReached
from caseworker_app.services.forms import Edit, Form
from caseworker_app.services.ports import Draft
from db.store import SqlStore
from tests.helpers.stores import case as kept
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
ARABIC, HEBREW, EMOJI = "محمد بن أحمد", "שרה לוי", "Emma 🌻 Holm"
AGREED = LimitException(dt.date(2026, 11, 20), "Tove Lund", "Akut; ingen andre kan tage sagen")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store: SqlStore) -> Id:
    return register(store, "Emma Holm", born=dt.date(2019, 1, 1))


def fill(store: SqlStore, count: int, *, arrives: bool = False) -> list[Id]:
    def make(w):
        made = []
        for number in range(count):
            made.append(cases.register(w, {"child_name": f"Barn {number:02d}"}, arrives=arrives))
            w.flush()
        return made

    return store.write(make).result


def edit(store: SqlStore, case: Id, **values: object) -> None:
    heads = store.read(lambda r: r.fields(Case, case))
    store.write(
        lambda w: cases.edit(w, case, {n: Edit(v, heads[n].heads, heads[n].value) for n, v in values.items()})
    )


def change_worker(store: SqlStore, **values: object) -> None:
    def change(w):
        w.act("Change own details")
        for name, value in values.items():
            w.set(Worker, w.author, name, value, parents=None)

    store.write(change)


def set_limit(store: SqlStore, limit: int | None) -> None:
    office_id = store.read(lambda r: r.find(Office)[0].id)
    store.write(lambda w: office.edit_office(w, office_id, {"limit": Edit(limit)}))


# --- Registering ---------------------------------------------------------------------------------------------


def test_a_name_is_enough_to_open_a_case_and_it_is_opened_today(store):
    case = kept(store, register(store, "Emma Holm"))
    assert (case.child_name, case.opened_on, case.state) == ("Emma Holm", TODAY, CaseState.ACTIVE)


def test_an_unborn_child_is_registered_by_whose_it_is_and_the_term(store):
    case = kept(store, register(store, "", unborn_of="Maria Holm", term=dt.date(2027, 3, 3)))
    assert case.unborn
    assert cases.display_name(case) == "Maria Holm"


@pytest.mark.parametrize("name", ["", "   ", "\n\t", "\u200e\u0007"])
def test_a_case_without_any_name_is_refused_and_says_what_is_enough(store, name):
    with pytest.raises(InvalidInput) as refused:
        register(store, name)
    assert refused.value.field == "child_name"
    assert refused.value.ways_out == ("A name is enough to begin with.",)
    assert store.read(cases.active_count) == 0


def test_a_name_of_twenty_thousand_characters_is_refused_with_its_length(store):
    with pytest.raises(InvalidInput) as refused:
        register(store, "Æ" * 20_000)
    assert refused.value.field == "child_name"
    assert refused.value.values == {"length": 20_000, "longest": cases.NAME_LENGTH}


@pytest.mark.parametrize("name", [ARABIC, HEBREW, EMOJI, "Søren Ærø-Ångström", "O'Brien", "Zoë 李"])
def test_a_name_in_any_script_comes_back_as_it_was_written(store, name):
    case = register(store, name)
    assert kept(store, case).child_name == name
    assert [row.case.child_name for row in store.read(cases.caseload).active] == [name]


def test_outer_space_and_control_characters_are_taken_off_a_name(store):
    assert kept(store, register(store, "  Emma\x00 Holm\x1b ")).child_name == "Emma Holm"


@pytest.mark.parametrize(
    "name", ["school", "phone", "language", "support_person", "district", "record_number"]
)
def test_no_short_field_takes_more_than_there_is_room_for(store, emma, name):
    with pytest.raises(InvalidInput) as refused:
        edit(store, emma, **{name: "x" * (cases.NAME_LENGTH + 1)})
    assert refused.value.field == name


def test_an_address_is_tidied_and_an_empty_one_is_none(store, emma):
    edit(store, emma, address=Address("  Skolegade 1 ", "7400", " Hedeby\x00"))
    assert kept(store, emma).address == Address("Skolegade 1", "7400", "Hedeby")
    edit(store, emma, address=Address("  ", "", ""))
    assert kept(store, emma).address is None


# --- CPR -----------------------------------------------------------------------------------------------------


def test_the_birth_date_follows_from_the_number_whatever_form_it_was_typed_in(store):
    case = kept(store, register(store, "Emma", person_number=" 610119 - 4000 "))
    assert (case.person_number, case.born) == ("6101194000", dt.date(2019, 1, 1))


def test_a_number_changed_later_changes_the_birth_date_with_it(store, emma):
    edit(store, emma, person_number="620520-4000")
    assert kept(store, emma).born == dt.date(2020, 5, 2)


def test_a_number_that_fails_modulus_11_is_taken(store):
    assert kept(store, register(store, "Emma", person_number="610119-4001")).person_number == "6101194001"


@pytest.mark.parametrize(
    "number", ["611926-4000", "990119-4000", "613219-4000", "12", "610119-400", "610119-40000", "æøå"]
)
def test_an_impossible_date_or_a_wrong_form_is_refused(store, number):
    with pytest.raises(InvalidInput) as refused:
        register(store, "Emma", person_number=number)
    assert refused.value.field == "person_number"
    assert number not in str(refused.value)


def test_a_number_from_the_future_is_refused_and_points_to_the_unborn_child(store):
    with pytest.raises(InvalidInput) as refused:
        register(store, "Emma", person_number="611226-4000")
    assert refused.value.message == "The number says a birth date in the future."
    assert any("unborn" in way for way in refused.value.ways_out)


def test_a_birth_date_in_the_future_is_refused(store):
    with pytest.raises(InvalidInput) as refused:
        register(store, "Emma", born=TODAY + dt.timedelta(days=1))
    assert refused.value.field == "born"


@pytest.mark.parametrize("step", [0, 7, -1])
def test_a_step_that_the_ladder_does_not_have_is_refused(store, emma, step):
    with pytest.raises(InvalidInput, match="1 to 6"):
        edit(store, emma, step=step)


# --- The same child twice ------------------------------------------------------------------------------------


def test_the_same_child_entered_twice_is_kept_twice_and_noted_on_both(store):
    first = register(store, "Emma Holm", person_number="610119-4000")
    second = register(store, "E. Holm", person_number="6101194000")
    rows = store.read(cases.caseload).active
    assert {row.case.id for row in rows} == {first, second}
    assert all(row.duplicate for row in rows)
    assert [other.id for other in store.read(lambda r: cases.view(r, first)).duplicates] == [second]


def test_the_same_name_and_birth_date_may_be_the_same_child(store, emma):
    def same(**values):
        return [c.id for c in store.read(lambda r: cases.possible_duplicates(r, values))]

    assert same(child_name="emma  holm", born=dt.date(2019, 1, 1)) == [emma]
    assert same(child_name="Emma Holm") == [emma]
    assert same(child_name="Emma Holm", born=dt.date(2018, 1, 1)) == []
    assert same(child_name="", person_number="") == []
    assert same(person_number="6101") == []


def test_children_without_a_name_are_not_taken_for_each_other(store):
    register(store, "", unborn_of="Maria Holm")
    assert store.read(lambda r: cases.possible_duplicates(r, {"child_name": ""})) == []


# --- The limit -----------------------------------------------------------------------------------------------


def test_the_number_warns_from_twenty_on(store):
    fill(store, 19)
    assert not store.read(cases.caseload).warn
    register(store, "Nummer tyve")
    assert store.read(cases.caseload).warn


def test_the_26th_active_case_is_refused_with_the_ways_out(store):
    fill(store, 25)
    with pytest.raises(LimitReached) as refused:
        register(store, "Nummer 26")
    assert refused.value.values == {"active": 25, "limit": 25}
    assert len(refused.value.ways_out) == 3
    assert store.read(cases.active_count) == 25


def test_the_team_leaders_exception_opens_the_26th_case_and_stands_on_it(store):
    fill(store, 25)
    case = kept(store, register(store, "Nummer 26", limit_exception=AGREED))
    assert (case.limit_exception, case.above_limit) == (AGREED, False)


@pytest.mark.parametrize(
    ("exception", "field"),
    [
        (LimitException(TODAY, " ", "Akut"), "agreed_by"),
        (LimitException(TODAY, "Tove Lund", "  "), "reason"),
        (LimitException(TODAY + dt.timedelta(days=1), "Tove Lund", "Akut"), "agreed_on"),
    ],
)
def test_an_exception_that_does_not_say_who_when_and_why_is_none(store, exception, field):
    fill(store, 25)
    with pytest.raises(InvalidInput) as refused:
        register(store, "Nummer 26", limit_exception=exception)
    assert refused.value.field == field
    closed = store.read(cases.caseload).active[0].case.id
    store.write(lambda w: cases.close(w, closed, TODAY, ""))
    register(store, "Nummer 25")
    with pytest.raises(InvalidInput):
        store.write(lambda w: cases.reopen(w, closed, exception))
    with pytest.raises(InvalidInput):
        store.write(lambda w: cases.record_exception(w, closed, exception))


def test_closed_cases_do_not_count(store):
    made = fill(store, 25)
    store.write(lambda w: cases.close(w, made[0], TODAY, "Flyttet"))
    register(store, "Nummer 25 igen")
    assert store.read(cases.active_count) == 25


def test_reopening_at_the_limit_is_refused_until_the_exception_is_given(store):
    made = fill(store, 25)
    store.write(lambda w: cases.close(w, made[0], TODAY, ""))
    register(store, "Ny")
    with pytest.raises(LimitReached):
        store.write(lambda w: cases.reopen(w, made[0]))
    assert not kept(store, made[0]).active
    store.write(lambda w: cases.reopen(w, made[0], AGREED))
    assert kept(store, made[0]).active
    assert kept(store, made[0]).limit_exception == AGREED


def test_what_arrives_is_never_refused_and_comes_first_as_above_the_limit(store):
    fill(store, 25)
    fill(store, 2, arrives=True)
    load = store.read(cases.caseload)
    assert (len(load.active), load.limit, load.above) == (27, 25, 2)
    assert [row.case.above_limit for row in load.active] == [True, True] + [False] * 25


def test_a_case_above_the_limit_stays_so_until_it_is_closed_or_excepted(store):
    fill(store, 25)
    first, second = fill(store, 2, arrives=True)
    store.write(lambda w: cases.record_exception(w, first, AGREED))
    store.write(lambda w: cases.close(w, second, TODAY, "Overdraget"))
    assert not kept(store, first).above_limit
    assert not kept(store, second).above_limit
    assert kept(store, first).limit_exception == AGREED


def test_a_health_visitor_has_no_limit_unless_the_municipality_sets_one(store):
    change_worker(store, function=Function.HEALTH_VISITOR)
    fill(store, 30)
    load = store.read(cases.caseload)
    assert (load.limit, load.warn, load.above) == (None, False, 0)
    set_limit(store, 30)
    with pytest.raises(LimitReached):
        register(store, "Nummer 31")


def test_the_municipalitys_own_limit_moves_the_warning_with_it(store):
    set_limit(store, 10)
    fill(store, 7)
    assert not store.read(cases.caseload).warn
    register(store, "Nummer 8")
    assert store.read(cases.caseload).warn


# --- Editing, closing, reopening -----------------------------------------------------------------------------


def test_a_case_cannot_be_edited_until_nobody_is_named(store, emma):
    with pytest.raises(InvalidInput, match="unborn"):
        edit(store, emma, child_name="")


def test_an_unborn_child_gets_her_name_when_she_is_born(store):
    case = register(store, "", unborn_of="Maria Holm", term=dt.date(2026, 11, 30))
    edit(store, case, child_name="Ida Holm", born=dt.date(2026, 11, 19))
    assert not kept(store, case).unborn
    assert kept(store, case).unborn_of == "Maria Holm"


def test_kinds_that_came_meanwhile_stay_when_others_are_chosen(store, emma):
    edit(store, emma, kinds=frozenset({CaseKind.INVESTIGATION}))
    form = store.read(lambda r: Form.load(r, Case, emma))
    edit(store, emma, kinds=frozenset({CaseKind.INVESTIGATION, CaseKind.AFTERCARE}))
    form.write("kinds", frozenset({CaseKind.PLACEMENT}))
    store.write(lambda w: cases.edit(w, emma, form.edits()))
    assert kept(store, emma).kinds == {CaseKind.AFTERCARE, CaseKind.PLACEMENT}


def test_a_closed_case_says_when_and_why_and_can_be_opened_again(store, emma):
    store.write(lambda w: cases.close(w, emma, TODAY, " Flyttet til Viborg "))
    case = kept(store, emma)
    assert (case.active, case.closed_on, case.close_reason) == (False, TODAY, "Flyttet til Viborg")
    load = store.read(cases.caseload)
    assert ([r.case.id for r in load.active], [r.case.id for r in load.closed]) == ([], [emma])
    store.write(lambda w: cases.reopen(w, emma))
    assert (kept(store, emma).active, kept(store, emma).closed_on) == (True, None)


def test_opening_a_case_that_is_open_does_nothing(store, emma):
    assert store.write(lambda w: cases.reopen(w, emma)).act_id is None


@pytest.mark.parametrize("day", [TODAY + dt.timedelta(days=1), dt.date(2020, 1, 1)])
def test_a_case_is_not_closed_in_the_future_or_before_it_was_opened(store, emma, day):
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: cases.close(w, emma, day, ""))
    assert refused.value.field == "closed_on"


def test_closing_is_undone_whole(store, emma):
    store.write(lambda w: cases.close(w, emma, TODAY, "En fejl"))
    store.write(history.undo)
    case = kept(store, emma)
    assert (case.active, case.closed_on, case.close_reason) == (True, None, "")


def test_a_case_that_is_not_there_is_a_bug(store):
    for act in (
        lambda w: cases.edit(w, b"\x01" * 16, {"school": Edit("Ny")}),
        lambda w: cases.close(w, b"\x01" * 16, TODAY, ""),
        lambda w: cases.view(w, b"\x01" * 16),
    ):
        with pytest.raises(KeyError):
            store.write(act)


# --- Siblings, and what the page shows -----------------------------------------------------------------------


def test_siblings_are_linked_in_both_cases_by_one_act_and_undone_by_one(store, emma):
    oscar = register(store, "Oscar Holm")
    outcome = store.write(lambda w: cases.link_siblings(w, emma, oscar, SiblingKind.HALF))
    assert len([t for t in outcome.touched if t[0] == "sibling_link"]) == 2
    for one, other in ((emma, oscar), (oscar, emma)):
        (sibling,) = store.read(lambda r, one=one: cases.view(r, one)).siblings
        assert (sibling.case.id, sibling.kind) == (other, SiblingKind.HALF)
    assert {row.siblings for row in store.read(cases.caseload).active} == {1}
    store.write(history.undo)
    assert store.read(lambda r: r.find(SiblingLink)) == []


def test_siblings_are_unlinked_in_both_cases(store, emma):
    oscar = register(store, "Oscar Holm")
    store.write(lambda w: cases.link_siblings(w, emma, oscar, SiblingKind.FULL))
    store.write(lambda w: cases.unlink_siblings(w, oscar, emma))
    assert store.read(lambda r: cases.view(r, emma)).siblings == ()
    assert store.read(lambda r: cases.view(r, oscar)).siblings == ()


def test_a_child_is_not_her_own_sibling_nor_linked_twice(store, emma):
    with pytest.raises(InvalidInput):
        store.write(lambda w: cases.link_siblings(w, emma, emma, SiblingKind.FULL))
    oscar = register(store, "Oscar Holm")
    store.write(lambda w: cases.link_siblings(w, emma, oscar, SiblingKind.FULL))
    with pytest.raises(UserError):
        store.write(lambda w: cases.link_siblings(w, oscar, emma, SiblingKind.FULL))


def test_the_row_shows_the_next_planned_meeting_and_the_draft_of_its_case(store, emma):
    for day in (30, 25, 10):
        span = TimeSpan(dt.date(2026, 11, day), dt.time(10), dt.time(11))
        store.write(lambda w, span=span: meetings.plan(w, emma, {"when": span}))
    case = kept(store, emma)
    store.write(
        lambda w: w.save_draft(Draft("case:x", "case", emma, case.stream, "Emma", {"school": ("x", ())}))
    )
    (row,) = store.read(cases.caseload).active
    assert row.next_meeting is not None
    assert row.next_meeting.when is not None
    assert row.next_meeting.when.day == dt.date(2026, 11, 25)
    assert row.has_draft


def test_the_caseload_stands_in_danish_order(store):
    for name in ("Åse", "Aagot", "Ærlig", "Zenia", "Øyvind", "Anna"):
        register(store, name)
    names = [row.case.child_name for row in store.read(cases.caseload).active]
    assert names == ["Anna", "Zenia", "Ærlig", "Øyvind", "Aagot", "Åse"]


def test_custody_holders_come_first_then_family_network_and_professionals(store, emma):
    for name, role, custody in (
        ("Lis", Role.SCHOOL_LEADER, None),
        ("Nabo", Role.NEIGHBOUR, None),
        ("Far", Role.FATHER, Custody.NONE),
        ("Mor", Role.MOTHER, Custody.SOLE),
    ):
        values = {"name": name, "role": role, "custody": custody}
        store.write(lambda w, values=values: people.add(w, emma, values))
    assert [p.name for p in store.read(lambda r: cases.view(r, emma)).people] == ["Mor", "Far", "Nabo", "Lis"]


def test_the_first_name_is_what_the_child_is_called(store, emma):
    assert kept(store, emma).first_name == "Emma"
    edit(store, emma, called="Emse")
    assert kept(store, emma).first_name == "Emse"


def test_undoing_a_registration_takes_the_case_out_of_the_list_and_redo_brings_it_back(store, emma):
    store.write(history.undo)
    assert store.read(cases.caseload).active == ()
    store.write(history.redo)
    assert [row.case.id for row in store.read(cases.caseload).active] == [emma]


def test_a_birth_date_that_contradicts_the_number_is_refused_and_an_equal_one_is_not(store):
    with pytest.raises(InvalidInput, match="another birth date") as refused:
        register(store, "Emma Prøve", person_number="620119-4111", born=dt.date(2018, 2, 3))
    assert refused.value.field == "born"
    register(store, "Emma Prøve", person_number="620119-4111", born=dt.date(2019, 1, 2))
