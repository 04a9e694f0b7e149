"""Taking a page of rows from the hub's log, in one transaction: judged, kept, projected, and the cursor moved.

A row that cannot be taken is put aside with the reason and the rest goes on; one whose key or version is unknown is kept in
the log and waits. Only what breaks the chain stops a page.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.hlc import COUNTER_BITS
from caseworker_app.domain.ids import Id
from caseworker_app.domain.membership import Fault, Membership, fault_of_sealed, take
from caseworker_app.domain.operations import CLEAR_KEY, SCHEMA_VERSION, Header, Operation, Sealed
from caseworker_app.services.sync_ports import Cursor, Received, RefusedRow, Row
from db import sync_rows, sync_seen
from db.bulk import Entry, apply_many
from db.connection import Raw, driver
from db.log import Local, Values, cancels_of, insert_many, row_values
from db.sync_check import Homes
from db.sync_files import note_files
from db.sync_keys import Signers, membership_at, note_grants
from db.sync_opening import Refusal, header_of, opened, sealed_of
from db.sync_signatures import signed

if TYPE_CHECKING:
    from db.store import Shared

NextChain = Callable[[bytes, bytes, bytes], bytes]
"""``wire.next_chain``: from the chain before, the operation's id and its payload."""
APPLIED, WAITING_KEY, WAITING_SCHEMA = "applied", "waiting_key", "waiting_schema"
_STAMP = "INSERT OR IGNORE INTO incarnations (incarnation, device) VALUES (?, ?)"
_FAULTS = {
    Fault.NOT_A_MEMBER: RefusedRow.NOT_A_MEMBER,
    Fault.NOT_BEGUN: RefusedRow.NOT_A_MEMBER,
    Fault.READ_ONLY: RefusedRow.READ_ONLY,
    Fault.UNKNOWN_AUTHOR: RefusedRow.UNKNOWN_DEVICE,
    Fault.MALFORMED: RefusedRow.UNREADABLE,
}


@dataclass(slots=True)
class Taken:
    """A row that is kept in the log."""

    row: Row
    header: Header
    sealed: Sealed
    operation: Operation | None
    state: str = APPLIED


@dataclass(slots=True)
class Page:
    """Rows of one stream on their way into the store, inside the caller's transaction.

    :meth:`receive` judges and keeps them; what they say is applied by the caller, together with other pages; :meth:`settle`
    puts aside what could not be.
    """

    connection: Raw
    shared: Shared
    next_chain: NextChain
    stream: Id
    now_ms: int
    taken: list[Taken] = field(default_factory=list)
    confirmed: list[tuple[Any, ...]] = field(default_factory=list)
    refused: list[tuple[Row, Header | None, RefusedRow]] = field(default_factory=list)
    keys: dict[tuple[Id, Id], bytes] = field(default_factory=dict)
    twin: bool = False
    moved: bool = False
    """Whether a clear operation came: the key that counts may be another."""
    numbers: Sequence[int] = ()
    """Those of the rows taken, in the log here."""
    differs: bool = False
    _signed: Set[int] = frozenset()
    _members: Membership | None = None
    _signers: Signers | None = None

    def receive(self, rows: Sequence[Row], chain: bytes, homes: Homes) -> None:
        """Take what follows on the cursor and move it."""
        at = sync_rows.cursor_of(self.connection, self.stream)
        if at.seq and chain != at.chain:
            self.differs = True
            return
        headers = [header_of(self.shared, row) for row in rows]
        followed = self._follow(rows, headers, at)
        known = sync_rows.known(self.connection, [h.op_id for _row, h in followed if h is not None])
        start = at.seq
        new = ((row, header) for row, header in followed if header is not None and header.op_id not in known)
        self._signed = signed(new, self._who().signing_key_of, self.shared.sealer.verify)
        for row, header in followed:
            self._judge(row, header, known, start)
        self._compare(at, followed)
        self._keep(homes)
        if followed:
            last = followed[-1][0]
            sync_rows.move_cursor(self.connection, self.stream, Cursor(last.seq, last.chain))
        self.differs = len(followed) < len(rows)

    def entries(self) -> list[Entry]:
        """Return what is to be applied."""
        pairs = zip(self.numbers, self.taken, strict=True)
        return [(no, one.operation) for no, one in pairs if one.operation is not None]

    def settle(self, bad: Set[int]) -> Received:
        """Put aside what was refused, and what could not be applied, by its number; return what became of the page."""
        pairs = list(zip(self.numbers, self.taken, strict=True))
        self.refused += [(one.row, one.header, RefusedRow.UNREADABLE) for no, one in pairs if no in bad]
        gone = [(no,) for no in self.numbers if no in bad]
        self.connection.executemany("DELETE FROM operations WHERE no = ?", gone)
        self.taken = [one for no, one in pairs if no not in bad]
        operations = [one.operation for one in self.taken if one.operation is not None]
        note_files(self.connection, operations)
        for row, header, reason in self.refused:
            sync_rows.put_aside(
                self.connection, self.shared.new_id(), self.stream, row, header, reason.value, self.now_ms
            )
        return Received(
            taken=len(self.taken),
            confirmed=len(self.confirmed),
            waiting=sum(1 for one in self.taken if one.state != APPLIED),
            refused=len(self.refused),
            differs=self.differs,
            keys=self.moved,
            twin=self.twin,
            touched=frozenset((c.entity_type, c.entity) for one in operations for c in one.payload.changes),
        )

    def _compare(self, at: Cursor, followed: Sequence[tuple[Row, Header | None]]) -> None:
        """What the authors of new rows had seen must be what we were shown."""
        page = {row.seq: row.chain for row, _header in followed}
        new = ((one.row.seq, one.header) for one in self.taken)
        if sync_seen.differ(self.connection, self.stream, at, page, new):
            sync_seen.note(self.connection, self.stream, self.now_ms)

    def _follow(
        self, rows: Sequence[Row], headers: Sequence[Header | None], at: Cursor
    ) -> list[tuple[Row, Header | None]]:
        """Return the rows up to the first that does not follow: its number, or its chain, is not the next."""
        followed = []
        seq, chain = at.seq, at.chain
        for row, header in zip(rows, headers, strict=True):
            if row.seq != seq + 1:
                break
            if header is not None and self.next_chain(chain, header.op_id, row.payload) != row.chain:
                break
            seq, chain = row.seq, row.chain
            followed.append((row, header))
        return followed

    def _judge(self, row: Row, header: Header | None, known: dict[Id, sync_rows.Known], start: int) -> None:
        try:
            if header is None:
                raise Refusal(RefusedRow.UNREADABLE)
            if header.stream_id != self.stream:
                raise Refusal(RefusedRow.MOVED)
            old = known.get(header.op_id)
            if old is None:
                known[header.op_id] = sync_rows.Known(0, row.header, row.payload, row.signature, row.seq)
                self.taken.append(self._new(row, header, start))
            else:
                self._again(row, header, old, start)
        except Refusal as refusal:
            self.refused.append((row, header, refusal.reason))

    def _again(self, row: Row, header: Header, old: sync_rows.Known, start: int) -> None:
        """A row that is here already: ours come back, or the same page once more."""
        if (row.header, row.payload, row.signature) != (old.header, old.payload, old.signature):
            raise Refusal(RefusedRow.ALTERED)
        if old.stream_seq not in (None, row.seq):
            raise Refusal(RefusedRow.ALTERED)
        if header.key_id == CLEAR_KEY:
            self._members = self._take_clear(header, sealed_of(row), start)[1]
        self.confirmed.append((row.seq, row.chain, row.received_ms, row.device, old.no))

    def _new(self, row: Row, header: Header, start: int) -> Taken:
        sealed = sealed_of(row)
        signer = self._who().key_of(row.device)
        if signer is None:
            raise Refusal(RefusedRow.UNKNOWN_DEVICE)
        if header.author != signer[1]:
            raise Refusal(RefusedRow.NOT_YOURS)
        if row.seq not in self._signed:
            raise Refusal(RefusedRow.BAD_SIGNATURE)
        self.twin = self.twin or header.incarnation == self.shared.incarnation
        if header.key_id == CLEAR_KEY:
            operation, self._members, fault = self._take_clear(header, sealed, start)
            if fault is not None:
                raise Refusal(fault)
            note_grants(self.connection, self.shared, operation, self._keep_key)
            self.moved = True
            return Taken(row, header, sealed, operation)
        fault_now = fault_of_sealed(self._membership(start), header.author, self._who().user_of)
        if fault_now is not None:
            raise Refusal(_FAULTS[fault_now])
        return self._opened(row, header, sealed)

    def _opened(self, row: Row, header: Header, sealed: Sealed) -> Taken:
        if header.schema_v > SCHEMA_VERSION:
            return Taken(row, header, sealed, None, WAITING_SCHEMA)
        key = self.key_of(header.key_id)
        if key is None:
            return Taken(row, header, sealed, None, WAITING_KEY)
        return Taken(row, header, sealed, opened(self.shared, header, sealed, key))

    def _take_clear(
        self, header: Header, sealed: Sealed, start: int
    ) -> tuple[Operation, Membership, RefusedRow | None]:
        try:
            operation = self.shared.sealer.open(sealed, b"")
        except (ValueError, RecursionError):
            raise Refusal(RefusedRow.UNREADABLE) from None
        who = self._who()
        judged = take(self._membership(start), operation, who.user_of, who.organisation)
        return operation, judged.membership, None if judged.fault is None else _FAULTS[judged.fault]

    def _who(self) -> Signers:
        if self._signers is None:
            self._signers = Signers(self.connection, self.shared)
        return self._signers

    def _membership(self, start: int) -> Membership:
        if self._members is None:
            who = self._who()
            self._members = membership_at(
                self.connection, self.shared, self.stream, who.user_of, who.organisation, start
            )
        return self._members

    def key_of(self, key_id: Id) -> bytes | None:
        """Return a key of the stream, also one that came in this page."""
        fresh = self.keys.get((self.stream, key_id))
        if fresh is not None:
            return fresh
        try:
            return self.shared.key_of(self.connection, self.stream, key_id)
        except KeyError:
            return None

    def _keep_key(self, stream: Id, key_id: Id, key: bytes) -> None:
        self.keys[stream, key_id] = key

    def _keep(self, homes: Homes) -> None:
        self._put_foreign_aside(homes)
        stamps = {(one.header.incarnation, one.row.device) for one in self.taken}
        self.connection.executemany(_STAMP, sorted(stamps))
        self.numbers = insert_many(self.connection, [_row_of(one) for one in self.taken])
        sync_rows.confirm(self.connection, self.confirmed)

    def _put_foreign_aside(self, homes: Homes) -> None:
        """A row that speaks of a thing of another stream is put aside: membership is of streams, not of things."""
        operations = [one.operation for one in self.taken if one.operation is not None]
        strange = homes.foreign(self.connection, self.stream, operations)
        if strange:
            self.refused += [
                (t.row, t.header, RefusedRow.FOREIGN) for t in self.taken if t.header.op_id in strange
            ]
            self.taken = [t for t in self.taken if t.header.op_id not in strange]

    def latest(self) -> int:
        """Return the highest stamp of the rows taken that a clock of ours may follow."""
        from db.store import FUTURE_MS

        most = (self.now_ms + FUTURE_MS) << COUNTER_BITS
        return max((t.header.hlc for t in self.taken if t.header.hlc <= most), default=0)


def apply_surely(connection: Raw, entries: Sequence[Entry], new: Set[Id] = frozenset()) -> list[Entry]:
    """Apply operations all at once; when one of them cannot be, in halves. Returns the bad ones.

    ``new`` are things nobody had heard of before them.
    """
    if not entries:
        return []
    connection.execute("SAVEPOINT page")
    try:
        apply_many(connection, entries, new)
    except _poison():
        connection.execute("ROLLBACK TO page")
        connection.execute("RELEASE page")
        half = len(entries) // 2
        if half == 0:
            return list(entries)
        return apply_surely(connection, entries[:half]) + apply_surely(connection, entries[half:])
    connection.execute("RELEASE page")
    return []


def _poison() -> tuple[type[Exception], ...]:
    """What contents that no form ever wrote can raise; the disk's own faults are none of these."""
    module = driver()
    return (
        ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError,
        module.ProgrammingError, module.InterfaceError, module.IntegrityError,
    )  # fmt: skip


def _row_of(one: Taken) -> Values:
    row, operation = one.row, one.operation
    local = Local(
        device=row.device,
        arrived=True,
        acked=True,
        stream_seq=row.seq,
        chain=row.chain,
        received_utc=row.received_ms,
    )
    return row_values(
        one.header,
        one.sealed,
        undoes=None if operation is None else operation.payload.undoes,
        state=one.state,
        local=local,
        cancels=0 if operation is None else cancels_of(operation),
    )
