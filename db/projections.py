"""One table an entity type, made from its declaration. Projections hold what acts now and can always be rebuilt.

No foreign keys, and no unique constraint but the entity's id: any state that a merge brings must load.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text

from caseworker_app.domain.entity import Entity, EntityType, FieldSpec, all_types
from db.encoding import from_json, to_json

_COLUMN_TYPES: Mapping[str, Any] = {"text": Text, "integer": Integer, "blob": BLOB, "json": Text}
LAYOUT = 1
"""Raised when the way rows are made changes without a change in the declarations."""


@cache
def projections() -> tuple[MetaData, Mapping[str, Table]]:
    """Return the tables by entity type name. Cached: the declarations are complete when the store opens."""
    metadata = MetaData()
    return metadata, {declared.name: _table(metadata, declared) for declared in all_types()}


def table_of(declared: EntityType[Any]) -> Table:
    """Return the projection of a type."""
    return projections()[1][declared.name]


def _table(metadata: MetaData, declared: EntityType[Any]) -> Table:
    columns: list[Any] = [
        Column("id", BLOB(16), primary_key=True),
        Column("stream", BLOB(16)),
        Column("cancelled", Integer, nullable=False, server_default="0"),
        Column("conflicts", Integer, nullable=False, server_default="0"),
        Column("made", Integer, nullable=False, server_default="0"),
    ]
    columns += [Column(spec.name, _COLUMN_TYPES[spec.kind.column]) for spec in declared.specs.values()]
    name = f"p_{declared.name}"
    indexes = [Index(f"ix_{name}_stream", "stream")]
    indexes += [
        Index(f"ix_{name}_{spec.name}", spec.name) for spec in declared.specs.values() if spec.indexed
    ]
    return Table(name, metadata, *columns, *indexes, sqlite_with_rowid=False)


@cache
def version() -> bytes:
    """Return the fingerprint of all declarations; a store that carries another is rebuilt."""
    words = ";".join(
        f"{declared.name}({','.join(f'{s.name}:{s.kind.name}:{s.many}:{s.indexed}' for s in declared.specs.values())})"
        for declared in all_types()
    )
    return f"{LAYOUT}-{zlib.crc32(words.encode()):08x}".encode()


def to_column(spec: FieldSpec[Any], value: Any) -> Any:
    """Return what stands in the column for a value; the default stands as NULL."""
    if value == spec.default:
        return None
    plain = spec.to_plain(value)
    return to_json(plain) if spec.kind.column == "json" else plain


def from_column(spec: FieldSpec[Any], stored: Any) -> Any:
    """Return the value a column holds."""
    if stored is None:
        return spec.default
    return spec.from_plain(from_json(stored) if spec.kind.column == "json" else stored)


@cache
def _readers(declared: EntityType[Any]) -> tuple[tuple[str, FieldSpec[Any]], ...]:
    return tuple(declared.specs.items())


def thing_of(declared: EntityType[Any], row: Any) -> Entity:
    """Return the frozen thing in a row that selected the table's columns in their order."""
    values = {
        name: spec.default if row[5 + n] is None else from_column(spec, row[5 + n])
        for n, (name, spec) in enumerate(_readers(declared))
    }
    made: Entity = declared.cls(id=row[0], stream=row[1], cancelled=bool(row[2]), conflicts=row[3], **values)
    return made
