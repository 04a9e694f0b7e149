"""The rules in use: a municipality's own versions from their day on, and nothing of the past rewritten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

import resources
from caseworker_app.compose import rules
from caseworker_app.domain.catalogue import OwnCatalogue
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Office
from caseworker_app.domain.rules.faults import RulesError
from caseworker_app.services import caseload_deadlines, rule_book
from caseworker_app.services.calendar import danish_holidays
from caseworker_app.services.rule_book import OWN_RULES, RuleBook
from db.store import SqlStore
from tests.helpers.casework import begin, book, days, due_of, held
from tests.helpers.stores import founded, register

OURS = resources.text("rules", "herning-2015.toml")


def stricter(valid_from: str) -> str:
    """Our rules with foster families every four weeks in the first year."""
    foster, rest = OURS.split("[rules.own_room]")
    assert 'every = "6 W"' in foster.partition("[rules.foster]")[2]
    head, tail = foster.split("[rules.foster]")
    changed = (
        head + "[rules.foster]" + tail.replace('every = "6 W"', 'every = "4 W"') + "[rules.own_room]" + rest
    )
    return changed.replace("valid_from = 2015-11-26", f"valid_from = {valid_from}")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def case(store: SqlStore) -> Id:
    return register(store, "Felix Krogh", born=dt.date(2014, 5, 2))


def opened(store: SqlStore) -> RuleBook:
    shipped = rules.shipped(rules.LOCAL)
    return store.read(lambda r: rule_book.open_book(r, shipped, rules.law(), danish_holidays))


def change(store: SqlStore, text: str) -> None:
    found = opened(store)
    store.write(lambda w: rule_book.change(w, found, text))


def due_by(store: SqlStore, case: Id) -> list[dt.date]:
    found = opened(store)
    return days(store.read(lambda r: caseload_deadlines.of_case(r, found, case)))


def test_a_store_without_own_rules_has_those_that_ship(store):
    assert opened(store).local == book().local
    assert opened(store).rule_names >= {"foster", "mst"}


def test_a_change_of_rules_counts_from_its_day_and_leaves_earlier_dates(store, case):
    begin(store, case, "foster_general", dt.date(2026, 10, 1))
    before = due_by(store, case)
    change(store, stricter("2026-12-01"))
    after = due_by(store, case)
    assert [day for day in before if day < dt.date(2026, 12, 1)] == [
        day for day in after if day < dt.date(2026, 12, 1)
    ]
    assert before != after
    assert dt.date(2026, 10, 15) in after


def test_what_was_held_under_the_old_rule_stays_held(store, case):
    made = begin(store, case, "foster_general", dt.date(2026, 10, 1))
    held(store, made, dt.date(2026, 10, 15), dt.date(2026, 10, 15))
    change(store, stricter("2026-11-21"))
    assert dt.date(2026, 10, 15) not in due_by(store, case)


def test_a_change_that_would_rewrite_the_past_is_refused(store):
    with pytest.raises(InvalidInput):
        change(store, stricter("2026-11-20"))
    assert opened(store).local == book().local


def test_a_text_that_cannot_be_read_is_refused_with_its_line(store):
    with pytest.raises(RulesError) as refused:
        change(store, stricter("2026-12-01").replace('every = "4 W"', 'every = "4"'))
    assert refused.value.faults[0].line > 0


def test_a_version_of_the_same_day_is_written_over(store):
    change(store, stricter("2026-12-01"))
    change(store, stricter("2026-12-01").replace('"4 W"', '"5 W"'))
    assert len(store.read(lambda r: r.find(OwnCatalogue, where={"name": OWN_RULES}))) == 1
    assert len(opened(store).local.sets) == 2


def test_a_faulty_version_that_came_from_elsewhere_is_left_aside_and_said(store, case):
    def arrive(writer) -> None:
        home = writer.find(Office)[0].stream
        writer.act("A test writes")
        writer.create(OwnCatalogue(id=writer.new_id(), stream=home, name=OWN_RULES, text="nonsense"))

    store.write(arrive)
    begin(store, case, "foster_general", dt.date(2026, 10, 1))
    found = opened(store)
    assert (found.local, len(found.faults)) == (book().local, 1)
    assert due_by(store, case) == days(due_of(store, case))
    change(store, stricter("2026-12-01"))
    assert len(opened(store).local.sets) == 2
