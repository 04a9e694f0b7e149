"""Applying operations: what is done here, what arrives from the hub, what a rebuild reads; one or many at once.

Heads are read once a thing, moved in memory, and each thing is projected once a page. The order of arrival does not matter:
an operation named as parent before it arrives is remembered in ``superseded`` until it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from caseworker_app.domain.entity import CANCELLED, LIFE, SEEN, EntityType, FieldSpec, type_named
from caseworker_app.domain.heads import Head, life_of, resolve
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation
from db import head_rows, rows, search
from db.connection import Raw
from db.encoding import pack
from db.head_rows import Live, chunked, decode
from db.rows import to_column

Entry = tuple[int, Operation]
"""An operation with the local number of its row."""
Touched = set[tuple[str, Id]]
Place = tuple[Id, str]
"""Entity and field."""

_INSERT_CHANGE = "INSERT OR IGNORE INTO changes (entity, no, fields) VALUES (?, ?, ?)"
_SUPERSEDED = "SELECT entity, field, op_id FROM superseded WHERE entity IN ({marks})"
_DROP_SUPERSEDED = "DELETE FROM superseded WHERE entity = ? AND field = ? AND op_id = ?"
_PUT_SUPERSEDED = "INSERT OR IGNORE INTO superseded (entity, field, op_id) VALUES (?, ?, ?)"
_BLANK = {"cancelled": 0, "conflicts": 0, "made": 0}
"""The columns of a new row that are never empty."""


def head_value(change: Change) -> Any:
    """Return the plain value that a change gives its field."""
    if change.kind is ChangeKind.ADD:
        return True
    if change.kind is ChangeKind.REMOVE:
        return False
    return change.value


def apply_many(connection: Raw, entries: Sequence[Entry]) -> Touched:
    """Move heads and projections by operations whose rows are there. Returns the (type, id) pairs that changed."""
    page = _Page(connection, entries)
    page.move()
    page.write()
    return page.project()


class _Page:
    """The things that some operations touch, with their heads in memory."""

    def __init__(self, connection: Raw, entries: Sequence[Entry]) -> None:
        self._connection, self._entries = connection, entries
        self._live: dict[Id, Live] = {}
        self._superseded: dict[Place, set[Id]] = defaultdict(set)
        self._applied: dict[Id, Operation] = {}
        self._named: dict[tuple[Id, str, Id], None] = {}
        self._arrived: list[tuple[Id, str, Id]] = []
        self._groups: dict[tuple[str, Id], _Group] = {}
        entities = {change.entity for _no, operation in entries for change in operation.payload.changes}
        self._live.update(head_rows.live_of_many(connection, entities))
        for entity in entities - self._live.keys():
            self._live[entity] = defaultdict(dict)
        for entity, field, op_id in chunked(connection, _SUPERSEDED, entities):
            self._superseded[entity, field].add(op_id)

    def move(self) -> None:
        """Move the heads in memory, one operation after another."""
        changed: list[tuple[Id, int, bytes]] = []
        for no, operation in self._entries:
            header = operation.header
            fields: dict[Id, list[str]] = {}
            for change in operation.payload.changes:
                names = fields.get(change.entity)
                if names is None:
                    names = fields[change.entity] = []
                names.append(change.field)
                self._move(header, change)
                key = (change.entity_type, change.entity)
                group = self._groups.get(key)
                if group is None:
                    group = self._groups[key] = _Group(header.stream_id)
                group.add(header, change)
            self._applied[header.op_id] = operation
            changed += [(entity, no, pack(sorted(names))) for entity, names in fields.items()]
        self._connection.executemany(_INSERT_CHANGE, sorted(changed))

    def _move(self, header: Header, change: Change) -> None:
        entity, field, op_id = change.entity, change.field, header.op_id
        found = self._live[entity][field]
        for parent in change.parents:
            if found.pop(parent, None) is None and not self._was_applied(entity, field, parent):
                self._superseded[entity, field].add(parent)
                self._named[entity, field, parent] = None
        if self._superseded and op_id in self._superseded.get((entity, field), ()):
            self._superseded[entity, field].discard(op_id)
            self._named.pop((entity, field, op_id), None)
            self._arrived.append((entity, field, op_id))
            return
        found[op_id] = Head(op_id, header.hlc, header.author, head_value(change))

    def _was_applied(self, entity: Id, field: str, op_id: Id) -> bool:
        """Whether an operation that is no head of a field any more changed it, in this page or before."""
        operation = self._applied.get(op_id)
        if operation is None:
            return head_rows.was_applied(self._connection, entity, field, op_id)
        return any(one.entity == entity and one.field == field for one in operation.payload.changes)

    def write(self) -> None:
        """Write the heads that moved."""
        head_rows.put(self._connection, sorted(self._live.items(), key=_entity_of))
        if self._arrived or self._named:
            self._connection.executemany(_DROP_SUPERSEDED, self._arrived)
            self._connection.executemany(_PUT_SUPERSEDED, self._named)

    def project(self) -> Touched:
        """Project each thing once, by its heads as they are now."""
        by_type: dict[str, list[Id]] = defaultdict(list)
        for name, entity in self._groups:
            by_type[name].append(entity)
        for name, entities in by_type.items():
            declared = type_named(name)
            if declared is not None:
                self._project(declared, entities)
        return set(self._groups)

    def _project(self, declared: EntityType[Any], entities: list[Id]) -> None:
        table = rows.table_name(declared)
        query = f"SELECT id FROM {table} WHERE id IN ({{marks}})"  # noqa: S608 - own names only
        there = {row[0] for row in chunked(self._connection, query, entities)}
        columns = rows.columns(declared)
        new: list[tuple[Any, ...]] = []
        statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for entity in entities:
            group = self._groups[declared.name, entity]
            values = self._values(declared, entity, group)
            if entity in there:
                values |= group.frame if group.created else {}
                statements[rows.update(declared, tuple(sorted(values)))].append({"id": entity, **values})
            else:
                row = {**_BLANK, "id": entity, **group.frame, **values}
                new.append(tuple(map(row.get, columns)))
        if new:
            self._connection.executemany(rows.insert(declared), new)
        for statement, found in statements.items():
            self._connection.executemany(statement, found)
        told = [one for one in entities if search.concerns(declared, self._groups[declared.name, one].fields)]
        if len(told) == 1:
            search.index(self._connection, declared, told[0])
        elif told:
            search.index_many(self._connection, declared, told)

    def _values(self, declared: EntityType[Any], entity: Id, group: _Group) -> dict[str, Any]:
        heads = self._live[entity]
        values: dict[str, Any] = {"conflicts": _conflicts(heads)}
        if any(head.value == CANCELLED for head in heads[LIFE].values()):
            life = life_of({field: found.values() for field, found in heads.items()})
            values["cancelled"] = int(life.gone)
            values["conflicts"] += bool(life.unseen)
            group.fields[LIFE] = None  # whatever changes it may bring it to be seen again
        elif LIFE in group.fields:
            values["cancelled"] = 0
        for name in group.fields:
            spec = declared.specs.get(name)
            if spec is None:
                continue
            if spec.many:
                prefix = f"{name}/"
                elements = [
                    field.removeprefix(prefix)
                    for field, found in heads.items()
                    if found and field.startswith(prefix) and _is_in(found.values())
                ]
                values[name] = to_column(spec, spec.from_plain(elements))
            else:
                values[name] = to_column(spec, _shown(spec, heads[name].values()))
        return values


class _Group:
    """What some operations say of one thing."""

    def __init__(self, stream: Id) -> None:
        self.created = False
        self.frame: dict[str, Any] = {"stream": stream}
        self.fields: dict[str, None] = {}

    def add(self, header: Header, change: Change) -> None:
        """Note one change."""
        field = change.field
        self.fields[field.partition("/")[0] if "/" in field else field] = None
        if change.kind is ChangeKind.CREATE:
            self.created = True
            self.frame = {"stream": header.stream_id, "made": header.hlc}


def _is_in(found: Iterable[Head[Any]]) -> bool:
    """Whether an element of a set is in it by its live values."""
    return bool(max(found, key=lambda head: (head.value, head.hlc)).value)


def _shown(spec: FieldSpec[Any], found: Collection[Head[Any]]) -> Any:
    """Return the value that acts; most fields have one."""
    if len(found) == 1:
        return spec.from_plain(next(iter(found)).value)
    return resolve(spec, decode(spec, found)).value


def _conflicts(heads: Live) -> int:
    """Return in how many fields people disagree."""
    several = [found.values() for field, found in heads.items() if len(found) > 1 and field != SEEN]
    return sum(1 for found in several if len({pack(head.value) for head in found}) > 1)


def _entity_of(one: tuple[Id, Live]) -> Id:
    return one[0]
