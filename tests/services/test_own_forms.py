"""A municipality's own forms: used in place of ours, checked like ours, and what was written on one keeps its questions."""

from __future__ import annotations

import datetime as dt

import pytest

import resources
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.form_spec import FormError, newest
from caseworker_app.domain.office import Office
from caseworker_app.domain.visit import Visit, VisitKind
from caseworker_app.services import history, own_forms, visit_journal, visit_notes, visits
from tests.helpers.stores import NOON, founded, register

BOOKS = ShippedBooks()
SHIPPED = BOOKS.forms(None)
TEXT = resources.text("forms", "home_visit.toml")
OWN = TEXT.replace("Det, vi aftalte sidst", "Aftalerne fra sidst i Prøve Kommune")


@pytest.fixture
def store(tmp_path):
    opened = founded(tmp_path)
    yield opened
    opened.close()


def keep(store, text=OWN):
    return store.write(lambda w: own_forms.set_own(w, "home_visit", text, SHIPPED)).result


def now(store):
    return newest(store.read(BOOKS.forms), "home_visit")


def put_raw(store, text):
    """Keep a copy unchecked, as one that came from another version of the program."""

    def put(writer):
        writer.act("Put")
        office = writer.find(Office)[0]
        writer.create(
            OwnCatalogue(id=writer.new_id(), stream=office.stream, name="form:home_visit", text=text)
        )

    store.write(put)


def first_label(spec):
    return spec.topics[0].label


def test_the_own_copy_is_used_in_place_of_ours_and_the_other_forms_stay(store):
    assert keep(store) == own_forms.FIRST
    assert first_label(now(store)) == "Aftalerne fra sidst i Prøve Kommune"
    assert newest(store.read(BOOKS.forms), "ics") == newest(SHIPPED, "ics")


def test_a_visit_keeps_the_questions_it_was_written_on(store):
    emma = register(store, "Emma Holm")
    values = {"kind": VisitKind.HOME, "held_on": NOON.date() - dt.timedelta(days=1)}
    keep(store)
    visit = store.write(lambda w: visits.plan(w, emma, values)).result
    store.write(lambda w: visit_notes.write_note(w, BOOKS.forms(w), visit, "agreed", {"text": "Ringe"}))
    assert keep(store, TEXT) == own_forms.FIRST + 1

    def spec():
        return store.read(lambda r: visit_journal.spec_of(BOOKS.forms(r), r.get(Visit, visit)))

    assert first_label(spec()) == "Aftalerne fra sidst i Prøve Kommune"
    store.write(lambda w: own_forms.reset(w, "home_visit"))
    assert first_label(spec()) == "Aftalerne fra sidst i Prøve Kommune"
    assert now(store) == newest(SHIPPED, "home_visit")
    store.write(history.undo)
    assert now(store).version == own_forms.FIRST + 1


def test_a_number_once_used_is_never_used_again(store):
    keep(store)
    store.write(lambda w: own_forms.reset(w, "home_visit"))
    assert keep(store) == own_forms.FIRST + 1


BAD = {
    "no toml": "[[form",
    "empty form": '[[form]]\nid = "home_visit"\n',
    "another form's name": OWN.replace('id = "home_visit"', 'id = "ics"'),
    "a key nobody knows": OWN.replace('name = "Hjemmebesøg"', 'name = "Hjemmebesøg"\nmandatory = true'),
    "two forms": OWN + "\n" + OWN.replace("version = 1", "version = 2"),
    "a topic twice": OWN + '\n[[form.section.topic]]\nid = "agreed"\nlabel = "Igen"\n',
    "a journal that is none": OWN.replace('goes_to = "case"', 'goes_to = "barnets"', 1),
    "the parents' words in a form that has none": OWN.replace('goes_to = "case"', 'goes_to = "social"', 1),
    "far too long": OWN + "#" * own_forms.MOST_CHARACTERS,
}


@pytest.mark.parametrize("text", BAD.values(), ids=BAD)
def test_a_bad_copy_is_refused_with_its_faults_and_ours_stays_in_use(store, text):
    with pytest.raises(FormError) as refused:
        keep(store, text)
    assert all(fault.line >= 1 for fault in refused.value.faults)
    assert now(store) == newest(SHIPPED, "home_visit")
    assert store.read(lambda r: r.count(OwnCatalogue)) == 0


@pytest.mark.parametrize("text", ["", "  \n"])
def test_nothing_at_all_is_refused(store, text):
    with pytest.raises(InvalidInput):
        keep(store, text)


@pytest.mark.parametrize("text", [*BAD.values(), "", TEXT], ids=[*BAD, "nothing", "ours with our number"])
def test_a_bad_copy_that_came_from_elsewhere_is_never_used_and_said(store, text):
    put_raw(store, text)
    found = store.read(lambda r: own_forms.chosen(r, SHIPPED))
    assert found.forms == SHIPPED
    assert list(found.faults) == ["home_visit"]


def test_a_fault_is_said_until_it_is_mended(store):
    put_raw(store, "[[form")
    keep(store)
    assert store.read(lambda r: own_forms.chosen(r, SHIPPED)).faults == {}
    assert now(store).version == own_forms.FIRST
