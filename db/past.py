"""History: the log read back as acts, with what each field was and what it became."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from caseworker_app.domain.entity import SEEN
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.operations import CLEAR_KEY, Operation, Sealed
from caseworker_app.domain.upcast import upcast
from caseworker_app.services.ports import PastAct, PastChange
from db.connection import Raw
from db.errors import EntryDamaged

if TYPE_CHECKING:
    from db.store import Shared

_COLUMNS = "SELECT header, payload, signature, key_id, stream_id FROM operations"


def read_operation(connection: Raw, shared: Shared, row: Sequence[Any]) -> Operation:
    """Open one row of (header, payload, signature, key_id, stream_id), brought to this version's shape.

    Raises :class:`EntryDamaged`.
    """
    header, payload, signature, key_id, stream = row
    try:
        key = b"" if key_id == CLEAR_KEY else shared.key_of(connection, stream, key_id)
        found = shared.sealer.open(Sealed(header, payload, signature), key)
    except (ValueError, KeyError):
        raise EntryDamaged from None
    return Operation(found.header, upcast(found.payload, found.header.schema_v))


class _Past:
    """Opens operations at most once while a history is read."""

    def __init__(self, connection: Raw, shared: Shared) -> None:
        self._connection = connection
        self._shared = shared
        self._values: dict[Id, dict[tuple[Id, str], Plain]] = {}

    def _value(self, op_id: Id, entity: Id, field: str) -> Plain:
        values = self._values.get(op_id)
        if values is None:
            row = self._connection.execute(f"{_COLUMNS} WHERE op_id = ?", (op_id,)).fetchone()
            found = (
                None if row is None or row[1] is None else read_operation(self._connection, self._shared, row)
            )
            values = {} if found is None else {(c.entity, c.field): c.value for c in found.payload.changes}
            self._values[op_id] = values
        return values.get((entity, field))

    def act(self, operation: Operation) -> PastAct:
        """Return the operation as the user reads it."""
        header, payload = operation.header, operation.payload
        self._values[header.op_id] = {(c.entity, c.field): c.value for c in payload.changes}
        return PastAct(
            act_id=header.act_id,
            op_id=header.op_id,
            stream=header.stream_id,
            author=header.author,
            device=header.incarnation,
            at=dt.datetime.fromtimestamp(header.wall_ms / 1000, dt.UTC),
            zone=header.zone,
            label=payload.label,
            reason=payload.reason,
            undoes=payload.undoes,
            final=payload.final,
            changes=tuple(
                PastChange(
                    c.entity_type,
                    c.entity,
                    c.field,
                    c.kind.value,
                    tuple(self._value(parent, c.entity, c.field) for parent in c.parents),
                    c.value,
                    c.parents,
                )
                for c in payload.changes
                if c.field != SEEN
            ),
        )


def history(
    connection: Raw,
    shared: Shared,
    *,
    entities: Sequence[Id] = (),
    stream: Id | None = None,
    limit: int = 200,
    before: int | None = None,
) -> list[PastAct]:
    """Return acts that touched any of the entities, or all of a stream, newest first."""
    values: list[Any] = []
    parts = ["payload IS NOT NULL", "state = 'applied'"]
    if entities:
        marks = ", ".join("?" * len(entities))
        parts.append(f"no IN (SELECT no FROM changes WHERE entity IN ({marks}))")  # noqa: S608 - only question marks
        values += list(entities)
    if stream is not None:
        parts.append("stream_id = ?")
        values.append(stream)
    if before is not None:
        parts.append("no < ?")
        values.append(before)
    query = f"{_COLUMNS} WHERE {' AND '.join(parts)} ORDER BY no DESC LIMIT ?"
    return _read(connection, shared, query, (*values, limit))


def own_acts(connection: Raw, shared: Shared, *, limit: int) -> list[PastAct]:
    """Return what this device's worker did last, newest first; grants of keys are nobody's act."""
    query = f"""{_COLUMNS}
        WHERE author = ? AND incarnation = ? AND key_id != ? AND payload IS NOT NULL ORDER BY no DESC LIMIT ?"""
    return _read(connection, shared, query, (shared.author, shared.incarnation, CLEAR_KEY, limit))


def _read(connection: Raw, shared: Shared, query: str, values: Sequence[Any]) -> list[PastAct]:
    past = _Past(connection, shared)
    return [
        past.act(read_operation(connection, shared, row))
        for row in connection.execute(query, values).fetchall()
    ]
