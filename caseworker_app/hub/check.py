"""Checking a hub's database, such as a backup that was just restored somewhere: is every log whole, does the rest fit?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, select

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import EMPTY, Membership, take
from caseworker_app.hub import migrate
from caseworker_app.hub.database import reading
from caseworker_app.hub.ground import Organisation
from caseworker_app.hub.incoming import Incoming, authors_of, check, read
from caseworker_app.hub.members import load, writers
from caseworker_app.hub.tables import blobs, devices, log, quarantine, stream_head, users
from caseworker_app.sync.wire import Pushed, next_chain

_PAGE = 500


@dataclass(slots=True)
class Report:
    """What was counted, and every fault as a stream's id and what is wrong in it."""

    version: str = ""
    users: int = 0
    devices: int = 0
    streams: int = 0
    rows: int = 0
    files: int = 0
    quarantined: int = 0
    newest_ms: int = 0
    faults: list[str] = field(default_factory=list)


def run(engine: Engine, organisation: Organisation) -> Report:
    """Read every row of every stream and return what was found. Nothing is changed."""
    report = Report(version=migrate.current(engine) or "")
    with reading(engine, whole=True) as connection:
        for name, table in (
            ("users", users),
            ("devices", devices),
            ("files", blobs),
            ("quarantined", quarantine),
        ):
            setattr(report, name, connection.execute(select(func.count()).select_from(table)).scalar_one())
        heads = connection.execute(select(stream_head).order_by(stream_head.c.stream_id)).all()
        without = select(log.c.stream_id).where(log.c.stream_id.not_in(select(stream_head.c.stream_id)))
        for stream in connection.execute(without.distinct()).scalars():
            report.faults.append(f"{stream.hex()}: rows without a head")
        for head in heads:
            report.streams += 1
            said = {head.stream_id: head.kind}
            kept = load(connection, [head.stream_id], said)[head.stream_id]
            for fault in _stream(connection, organisation, head, kept, report):
                report.faults.append(f"{head.stream_id.hex()}: {fault}")
    return report


def _stream(
    connection: Connection, organisation: Organisation, head: Row[Any], kept: Membership, report: Report
) -> Iterator[str]:
    stream: Id = head.stream_id
    seq, chain, now = 0, b"", EMPTY
    while rows := _page(connection, stream, seq):
        read_rows = [read(Pushed(row.header, row.payload, row.signature)) for row in rows]
        known = writers(connection, authors_of(read_rows), organisation)
        check(read_rows, known)
        for row, one in zip(rows, read_rows, strict=True):
            seq += 1
            chain = next_chain(chain, row.op_id, row.payload)
            if row.seq != seq:
                yield f"row {seq} is missing"
                return
            yield from _row(row, one, stream, chain)
            if one.reason is None and one.clear:
                assert one.operation is not None
                users_of = {author: writer.user for author, writer in known.items()}
                now = take(now, one.operation, users_of.get, organisation.hub).membership
            report.rows += 1
            report.newest_ms = max(report.newest_ms, row.received_ms)
    if (seq, chain) != (head.seq, head.chain):
        yield "the head is not the last row"
    if (now.begun, dict(now.roles), dict(now.set_by)) != (kept.begun, dict(kept.roles), dict(kept.set_by)):
        yield "the list of members is not what the log says"


def _row(row: Row[Any], one: Incoming, stream: Id, chain: bytes) -> Iterator[str]:
    if row.chain != chain:
        yield f"row {row.seq} breaks the chain"
    if one.reason is not None:
        yield f"row {row.seq}: {one.reason.value}"
    elif one.operation is not None and (one.header.stream_id, one.header.op_id) != (stream, row.op_id):
        yield f"row {row.seq} belongs elsewhere"


def _page(connection: Connection, stream: Id, after: int) -> list[Row[Any]]:
    asked = select(log).where(log.c.stream_id == stream, log.c.seq > after).order_by(log.c.seq).limit(_PAGE)
    return list(connection.execute(asked))
