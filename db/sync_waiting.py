"""Taking up what waited: operations whose key has come, or whose version this program has learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from caseworker_app.domain.operations import SCHEMA_VERSION, Operation, Sealed
from caseworker_app.services.ports import Progress
from caseworker_app.services.sync_ports import Received, RefusedRow
from db.bulk import Touched
from db.connection import Raw
from db.log import cancels_of
from db.sync_check import Homes
from db.sync_files import note_files
from db.sync_opening import Refusal, opened
from db.sync_receive import APPLIED, apply_surely

if TYPE_CHECKING:
    from db.store import SqlStore

PAGE = 500
_WAITING = """
SELECT no, stream_id, key_id, schema_v, header, payload, signature FROM operations INDEXED BY ix_operations_waiting
WHERE state != 'applied' AND no > ? ORDER BY no LIMIT ?
"""
_APPLIED = "UPDATE operations SET state = ?, undoes = ?, cancels = ? WHERE no = ?"
_ASIDE = """
INSERT INTO quarantine (id, place, stream_id, op_id, stream_seq, device, reason, at_ms, header, payload, signature)
SELECT ?, 'laptop', stream_id, op_id, stream_seq, device, ?, ?, header, payload, signature FROM operations WHERE no = ?
"""


def project(store: SqlStore, now_ms: int, progress: Progress | None) -> Received:
    """Apply what can be read now, a page a transaction."""
    with store.reading() as connection:
        query = "SELECT count(*) FROM operations INDEXED BY ix_operations_waiting WHERE state != 'applied'"
        total = connection.execute(query).fetchone()[0]
    taken = waiting = refused = done = last = 0
    touched: Touched = set()
    while total:
        with store.transaction() as connection:
            rows = connection.execute(_WAITING, (last, PAGE)).fetchall()
            if not rows:
                break
            one = _page(store, connection, rows, now_ms)
        last, done = rows[-1][0], done + len(rows)
        taken, waiting, refused = taken + one.taken, waiting + one.waiting, refused + one.refused
        touched |= one.touched
        if progress is not None:
            progress(done, total)
    return Received(taken=taken, waiting=waiting, refused=refused, touched=frozenset(touched))


def _page(store: SqlStore, connection: Raw, rows: list[Any], now_ms: int) -> Received:
    shared = store.shared
    ready: list[tuple[int, Operation]] = []
    bad: dict[int, RefusedRow] = {}
    waiting = 0
    for no, stream, key_id, schema_v, *parts in rows:
        sealed = Sealed(*parts)
        try:
            if schema_v > SCHEMA_VERSION:
                raise KeyError
            key = shared.key_of(connection, stream, key_id)
        except KeyError:
            waiting += 1
            continue
        try:
            ready.append((no, opened(shared, shared.sealer.header(sealed.header), sealed, key)))
        except Refusal as refusal:
            bad[no] = refusal.reason
    homes = Homes()
    for stream in {operation.header.stream_id for _no, operation in ready}:
        theirs = (o for _no, o in ready if o.header.stream_id == stream)
        strange = homes.foreign(connection, stream, theirs)
        bad |= {no: RefusedRow.FOREIGN for no, o in ready if o.header.op_id in strange}
    ready = [(no, operation) for no, operation in ready if no not in bad]
    bad |= {no: RefusedRow.UNREADABLE for no, _operation in apply_surely(connection, ready)}
    good = [(no, operation) for no, operation in ready if no not in bad]
    note_files(connection, (operation for _no, operation in good))
    connection.executemany(_APPLIED, [(APPLIED, o.payload.undoes, cancels_of(o), no) for no, o in good])
    for no, reason in bad.items():
        connection.execute(_ASIDE, (shared.new_id(), reason.value, now_ms, no))
        connection.execute("DELETE FROM operations WHERE no = ?", (no,))
    touched = frozenset((c.entity_type, c.entity) for _no, o in good for c in o.payload.changes)
    return Received(taken=len(good), waiting=waiting, refused=len(bad), touched=touched)
