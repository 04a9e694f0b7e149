"""What is written names what was written before it in the same stream, here and by this laptop."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from caseworker_app.domain.case import Case
from caseworker_app.domain.chain import row_name
from caseworker_app.domain.ids import Id
from caseworker_app.services import cases
from caseworker_app.services.forms import Edit
from caseworker_app.services.ports import Writer
from caseworker_app.sync.messages import decode_header
from db import store as stores
from db.store import SqlStore
from tests.helpers.stores import case, new_store, register

_ROWS = "SELECT header, payload, signature FROM operations WHERE stream_id = ? AND device = ? ORDER BY no"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    made = new_store(tmp_path)
    yield made
    made.close()


def school(store: SqlStore, case_id: Id, name: str) -> None:
    heads = store.read(lambda r: r.fields(Case, case_id))["school"].heads
    store.write(lambda w: cases.edit(w, case_id, {"school": Edit(name, heads)}))


def names(store: SqlStore, stream: Id) -> list[tuple[bytes | None, bytes]]:
    """Return what each row made here names, and its own name."""
    found = store.connection.execute(_ROWS, (stream, store.shared.device.device_id)).fetchall()
    return [(decode_header(row[0]).before, row_name(*row)) for row in found]


def is_tied(rows: list[tuple[bytes | None, bytes]]) -> bool:
    return all(before == own for (before, _), (_, own) in zip(rows[1:], rows, strict=False))


def test_each_row_names_the_one_before_in_its_stream_and_the_first_names_none(store: SqlStore) -> None:
    emma, sofus = register(store), register(store, "Sofus Prøve")
    for n in range(3):
        school(store, emma, f"Skole {n}")
        school(store, sofus, f"Skole {n}")
    for child in (emma, sofus):
        rows = names(store, case(store, child).stream)
        assert len(rows) > 4
        assert rows[0][0] is None
        assert is_tied(rows)


def test_what_was_not_written_after_all_is_not_named(store: SqlStore) -> None:
    emma = register(store)

    def fail(writer: Writer) -> None:
        cases.edit(writer, emma, {"school": Edit("Nej", ())})
        writer.flush()
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(fail)
    school(store, emma, "Ja")
    assert is_tied(names(store, case(store, emma).stream))


def test_a_store_that_was_closed_names_on_where_it_stopped(store: SqlStore) -> None:
    emma = register(store)
    stream = case(store, emma).stream
    store.shared.written.clear()  # as when it is opened
    school(store, emma, "Bagefter")
    assert is_tied(names(store, stream))


def test_what_lies_long_ago_is_not_looked_for(store: SqlStore, monkeypatch: pytest.MonkeyPatch) -> None:
    emma = register(store)
    stream = case(store, emma).stream
    school(store, emma, "Før")
    store.connection.execute("UPDATE operations SET arrived = 1 WHERE stream_id = ?", (stream,))
    store.connection.execute("UPDATE operations SET arrived = 0 WHERE no = (SELECT min(no) FROM operations)")
    monkeypatch.setattr(stores, "LOOKED_THROUGH", 2)
    store.shared.written.clear()
    school(store, emma, "Efter")
    assert names(store, stream)[-1][0] is None
