"""A page of a long list: the latest first, and no more than was asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from db.store import SqlStore
from tests.helpers.stores import case as case_of
from tests.helpers.stores import founded, register

BY = ("held_on", "written_on")
FIRST = dt.date(2026, 1, 1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


def write(store: SqlStore, stream: Id, *days: tuple[int | None, int | None]) -> None:
    def run(writer):
        writer.act("Write entries")
        for held, written in days:
            writer.create(
                Entry(
                    id=writer.new_id(),
                    stream=stream,
                    held_on=None if held is None else FIRST + dt.timedelta(days=held),
                    written_on=None if written is None else FIRST + dt.timedelta(days=written),
                    signed=True,
                )
            )

    store.write(run)


def days(found: list[Entry]) -> list[int | None]:
    return [None if one.day is None else (one.day - FIRST).days for one in found]


def test_the_latest_day_comes_first_and_what_has_none_last(store):
    stream = case_of(store, register(store)).stream
    write(store, stream, (1, 9), (None, 5), (7, 2), (None, None))
    assert days(store.read(lambda r: r.newest(Entry, BY, stream=stream))) == [7, 5, 1, None]


def test_pages_follow_on_each_other_without_a_gap(store):
    stream = case_of(store, register(store)).stream
    write(store, stream, *((n % 5, n) for n in range(23)))
    pages = [
        store.read(lambda r, at=at: r.newest(Entry, BY, stream=stream, limit=10, offset=at))
        for at in (0, 10, 20)
    ]
    ids = [one.id for page in pages for one in page]
    whole = store.read(lambda r: r.newest(Entry, BY, stream=stream, limit=99))
    assert ids == [one.id for one in whole]
    assert len(set(ids)) == 23


def test_another_case_and_what_is_earlier_are_left_out(store):
    one, other = (case_of(store, register(store, name)).stream for name in ("Emma Prøve", "Bo Prøve"))
    write(store, one, (1, None), (20, None), (None, None))
    write(store, other, (30, None))
    since = FIRST + dt.timedelta(days=10)
    assert days(store.read(lambda r: r.newest(Entry, BY, stream=one, since=since))) == [20]


def test_a_single_day_field_will_do(store):
    stream = case_of(store, register(store)).stream
    write(store, stream, (3, 1), (1, 8))
    assert days(store.read(lambda r: r.newest(Entry, ("held_on",), stream=stream))) == [3, 1]


def test_a_field_that_is_none_is_a_bug(store):
    with pytest.raises(KeyError):
        store.read(lambda r: r.newest(Entry, ("no_day",)))
