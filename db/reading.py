"""Reading inside one transaction: what services see of the store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

from caseworker_app.domain.entity import Entity, FieldSpec, type_of
from caseworker_app.domain.heads import Field, Head, life_of, resolve
from caseworker_app.domain.hlc import wall_of
from caseworker_app.domain.ids import Id
from caseworker_app.domain.searching import Question
from caseworker_app.services.ports import AccessRow, Contested, Draft, FoundRow, PastAct, StreamKind
from db import access, draft_rows, rows, search
from db.connection import Raw
from db.head_rows import decode, heads_of
from db.rows import thing_of

if TYPE_CHECKING:
    from db.store import Shared

C = TypeVar("C", bound=Entity)

_UNSENT = "SELECT count(*) FROM operations INDEXED BY ix_operations_unacked WHERE acked = 0"
"""Reads the small index of what is unsent and no operation: a log of ten years is large."""
_LEFT = """
SELECT count(*) FROM operations INDEXED BY ix_operations_stream_id_no
WHERE stream_id IN (SELECT stream_id FROM cursors WHERE closed = 1) AND acked = 0 AND pushed_ms IS NOT NULL
"""
"""What the hub has of a case that was left never comes back and is not owed (as :mod:`db.sync_store` counts)."""
_OLDEST_UNSENT = """
SELECT hlc FROM operations INDEXED BY ix_operations_unacked WHERE acked = 0
    AND NOT (pushed_ms IS NOT NULL AND stream_id IN (SELECT stream_id FROM cursors WHERE closed = 1)) ORDER BY no LIMIT 1
"""
_BEGUN_BY_OTHERS = """
SELECT o.stream_id, o.no FROM operations AS o
JOIN (SELECT min(no) AS first FROM operations INDEXED BY ix_operations_clear WHERE {clear} GROUP BY stream_id) AS begun
    ON o.no = begun.first
WHERE o.author != ? AND o.author NOT IN (SELECT author FROM devices WHERE user = ?)
"""
MOST_STREAMS = 500
"""So many streams are asked for in one query."""


class _Told:
    """What a view tells of sync."""

    def __init__(self, connection: Raw, shared: Shared) -> None:
        self._connection = connection
        self._shared = shared

    def unseen(self, entity: Id) -> frozenset[Id]:
        return life_of(heads_of(self._connection, entity)).unseen

    def begun_by_others(self) -> dict[Id, int]:
        from db.base_tables import CLEAR  # not needed for the first screen

        values = (self._shared.author, self._shared.user)
        return dict(self._connection.execute(_BEGUN_BY_OTHERS.format(clear=CLEAR), values).fetchall())

    def unsent(self) -> tuple[int, dt.datetime | None]:
        (count,), (left,) = (self._connection.execute(query).fetchone() for query in (_UNSENT, _LEFT))
        oldest = self._connection.execute(_OLDEST_UNSENT).fetchone()
        if oldest is None:
            return 0, None
        return int(count - left), dt.datetime.fromtimestamp(wall_of(oldest[0]) / 1000, dt.UTC)


class ReadUnit(_Told):
    """A consistent view; see :class:`caseworker_app.services.ports.Reader`."""

    def __init__(self, connection: Raw, shared: Shared) -> None:
        super().__init__(connection, shared)
        self.now: dt.datetime = shared.clock.now()

    @property
    def shared(self) -> Shared:
        """What every transaction of the store shares."""
        return self._shared

    @property
    def connection(self) -> Raw:
        """The connection of this transaction, for other parts of the store."""
        return self._connection

    @property
    def author(self) -> Id:
        return self._shared.author

    @property
    def today(self) -> dt.date:
        return self.now.astimezone(ZoneInfo(self._shared.clock.zone())).date()

    def get(self, cls: type[C], entity: Id) -> C | None:
        declared = type_of(cls)
        row = self._connection.execute(rows.select(declared, "id = :id"), {"id": entity}).fetchone()
        return None if row is None else thing_of(declared, row)

    def find(
        self,
        cls: type[C],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
        cancelled: bool = False,
        without: frozenset[str] = frozenset(),
    ) -> list[C]:
        declared = type_of(cls)
        condition, values = rows.condition(declared, stream, where, cancelled)
        query = rows.select(declared, f"{condition} ORDER BY made, id", without)
        return [thing_of(declared, row) for row in self._connection.execute(query, values)]

    def by_stream(
        self, cls: type[C], streams: Iterable[Id], *, without: frozenset[str] = frozenset()
    ) -> dict[Id, list[C]]:
        declared = type_of(cls)
        asked = list(streams)
        found: dict[Id, list[C]] = {}
        for at in range(0, len(asked), MOST_STREAMS):
            some = asked[at : at + MOST_STREAMS]
            query = rows.select(declared, rows.of_streams(len(some)), without)
            for row in self._connection.execute(query, some):
                found.setdefault(row[1], []).append(thing_of(declared, row))
        return found

    def pick(
        self,
        cls: type[C],
        fields: Sequence[str],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
    ) -> list[tuple[Any, ...]]:
        declared = type_of(cls)
        names = tuple(fields)
        condition, values = rows.condition(declared, stream, where, cancelled=False)
        found = self._connection.execute(rows.some(declared, names, f"{condition} ORDER BY made, id"), values)
        return list(rows.picked(declared, names, found))

    def newest(
        self,
        cls: type[C],
        by: Sequence[str],
        *,
        stream: Id | None = None,
        where: Mapping[str, object] | None = None,
        since: dt.date | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> list[C]:
        declared = type_of(cls)
        condition, values = rows.condition(declared, stream, where, cancelled=False)
        query = rows.newest(declared, tuple(by), condition, bounded=since is not None)
        values |= {"limit": limit, "offset": offset, "since": since.isoformat() if since else None}
        return [thing_of(declared, row) for row in self._connection.execute(query, values)]

    def search(self, question: Question) -> list[FoundRow]:
        return [
            FoundRow(number, kind, entity, stream)
            for number, kind, entity, stream in search.search(self._connection, question)
        ]

    def count(
        self, cls: type[C], *, stream: Id | None = None, where: Mapping[str, object] | None = None
    ) -> int:
        declared = type_of(cls)
        condition, values = rows.condition(declared, stream, where, cancelled=False)
        return int(self._connection.execute(rows.count(declared, condition), values).fetchone()[0])

    def fields(self, cls: type[C], entity: Id) -> dict[str, Field[Any]]:
        declared = type_of(cls)
        found = heads_of(self._connection, entity)
        return {
            name: _set_field(spec, found) if spec.many else resolve(spec, decode(spec, found.get(name, ())))
            for name, spec in declared.specs.items()
        }

    def contested(self, stream: Id | None = None) -> list[Contested]:
        from caseworker_app.domain.things import TYPES  # all of them: not needed for the first screen

        query, values = rows.contested(TYPES, one=stream is not None), {"stream": stream}
        return [Contested(*row) for row in self._connection.execute(query, values)]

    def history(
        self,
        *,
        entities: Sequence[Id] = (),
        stream: Id | None = None,
        limit: int = 200,
        before: int | None = None,
    ) -> list[PastAct]:
        from db import past  # opens sealed operations: not needed for the first screen

        return past.history(
            self._connection, self._shared, entities=entities, stream=stream, limit=limit, before=before
        )

    def acts(self, *, limit: int = 200) -> list[PastAct]:
        from db import past

        return past.own_acts(self._connection, self._shared, limit=limit)

    def heads(self, entity: Id, field: str) -> tuple[Id, ...]:
        return tuple(sorted(head.op_id for head in heads_of(self._connection, entity).get(field, ())))

    def blob(self, sha256: bytes) -> bytes | None:
        row = self._connection.execute("SELECT body FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None or row[0] is None else bytes(row[0])

    def drafts(self) -> list[Draft]:
        return draft_rows.all_drafts(self._connection)

    def draft(self, key: str) -> Draft | None:
        return draft_rows.one(self._connection, key)

    def stream_kind(self, stream: Id) -> StreamKind | None:
        query = "SELECT kind FROM streams WHERE stream_id = ?"
        row = self._connection.execute(query, (stream,)).fetchone()
        return None if row is None else StreamKind(row[0])

    def streams(self, kind: StreamKind) -> list[Id]:
        query = "SELECT stream_id FROM streams WHERE kind = ? ORDER BY made_hlc"
        return [row[0] for row in self._connection.execute(query, (kind.value,))]

    def access_log(self, *, limit: int = 500) -> list[AccessRow]:
        return access.latest(self._connection, limit)


def _set_field(spec: FieldSpec[Any], found: Mapping[str, list[Head[Any]]]) -> Field[Any]:
    prefix = f"{spec.name}/"
    elements = {
        name.removeprefix(prefix): heads_ for name, heads_ in found.items() if name.startswith(prefix)
    }
    value = spec.from_plain(
        [e for e, heads_ in elements.items() if max(heads_, key=lambda h: (h.value, h.hlc)).value]
    )
    return Field(value, tuple(sorted({head.op_id for heads_ in elements.values() for head in heads_})))
