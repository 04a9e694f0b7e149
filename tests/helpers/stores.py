"""Real encrypted stores for tests of the store itself."""

from __future__ import annotations

import datetime as dt
import secrets
import tempfile
from functools import cache
from pathlib import Path

from caseworker_app.clock import Clock, FixedClock
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services import cases, office
from caseworker_app.sync.sealing import OperationSealer, new_device_secret
from db.connection import connect
from db.store import DeviceRow, SqlStore, create, open_store

KEY = bytes(range(32))
NOON = dt.datetime(2026, 11, 21, 11, 0, tzinfo=dt.UTC)


def new_store(folder: Path, clock: Clock | None = None, *, name: str = "store.db") -> SqlStore:
    """Make an empty store with a device of its own: a copy of one that was made as the program makes it, once."""
    row = DeviceRow(*(secrets.token_bytes(16) for _ in range(3)), new_device_secret())
    file = folder / name
    with file.open("xb") as made:
        made.write(_empty())
    file.chmod(0o600)
    connection = connect(file, KEY, write=True)
    values = (row.device_id, row.incarnation, row.author, row.secret)
    connection.execute("UPDATE device SET device_id = ?, incarnation = ?, author = ?, secret = ?", values)
    connection.close()
    return again(folder, clock, name=name)


@cache
def _empty() -> bytes:
    """Return the file of an empty store: its two hundred tables take ten times as long to make as to copy."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "store.db"
        row = DeviceRow(*(secrets.token_bytes(16) for _ in range(3)), new_device_secret())
        create(file, KEY, row=row, sealers=OperationSealer, clock=FixedClock(NOON)).close()
        return file.read_bytes()


def again(folder: Path, clock: Clock | None = None, *, key: bytes = KEY, name: str = "store.db") -> SqlStore:
    """Open it again."""
    return open_store(folder / name, key, sealers=OperationSealer, clock=clock or FixedClock(NOON))


def founded(folder: Path, clock: Clock | None = None) -> SqlStore:
    """Make a store with a worker and a municipality."""
    store = new_store(folder, clock)
    store.write(lambda w: office.found(w, {"name": "Karen Prøve"}, {"municipality": "Prøve Kommune"}))
    return store


def register(store: SqlStore, name: str = "Emma Prøve", **values: object) -> Id:
    """Register a child; return the case's id."""
    return store.write(lambda w: cases.register(w, {"child_name": name, **values})).result


def case(store: SqlStore, case_id: Id) -> Case:
    """Return a case that must be there."""
    found = store.read(lambda r: r.get(Case, case_id))
    assert found is not None
    return found
