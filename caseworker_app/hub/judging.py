"""Judging and numbering the operations of one batch, with their streams locked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Fault, Grant, Membership, fault_of_sealed, take
from caseworker_app.hub import audit, members
from caseworker_app.hub.database import append, insert_if_absent
from caseworker_app.hub.incoming import Incoming
from caseworker_app.hub.members import Writer
from caseworker_app.hub.stamps import Stamps
from caseworker_app.hub.tables import log, stream_head
from caseworker_app.hub.tokens import Caller
from caseworker_app.sync.wire import PushResult, Reason, Verdict, next_chain

_LOCK = (
    select(stream_head)
    .where(stream_head.c.stream_id.in_(bindparam("streams", expanding=True)))
    .order_by(stream_head.c.stream_id)
    .with_for_update()
)
_KNOWN = select(log.c.stream_id, log.c.op_id, log.c.signature).where(
    log.c.stream_id.in_(bindparam("streams", expanding=True)),
    log.c.op_id.in_(bindparam("ids", expanding=True)),
)
_ADVANCE = (
    update(stream_head)
    .where(stream_head.c.stream_id == bindparam("stream"))
    .values(
        seq=stream_head.c.seq + bindparam("more"), chain=bindparam("new_chain"), kind=bindparam("new_kind")
    )
)
_REASONS = {
    Fault.UNKNOWN_AUTHOR: Reason.NOT_YOURS,
    Fault.NOT_A_MEMBER: Reason.NOT_A_MEMBER,
    Fault.NOT_BEGUN: Reason.NOT_A_MEMBER,  # what is not there and what is not hers look the same
    Fault.READ_ONLY: Reason.READ_ONLY,
    Fault.MALFORMED: Reason.UNREADABLE,
}


@dataclass(slots=True)
class _Stream:
    """One locked stream: where it stood, where it stands, and what is to be written."""

    before: int
    seq: int
    chain: bytes
    begun_by: Id
    then: Membership
    now: Membership
    known: dict[Id, bytes] = field(default_factory=dict)
    rows: list[dict[str, Any]] = field(default_factory=list)
    grants: list[tuple[Grant, int]] = field(default_factory=list)


class Judge:
    """The verdicts on one batch. Use: :meth:`lock` once, :meth:`take` for each row in order, :meth:`write` once."""

    def __init__(
        self,
        connection: Connection,
        caller: Caller,
        known: Mapping[Id, Writer],
        organisation: Id,
        now_ms: int,
    ) -> None:
        self._connection = connection
        self._caller = caller
        self._writers = known
        self._organisation = organisation
        self._now = now_ms
        self._streams: dict[Id, _Stream] = {}
        self._stamps = Stamps(connection)

    def lock(self, rows: Sequence[Incoming]) -> None:
        """Lock the stamps and the streams the rows speak of and read how they stand."""
        if not rows:
            return
        self._stamps.lock(rows)
        wanted = {row.header.stream_id for row in rows}
        heads = self._heads(wanted)
        begun = {row.header.stream_id for row in rows if row.clear} - heads.keys()
        if begun:
            new = [
                {"stream_id": one, "seq": 0, "chain": b"", "kind": "", "begun_by": self._caller.user}
                for one in sorted(begun)
            ]
            insert_if_absent(self._connection, stream_head, new)
            heads |= self._heads(begun)
        roles = members.load(self._connection, heads, {one: head.kind for one, head in heads.items()})
        for one, head in heads.items():
            self._streams[one] = _Stream(
                head.seq, head.seq, head.chain, head.begun_by, roles[one], roles[one]
            )
        found = {"streams": sorted(heads), "ids": [row.header.op_id for row in rows]}
        for stream, op_id, signature in self._connection.execute(_KNOWN, found) if heads else ():
            self._streams[stream].known[op_id] = signature

    def _heads(self, streams: set[Id]) -> dict[Id, Any]:
        return {row.stream_id: row for row in self._connection.execute(_LOCK, {"streams": sorted(streams)})}

    def take(self, row: Incoming) -> PushResult:
        """Return the verdict on the next row, and number it when it is accepted."""
        writer, header = row.writer, row.header
        assert writer is not None
        stream = self._streams.get(header.stream_id)
        own = writer.device == self._caller.device
        if stream is None:  # nothing there, and nothing that could begin it
            return PushResult(Verdict.QUARANTINED, Reason.NOT_A_MEMBER)
        if header.op_id in stream.known:
            if stream.known[header.op_id] != row.pushed.signature:
                return PushResult(Verdict.QUARANTINED, Reason.UNREADABLE)
            return PushResult(Verdict.KNOWN, twin=own and self._stamps.is_shared(row))
        reason = self._reason(stream, row, writer, own)
        if reason is not None:
            return PushResult(Verdict.QUARANTINED, reason)
        twin = self._stamps.is_shared(row)
        self._number(stream, row, writer)
        return PushResult(Verdict.ACCEPTED, twin=own and twin)

    def _reason(self, stream: _Stream, row: Incoming, writer: Writer, own: bool) -> Reason | None:
        """Return why an operation is not taken; a clear one that is taken changes the membership."""
        if writer.revoked and not own and not self._may_bring_back(stream):
            return Reason.REVOKED
        if not row.clear:
            fault = fault_of_sealed(stream.now, row.header.author, self._user_of)
            return None if fault is None else _REASONS[fault]
        assert row.operation is not None
        taken = take(stream.now, row.operation, self._user_of, self._organisation)
        if taken.fault is not None:
            return _REASONS[taken.fault]
        stream.now = taken.membership
        stream.grants += [(grant, stream.seq + 1) for grant in taken.grants]
        return None

    def _may_bring_back(self, stream: _Stream) -> bool:
        """Whether the caller may hand in what a revoked device wrote: she reads the stream, or began it on this hub."""
        return stream.now.role_of(self._caller.user).reads or stream.begun_by == self._caller.user

    def _user_of(self, author: Id) -> Id | None:
        writer = self._writers.get(author)
        return None if writer is None else writer.user

    def _number(self, stream: _Stream, row: Incoming, writer: Writer) -> None:
        header, pushed = row.header, row.pushed
        stream.seq += 1
        stream.chain = next_chain(stream.chain, header.op_id, pushed.payload)
        stream.known[header.op_id] = pushed.signature
        stream.rows.append(
            {
                "stream_id": header.stream_id,
                "seq": stream.seq,
                "op_id": header.op_id,
                "device": writer.device,
                "incarnation": header.incarnation,
                "stamp": header.seq,
                "received_ms": self._now,
                "chain": stream.chain,
                "header": pushed.header,
                "payload": pushed.payload,
                "signature": pushed.signature,
            }
        )

    def write(self) -> None:
        """Write what was accepted: log, heads, membership, index of grants, stamps, audit."""
        grown = {one: stream for one, stream in self._streams.items() if stream.rows}
        empty = [one for one, stream in self._streams.items() if stream.seq == 0]
        if empty:
            self._connection.execute(stream_head.delete().where(stream_head.c.stream_id.in_(empty)))
        if not grown:
            return
        append(self._connection, log, [row for stream in grown.values() for row in stream.rows])
        self._connection.execute(_ADVANCE, [_advanced(one, stream) for one, stream in grown.items()])
        for one, stream in grown.items():
            if stream.now is not stream.then:
                members.save(self._connection, one, stream.then, stream.now, stream.seq)
            members.index_grants(self._connection, one, stream.grants)
        self._stamps.write()
        lines = [
            audit.row(self._caller, one, audit.WRITE, self._now, stream.before + 1, stream.seq)
            for one, stream in grown.items()
        ]
        lines += [audit.row(self._caller, one, audit.TWIN, self._now) for one in sorted(self._stamps.twins)]
        audit.add(self._connection, lines)


def _advanced(one: Id, stream: _Stream) -> dict[str, Any]:
    return {
        "stream": one,
        "more": stream.seq - stream.before,
        "new_chain": stream.chain,
        "new_kind": stream.now.kind,
    }
