"""From a map to people: one act invites them, the honour gate holds, small tasks are found again, near ones are noted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Meeting, MeetingKind, Participant
from caseworker_app.domain.network_map import Candidate, MapPersonKind, NetworkTask, Voice
from caseworker_app.domain.person import Role
from caseworker_app.services import (
    history,
    honour,
    map_meetings,
    map_versions,
    meetings,
    network_maps,
    people,
)
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.maps import called, opened, put, shipped
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Ida Prøve", born=dt.date(2017, 5, 2))


@pytest.fixture
def drawn(store: SqlStore, case: Id) -> Id:
    return store.write(lambda w: network_maps.begin(w, case, Voice.CHILD)).result


def card(store: SqlStore, case: Id, name: str, role: Role, **more: object) -> Id:
    return store.write(lambda w: people.add(w, case, {"name": name, "role": role, **more})).result


def invite(store: SqlStore, drawn: Id, chosen: list[Id], *args: object, **more: object) -> Id:
    return store.write(lambda w: map_meetings.invite(w, drawn, chosen, *args, **more)).result


def invited(store: SqlStore, meeting: Id) -> list[tuple[str, str, Audience]]:
    found = store.read(lambda r: r.find(Participant, where={"meeting": meeting}))
    return [(one.name, one.function, one.audience) for one in sorted(found, key=lambda one: one.order)]


def test_people_of_a_map_become_participants_of_a_new_involving_meeting_in_one_act(store, case, drawn):
    mor = put(store, drawn, "Mor", "closest", case_person=card(store, case, "Trine Prøve", Role.MOTHER))
    mads = card(store, case, "Mads Overgaard", Role.TEACHER, function="klasselærer")
    laerer = put(store, drawn, "Mads", "known", case_person=mads)
    nabo = put(store, drawn, "Kirsten", "close", role_word="nabo")
    meeting = invite(store, drawn, [mor, laerer, nabo, mor], with_child=True, purpose="Ro om eftermiddagen")
    made = store.read(lambda r: r.get(Meeting, meeting))
    assert (made.kind, made.purpose, made.chair) == (
        MeetingKind.INVOLVING,
        "Ro om eftermiddagen",
        "Karen Prøve",
    )
    assert invited(store, meeting) == [
        ("Ida Prøve", "", Audience.CHILD),
        ("Trine Prøve", "", Audience.PARENT),
        ("Mads Overgaard", "klasselærer", Audience.PROFESSIONAL),
        ("Kirsten", "nabo", Audience.NETWORK),
    ]
    assert store.read(history.state).undo == "Invite people of the network map to a meeting"
    store.write(history.undo)
    assert store.read(lambda r: r.find(Meeting)) == store.read(lambda r: r.find(Participant)) == []


def test_a_meeting_that_is_planned_takes_more_and_nobody_twice(store, case, drawn):
    trine = card(store, case, "Trine Prøve", Role.MOTHER)
    mor, nabo = put(store, drawn, "Mor", "closest", case_person=trine), put(store, drawn, "Kirsten", "close")
    planned = store.write(lambda w: meetings.plan(w, case, {"purpose": "Status"})).result
    store.write(lambda w: meetings.invite(w, planned, [trine]))
    store.write(lambda w: meetings.invite_name(w, planned, "kirsten", "", Audience.NETWORK))
    morfar = put(store, drawn, "Morfar", "close")
    assert [one.id for one in store.read(lambda r: map_meetings.planned(r, drawn))] == [planned]
    assert invite(store, drawn, [mor, nabo, morfar], planned) == planned
    assert [name for name, *_ in invited(store, planned)] == ["Trine Prøve", "kirsten", "Morfar"]
    store.write(lambda w: meetings.call_off(w, planned))
    assert store.read(lambda r: map_meetings.planned(r, drawn)) == ()
    with pytest.raises(UserError, match="not ahead"):
        invite(store, drawn, [morfar], planned)


def test_a_kept_map_invites_too_and_stays_as_it_is(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    store.write(lambda w: map_versions.keep(w, drawn))
    invite(store, drawn, [mormor])
    assert store.read(lambda r: map_versions.verify_digest(r, drawn))


def test_animals_places_the_dead_and_the_nameless_are_not_invited(store, drawn):
    dog = put(store, drawn, "Trofast", "closest", kind=MapPersonKind.PET)
    club = put(store, drawn, "Fodbold", "close", kind=MapPersonKind.PLACE)
    nobody = put(store, drawn, "", "known", kind=MapPersonKind.UNKNOWN)
    farmor = put(store, drawn, "Farmor", "outside")
    store.write(lambda w: network_maps.edit_person(w, farmor, {"dead": Edit(True)}))
    for chosen in ([dog, club, nobody, farmor], []):
        with pytest.raises(InvalidInput):
            invite(store, drawn, chosen)
    with pytest.raises(KeyError):
        invite(store, drawn, [b"\x07" * 16])


def test_somebody_on_another_map_and_a_meeting_of_another_case_are_refused(store, case, drawn):
    theirs = store.write(lambda w: network_maps.begin(w, case, Voice.MOTHER)).result
    mormor, other = put(store, drawn, "Mormor", "close"), put(store, theirs, "Mormor", "close")
    elsewhere = register(store, "Bo Andensag")
    strange = store.write(lambda w: meetings.plan(w, elsewhere, {})).result
    with pytest.raises(KeyError):
        invite(store, drawn, [other])
    with pytest.raises(KeyError):
        invite(store, drawn, [mormor], strange)


def test_a_child_not_born_yet_is_not_invited(store):
    unborn = register(store, "", unborn_of="Lise Dam", term=dt.date(2027, 1, 1))
    made = store.write(lambda w: network_maps.begin(w, unborn, Voice.MOTHER)).result
    with pytest.raises(InvalidInput, match="not born"):
        invite(store, made, [], with_child=True)


def test_nobody_is_invited_before_the_risk_assessment(store, case, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    store.write(lambda w: honour.note(w, case, {"reason": "Bange for onklerne"}))
    with pytest.raises(UserError):
        invite(store, drawn, [mormor])
    assert store.read(lambda r: r.find(Meeting)) == []


# --- Small tasks ---------------------------------------------------------------------------------------------


def test_a_small_task_is_found_again_on_every_later_map(store, case, drawn):
    birthe = card(store, case, "Birthe Prøve", Role.GRANDPARENT)
    mormor = put(store, drawn, "Mormor", "close", case_person=birthe)
    bo = put(store, drawn, "Bo", "close")
    one = store.write(lambda w: map_meetings.add_task(w, mormor, " Henter i SFO ", TODAY)).result
    two = store.write(lambda w: map_meetings.add_task(w, bo, "Går tur med Ida")).result
    store.write(lambda w: map_versions.keep(w, drawn))
    later = store.write(lambda w: map_versions.draw_on(w, drawn)).result
    mothers = store.write(lambda w: network_maps.begin(w, case, Voice.MOTHER)).result
    put(store, mothers, "Min mor", "close", case_person=birthe)
    assert [task.id for task in opened(store, drawn).tasks] == [one, two]
    assert [task.id for task in opened(store, later).tasks] == [one, two]
    assert [task.id for task in opened(store, mothers).tasks] == [one]
    store.write(lambda w: network_maps.remove_person(w, called(opened(store, later), "Bo").id))
    assert [task.id for task in opened(store, later).tasks] == [one]


def test_a_task_is_changed_done_not_done_and_taken_back(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    task = store.write(lambda w: map_meetings.add_task(w, mormor, "Henter i SFO")).result

    def now():
        return store.read(lambda r: r.get(NetworkTask, task))

    store.write(
        lambda w: map_meetings.edit_task(w, task, {"what": Edit("Henter kl. 15"), "due": Edit(TODAY)})
    )
    store.write(lambda w: map_meetings.settle_task(w, task, TODAY))
    assert (now().what, now().due, now().done_on) == ("Henter kl. 15", TODAY, TODAY)
    assert store.write(lambda w: map_meetings.settle_task(w, task, TODAY)).act_id is None
    store.write(lambda w: map_meetings.settle_task(w, task, None))
    assert now().done_on is None
    for write in (
        lambda w: map_meetings.add_task(w, mormor, "  "),
        lambda w: map_meetings.edit_task(w, task, {"what": Edit("")}),
        lambda w: map_meetings.settle_task(w, task, TODAY + dt.timedelta(days=1)),
    ):
        with pytest.raises(InvalidInput):
            store.write(write)
    with pytest.raises(KeyError):
        store.write(lambda w: map_meetings.edit_task(w, task, {"map": Edit(None)}))
    store.write(lambda w: map_meetings.remove_task(w, task))
    assert opened(store, drawn).tasks == ()


def test_what_is_done_stands_after_what_is_not(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    done, late, soon = (
        store.write(lambda w, due=due: map_meetings.add_task(w, mormor, "Noget", due)).result
        for due in (TODAY, None, TODAY)
    )
    store.write(lambda w: map_meetings.settle_task(w, done, TODAY))
    assert [task.id for task in opened(store, drawn).tasks] == [soon, late, done]


# --- Relief and placement ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ring", "kind", "may"),
    [
        ("closest", MapPersonKind.PERSON, True),
        ("close", MapPersonKind.PERSON, True),
        ("known", MapPersonKind.PERSON, False),
        ("outside", MapPersonKind.PERSON, False),
        ("", MapPersonKind.PERSON, False),
        ("closest", MapPersonKind.PET, False),
        ("close", MapPersonKind.PLACE, False),
    ],
)
def test_only_a_person_in_the_two_inner_rings_is_noted_for_relief(store, drawn, ring, kind, may):
    one = put(store, drawn, "Mormor", ring, kind=kind)
    if not may:
        with pytest.raises(InvalidInput):
            store.write(lambda w: map_meetings.set_candidate(w, one, Candidate.RELIEF, shipped()))
        return
    store.write(lambda w: map_meetings.set_candidate(w, one, Candidate.RELIEF, shipped()))
    assert opened(store, drawn).person(one).candidate is Candidate.RELIEF


def test_the_note_is_the_worker_s_own_and_leaves_a_kept_map_as_it_was(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    store.write(lambda w: map_versions.keep(w, drawn))
    store.write(lambda w: map_meetings.set_candidate(w, mormor, Candidate.BOTH, shipped()))
    found = opened(store, drawn)
    assert store.read(lambda r: map_versions.verify_digest(r, drawn))
    assert [one.id for one in store.read(lambda r: map_meetings.candidates(r, found.map.stream))] == [mormor]
    later = store.write(lambda w: map_versions.draw_on(w, drawn)).result
    copy = called(opened(store, later), "Mormor")
    assert copy.candidate is Candidate.BOTH
    assert [one.id for one in store.read(lambda r: map_meetings.candidates(r, found.map.stream))] == [copy.id]
    store.write(lambda w: map_meetings.set_candidate(w, copy.id, None, shipped()))
    assert store.read(lambda r: map_meetings.candidates(r, found.map.stream)) == ()
