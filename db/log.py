"""The log: appending operations and keeping heads and projections in step with it, in one transaction.

What was done here is applied at once, by this module; what the hub sends and what a rebuild reads by the page, by
:mod:`db.bulk`; tests hold the two equal, so ``rebuild(log) == tables``. The order of arrival does not matter: an operation
named as parent before it arrives is remembered in ``superseded`` until it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.entity import CANCELLED, LIFE, SEEN, EntityType, FieldSpec, type_named
from caseworker_app.domain.heads import Head, Life, life_of, resolve
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation, Sealed
from db import rows, search
from db.bulk import apply_many, head_value
from db.connection import Raw
from db.encoding import pack, unpack
from db.rows import to_column

Touched = set[tuple[str, Id]]

_INSERT_OPERATION = """
INSERT INTO operations (op_id, act_id, stream_id, author, incarnation, seq, hlc, schema_v, key_id, undoes, state,
                        header, payload, signature, stream_seq, chain, received_utc, acked, device, arrived, cancels)
VALUES (:op_id, :act_id, :stream_id, :author, :incarnation, :seq, :hlc, :schema_v, :key_id, :undoes, :state,
        :header, :payload, :signature, :stream_seq, :chain, :received_utc, :acked, :device, :arrived, :cancels)
"""
_INSERT_NUMBERED = _INSERT_OPERATION.replace("(op_id,", "(no, op_id,").replace("(:op_id,", "(:no, :op_id,")
_INSERT_CHANGE = "INSERT OR IGNORE INTO changes (entity, no, field) VALUES (:entity, :no, :field)"
_INSERT_HEAD = """
INSERT OR IGNORE INTO heads (entity, field, op_id, entity_type, hlc, author, value)
VALUES (:entity, :field, :op_id, :entity_type, :hlc, :author, :value)
"""
_INSERT_SUPERSEDED = """
INSERT OR IGNORE INTO superseded (entity, field, op_id) SELECT :entity, :field, :op_id
WHERE NOT EXISTS (SELECT 1 FROM operations AS o JOIN changes AS c ON c.no = o.no
                  WHERE o.op_id = :op_id AND c.entity = :entity AND c.field = :field)
"""
_STANDING = "SELECT conflicts, cancelled FROM {table} WHERE id = ?"
_DROP_HEAD = "DELETE FROM heads WHERE entity = :entity AND field = :field AND op_id = :op_id"
_FIELD_HEADS = "SELECT op_id, hlc, author, value FROM heads WHERE entity = :entity AND field = :field"
_SET_HEADS = """
SELECT field, op_id, hlc, author, value FROM heads WHERE entity = :entity AND field >= :low AND field < :high
"""
_ALL_HEADS = "SELECT field, op_id, hlc, author, value FROM heads WHERE entity = :entity"


@dataclass(frozen=True, slots=True)
class Local:
    """What is known of an operation beside its own bytes when it is appended."""

    device: Id | None = None
    arrived: bool = False
    acked: bool = False
    stream_seq: int | None = None
    chain: bytes | None = None
    received_utc: int | None = None


def append(
    connection: Raw, operation: Operation, sealed: Sealed, *, fresh: bool, local: Local = Local()
) -> Touched:
    """Write an operation and everything that follows from it. ``fresh`` operations were made just now on this device.

    Returns the (type, id) pairs that changed.
    """
    payload = operation.payload
    values = row_values(
        operation.header, sealed, undoes=payload.undoes, local=local, cancels=cancels_of(operation)
    )
    no = int(connection.execute(_INSERT_OPERATION, values).lastrowid)
    return apply(connection, no, operation, fresh=fresh)


def cancels_of(operation: Operation) -> int:
    """Return how many things an operation takes back."""
    gone = (ChangeKind.CANCEL, ChangeKind.ERASE)
    return sum(1 for change in operation.payload.changes if change.kind in gone)


def row_values(
    header: Header,
    sealed: Sealed,
    *,
    undoes: Id | None,
    state: str = "applied",
    local: Local = Local(),
    cancels: int = 0,
) -> dict[str, Any]:
    """Return an operation's row by column."""
    return {
        "op_id": header.op_id,
        "act_id": header.act_id,
        "stream_id": header.stream_id,
        "author": header.author,
        "incarnation": header.incarnation,
        "seq": header.seq,
        "hlc": header.hlc,
        "schema_v": header.schema_v,
        "key_id": header.key_id,
        "undoes": undoes,
        "state": state,
        "header": sealed.header,
        "payload": sealed.payload,
        "signature": sealed.signature,
        "stream_seq": local.stream_seq,
        "chain": local.chain,
        "received_utc": local.received_utc,
        "acked": int(local.acked),
        "device": local.device,
        "arrived": int(local.arrived),
        "cancels": cancels,
    }


def insert_many(connection: Raw, made: Sequence[Mapping[str, Any]]) -> range:
    """Insert rows of :func:`row_values`, one after another; return their local numbers."""
    first = connection.execute("SELECT coalesce(max(no), 0) + 1 FROM operations").fetchone()[0]
    numbered = [{**values, "no": no} for no, values in enumerate(made, start=first)]
    connection.executemany(_INSERT_NUMBERED, numbered)
    return range(first, first + len(made))


def apply(connection: Raw, no: int, operation: Operation, *, fresh: bool) -> Touched:
    """Move heads and projections by an operation whose row is there."""
    if not fresh:
        return apply_many(connection, [(no, operation)])
    header = operation.header
    grouped: dict[tuple[str, Id], list[Change]] = defaultdict(list)
    for change in operation.payload.changes:
        grouped[change.entity_type, change.entity].append(change)
    touched = [{"entity": c.entity, "no": no, "field": c.field} for c in operation.payload.changes]
    if touched:
        connection.executemany(_INSERT_CHANGE, touched)
    for (type_name, entity), group in grouped.items():
        _move_heads(connection, header, group)
        declared = type_named(type_name)
        if declared is not None:
            fields = {change.field.partition("/")[0] for change in group}
            if _project(connection, declared, entity, header, group):
                fields.add(LIFE)
            if search.concerns(declared, fields):
                search.index(connection, declared, entity)
    return set(grouped)


def _move_heads(connection: Raw, header: Header, group: Iterable[Change]) -> None:
    gone: list[dict[str, Any]] = []
    born: list[dict[str, Any]] = []
    for change in group:
        gone += [
            {"entity": change.entity, "field": change.field, "op_id": parent} for parent in change.parents
        ]
        born.append(
            {
                "entity": change.entity,
                "field": change.field,
                "op_id": header.op_id,
                "entity_type": change.entity_type,
                "hlc": header.hlc,
                "author": header.author,
                "value": pack(head_value(change)),
            }
        )
    if gone:
        dropped = connection.executemany(_DROP_HEAD, gone).rowcount
        if dropped < len(gone):  # a parent that is no head here: it may still be on its way
            connection.executemany(_INSERT_SUPERSEDED, gone)
    connection.executemany(_INSERT_HEAD, born)


def _project(
    connection: Raw, declared: EntityType[Any], entity: Id, header: Header, group: list[Change]
) -> bool:
    """Bring a thing's row in step with its heads; return whether its life was looked at anew."""
    values: dict[str, Any] = {}
    created = any(change.kind is ChangeKind.CREATE for change in group)
    contested = any(len(c.parents) != 1 and c.kind is not ChangeKind.CREATE for c in group)
    for name in dict.fromkeys(change.field.partition("/")[0] for change in group):
        spec = declared.specs.get(name)
        if name == LIFE:
            values["cancelled"] = int(
                any(change.value == CANCELLED for change in group if change.field == LIFE)
            )
        elif spec is not None and spec.many:
            found = set_heads(connection, entity, name)
            values[name] = to_column(spec, set_value(found, spec))
            contested = contested or any(len(heads) > 1 for heads in found.values())
        elif spec is not None:
            resolved = resolve(spec, decode(spec, read_heads(connection, entity, name)))
            values[name] = to_column(spec, resolved.value)
            contested = contested or bool(resolved.others)
    if created:
        row = {"id": entity, "stream": header.stream_id, "made": header.hlc, **values}
        if connection.execute(rows.insert(declared, tuple(sorted(row))), row).rowcount == 1:
            return False
        values |= {"stream": header.stream_id, "made": header.hlc}
    contested = contested or "cancelled" in values or _is_disputed(connection, declared, entity)
    if contested:
        values["conflicts"], life = standing(connection, entity)
        values["cancelled"] = int(life.gone)
    if values:
        changed = connection.execute(rows.update(declared, tuple(sorted(values))), {"id": entity, **values})
        if changed.rowcount == 0:
            row = {"id": entity, "stream": header.stream_id, **values}
            connection.execute(rows.insert(declared, tuple(sorted(row))), row)
    return contested


def _is_disputed(connection: Raw, declared: EntityType[Any], entity: Id) -> bool:
    """Whether a thing has conflicts or is taken back: any change may end the one or make the other one."""
    query = _STANDING.format(table=rows.table_name(declared))
    row = connection.execute(query, (entity,)).fetchone()
    return row is not None and bool(row[0] or row[1])


def read_heads(connection: Raw, entity: Id, field: str) -> list[Head[Any]]:
    """Return a field's heads with plain values."""
    found = connection.execute(_FIELD_HEADS, {"entity": entity, "field": field})
    return [Head(row[0], row[1], row[2], unpack(row[3])) for row in found]


def decode(spec: FieldSpec[Any], found: Iterable[Head[Any]]) -> list[Head[Any]]:
    """Return heads with their values read by the field's kind."""
    return [Head(head.op_id, head.hlc, head.author, spec.from_plain(head.value)) for head in found]


def set_heads(connection: Raw, entity: Id, name: str) -> Mapping[str, list[Head[Any]]]:
    """Return the heads of each element of a set field."""
    found: dict[str, list[Head[Any]]] = defaultdict(list)
    for row in connection.execute(_SET_HEADS, {"entity": entity, "low": f"{name}/", "high": f"{name}0"}):
        found[row[0].partition("/")[2]].append(Head(row[1], row[2], row[3], unpack(row[4])))
    return found


def set_value(heads: Mapping[str, list[Head[Any]]], spec: FieldSpec[Any]) -> Any:
    """Return a set field's elements: those whose latest head says they are in."""
    elements = [
        element
        for element, found in heads.items()
        if max(found, key=lambda head: (head.value, head.hlc)).value
    ]
    return spec.from_plain(elements)


def all_heads(connection: Raw, entity: Id) -> Mapping[str, list[Head[Any]]]:
    """Return the live values of every field a thing has, with plain values."""
    found: dict[str, list[Head[Any]]] = defaultdict(list)
    for field, op_id, hlc, author, value in connection.execute(_ALL_HEADS, {"entity": entity}):
        found[field].append(Head(op_id, hlc, author, unpack(value)))
    return found


def standing(connection: Raw, entity: Id) -> tuple[int, Life]:
    """Return about how much of a thing people disagree, and whether it is there."""
    found = all_heads(connection, entity)
    life = life_of(found)
    several = (heads for field, heads in found.items() if len(heads) > 1 and field != SEEN)
    count = sum(1 for heads in several if len({pack(head.value) for head in heads}) > 1)
    return count + bool(life.unseen), life
