"""The people around the child."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import Address, Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Custody, Person, Role
from caseworker_app.services import cases, history, people
from caseworker_app.services.forms import Form
from caseworker_app.services.ports import Access
from db.store import SqlStore
from tests.helpers.stores import founded, register


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store: SqlStore) -> Id:
    return register(store, "Emma Holm", person_number="610119-4000")


def add(store: SqlStore, case: Id, **values: object) -> Id:
    return store.write(lambda w: people.add(w, case, values)).result


def person(store: SqlStore, of: Id) -> Person:
    found = store.read(lambda r: r.get(Person, of))
    assert found is not None
    return found


def on_case(store: SqlStore, case: Id) -> list[Person]:
    return list(store.read(lambda r: cases.view(r, case)).people)


def test_a_person_belongs_to_the_childs_case_and_is_tidied(store, emma):
    maria = add(store, emma, name=" Maria Holm ", role=Role.MOTHER, address=Address(" Vej 1", "", ""))
    found = person(store, maria)
    assert (found.name, found.address) == ("Maria Holm", Address("Vej 1"))
    assert [p.id for p in on_case(store, emma)] == [maria]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "  "}, "name"),
        ({}, "name"),
        ({"name": "x" * 20_000}, "name"),
        ({"name": "Ib", "email": "ib snabel-a skole"}, "email"),
        ({"name": "Ib", "email": "ib @skole.example"}, "email"),
        ({"name": "Ib", "person_number": "611226-4000"}, "person_number"),
        ({"name": "Ib", "phone": "1" * 201}, "phone"),
        ({"name": "Ib", "note": "n" * 20_001}, "note"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(store, emma, values, field):
    with pytest.raises(InvalidInput) as refused:
        add(store, emma, **values)
    assert refused.value.field == field
    assert on_case(store, emma) == []


@pytest.mark.parametrize("name", ["محمد بن أحمد", "Mor 🌻", "Åse Æbelø"])
def test_names_in_any_script_come_back_as_written(store, emma, name):
    assert person(store, add(store, emma, name=name)).name == name


def test_a_person_removed_is_off_the_list_and_comes_back_by_undo(store, emma):
    maria = add(store, emma, name="Maria Holm")
    store.write(lambda w: people.remove(w, maria))
    assert on_case(store, emma) == []
    store.write(history.undo)
    assert [p.id for p in on_case(store, emma)] == [maria]


def test_a_person_is_edited_by_what_the_author_saw(store, emma):
    maria = add(store, emma, name="Maria Holm")
    form = store.read(lambda r: Form.load(r, Person, maria))
    form.write("custody", Custody.SHARED)
    form.write("phone", " 20 30 40 50 ")
    store.write(lambda w: people.edit(w, maria, form.edits()))
    assert (person(store, maria).custody, person(store, maria).phone) == (Custody.SHARED, "20 30 40 50")


def test_a_card_is_copied_to_the_siblings_case_once_and_lives_its_own_life(store, emma):
    oscar = register(store, "Oscar Holm")
    maria = add(
        store, emma, name="Maria Holm", role=Role.MOTHER, custody=Custody.SOLE, note="kun i Emmas sag"
    )
    copy = store.write(lambda w: people.copy_to(w, maria, oscar)).result
    found = person(store, copy)
    assert (found.name, found.custody, found.same_as, found.note) == ("Maria Holm", Custody.SOLE, maria, "")
    form = store.read(lambda r: Form.load(r, Person, copy))
    form.write("phone", "11 11 11 11")
    store.write(lambda w: people.edit(w, copy, form.edits()))
    assert person(store, maria).phone == ""
    with pytest.raises(UserError, match="already"):
        store.write(lambda w: people.copy_to(w, maria, oscar))
    with pytest.raises(UserError, match="already"):
        store.write(lambda w: people.copy_to(w, copy, emma))


def test_a_copy_of_a_copy_still_names_the_first_card(store, emma):
    oscar, ida = register(store, "Oscar Holm"), register(store, "Ida Holm")
    maria = add(store, emma, name="Maria Holm")
    copy = store.write(lambda w: people.copy_to(w, maria, oscar)).result
    third = store.write(lambda w: people.copy_to(w, copy, ida)).result
    assert person(store, third).same_as == maria


def test_showing_a_number_is_noted_in_the_access_log_without_the_number(store, emma):
    assert store.write(lambda w: people.show_number(w, Case, emma)).result == "6101194000"
    (row, *_) = store.read(lambda r: r.access_log())
    assert (row.action, row.entity_type, row.entity) == (Access.SHOW_NUMBER, "case", emma)
    assert "610119" not in row.detail


def test_a_card_in_a_case_that_is_not_there_is_a_bug(store):
    with pytest.raises(KeyError):
        add(store, b"\x01" * 16, name="Ib")
    with pytest.raises(KeyError):
        store.write(lambda w: people.show_number(w, Person, b"\x01" * 16))
