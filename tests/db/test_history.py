"""History, undo and redo are the log itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from caseworker_app.domain.case import Case, SiblingKind, SiblingLink
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person
from caseworker_app.services import cases, history, office, people
from caseworker_app.services.forms import Edit
from db.store import SqlStore
from tests.db.test_log import foreign, receive, tables
from tests.helpers.stores import case, founded, register


def set_school(store: SqlStore, case_id: Id, school: str) -> None:
    parents = store.read(lambda r: r.fields(Case, case_id))["school"].heads
    store.write(lambda w: cases.edit(w, case_id, {"school": Edit(school, parents)}))


def test_the_history_says_who_when_what_it_was_and_what_it_became(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Gammel")
    set_school(store, emma, "Ny")
    past = store.read(lambda r: r.history(entities=[emma]))
    assert [act.label for act in past] == ["Change the case", "Register a child"]
    change = past[0].changes[0]
    assert (change.field, change.before, change.after) == ("school", ("Gammel",), "Ny")
    assert past[0].author == store.shared.author
    assert past[0].zone == "Europe/Copenhagen"
    store.close()


def test_undo_puts_back_what_it_was_and_redo_what_it_became(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Gammel")
    set_school(store, emma, "Ny")
    assert store.read(history.state).undo == "Change the case"
    store.write(history.undo)
    assert case(store, emma).school == "Gammel"
    assert store.read(history.state).redo == "Change the case"
    store.write(history.redo)
    assert case(store, emma).school == "Ny"
    assert store.read(history.state).redo is None
    store.close()


def test_undo_and_redo_walk_many_steps_both_ways(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="0")
    for n in range(1, 6):
        set_school(store, emma, str(n))
    seen = []
    for _ in range(5):
        store.write(history.undo)
        seen.append(case(store, emma).school)
    assert seen == ["4", "3", "2", "1", "0"]
    for _ in range(5):
        store.write(history.redo)
    assert case(store, emma).school == "5"
    for _ in range(3):
        store.write(history.undo)
    assert case(store, emma).school == "2"
    set_school(store, emma, "other way")
    assert store.read(history.state).redo is None
    store.write(history.undo)
    assert case(store, emma).school == "2"
    store.close()


def test_undoing_a_field_first_written_empties_it_again(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    set_school(store, emma, "Ny")
    store.write(history.undo)
    assert case(store, emma).school == ""
    assert case(store, emma).conflicts == 0
    store.close()


def test_undoing_a_creation_takes_the_thing_back_and_redo_brings_it_again(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    mor = store.write(lambda w: people.add(w, emma, {"name": "Mor", "phone": "12"})).result
    store.write(history.undo)
    assert store.read(lambda r: r.find(Person)) == []
    store.write(history.redo)
    brought = store.read(lambda r: r.get(Person, mor))
    assert brought is not None
    assert (brought.cancelled, brought.name, brought.phone) == (False, "Mor", "12")
    store.close()


def test_undoing_a_removal_brings_the_person_again(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store)
    mor = store.write(lambda w: people.add(w, emma, {"name": "Mor"})).result
    store.write(lambda w: people.remove(w, mor))
    store.write(history.undo)
    assert [p.name for p in store.read(lambda r: r.find(Person))] == ["Mor"]
    store.close()


def test_undoing_an_element_added_to_a_set_takes_it_out(tmp_path: Path) -> None:
    from caseworker_app.domain.case import CaseKind

    store = founded(tmp_path)
    emma = register(store)
    store.write(lambda w: cases.edit(w, emma, {"kinds": Edit(frozenset({CaseKind.PLACEMENT}))}))
    store.write(history.undo)
    assert case(store, emma).kinds == frozenset()
    store.write(history.redo)
    assert case(store, emma).kinds == {CaseKind.PLACEMENT}
    store.close()


def test_undo_is_not_offered_once_somebody_else_has_written_the_same_field(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Gammel")
    set_school(store, emma, "Ny")
    receive(
        store,
        foreign(store, emma, "school", "Andens", store.read(lambda r: r.fields(Case, emma))["school"].heads),
    )
    assert store.read(history.state).undo is None
    with pytest.raises(UserError, match="changed since"):
        store.write(history.undo)
    assert case(store, emma).school == "Andens"
    store.close()


def test_what_was_printed_is_not_undone(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Gammel")
    set_school(store, emma, "Ny")

    def print_it(w: object) -> None:
        w.act("Print", final=True)  # type: ignore[attr-defined]
        w.set(Case, emma, "note", "printed", parents=None)  # type: ignore[attr-defined]

    store.write(print_it)
    assert store.read(history.state).undo == "Change the case"
    store.write(history.undo)
    assert case(store, emma).note == "printed"
    assert case(store, emma).school == "Gammel"
    store.close()


def test_undo_with_nothing_done_says_so(tmp_path: Path) -> None:
    from tests.helpers.stores import new_store

    store = new_store(tmp_path)
    with pytest.raises(UserError, match="nothing to undo"):
        store.write(history.undo)
    store.close()


def test_an_undo_is_in_the_log_and_survives_a_rebuild(tmp_path: Path) -> None:
    store = founded(tmp_path)
    emma = register(store, school="Gammel")
    set_school(store, emma, "Ny")
    store.write(history.undo)
    before = tables(store)
    store.rebuild()
    assert tables(store) == before
    past = store.read(lambda r: r.history(entities=[emma]))
    assert past[0].undoes == past[1].act_id
    store.close()


def test_an_act_that_is_only_half_in_sight_is_not_half_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = founded(tmp_path)
    emma, emil = register(store), register(store, "Emil Prøve")
    store.write(lambda w: cases.link_siblings(w, emma, emil, SiblingKind.FULL))
    for _ in range(2):
        set_school(store, emma, "Ny")
        store.write(history.undo)
    monkeypatch.setattr(history, "DEPTH", 5)
    assert store.read(history.state).undo is None
    with pytest.raises(UserError, match="nothing to undo"):
        store.write(history.undo)
    monkeypatch.setattr(history, "DEPTH", 7)
    store.write(history.undo)
    assert store.read(lambda r: r.find(SiblingLink)) == []
    store.close()


def test_whose_store_it_is_cannot_be_taken_back(tmp_path: Path) -> None:
    store = founded(tmp_path)
    assert store.read(history.state).undo is None
    with pytest.raises(UserError, match="nothing to undo"):
        store.write(history.undo)
    assert store.read(office.house).office.municipality == "Prøve Kommune"
    store.close()
