"""Applying many operations at once: what arrived from the hub, and what a rebuild reads.

The outcome is the one of :func:`db.log.apply`, one operation after another and in any order; only the statements are few:
heads are read once a thing, moved in memory, and each thing is projected once a page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from caseworker_app.domain.entity import CANCELLED, LIFE, SEEN, EntityType, type_named
from caseworker_app.domain.heads import Head, life_of, resolve
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation
from db import rows, search
from db.connection import Raw
from db.encoding import pack, unpack
from db.rows import to_column

Entry = tuple[int, Operation]
"""An operation with the local number of its row."""
Touched = set[tuple[str, Id]]
Place = tuple[Id, str]
"""Entity and field."""

CHUNK = 400
"""So many ids are asked for in one statement."""
_INSERT_CHANGE = "INSERT OR IGNORE INTO changes (entity, no, field) VALUES (?, ?, ?)"
_HEADS = "SELECT entity, field, op_id, hlc, author, value FROM heads WHERE entity IN ({marks})"
_SUPERSEDED = "SELECT entity, field, op_id FROM superseded WHERE entity IN ({marks})"
_DROP_HEAD = "DELETE FROM heads WHERE entity = ? AND field = ? AND op_id = ?"
_PUT_HEAD = """
INSERT OR IGNORE INTO heads (entity, field, op_id, entity_type, hlc, author, value) VALUES (?, ?, ?, ?, ?, ?, ?)
"""
_DROP_SUPERSEDED = "DELETE FROM superseded WHERE entity = ? AND field = ? AND op_id = ?"
_PUT_SUPERSEDED = "INSERT OR IGNORE INTO superseded (entity, field, op_id) VALUES (?, ?, ?)"
_WAS_APPLIED = """
SELECT 1 FROM operations AS o JOIN changes AS c ON c.no = o.no
WHERE o.op_id = ? AND c.entity = ? AND c.field = ?
"""


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
        self._heads: dict[Id, dict[str, dict[Id, Head[Any]]]] = defaultdict(lambda: defaultdict(dict))
        self._superseded: dict[Place, set[Id]] = defaultdict(set)
        self._applied: set[tuple[Id, str, Id]] = set()
        self._born: dict[tuple[Id, str, Id], tuple[Any, ...]] = {}
        self._dropped: list[tuple[Id, str, Id]] = []
        self._named: dict[tuple[Id, str, Id], None] = {}
        self._arrived: list[tuple[Id, str, Id]] = []
        self._groups: dict[tuple[str, Id], _Group] = {}
        entities = {change.entity for _no, operation in entries for change in operation.payload.changes}
        for entity, field, op_id, hlc, author, value in _asked(connection, _HEADS, entities):
            self._heads[entity][field][op_id] = Head(op_id, hlc, author, unpack(value))
        for entity, field, op_id in _asked(connection, _SUPERSEDED, entities):
            self._superseded[entity, field].add(op_id)

    def move(self) -> None:
        """Move the heads in memory, one operation after another."""
        changed: list[tuple[Id, int, str]] = []
        for no, operation in self._entries:
            header = operation.header
            for change in operation.payload.changes:
                changed.append((change.entity, no, change.field))
                self._move(header, change)
                key = (change.entity_type, change.entity)
                group = self._groups.get(key)
                if group is None:
                    group = self._groups[key] = _Group(header.stream_id)
                group.add(header, change)
        self._connection.executemany(_INSERT_CHANGE, sorted(changed))

    def _move(self, header: Header, change: Change) -> None:
        entity, field, op_id = change.entity, change.field, header.op_id
        heads = self._heads[entity][field]
        place = (entity, field, op_id)
        for parent in change.parents:
            gone = (entity, field, parent)
            if heads.pop(parent, None) is not None:
                if self._born.pop(gone, None) is None:
                    self._dropped.append(gone)
            elif gone not in self._applied and not self._was_applied(gone):
                self._superseded[entity, field].add(parent)
                self._named[gone] = None
        self._applied.add(place)
        waiting = self._superseded.get((entity, field))
        if waiting and op_id in waiting:
            waiting.discard(op_id)
            self._named.pop(place, None)
            self._arrived.append(place)
            return
        value = head_value(change)
        heads[op_id] = Head(op_id, header.hlc, header.author, value)
        self._born[place] = (*place, change.entity_type, header.hlc, header.author, pack(value))

    def _was_applied(self, gone: tuple[Id, str, Id]) -> bool:
        """Whether an operation that is no head any more was applied before this page."""
        entity, field, parent = gone
        return self._connection.execute(_WAS_APPLIED, (parent, entity, field)).fetchone() is not None

    def write(self) -> None:
        """Write the heads that moved."""
        self._connection.executemany(_DROP_HEAD, self._dropped)
        self._connection.executemany(_PUT_HEAD, [row for _place, row in sorted(self._born.items())])
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
        there = {row[0] for row in _asked(self._connection, query, entities)}
        statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for entity in entities:
            group = self._groups[declared.name, entity]
            values = self._values(declared, entity, group)
            if entity in there:
                values |= group.frame if group.created else {}
                statements[rows.update(declared, tuple(sorted(values)))].append({"id": entity, **values})
            else:
                row = {"id": entity, **group.frame, **values}
                statements[rows.insert(declared, tuple(sorted(row)))].append(row)
        for statement, found in statements.items():
            self._connection.executemany(statement, found)
        told = [one for one in entities if search.concerns(declared, self._groups[declared.name, one].fields)]
        search.index_many(self._connection, declared, told)

    def _values(self, declared: EntityType[Any], entity: Id, group: _Group) -> dict[str, Any]:
        heads = self._heads[entity]
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
                decoded = [
                    Head(head.op_id, head.hlc, head.author, spec.from_plain(head.value))
                    for head in heads[name].values()
                ]
                values[name] = to_column(spec, resolve(spec, decoded).value)
        return values


class _Group:
    """What some operations say of one thing."""

    def __init__(self, stream: Id) -> None:
        self.created = False
        self.frame: dict[str, Any] = {"stream": stream}
        self.fields: dict[str, None] = {}

    def add(self, header: Header, change: Change) -> None:
        """Note one change."""
        self.fields[change.field.partition("/")[0]] = None
        if change.kind is ChangeKind.CREATE:
            self.created = True
            self.frame = {"stream": header.stream_id, "made": header.hlc}


def _is_in(found: Iterable[Head[Any]]) -> bool:
    """Whether an element of a set is in it by its live values."""
    return bool(max(found, key=lambda head: (head.value, head.hlc)).value)


def _conflicts(heads: dict[str, dict[Id, Head[Any]]]) -> int:
    """Return in how many fields people disagree."""
    return sum(
        1
        for field, found in heads.items()
        if len(found) > 1 and field != SEEN and len({pack(head.value) for head in found.values()}) > 1
    )


def _asked(connection: Raw, query: str, ids: Iterable[Id]) -> Iterator[tuple[Any, ...]]:
    """Run a query with its ``{marks}`` filled for some ids at a time."""
    listed = list(ids)
    for begin in range(0, len(listed), CHUNK):
        some = listed[begin : begin + CHUNK]
        yield from connection.execute(query.format(marks=", ".join("?" * len(some))), some)
