"""Reading and writing inside one transaction: what services see of the store."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, select
from sqlalchemy.sql import Select

from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE, Entity, EntityType, FieldSpec, type_of
from caseworker_app.domain.heads import Field, Head, resolve
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
from caseworker_app.services.ports import Access, AccessRow, Draft, PastAct, StreamKind
from db import access, draft_rows, past
from db.base_tables import heads, operations, stream_keys, streams
from db.encoding import unpack
from db.log import Touched, append, decode, read_heads
from db.prepared import Prepared
from db.projections import table_of, thing_of, to_column

if TYPE_CHECKING:
    from db.store import Shared

C = TypeVar("C", bound=Entity)

_HEADS_OF = Prepared(
    select(heads.c.field, heads.c.op_id, heads.c.hlc, heads.c.author, heads.c.value).where(
        heads.c.entity == bindparam("e")
    )
)


@cache
def _by_id(declared: EntityType[Any]) -> Prepared:
    table = table_of(declared)
    return Prepared(select(table).where(table.c.id == bindparam("i")))


@cache
def _stream_of(declared: EntityType[Any]) -> Prepared:
    table = table_of(declared)
    return Prepared(select(table.c.stream).where(table.c.id == bindparam("i")))


class ReadUnit:
    """A consistent view; see :class:`caseworker_app.services.ports.Reader`."""

    def __init__(self, connection: Connection, shared: Shared) -> None:
        self._connection = connection
        self._shared = shared
        self.now: dt.datetime = shared.clock.now()

    @property
    def author(self) -> Id:
        return self._shared.author

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(ZoneInfo(self._shared.clock.zone())).date()

    def get(self, cls: type[C], entity: Id) -> C | None:
        declared = type_of(cls)
        row = _by_id(declared).run(self._connection, {"i": entity}).fetchone()
        return None if row is None else thing_of(declared, row)  # type: ignore[return-value]

    def _matching(
        self,
        declared: EntityType[Any],
        query: Select[Any],
        stream: Id | None,
        where: Mapping[str, object] | None,
        cancelled: bool,
    ) -> Select[Any]:
        table = table_of(declared)
        if stream is not None:
            query = query.where(table.c.stream == stream)
        for name, value in (where or {}).items():
            stored = to_column(declared.specs[name], value)
            column = table.c[name]
            query = query.where(column.is_(None) if stored is None else column == stored)
        return query if cancelled else query.where(table.c.cancelled == 0)

    def find(
        self,
        cls: type[C],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
        cancelled: bool = False,
    ) -> list[C]:
        declared = type_of(cls)
        table = table_of(declared)
        query = self._matching(declared, select(table), stream, where, cancelled).order_by(
            table.c.made, table.c.id
        )
        return [thing_of(declared, row) for row in self._connection.execute(query)]  # type: ignore[misc]

    def count(
        self, cls: type[C], *, stream: Id | None = None, where: Mapping[str, object] | None = None
    ) -> int:
        declared = type_of(cls)
        query = select(func.count()).select_from(table_of(declared))
        return int(
            self._connection.execute(self._matching(declared, query, stream, where, False)).scalar_one()
        )

    def fields(self, cls: type[C], entity: Id) -> dict[str, Field[Any]]:
        declared = type_of(cls)
        found: dict[str, list[Head[Any]]] = defaultdict(list)
        for row in _HEADS_OF.run(self._connection, {"e": entity}):
            found[row[0]].append(Head(row[1], row[2], row[3], unpack(row[4])))
        return {
            name: _set_field(spec, found) if spec.many else resolve(spec, decode(spec, found.get(name, ())))
            for name, spec in declared.specs.items()
        }

    def history(
        self,
        *,
        entities: Sequence[Id] = (),
        stream: Id | None = None,
        limit: int = 200,
        before: int | None = None,
    ) -> list[PastAct]:
        return past.history(
            self._connection, self._shared, entities=entities, stream=stream, limit=limit, before=before
        )

    def acts(self, *, limit: int = 200) -> list[PastAct]:
        return past.own_acts(self._connection, self._shared, limit=limit)

    def heads(self, entity: Id, field: str) -> tuple[Id, ...]:
        return tuple(sorted(head.op_id for head in read_heads(self._connection, entity, field)))

    def drafts(self) -> list[Draft]:
        return draft_rows.all_drafts(self._connection)

    def draft(self, key: str) -> Draft | None:
        return draft_rows.one(self._connection, key)

    def stream_kind(self, stream: Id) -> StreamKind | None:
        found = self._connection.execute(select(streams.c.kind).where(streams.c.stream_id == stream)).scalar()
        return None if found is None else StreamKind(found)

    def streams(self, kind: StreamKind) -> list[Id]:
        query = select(streams.c.stream_id).where(streams.c.kind == kind.value).order_by(streams.c.made_hlc)
        return list(self._connection.execute(query).scalars())

    def access_log(self, *, limit: int = 500) -> list[AccessRow]:
        return access.latest(self._connection, limit)

    def unsent(self) -> tuple[int, dt.datetime | None]:
        query = select(func.count(), func.min(operations.c.hlc)).where(operations.c.acked == 0)
        count, oldest = self._connection.execute(query).one()
        return int(count), None if oldest is None else dt.datetime.fromtimestamp(
            (oldest >> 16) / 1000, dt.UTC
        )


def _set_field(spec: FieldSpec[Any], found: Mapping[str, list[Head[Any]]]) -> Field[Any]:
    prefix = f"{spec.name}/"
    elements = {
        name.removeprefix(prefix): heads_ for name, heads_ in found.items() if name.startswith(prefix)
    }
    value = spec.from_plain(
        [e for e, heads_ in elements.items() if max(heads_, key=lambda h: (h.value, h.hlc)).value]
    )
    return Field(value, tuple(sorted({head.op_id for heads_ in elements.values() for head in heads_})))


class WriteUnit(ReadUnit):
    """One act; see :class:`caseworker_app.services.ports.Writer`. The store calls :meth:`commit` once at the end."""

    def __init__(self, connection: Connection, shared: Shared) -> None:
        super().__init__(connection, shared)
        self._label = ""
        self._undoes: Id | None = None
        self._reason = ""
        self._final = False
        self._pending: dict[Id, dict[tuple[Id, str], Change]] = {}
        self._homes: dict[Id, Id] = {}
        self.touched: Touched = set()
        self.act_id: Id | None = None

    def new_id(self) -> Id:
        return self._shared.new_id()

    def act(self, label: str, *, undoes: Id | None = None, reason: str = "", final: bool = False) -> None:
        self._label, self._undoes, self._reason, self._final = label, undoes, reason, final

    def new_stream(self, kind: StreamKind) -> Id:
        stream, key_id, key = self.new_id(), self.new_id(), self._shared.sealer.new_key()
        row = {"stream_id": stream, "kind": kind.value, "key_id": key_id, "made_hlc": self._shared.hlc + 1}
        self._connection.execute(streams.insert(), row)
        self._connection.execute(stream_keys.insert(), {"stream_id": stream, "key_id": key_id, "secret": key})
        self._shared.keys[stream, key_id] = key
        self._shared.current_key[stream] = key_id
        grant = {
            "stream_kind": kind.value,
            "device": self._shared.sealer.device,
            "signing_key": self._shared.sealer.public_key,
            "key_id": key_id,
            "wrapped": self._shared.sealer.grant(key, stream, key_id),
            "role": "owner",
        }
        change = Change("grant", self.new_id(), "grant", ChangeKind.CREATE, grant)
        self._append("Open a log", stream, (change,), CLEAR_KEY, b"")
        return stream

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
            row = _stream_of(declared).run(self._connection, {"i": entity}).fetchone()
            if row is None:
                raise KeyError(f"no {declared.name} of that id")
            home = self._homes[entity] = row[0]
        return home

    def change(self, stream: Id, change: Change) -> None:
        self._pending.setdefault(stream, {})[change.entity, change.field] = change

    def save_draft(self, draft: Draft) -> None:
        draft_rows.save(self._connection, draft, self.now)

    def drop_draft(self, key: str) -> None:
        draft_rows.drop(self._connection, key)

    def log_access(self, action: Access, entity_type: str, entity: Id, detail: str = "") -> None:
        access.append(self._connection, AccessRow(self.now, self.author, action, entity_type, entity, detail))

    def flush(self) -> None:
        """Append one operation a stream, all with the same act id, and be ready for the next act.

        Raises ``ValueError`` for an act without a word.
        """
        self._commit()
        self._pending, self._label, self._undoes, self._reason, self._final = {}, "", None, "", False

    def _commit(self) -> None:
        if not self._pending:
            return
        self.act_id = self.new_id()
        if not self._label:
            raise ValueError("an act must say what it does")
        for stream, pending in self._pending.items():
            key_id = self._shared.current_key_of(self._connection, stream)
            key = self._shared.key_of(self._connection, stream, key_id)
            self._append(self._label, stream, tuple(pending.values()), key_id, key)

    def _append(self, label: str, stream: Id, changes: tuple[Change, ...], key_id: Id, key: bytes) -> None:
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
            est_skew_ms=0,
            zone=shared.clock.zone(),
            schema_v=SCHEMA_VERSION,
            key_id=key_id,
        )
        payload = (
            Payload(label, changes)
            if granting
            else Payload(label, changes, undoes=self._undoes, reason=self._reason, final=self._final)
        )
        operation = Operation(header, payload)
        sealed = shared.sealer.seal(operation, key)
        self.touched |= append(self._connection, operation, sealed, fresh=True)
