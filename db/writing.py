"""Writing inside one transaction: an act gathered, then appended as one operation a stream."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.chain import row_name
from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE, SEEN, Entity, EntityType, FieldSpec, type_of
from caseworker_app.domain.heads import life_of
from caseworker_app.domain.hlc import advance
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import (
    CLEAR_KEY,
    SCHEMA_VERSION,
    Change,
    ChangeKind,
    Header,
    Operation,
    Payload,
)
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Access, AccessRow, Draft, StreamKind
from db import access, draft_rows, rows
from db.bulk import Touched
from db.connection import Raw
from db.head_rows import heads_of
from db.log import Local, append
from db.reading import ReadUnit

if TYPE_CHECKING:
    from db.store import Shared

_NEW_STREAM = "INSERT INTO streams (stream_id, kind, key_id, made_hlc) VALUES (?, ?, ?, ?)"
_NEW_GRANT = "INSERT INTO grants (stream_id, key_id, device, place) VALUES (?, ?, ?, 1)"
_NEW_KEY = "INSERT INTO stream_keys (stream_id, key_id, secret) VALUES (?, ?, ?)"


_PUT_BLOB = """
INSERT INTO blobs (sha256, stream_id, size, body) VALUES (?, ?, ?, ?)
ON CONFLICT (sha256) DO UPDATE SET body = excluded.body WHERE body IS NULL
"""
_MARK_BLOB = "INSERT OR IGNORE INTO blob_marks (stream_id, sha256, size) VALUES (?, ?, ?)"


class WriteUnit(ReadUnit):
    """One act; see :class:`caseworker_app.services.ports.Writer`. The store calls :meth:`flush` at the end."""

    def __init__(self, connection: Raw, shared: Shared) -> None:
        super().__init__(connection, shared)
        self._label = ""
        self._undoes: Id | None = None
        self._reason = ""
        self._final = False
        self._pending: dict[Id, dict[tuple[Id, str], Change]] = {}
        self._homes: dict[Id, Id] = {}
        self._by_form: set[Id] = set()
        self.touched: Touched = set()
        self.drafts_touched: set[str] = set()
        self.act_id: Id | None = None

    def new_id(self) -> Id:
        return self._shared.new_id()

    def act(self, label: str, *, undoes: Id | None = None, reason: str = "", final: bool = False) -> None:
        self._label, self._undoes, self._reason, self._final = label, undoes, reason, final

    def new_stream(self, kind: StreamKind) -> Id:
        stream, key_id, key = self.new_id(), self.new_id(), self._shared.sealer.new_key()
        self._connection.execute(_NEW_STREAM, (stream, kind.value, key_id, self._shared.hlc + 1))
        self._connection.execute(_NEW_KEY, (stream, key_id, key))
        self._shared.keys[stream, key_id] = key
        self._shared.current_key[stream] = key_id
        grant = {
            "stream_kind": kind.value,
            "device": self._shared.sealer.device,
            "signing_key": self._shared.sealer.public_key,
            "key_id": key_id,
            "wrapped": self._shared.sealer.grant(key, stream, key_id),
            "role": "owner",
            "user": self._shared.user,
            "author": self._shared.author,
            "exchange_key": self._shared.sealer.exchange_key,
        }
        change = Change("grant", self.new_id(), "grant", ChangeKind.CREATE, grant)
        self._append(N_("Open a log"), stream, (change,), CLEAR_KEY, b"")
        self._connection.execute(_NEW_GRANT, (stream, key_id, self._shared.sealer.device))
        return stream

    def append_clear(self, label: str, stream: Id, changes: tuple[Change, ...]) -> Operation:
        """Append an operation about keys and members, signed and not sealed; return it."""
        return self._append(label, stream, changes, CLEAR_KEY, b"")

    def create(self, thing: Entity) -> None:
        declared = type_of(type(thing))
        self._homes[thing.id] = thing.stream
        self.change(thing.stream, Change(declared.name, thing.id, LIFE, ChangeKind.CREATE, LIVE))
        for spec, value in declared.values(thing):
            if value == spec.default:
                continue
            if spec.many:
                for element in spec.to_plain(value):
                    self.change(
                        thing.stream,
                        Change(declared.name, thing.id, f"{spec.name}/{element}", ChangeKind.ADD, True),
                    )
            else:
                self.change(
                    thing.stream,
                    Change(declared.name, thing.id, spec.name, ChangeKind.CREATE, spec.to_plain(value)),
                )

    def set(
        self, cls: type[Entity], entity: Id, field: str, value: Any, *, parents: Iterable[Id] | None
    ) -> None:
        declared = type_of(cls)
        spec = declared.specs[field]
        home = self._home(declared, entity)
        if spec.many:
            self._set_elements(declared, spec, entity, home, value)
            return
        plain = spec.to_plain(value)
        pending = self._pending.get(home, {}).get((entity, field))
        if pending is not None:  # the same act already speaks of this field: its last word counts
            self.change(home, Change(declared.name, entity, field, pending.kind, plain, pending.parents))
            return
        if parents is not None:
            self._by_form.add(entity)
        seen = self.heads(entity, field) if parents is None else tuple(parents)
        self.change(home, Change(declared.name, entity, field, ChangeKind.SET, plain, seen))

    def _set_elements(
        self, declared: EntityType[Any], spec: FieldSpec[Any], entity: Id, home: Id, value: Any
    ) -> None:
        now = set(spec.to_plain(self.fields(declared.cls, entity)[spec.name].value))
        wanted = set(spec.to_plain(value))
        for element in sorted(now ^ wanted):
            name = f"{spec.name}/{element}"
            kind = ChangeKind.ADD if element in wanted else ChangeKind.REMOVE
            self.change(
                home,
                Change(declared.name, entity, name, kind, element in wanted, self.heads(entity, name)),
            )

    def cancel(self, cls: type[Entity], entity: Id) -> None:
        self._live(cls, entity, ChangeKind.CANCEL, CANCELLED)

    def restore(self, cls: type[Entity], entity: Id) -> None:
        self._live(cls, entity, ChangeKind.RESTORE, LIVE)

    def _live(self, cls: type[Entity], entity: Id, kind: ChangeKind, value: str) -> None:
        declared = type_of(cls)
        change = Change(declared.name, entity, LIFE, kind, value, self.heads(entity, LIFE))
        self.change(self._home(declared, entity), change)

    def _home(self, declared: EntityType[Any], entity: Id) -> Id:
        home = self._homes.get(entity)
        if home is None:
            row = self._connection.execute(rows.stream(declared), {"id": entity}).fetchone()
            if row is None:
                raise KeyError(f"no {declared.name} of that id")
            home = self._homes[entity] = row[0]
        return home

    def change(self, stream: Id, change: Change) -> None:
        self._pending.setdefault(stream, {})[change.entity, change.field] = change

    def put_blob(self, stream: Id, data: bytes) -> bytes:
        digest = hashlib.sha256(data).digest()
        self._connection.execute(_PUT_BLOB, (digest, stream, len(data), data))
        self._connection.execute(_MARK_BLOB, (stream, digest, len(data)))
        return digest

    def save_draft(self, draft: Draft) -> None:
        draft_rows.save(self._connection, draft, self.now)
        self.drafts_touched.add(draft.key)

    def drop_draft(self, key: str) -> None:
        draft_rows.drop(self._connection, key)
        self.drafts_touched.add(key)

    def log_access(self, action: Access, entity_type: str, entity: Id, detail: str = "") -> None:
        access.append(self._connection, AccessRow(self.now, self.author, action, entity_type, entity, detail))

    def flush(self) -> None:
        """Append one operation a stream, all with the same act id, and be ready for the next act.

        Raises ``ValueError`` for an act without a word.
        """
        self._commit()
        self._pending, self._label, self._undoes, self._reason, self._final = {}, "", None, "", False
        self._by_form.clear()

    def _commit(self) -> None:
        if not self._pending:
            return
        self.act_id = self.new_id()
        if not self._label:
            raise ValueError("an act must say what it does")
        for stream, pending in self._pending.items():
            key_id = self._shared.current_key_of(self._connection, stream)
            key = self._shared.key_of(self._connection, stream, key_id)
            self._note_what_was_seen(pending)
            self._append(self._label, stream, tuple(pending.values()), key_id, key)

    def _note_what_was_seen(self, pending: dict[tuple[Id, str], Change]) -> None:
        """Who takes a thing back says what she knew of it, and who changes a thing that she knows to be taken back."""
        for change in {one.entity: one for one in pending.values()}.values():
            entity, life = change.entity, pending.get((change.entity, LIFE))
            taken_back = life is not None and life.value == CANCELLED and (entity, SEEN) not in pending
            if taken_back or (life is None and self._is_known_gone(entity)):
                found = heads_of(self._connection, entity)
                seen = {head.op_id for name, heads in found.items() if name != SEEN for head in heads}
                before = tuple(sorted(head.op_id for head in found.get(SEEN, ())))
                note = Change(change.entity_type, entity, SEEN, ChangeKind.SET, sorted(seen), before)
                pending[entity, SEEN] = note

    def _is_known_gone(self, entity: Id) -> bool:
        """Whether a thing is taken back and whoever writes now knows it: a form may have been opened before it was."""
        found = heads_of(self._connection, entity)
        life = found.get(LIFE, [])
        if not any(head.value == CANCELLED for head in life):
            return False
        own = all(head.author == self.author for head in life)
        return (own or entity not in self._by_form) and life_of(found).gone

    def _append(
        self, label: str, stream: Id, changes: tuple[Change, ...], key_id: Id, key: bytes
    ) -> Operation:
        shared = self._shared
        wall_ms = int(self.now.timestamp() * 1000)
        shared.hlc = advance(shared.hlc, wall_ms)
        shared.seq += 1
        granting = key_id == CLEAR_KEY
        act_id = self.new_id() if granting or self.act_id is None else self.act_id
        header = Header(
            op_id=self.new_id(),
            act_id=act_id,
            stream_id=stream,
            incarnation=shared.incarnation,
            seq=shared.seq,
            author=shared.author,
            hlc=shared.hlc,
            wall_ms=wall_ms,
            est_skew_ms=shared.skew_ms,
            zone=shared.clock.zone(),
            schema_v=SCHEMA_VERSION,
            key_id=key_id,
            seen=shared.seen_of(self._connection, stream),
            before=shared.before_of(self._connection, stream),
        )
        payload = (
            Payload(label, changes)
            if granting
            else Payload(label, changes, undoes=self._undoes, reason=self._reason, final=self._final)
        )
        operation = Operation(header, payload)
        sealed = shared.sealer.seal(operation, key)
        shared.written[stream] = row_name(sealed.header, sealed.payload, sealed.signature)
        local = Local(device=shared.device.device_id)
        self.touched |= append(self._connection, operation, sealed, local=local)
        return operation
