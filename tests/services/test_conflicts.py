"""Conflicts: two people's words for one field stand side by side, with what each had seen, until somebody chooses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.clock import FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import LIFE
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.person import Person, Role
from caseworker_app.services import cases, conflicts, people
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from db.store import SqlStore
from db.verify import contents
from db.writing import WriteUnit
from tests.helpers.colleague import Colleague
from tests.helpers.stores import NOON, case, founded, register

LATER = NOON + dt.timedelta(hours=3)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOON)


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Iterator[SqlStore]:
    made = founded(tmp_path, clock)
    yield made
    made.close()


@pytest.fixture
def emma(store: SqlStore) -> Id:
    return register(store, school="Gammel Skole")


@pytest.fixture
def mette(store: SqlStore, emma: Id, tmp_path: Path) -> Iterator[Colleague]:
    made = Colleague(tmp_path / "mette", store, FixedClock(LATER))
    made.share(emma)
    yield made
    made.close()


def edit(store: SqlStore, of: Id, **values: object) -> None:
    """Write fields over what the store shows now, as a form does."""
    shown = store.read(lambda r: r.fields(Case, of))
    store.write(lambda w: cases.edit(w, of, {n: Edit(v, shown[n].heads) for n, v in values.items()}))


def bring_again(store: SqlStore, person: Id) -> None:
    """Bring a person again who had been removed."""

    def again(writer: Writer) -> None:
        writer.act("Bring again")
        writer.restore(Person, person)

    store.write(again)


def both_write(store: SqlStore, mette: Colleague, emma: Id) -> None:
    """Both change the school without knowing of each other."""
    edit(store, emma, school="Min Skole")
    edit(mette.store, emma, school="Hendes Skole")
    mette.send(emma)


def test_two_who_wrote_apart_stand_side_by_side_with_what_each_had_seen(
    store: SqlStore, mette: Colleague, emma: Id
) -> None:
    both_write(store, mette, emma)
    (found,) = store.read(lambda r: conflicts.of_case(r, emma))
    assert (found.case, found.entity, found.field, found.protective) == (emma, emma, "school", False)
    hers, mine = found.values
    assert (hers.plain, hers.seen, hers.author, hers.acts) == (
        "Hendes Skole",
        ("Gammel Skole",),
        mette.author,
        True,
    )
    assert (mine.plain, mine.seen, mine.author, mine.acts) == (
        "Min Skole", ("Gammel Skole",), store.shared.author, False,
    )  # fmt: skip
    assert hers.act.at == LATER
    assert mine.act.device != hers.act.device
    assert store.read(conflicts.of_all) == (found,)
    assert store.read(conflicts.counts) == {emma: 1}


def test_different_fields_merge_in_silence_and_both_acts_stand_in_the_history(
    store: SqlStore, mette: Colleague, emma: Id
) -> None:
    edit(store, emma, school="Min Skole")
    edit(mette.store, emma, phone="20 00 00 01")
    mette.send(emma)
    assert store.read(conflicts.of_all) == ()
    assert store.read(conflicts.counts) == {}
    found = case(store, emma)
    assert (found.school, found.phone, found.conflicts) == ("Min Skole", "20 00 00 01", 0)
    authors = {act.author for act in store.read(lambda r: r.history(entities=(emma,)))}
    assert authors == {store.shared.author, mette.author}


@pytest.mark.parametrize("which", [0, 1])
def test_keeping_one_ends_it_here_and_at_the_colleagues(
    store: SqlStore, mette: Colleague, emma: Id, which: int
) -> None:
    both_write(store, mette, emma)
    (found,) = store.read(lambda r: conflicts.of_case(r, emma))
    kept = found.values[which]
    store.write(lambda w: conflicts.keep(w, found, kept))
    mette.share(emma)
    for copy in (store, mette.store):
        assert case(copy, emma).school == kept.plain
        assert case(copy, emma).conflicts == 0
        assert copy.read(conflicts.of_all) == ()
    said = store.read(lambda r: r.history(entities=(emma,)))
    assert {"Min Skole", "Hendes Skole"} <= {
        c.after for act in said for c in act.changes if c.field == "school"
    }
    before = contents(store.connection)
    store.rebuild()
    assert contents(store.connection) == before


def test_a_third_value_ends_it_too(store: SqlStore, mette: Colleague, emma: Id) -> None:
    both_write(store, mette, emma)
    (found,) = store.read(lambda r: conflicts.of_case(r, emma))
    store.write(lambda w: conflicts.write_new(w, found, "Vores Skole"))
    assert case(store, emma).school == "Vores Skole"
    assert store.read(conflicts.of_all) == ()


def test_a_value_that_came_while_somebody_was_choosing_still_stands_beside_the_answer(
    store: SqlStore, mette: Colleague, emma: Id, tmp_path: Path
) -> None:
    third = Colleague(tmp_path / "third", store, FixedClock(LATER))
    third.share(emma)
    both_write(store, mette, emma)
    (shown,) = store.read(lambda r: conflicts.of_case(r, emma))
    edit(third.store, emma, school="En tredje skole")
    third.send(emma)
    store.write(lambda w: conflicts.keep(w, shown, shown.values[0]))
    (left,) = store.read(lambda r: conflicts.of_case(r, emma))
    assert {value.plain for value in left.values} == {"Hendes Skole", "En tredje skole"}
    third.close()


def test_what_a_colleague_has_settled_is_not_settled_again(
    store: SqlStore, mette: Colleague, emma: Id
) -> None:
    both_write(store, mette, emma)
    mette.share(emma)
    (shown,) = store.read(lambda r: conflicts.of_case(r, emma))
    (hers,) = mette.store.read(lambda r: conflicts.of_case(r, emma))
    mette.store.write(lambda w: conflicts.keep(w, hers, hers.values[1]))
    mette.send(emma)
    with pytest.raises(UserError, match="meanwhile"):
        store.write(lambda w: conflicts.keep(w, shown, shown.values[0]))
    assert case(store, emma).conflicts == 0


def test_the_protective_value_counts_until_somebody_chooses(
    store: SqlStore, mette: Colleague, emma: Id
) -> None:
    edit(store, emma, address_protected=True)
    mette.share(emma)
    edit(store, emma, address_protected=False)
    edit(mette.store, emma, school="Ny")
    shown = mette.store.read(lambda r: r.fields(Case, emma))["address_protected"].heads
    again = {"address_protected": Edit(True, shown)}
    mette.store.write(lambda w: cases.edit(w, emma, again))
    mette.send(emma)
    (found,) = store.read(lambda r: conflicts.of_case(r, emma))
    assert found.protective
    assert [(value.plain, value.acts) for value in found.values] == [(True, True), (False, False)]
    assert case(store, emma).address_protected


def test_a_thing_one_took_back_and_another_brought_again_is_asked_about(
    store: SqlStore, mette: Colleague, emma: Id
) -> None:
    stream = case(store, emma).stream
    mother = store.write(lambda w: people.add(w, emma, {"name": "Mor Prøve", "role": Role.MOTHER})).result
    store.write(lambda w: people.remove(w, mother))
    mette.share(emma)
    bring_again(store, mother)
    bring_again(mette.store, mother)
    mette.store.write(lambda w: people.remove(w, mother))
    mette.send(emma)
    (found,) = store.read(lambda r: conflicts.of_case(r, emma))
    assert (found.stream, found.entity, found.field, found.writable) == (stream, mother, LIFE, False)
    assert [value.plain for value in found.values] == ["live", "cancelled"]
    store.write(lambda w: conflicts.keep(w, found, found.values[1]))
    there = store.read(lambda r: r.get(Person, mother))
    assert there is not None
    assert there.cancelled
    assert store.read(conflicts.of_all) == ()


def test_those_who_wrote_the_same_do_not_disagree(store: SqlStore, mette: Colleague, emma: Id) -> None:
    edit(store, emma, school="Ny Skole")
    edit(mette.store, emma, school="Ny Skole")
    mette.send(emma)
    assert store.read(conflicts.of_all) == ()
    assert case(store, emma).conflicts == 0


@pytest.fixture
def mother(store: SqlStore, emma: Id, mette: Colleague) -> Id:
    """Both have Emma's mother on their laptops."""
    made = store.write(lambda w: people.add(w, emma, {"name": "Mor Prøve", "role": Role.MOTHER})).result
    mette.share(emma)
    return made


def retype(store: SqlStore, person: Id, **values: object) -> None:
    """Write fields of a person over what the store shows now, as a form does."""
    shown = store.read(lambda r: r.fields(Person, person))
    store.write(lambda w: people.edit(w, person, {n: Edit(v, shown[n].heads) for n, v in values.items()}))


def there(store: SqlStore, person: Id) -> Person:
    found = store.read(lambda r: r.get(Person, person))
    assert found is not None
    return found


def same_after_a_rebuild(*stores: SqlStore) -> None:
    for copy in stores:
        before = contents(copy.connection)
        copy.rebuild()
        assert contents(copy.connection) == before


@pytest.mark.parametrize("first", ["here", "there"])
def test_what_one_took_back_and_another_changed_stands_until_somebody_chooses(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id, first: str
) -> None:
    taker, editor = (store, mette.store) if first == "here" else (mette.store, store)
    taker.write(lambda w: people.remove(w, mother))
    retype(editor, mother, phone="20 00 00 01", note="Ringer helst om morgenen")
    mette.send(emma)
    mette.share(emma)
    for copy in (store, mette.store):
        assert (there(copy, mother).cancelled, there(copy, mother).conflicts) == (False, 1)
        assert [one.id for one in copy.read(lambda r: r.find(Person))] == [mother]
        assert copy.read(conflicts.counts) == {emma: 1}
        (found,) = copy.read(lambda r: conflicts.of_case(r, emma))
        assert (found.field, found.apart, found.writable) == (LIFE, True, False)
        changed, cancelled = found.values
        assert (changed.plain, changed.author, changed.acts) == ("live", editor.shared.author, True)
        assert set(changed.changed) == {"phone", "note"}
        assert (cancelled.plain, cancelled.author, cancelled.acts) == (
            "cancelled", taker.shared.author, False,
        )  # fmt: skip
    same_after_a_rebuild(store, mette.store)


@pytest.mark.parametrize("kept", ["live", "cancelled"])
def test_keeping_it_or_letting_it_go_ends_it_for_both(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id, kept: str
) -> None:
    store.write(lambda w: people.remove(w, mother))
    retype(mette.store, mother, phone="20 00 00 01")
    mette.send(emma)
    (found,) = store.read(lambda r: conflicts.of_case(r, emma))
    value = next(one for one in found.values if one.plain == kept)
    store.write(lambda w: conflicts.keep(w, found, value))
    mette.share(emma)
    for copy in (store, mette.store):
        assert there(copy, mother).cancelled == (kept == "cancelled")
        assert (there(copy, mother).phone, there(copy, mother).conflicts) == ("20 00 00 01", 0)
        assert copy.read(conflicts.of_all) == ()
    same_after_a_rebuild(store, mette.store)


def test_a_change_that_came_while_somebody_let_it_go_is_asked_about_in_its_turn(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id
) -> None:
    store.write(lambda w: people.remove(w, mother))
    retype(mette.store, mother, phone="20 00 00 01")
    mette.send(emma)
    (shown,) = store.read(lambda r: conflicts.of_case(r, emma))
    retype(mette.store, mother, note="Kom til imens")
    mette.send(emma)
    store.write(lambda w: conflicts.keep(w, shown, shown.values[-1]))
    assert not there(store, mother).cancelled
    (left,) = store.read(lambda r: conflicts.of_case(r, emma))
    assert left.values[0].changed == ("note",)


def test_what_a_colleague_kept_is_not_let_go_by_an_answer_to_what_stood_before(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id
) -> None:
    store.write(lambda w: people.remove(w, mother))
    retype(mette.store, mother, phone="20 00 00 01")
    mette.send(emma)
    mette.share(emma)
    (mine,) = store.read(lambda r: conflicts.of_case(r, emma))
    (hers,) = mette.store.read(lambda r: conflicts.of_case(r, emma))
    mette.store.write(lambda w: conflicts.keep(w, hers, hers.values[0]))
    mette.send(emma)
    with pytest.raises(UserError, match="meanwhile"):
        store.write(lambda w: conflicts.keep(w, mine, mine.values[-1]))
    assert (there(store, mother).cancelled, there(store, mother).conflicts) == (False, 0)


def test_whoever_had_seen_the_change_takes_the_thing_back_without_a_question(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id
) -> None:
    retype(mette.store, mother, phone="20 00 00 01")
    mette.send(emma)
    store.write(lambda w: people.remove(w, mother))
    mette.share(emma)
    for copy in (store, mette.store):
        assert (there(copy, mother).cancelled, there(copy, mother).conflicts) == (True, 0)


def test_a_form_opened_before_the_thing_was_taken_back_brings_it_to_be_seen_again(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id
) -> None:
    shown = mette.store.read(lambda r: r.fields(Person, mother))
    store.write(lambda w: people.remove(w, mother))
    mette.share(emma)
    assert there(mette.store, mother).cancelled
    late = {"phone": Edit("20 00 00 01", shown["phone"].heads)}
    mette.store.write(lambda w: people.edit(w, mother, late))
    mette.send(emma)
    for copy in (store, mette.store):
        assert (there(copy, mother).cancelled, there(copy, mother).conflicts) == (False, 1)


def test_a_thing_changed_by_who_knew_that_it_was_taken_back_stays_so(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id
) -> None:
    def note(writer: Writer) -> None:
        writer.act("Note why")
        writer.set(Person, mother, "note", "Var skrevet to gange", parents=None)

    store.write(lambda w: people.remove(w, mother))
    mette.share(emma)
    mette.store.write(note)
    mette.send(emma)
    for copy in (store, mette.store):
        assert (there(copy, mother).cancelled, there(copy, mother).conflicts) == (True, 0)
        assert there(copy, mother).note == "Var skrevet to gange"
    same_after_a_rebuild(store, mette.store)


def test_what_was_taken_back_by_a_program_that_noted_nothing_stays_so(
    store: SqlStore, mette: Colleague, emma: Id, mother: Id, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WriteUnit, "_note_what_was_seen", lambda *_pending: None)
    store.write(lambda w: people.remove(w, mother))
    monkeypatch.undo()
    retype(mette.store, mother, phone="20 00 00 01")
    mette.send(emma)
    assert (there(store, mother).cancelled, there(store, mother).conflicts) == (True, 0)
