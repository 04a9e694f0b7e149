"""Versions of the netværkskort: numbered, locked, hashed; drawn on in a copy; put to an investigation."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.map_diff import diff, kept
from caseworker_app.domain.map_json import digest_of, from_json, to_json
from caseworker_app.domain.network_map import MapPerson, MapState, NetworkMap, Quality, Voice
from caseworker_app.services import history, map_versions, network_maps
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.helpers.maps import at, called, four, opened, put, shipped
from tests.helpers.stores import NOON, case, founded, register


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    made = founded(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def child(store: SqlStore) -> Id:
    return register(store, "Ida Prøve")


def begin(store: SqlStore, child: Id, voice: Voice = Voice.CHILD) -> Id:
    return store.write(lambda w: network_maps.begin(w, child, voice, templates=shipped())).result


@pytest.fixture
def drawn(store: SqlStore, child: Id) -> Id:
    made = begin(store, child)
    mormor = put(store, made, "Mormor", "known")
    bo = put(store, made, "Bo", "close", "friends")
    store.write(lambda w: network_maps.add_relation(w, made, None, mormor, Quality.STRONG))
    store.write(lambda w: network_maps.add_relation(w, made, mormor, bo))
    store.write(lambda w: network_maps.add_group(w, made, "Enghaven", [mormor], True))
    store.write(lambda w: network_maps.add_quote(w, made, "Hun bager boller", person=mormor))
    return made


def keep(store: SqlStore, map_id: Id) -> NetworkMap:
    store.write(lambda w: map_versions.keep(w, map_id))
    return opened(store, map_id).map


def draw_on(store: SqlStore, map_id: Id) -> Id:
    return store.write(lambda w: map_versions.draw_on(w, map_id)).result


def whole(store: SqlStore, map_id: Id) -> bool:
    return store.read(lambda r: map_versions.verify_digest(r, map_id))


def investigate(store: SqlStore, child: Id) -> Id:
    def begin_one(writer):
        made = writer.new_id()
        writer.act("Begin an investigation")
        writer.create(Investigation(id=made, stream=case(store, child).stream, known_on=writer.today))
        return made

    return store.write(begin_one).result


def test_a_kept_map_has_number_moment_and_a_checksum_of_its_text(store, drawn):
    found = keep(store, drawn)
    assert (found.number, found.state, found.locked_at) == (1, MapState.LOCKED, NOON)
    assert found.digest == digest_of(found.snapshot) and len(found.digest) == 64
    assert whole(store, drawn)
    read = from_json(found.snapshot, found.stream)
    assert {one.called for one in read.people} == {"Mormor", "Bo"}
    assert store.read(lambda r: map_versions.kept_contents(r, drawn)) == read


def test_keeping_is_one_act_that_undo_takes_back(store, drawn):
    before = opened(store, drawn)
    keep(store, drawn)
    store.write(history.undo)
    assert opened(store, drawn) == before and not before.locked
    assert not whole(store, drawn)


def test_nobody_on_the_map_can_be_what_was_said(store, child):
    assert keep(store, begin(store, child)).number == 1


def test_what_is_changed_behind_the_lock_is_found_out(store, drawn):
    keep(store, drawn)
    bo = called(opened(store, drawn), "Bo").id

    def elsewhere(writer):
        writer.act("Change somebody on the network map")
        writer.set(MapPerson, bo, "called", "Per", parents=None)

    store.write(elsewhere)
    assert not whole(store, drawn)
    kept_one = store.read(lambda r: map_versions.kept_contents(r, drawn))
    assert "Bo" in {one.called for one in kept_one.people}


@pytest.mark.parametrize(
    "spoil", [lambda text: text.replace("Bo", "Per"), lambda text: "{}", lambda text: text + " "]
)
def test_a_text_that_was_touched_is_found_out(store, drawn, spoil):
    text = keep(store, drawn).snapshot

    def touch(writer, with_sum):
        writer.act("Change the network map")
        writer.set(NetworkMap, drawn, "snapshot", spoil(text), parents=None)
        if with_sum:
            writer.set(NetworkMap, drawn, "digest", digest_of(spoil(text)), parents=None)

    store.write(lambda w: touch(w, False))
    assert not whole(store, drawn)
    store.write(lambda w: touch(w, True))
    assert whole(store, drawn) is (json.loads(spoil(text)) == json.loads(text))


def test_drawing_on_copies_all_but_what_was_said_and_knows_where_it_came_from(store, drawn, clock):
    keep(store, drawn)
    clock.set(NOON + dt.timedelta(days=180))
    new = draw_on(store, drawn)
    old, copy = opened(store, drawn), opened(store, new)
    assert (copy.map.parent, copy.map.series, copy.map.state) == (drawn, drawn, MapState.DRAFT)
    assert copy.map.drawn_on == old.map.drawn_on + dt.timedelta(days=180)
    assert {one.origin for one in copy.people} == {one.id for one in old.people}
    assert {one.id for one in copy.people}.isdisjoint(one.id for one in old.people)
    assert [one.placement for one in copy.people] == [one.placement for one in old.people]
    assert sorted((one.quality, one.said_by) for one in copy.relations) == sorted(
        (one.quality, one.said_by) for one in old.relations
    )
    assert copy.groups[0].members == {called(copy, "Mormor").id} and copy.groups[0].with_child
    assert not copy.quotes and not copy.map.place and not copy.map.digest
    assert diff(old, copy).empty
    assert old.locked and whole(store, drawn)


def test_the_one_copied_twice_is_still_the_first_one(store, drawn):
    first = {one.called: one.id for one in opened(store, drawn).people}
    keep(store, drawn)
    second = draw_on(store, drawn)
    keep(store, second)
    third = draw_on(store, second)
    assert {one.called: one.origin for one in opened(store, third).people} == first
    assert opened(store, third).map.series == drawn
    numbers = [one.number for one in store.read(lambda r: map_versions.versions_of(r, drawn))]
    assert numbers == [1, 2, None]


def test_asking_twice_to_draw_on_opens_the_same_draft(store, drawn):
    keep(store, drawn)
    first = draw_on(store, drawn)
    again = store.write(lambda w: map_versions.draw_on(w, drawn))
    assert (again.result, again.act_id) == (first, None)
    with pytest.raises(UserError, match="still being drawn"):
        draw_on(store, first)
    store.write(lambda w: network_maps.remove_map(w, first))
    assert draw_on(store, drawn) != first


def test_undo_of_drawing_on_leaves_nothing_behind(store, drawn):
    keep(store, drawn)
    before = store.read(lambda r: len(r.find(MapPerson)))
    draw_on(store, drawn)
    store.write(history.undo)
    assert store.read(lambda r: len(r.find(MapPerson))) == before
    assert len(store.read(lambda r: r.find(NetworkMap))) == 1


def test_numbers_go_by_series_and_voice(store, child, drawn):
    keep(store, drawn)
    new = draw_on(store, drawn)
    store.write(lambda w: network_maps.edit(w, new, {"voice": Edit(Voice.TOGETHER)}))
    assert keep(store, new).number == 1
    assert keep(store, begin(store, child, Voice.MOTHER)).number == 1
    third = draw_on(store, new)
    store.write(lambda w: network_maps.edit(w, third, {"voice": Edit(Voice.CHILD)}))
    assert keep(store, third).number == 2


def test_two_versions_are_compared_from_what_was_kept(store, drawn):
    keep(store, drawn)
    new = draw_on(store, drawn)
    mormor = called(opened(store, new), "Mormor").id
    store.write(lambda w: network_maps.move(w, mormor, at("close")))
    keep(store, new)
    old, now = (
        kept(store.read(lambda r, one=one: map_versions.kept_contents(r, one)), four())
        for one in (drawn, new)
    )
    assert [(one.person.called, one.kind) for one in diff(old, now).people] == [("Mormor", "nearer")]


# --- The investigation ---------------------------------------------------------------------------------------


def test_a_map_put_to_an_investigation_is_kept_in_the_same_act(store, child, drawn):
    target = investigate(store, child)
    store.write(lambda w: map_versions.attach(w, drawn, target))
    found = opened(store, drawn).map
    assert (found.state, found.investigation, found.number) == (MapState.ATTACHED, target, 1)
    assert whole(store, drawn)
    assert [one.id for one in store.read(lambda r: map_versions.attached(r, target))] == [drawn]
    assert store.write(lambda w: map_versions.attach(w, drawn, target)).act_id is None
    store.write(history.undo)
    assert opened(store, drawn).map.state is MapState.DRAFT


def test_a_kept_map_is_put_to_an_investigation_and_taken_off_without_a_new_checksum(store, child, drawn):
    kept_map = keep(store, drawn)
    target, other = investigate(store, child), investigate(store, child)
    store.write(lambda w: map_versions.attach(w, drawn, target))
    assert opened(store, drawn).map.digest == kept_map.digest and whole(store, drawn)
    with pytest.raises(UserError, match="another investigation"):
        store.write(lambda w: map_versions.attach(w, drawn, other))
    store.write(lambda w: map_versions.detach(w, drawn))
    assert opened(store, drawn).map.state is MapState.LOCKED
    store.write(lambda w: map_versions.attach(w, drawn, other))
    assert opened(store, drawn).map.investigation == other


def test_an_investigation_of_another_child_is_refused(store, drawn):
    strange = investigate(store, register(store, "Bo Andensag"))
    for target in (strange, b"\x07" * 16):
        with pytest.raises(KeyError):
            store.write(lambda w, target=target: map_versions.attach(w, drawn, target))


def test_an_investigation_lacks_the_child_s_map_and_the_parents_until_both_are_there(store, child, drawn):
    target = investigate(store, child)

    def lacking():
        return store.read(lambda r: map_versions.still_to_draw(r, target))

    assert lacking() == (Voice.CHILD, Voice.TOGETHER)
    store.write(lambda w: map_versions.attach(w, drawn, target))
    assert lacking() == (Voice.TOGETHER,)
    theirs = begin(store, child, Voice.FATHER)
    store.write(lambda w: map_versions.attach(w, theirs, target))
    assert lacking() == ()


def test_the_live_map_and_the_kept_text_are_one(store, drawn):
    found = keep(store, drawn)
    live = store.read(lambda r: map_versions.contents(r, drawn))
    assert to_json(live) == found.snapshot
    assert to_json(replace(live, quotes=())) != found.snapshot
