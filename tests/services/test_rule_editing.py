"""A municipality's copy of the rules: text to edit, faults with their line, and the deadlines it would change."""

from __future__ import annotations

import datetime as dt

import pytest

import resources
from caseworker_app.compose.books import ShippedBooks
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.services import cases, rule_book, rule_editing
from caseworker_app.services.deadline import Work
from tests.helpers.casework import TODAY, begin, days, due_of, held
from tests.helpers.stores import founded

SHIPPED = resources.text("rules", "herning-2015.toml")
BOOKS = ShippedBooks()
START = TODAY - dt.timedelta(days=20)


@pytest.fixture
def store(tmp_path):
    from caseworker_app.clock import FixedClock

    made = founded(tmp_path, FixedClock(dt.datetime.combine(TODAY, dt.time(9), dt.UTC)))
    yield made
    made.close()


@pytest.fixture
def emma(store):
    return store.write(lambda w: cases.register(w, {"child_name": "Emma Holm"})).result


def text(store):
    return store.read(lambda r: rule_editing.text_to_edit(r, BOOKS.rules(r), SHIPPED))


def checked(store, words):
    return store.read(lambda r: rule_editing.check(r, BOOKS.rules(r), words))


def keep(store, words):
    return store.write(lambda w: rule_book.change(w, BOOKS.rules(w), words)).result


def often(words, weeks=4):
    return words.replace(
        'every = "6 W"\nfrom = "held"\nwithin', f'every = "{weeks} W"\nfrom = "held"\nwithin', 1
    )


def test_the_text_begins_as_the_standard_rules_dated_today(store):
    found = text(store)
    assert f"valid_from = {TODAY.isoformat()}" in found.text
    assert (found.own, found.coming) == (False, None)
    assert found.in_force.id == "herning-2015"
    assert checked(store, found.text).changes == ()


def test_a_fault_is_said_with_its_line_and_key(store):
    wrong = text(store).text.replace('after = "2 W"', 'after = "2"', 1)
    (fault,) = checked(store, wrong).faults
    assert wrong.splitlines()[fault.line - 1] == 'after = "2"'
    assert fault.key.startswith("rules.institution.at")


def test_an_unknown_key_and_a_circle_are_both_found(store):
    wrong = text(store).text.replace("[rules.mst]", '[rules.mst]\ncolour = "red"', 1)
    wrong = wrong.replace("[rules.preventive]", '[rules.preventive]\ncontinued_by = "mst"', 1)
    faults = checked(store, wrong).faults
    assert any("colour" in fault.key for fault in faults)
    assert all(fault.line for fault in faults)


def test_a_text_that_is_no_toml_is_said_with_its_line(store):
    found = checked(store, "id = \n")
    assert [fault.line for fault in found.faults] == [1]
    assert not found.usable


def test_the_preview_names_the_deadlines_before_and_after(store, emma):
    foster = begin(store, emma, "foster_general", START)
    held(store, foster, START + dt.timedelta(days=13), START + dt.timedelta(days=14))
    found = checked(store, often(text(store).text))
    first = found.changes[0]
    assert first.case.child_name == "Emma Holm"
    assert first.intervention.id == foster
    assert first.change.before.due == START + dt.timedelta(days=13 + 42)
    assert first.change.after.due == START + dt.timedelta(days=13 + 28)
    assert (found.usable, found.cases, found.valid_from) == (True, 1, TODAY)


def test_what_the_preview_promises_is_what_happens(store, emma):
    foster = begin(store, emma, "foster_general", START)
    held(store, foster, START + dt.timedelta(days=13), START + dt.timedelta(days=14))
    words = often(text(store).text)
    promised = [one.change.after.due for one in checked(store, words).changes if one.change.after]
    keep(store, words)
    from caseworker_app.services import caseload_deadlines

    until = TODAY + dt.timedelta(days=365)
    after = store.read(lambda r: caseload_deadlines.of_case(r, BOOKS.rules(r), emma, until))
    assert set(promised) <= set(days(after))
    assert checked(store, words).changes == ()


def test_what_was_due_before_the_change_keeps_the_rule_it_had(store, emma):
    start = TODAY - dt.timedelta(days=100)
    begin(store, emma, "foster_general", start)
    before = [due for due in days(due_of(store, emma)) if due < TODAY]
    words = often(text(store).text, weeks=1)
    assert all(
        one.change.before is None or one.change.before.due >= TODAY for one in checked(store, words).changes
    )
    keep(store, words)
    from caseworker_app.services import caseload_deadlines

    after = store.read(lambda r: caseload_deadlines.of_case(r, BOOKS.rules(r), emma))
    late = [one.due for one in after.open if one.work is Work.FOLLOW_UP and not one.law and one.due < TODAY]
    assert late == before


def test_a_text_dated_before_today_is_refused_and_nothing_is_kept(store):
    old = text(store).text.replace(TODAY.isoformat(), "2020-01-01")
    found = checked(store, old)
    assert found.refused is not None
    assert found.refused.field == "valid_from"
    with pytest.raises(InvalidInput):
        keep(store, old)


def test_an_own_version_is_the_text_from_then_on(store):
    keep(store, often(text(store).text))
    found = text(store)
    assert found.own
    assert found.text == often(found.text)
    later = TODAY + dt.timedelta(days=30)
    keep(store, found.text.replace(TODAY.isoformat(), later.isoformat()))
    assert text(store).coming == later
