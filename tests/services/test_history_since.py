"""Undo from a moment on: what was done before it stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.honour import HonourConcern
from caseworker_app.domain.ids import Id
from caseworker_app.services import history, honour
from db.store import SqlStore
from tests.helpers.stores import founded, register


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    opened = founded(tmp_path)
    yield opened
    opened.close()


def note(store: SqlStore, case: Id, reason: str) -> Id:
    return store.write(lambda w: honour.note(w, case, {"reason": reason})).result


def test_only_what_came_after_is_undone_and_redone(store):
    case = register(store)
    first = note(store, case, "den første")
    mark = store.read(history.latest)
    assert store.read(lambda r: history.state(r, mark)) == history.UndoState()
    second = note(store, case, "den anden")
    store.write(lambda w: history.undo(w, mark))
    with pytest.raises(UserError, match="nothing to undo"):
        store.write(lambda w: history.undo(w, mark))
    assert there(store) == {first}
    assert store.read(lambda r: history.state(r, mark)).redo is not None
    store.write(lambda w: history.redo(w, mark))
    assert there(store) == {first, second}


def test_what_was_undone_before_is_not_brought_again(store):
    case = register(store)
    note(store, case, "den første")
    store.write(history.undo)
    mark = store.read(history.latest)
    with pytest.raises(UserError, match="nothing to redo"):
        store.write(lambda w: history.redo(w, mark))
    assert there(store) == set()


def there(store: SqlStore) -> set[Id]:
    return {one.id for one in store.read(lambda r: r.find(HonourConcern))}
