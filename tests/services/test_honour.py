"""Concerns about honour-related conflict, their risk assessment, and the gate (BL § 18, stk. 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.honour import EVERYBODY, HonourConcern, Involved, Involvement
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience
from caseworker_app.domain.network_map import Voice
from caseworker_app.domain.person import Role
from caseworker_app.services import (
    family_pin,
    history,
    honour,
    map_versions,
    meetings,
    network_maps,
    participants,
    people,
)
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.stores import founded, register

TODAY = dt.date(2026, 11, 21)
MAY, MUST_NOT = Involvement.MAY, Involvement.MUST_NOT
WHOLE = {"conclusion": "Ingen akut fare.", "parents": MAY, "network": MAY}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Amina Prøve")


def note(store: SqlStore, case: Id, **values: object) -> Id:
    given = {"reason": "Barnet fortæller, at hun følges til og fra skole.", **values}
    return store.write(lambda w: honour.note(w, case, given)).result


def gate(store: SqlStore, case: Id, involved: frozenset[Involved] = EVERYBODY) -> str:
    why = store.read(lambda r: honour.gate(r, case, involved))
    return "" if why is None else why.msgid


def test_without_a_concern_the_gate_is_open(store, case):
    assert gate(store, case) == ""


def test_a_concern_shuts_the_gate_for_everybody_until_its_risk_is_assessed(store, case):
    concern = note(store, case)
    for involved in (EVERYBODY, frozenset({Involved.PARENTS}), frozenset({Involved.NETWORK}), frozenset()):
        assert "risk assessment is made before" in gate(store, case, involved)
    store.write(lambda w: honour.assess(w, concern, WHOLE))
    for involved in (EVERYBODY, frozenset({Involved.PARENTS}), frozenset({Involved.NETWORK}), frozenset()):
        assert gate(store, case, involved) == ""


@pytest.mark.parametrize(("parents", "network"), list(product((MAY, MUST_NOT), repeat=2)))
def test_the_gate_opens_for_whom_the_assessment_allows(store, case, parents, network):
    note(store, case, conclusion="Se notat.", parents=parents, network=network)
    assert (gate(store, case, frozenset({Involved.PARENTS})) == "") is (parents is MAY)
    assert (gate(store, case, frozenset({Involved.NETWORK})) == "") is (network is MAY)
    assert (gate(store, case) == "") is (parents is network is MAY)
    assert gate(store, case, frozenset()) == ""


def test_a_second_concern_shuts_the_gate_again(store, case):
    note(store, case, **WHOLE)
    note(store, case)
    assert "risk assessment is made before" in gate(store, case)
    found = store.read(lambda r: honour.concerns(r, case))
    assert [concern.assessed for concern in found] == [False, True]


def test_another_childs_concern_shuts_no_gate_here(store, case):
    note(store, register(store, "Vera Prøve"))
    assert gate(store, case) == ""


def test_who_assessed_and_when_is_filled_in(store, case):
    concern = note(store, case, **WHOLE)
    found = store.read(lambda r: honour.known(r, concern))
    assert (found.noted_on, found.assessed_on, found.assessed_by) == (TODAY, TODAY, "Karen Prøve")


@pytest.mark.parametrize("lacking", ["conclusion", "parents", "network"])
def test_half_an_assessment_is_refused_beside_what_it_lacks(store, case, lacking):
    concern = note(store, case)
    with pytest.raises(InvalidInput) as refused:
        store.write(lambda w: honour.assess(w, concern, {k: v for k, v in WHOLE.items() if k != lacking}))
    assert refused.value.field == lacking
    assert gate(store, case) != ""


def test_an_assessment_cannot_be_emptied_again(store, case):
    concern = note(store, case, **WHOLE)
    with pytest.raises(InvalidInput):
        store.write(lambda w: honour.assess(w, concern, {"conclusion": "  "}))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"noted_on": None}, "noted_on"),
        ({"noted_on": TODAY + dt.timedelta(days=1)}, "noted_on"),
        ({**WHOLE, "assessed_on": TODAY + dt.timedelta(days=1)}, "assessed_on"),
    ],
)
def test_what_cannot_be_is_refused(store, case, values, field):
    with pytest.raises(InvalidInput) as refused:
        note(store, case, **values)
    assert refused.value.field == field


def test_undoing_the_assessment_shuts_the_gate_again(store, case):
    concern = note(store, case)
    store.write(lambda w: honour.assess(w, concern, WHOLE))
    assert store.write(history.undo).result == "Record the risk assessment"
    assert gate(store, case) != ""
    store.write(history.redo)
    assert gate(store, case) == ""


def test_a_concern_is_taken_back_with_a_reason_and_comes_again_by_undo(store, case):
    concern = note(store, case)
    with pytest.raises(InvalidInput):
        store.write(lambda w: honour.take_back(w, concern, " "))
    store.write(lambda w: honour.take_back(w, concern, "Det var en misforståelse."))
    assert gate(store, case) == ""
    assert store.read(lambda r: r.history(entities=[concern]))[0].reason == "Det var en misforståelse."
    store.write(history.undo)
    assert gate(store, case) != ""


def test_of_two_answers_the_careful_one_acts():
    rank = {spec.name: spec for spec in _specs()}
    for name in ("parents", "network"):
        protective = rank[name].protective
        assert protective is not None
        assert protective(MUST_NOT) > protective(None) > protective(MAY)


def _specs():
    from caseworker_app.domain.entity import type_of

    return type_of(HonourConcern).specs.values()


def test_the_gate_refuses_in_words_with_a_way_out(store, case):
    note(store, case)
    with pytest.raises(honour.GateShut) as shut:
        store.read(lambda r: honour.pass_gate(r, case))
    assert shut.value.case == case
    assert shut.value.ways_out


@pytest.mark.parametrize("voice", [Voice.MOTHER, Voice.FATHER, Voice.TOGETHER])
def test_no_map_is_begun_or_drawn_on_with_parents_while_the_gate_is_shut(store, case, voice):
    kept = store.write(lambda w: network_maps.begin(w, case, voice)).result
    store.write(lambda w: map_versions.keep(w, kept))
    childs = store.write(lambda w: network_maps.begin(w, case, Voice.CHILD)).result
    concern = note(store, case)
    for act in (
        lambda w: network_maps.begin(w, case, voice),
        lambda w: map_versions.draw_on(w, kept),
        lambda w: network_maps.edit(w, childs, {"voice": Edit(voice, w.heads(childs, "voice"))}),
    ):
        with pytest.raises(honour.GateShut):
            store.write(act)
    assert store.write(lambda w: network_maps.begin(w, case, Voice.CHILD)).result
    store.write(lambda w: honour.assess(w, concern, WHOLE))
    assert store.write(lambda w: network_maps.begin(w, case, voice)).result


@pytest.mark.parametrize(
    ("role", "audience"), [(Role.MOTHER, Audience.PARENT), (Role.GRANDPARENT, Audience.NETWORK)]
)
def test_no_parent_and_no_network_is_invited_while_the_gate_is_shut(store, case, role, audience):
    meeting = store.write(lambda w: meetings.plan(w, case, {})).result
    card = store.write(lambda w: people.add(w, case, {"name": "Fatma Prøve", "role": role})).result
    teacher = store.write(lambda w: people.add(w, case, {"name": "Tom Vang", "role": Role.TEACHER})).result
    concern = note(store, case)
    for act in (
        lambda w: participants.invite(w, meeting, [card]),
        lambda w: participants.invite_name(w, meeting, "Fatma", "", audience),
    ):
        with pytest.raises(honour.GateShut):
            store.write(act)
    assert store.write(lambda w: participants.invite(w, meeting, [teacher])).result
    store.write(lambda w: honour.assess(w, concern, WHOLE))
    assert store.write(lambda w: participants.invite(w, meeting, [card])).result


def test_only_the_newest_pin_counts_and_none_after_it_is_forgotten(store):
    assert store.read(family_pin.pin_hash) == ""
    for hashed in ("first", "second"):
        store.write(lambda w, hashed=hashed: family_pin.choose(w, hashed))
        assert store.read(family_pin.pin_hash) == hashed
    assert store.read(history.state).undo is None
    store.write(family_pin.forget)
    assert store.read(family_pin.pin_hash) == ""
