"""Copies of a map from the store: each of the right view, refused with a number on them, and two versions compared."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.documents import papers as paper_maker
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import MapFormat, NetworkMapComparisonFacts, NetworkMapFacts
from caseworker_app.domain.map_view import MapProfile
from caseworker_app.domain.network_map import Quality, Voice
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.person import Role
from caseworker_app.services import map_papers, map_versions, network_maps, papers, people
from db.store import SqlStore
from tests.documents.reading import Reading
from tests.helpers.maps import at, put, shipped
from tests.helpers.stores import founded, register


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = founded(tmp_path)
    yield made
    made.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Ida Prøve")


@pytest.fixture
def drawn(store: SqlStore, case: Id) -> Id:
    def draw(writer):
        return network_maps.begin(
            writer, case, Voice.CHILD, drawn_on=dt.date(2026, 11, 20), place="Hos mormor", templates=shipped()
        )

    return store.write(draw).result


def made(store: SqlStore, drawn: Id, profile: MapProfile = MapProfile.FILE, **more):
    return store.read(lambda r: map_papers.job(r, drawn, shipped(), profile, **more))


def test_a_job_is_of_the_view_its_reader_may_have_and_can_go_to_the_worker(store, drawn):
    mormor = put(store, drawn, "Mormor", "close")
    store.write(
        lambda w: network_maps.add_relation(w, drawn, None, mormor, Quality.STRONG, said_by=Voice.MOTHER)
    )
    file, child = made(store, drawn), made(store, drawn, MapProfile.CHILD)
    assert isinstance(file.facts, NetworkMapFacts)
    assert isinstance(child.facts, NetworkMapFacts)
    assert len(file.facts.view.relations) == 1
    assert child.facts.view.relations == ()
    assert pickle.loads(pickle.dumps(child)) == child
    assert (child.kind, child.file_name, child.recipient) == (Paper.NETWORK_MAP, "network-map-child.pdf", "")


def test_the_protected_name_of_somebody_who_is_not_on_the_map_is_looked_for_too(store, case, drawn):
    card = {"name": "Nadia Skovhugger", "role": Role.RELATIVE, "address_protected": True}
    store.write(lambda w: people.add(w, case, card))
    put(store, drawn, "Skovhuggers hund", "close")
    view = store.read(lambda r: map_papers.view_of(r, drawn, shipped(), MapProfile.FAMILY))
    assert "Skovhugger" not in view.people[0].called


@pytest.mark.parametrize("profile", list(MapProfile))
def test_no_copy_is_made_with_a_personal_number_on_it(store, drawn, profile):
    put(store, drawn, "Mormor 610315-4234", "close")
    with pytest.raises(UserError) as refused:
        made(store, drawn, profile)
    assert "4234" not in refused.value.message
    assert "4234" not in str(refused.value)


def test_two_versions_are_compared_in_sentences_with_those_who_moved(store, drawn):
    mormor = put(store, drawn, "Mormor", "known")
    put(store, drawn, "Ali", "close", "friends")
    store.write(lambda w: map_versions.keep(w, drawn))
    later = store.write(lambda w: map_versions.draw_on(w, drawn)).result
    found = store.read(lambda r: network_maps.open_map(r, later, shipped()))
    moved = next(p for p in found.people if p.called == "Mormor")
    gone = next(p for p in found.people if p.called == "Ali")
    assert moved.id != mormor
    store.write(lambda w: network_maps.move(w, moved.id, at("close")))
    store.write(lambda w: network_maps.remove_person(w, gone.id))
    put(store, later, "Frida", "distant", "friends")
    job = store.read(lambda r: map_papers.comparison(r, drawn, later, shipped()))
    facts = job.facts
    assert isinstance(facts, NetworkMapComparisonFacts)
    assert "Mormor er rykket fra 'Kender godt' til 'Tæt på'." in facts.sentences
    assert {(name, now is None) for _before, now, name in facts.moved} == {("Mormor", False), ("Ali", True)}
    assert facts.fresh == (at("distant", "friends"),)
    data = paper_maker.make(job).data
    assert "Mormor er rykket fra 'Kender godt' til 'Tæt på'." in Reading(data).root.text


def test_what_left_the_house_is_written_in_the_case(store, drawn):
    job = made(store, drawn, format=MapFormat.SVG)
    data = paper_maker.make(job).data
    store.write(lambda w: papers.record_print(w, job, data))
    (noted,) = store.read(lambda r: papers.printed(r, drawn))
    assert (noted.document, noted.recipient) == ("network_map", "")


def test_the_words_of_a_copy_are_danish_and_none_is_missing():
    said = map_papers.danish_words().said
    assert said["Strong, supporting"] == "Stærk, støttende"
    assert not [msgid for msgid, word in said.items() if not word or (word == msgid and " " in msgid)]
