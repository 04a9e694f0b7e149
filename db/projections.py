"""One table an entity type, made from its declaration. Projections hold what acts now and can always be rebuilt.

No foreign keys, and no unique constraint but the entity's id: any state that a merge brings must load.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import BLOB, Column, Index, Integer, MetaData, Table, Text, text

from caseworker_app.domain.entity import EntityType
from caseworker_app.domain.things import TYPES
from db.rows import table_name

COVERED: Mapping[str, tuple[str, ...]] = {
    "entry": (
        "stream",
        "cancelled",
        "made",
        "kind",
        "heading",
        "held_on",
        "written_on",
        "signed",
        "corrects",
    ),
}
"""Columns that long lists pick, kept together in an index: a list of ten years does not read the texts of its entries."""
_COLUMN_TYPES: Mapping[str, Any] = {"text": Text, "integer": Integer, "blob": BLOB, "json": Text}


@cache
def projections() -> tuple[MetaData, Mapping[str, Table]]:
    """Return the tables by entity type name."""
    metadata = MetaData()
    return metadata, {declared.name: _table(metadata, declared) for declared in TYPES}


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
    name = table_name(declared)
    indexes = [
        Index(f"ix_{name}_stream", "stream"),
        Index(f"ix_{name}_contested", "stream", sqlite_where=text("conflicts > 0")),
    ]
    indexes += [
        Index(f"ix_{name}_{spec.name}", spec.name) for spec in declared.specs.values() if spec.indexed
    ]
    if covered := COVERED.get(declared.name):
        indexes.append(Index(f"ix_{name}_covered", *covered))
    return Table(name, metadata, *columns, *indexes, sqlite_with_rowid=False)
