"""The live values of each thing, in one row a thing: which operation set which field to what.

Things have ten fields and ids are random, so that a row a field would be ten places of the file to write for each thing.
A row's bytes are settled by what is in it, whatever order it came in: a rebuild is compared with what was kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from caseworker_app.domain.entity import FieldSpec
from caseworker_app.domain.heads import Head
from caseworker_app.domain.ids import Id
from db.asking import chunked
from db.connection import Raw
from db.encoding import pack, unpack

Live = dict[str, dict[Id, Head[Any]]]
"""The heads of a thing by field and operation, with plain values."""

_BODY = "SELECT body FROM heads WHERE entity = ?"
_BODIES = "SELECT entity, body FROM heads WHERE entity IN ({marks})"
_PUT = """
INSERT INTO heads (entity, body) VALUES (?, ?) ON CONFLICT (entity) DO UPDATE SET body = excluded.body
"""
_FIELDS_OF = """
SELECT c.fields FROM operations AS o JOIN changes AS c ON c.no = o.no WHERE o.op_id = ? AND c.entity = ?
"""


def live(connection: Raw, entity: Id) -> Live:
    """Return the live values of every field a thing has; none for a thing nobody has heard of."""
    row = connection.execute(_BODY, (entity,)).fetchone()
    return defaultdict(dict) if row is None else _read(row[0])


def heads_of(connection: Raw, entity: Id) -> dict[str, list[Head[Any]]]:
    """Return them by field, as the domain's rules ask for them."""
    return {field: list(found.values()) for field, found in live(connection, entity).items()}


def decode(spec: FieldSpec[Any], found: Iterable[Head[Any]]) -> list[Head[Any]]:
    """Return heads with their values read by the field's kind."""
    return [Head(head.op_id, head.hlc, head.author, spec.from_plain(head.value)) for head in found]


def live_of_many(connection: Raw, entities: Iterable[Id]) -> Iterator[tuple[Id, Live]]:
    """Do :func:`live` for many things; those nobody has heard of are left out."""
    for entity, body in chunked(connection, _BODIES, entities):
        yield entity, _read(body)


def put(connection: Raw, found: Iterable[tuple[Id, Live]]) -> None:
    """Write the live values of things over what was there."""
    connection.executemany(_PUT, [(entity, _written(fields)) for entity, fields in found])


def was_applied(connection: Raw, entity: Id, field: str, op_id: Id) -> bool:
    """Whether an operation that is no head of a field any more changed it before."""
    row = connection.execute(_FIELDS_OF, (op_id, entity)).fetchone()
    return row is not None and field in unpack(row[0])


def _written(fields: Live) -> bytes:
    """One entry an operation, [id, clock, author, {field: value}], by its id."""
    said: dict[Id, tuple[Id, int, Id, dict[str, Any]]] = {}
    for field, found in fields.items():
        for op_id, head in found.items():
            entry = said.get(op_id)
            if entry is None:
                said[op_id] = (op_id, head.hlc, head.author, {field: head.value})
            else:
                entry[3][field] = head.value
    return pack([said[op_id] for op_id in sorted(said)])


def _read(body: bytes) -> Live:
    fields: Live = defaultdict(dict)
    for op_id, hlc, author, values in unpack(body):
        for field, value in values.items():
            fields[field][op_id] = Head(op_id, hlc, author, value)
    return fields
