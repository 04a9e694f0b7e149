"""The journal of one parent across the siblings' cases: hers alone, reachable from each child, on a paper of its own."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass

import pytest

from caseworker_app.compose.books import ShippedBooks
from caseworker_app.documents.papers import make
from caseworker_app.domain.case import SiblingKind
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.person import Role
from caseworker_app.domain.visit import VisitKind
from caseworker_app.services import cases, parents_journal, people, visit_journal, visit_notes, visits
from tests.helpers.stores import NOON, founded, register

FORMS = ShippedBooks().forms(None)
TODAY = NOON.date()


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def emma(store):
    return register(store, "Emma Holm")


@pytest.fixture
def ida(store, emma):
    made = register(store, "Ida Holm")
    store.write(lambda w: cases.link_siblings(w, emma, made, SiblingKind.HALF))
    return made


def add(store, case, name, role):
    return store.write(lambda w: people.add(w, case, {"name": name, "role": role})).result


@pytest.fixture
def mother(store, emma, ida):
    card = add(store, emma, "Mia Holm", Role.MOTHER)
    store.write(lambda w: people.copy_to(w, card, ida))
    return card


def signed(store, case, text, days_ago=1, parent=None):
    values = {"kind": VisitKind.NEEDS, "held_on": TODAY - dt.timedelta(days=days_ago)}
    visit = store.write(lambda w: visits.plan(w, case, values)).result
    for topic, words in (("couple", text), ("interplay", "BARNETS ord")):
        store.write(lambda w, t=topic, x=words: visit_notes.write_note(w, FORMS, visit, t, {"text": x}))
    return store.write(lambda w: visit_journal.sign_parents(w, FORMS, visit, parent)).result


def journals(store, case):
    def read(reader):
        found = parents_journal.parents_of(reader, case)
        return {
            one.card.name: [w.entry.text for w in parents_journal.written_of(reader, one)] for one in found
        }

    return store.read(read)


def strings(thing):
    if isinstance(thing, str):
        return [thing]
    if is_dataclass(thing):
        return [word for one in fields(thing) for word in strings(getattr(thing, one.name))]
    if isinstance(thing, list | tuple):
        return [word for one in thing for word in strings(one)]
    return []


def test_a_mothers_journal_is_the_same_from_each_of_her_children(store, emma, ida, mother):
    signed(store, emma, "EMMABESØG", 9)
    signed(store, ida, "IDABESØG", 2)
    from_emma, from_ida = journals(store, emma)["Mia Holm"], journals(store, ida)["Mia Holm"]
    assert from_emma == from_ida
    assert ["IDABESØG" in from_emma[0], "EMMABESØG" in from_emma[1]] == [True, True]


def test_a_father_of_one_child_has_nothing_of_the_other_childs_parents(store, emma, ida, mother):
    add(store, emma, "Per Holm", Role.FATHER)
    signed(store, emma, "EMMABESØG")
    signed(store, ida, "IDABESØG")
    (text,) = journals(store, emma)["Per Holm"]
    assert "EMMABESØG" in text
    assert "Per Holm" not in journals(store, ida)


def test_what_is_signed_of_one_parent_alone_is_in_no_other_parents_journal(store, emma, mother):
    father = add(store, emma, "Per Holm", Role.FATHER)
    made = signed(store, emma, "PERSORD", parent=father)
    corrected = store.write(lambda w: visit_journal.correct_parents(w, made, "PERSRETTELSE")).result
    assert corrected
    found = journals(store, emma)
    assert found["Mia Holm"] == []
    assert found["Per Holm"][0] == "PERSRETTELSE"
    assert "PERSORD" in found["Per Holm"][1]


def test_cards_written_in_each_case_by_hand_are_one_parent_when_name_or_number_is_the_same(store, emma, ida):
    add(store, emma, "André Holm", Role.FATHER)
    add(store, ida, "ANDRE  Holm", Role.FATHER)
    signed(store, ida, "IDABESØG")
    assert len(journals(store, emma)["André Holm"]) == 1


def test_a_friend_of_the_family_has_no_journal(store, emma, mother):
    add(store, emma, "Bo Ven", Role.FRIEND)
    assert list(journals(store, emma)) == ["Mia Holm"]


def test_the_paper_holds_every_childs_visits_and_not_a_word_of_a_childs_journal(store, emma, ida, mother):
    signed(store, emma, "EMMABESØG", 9)
    signed(store, ida, "IDABESØG", 2)
    (parent,) = store.read(lambda r: parents_journal.parents_of(r, emma))
    job = store.read(lambda r: parents_journal.job(r, parent))
    words = " ".join(strings(job.facts))
    assert words.index("EMMABESØG") < words.index("IDABESØG")
    assert "BARNETS" not in words
    assert "Mia" not in job.file_name
    assert make(job).data.startswith(b"%PDF")


def test_an_empty_journal_makes_no_paper(store, emma, mother):
    (parent,) = store.read(lambda r: parents_journal.parents_of(r, emma))
    with pytest.raises(UserError):
        store.read(lambda r: parents_journal.job(r, parent))
