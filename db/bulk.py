"""Applying operations: what is done here, what arrives from the hub, what a rebuild reads; one or many at once.

Heads are read once a thing, moved in memory, and each thing is projected once a page. The order of arrival does not matter:
an operation named as parent before it arrives is remembered in ``superseded`` until it does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from typing import Any

from caseworker_app.domain.entity import CANCELLED, LIFE, SEEN, EntityType, type_named
from caseworker_app.domain.heads import Head, life_of, resolve
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation
from db import head_rows, rows, search
from db.asking import chunked
from db.connection import Raw
from db.encoding import pack
from db.head_rows import Live, decode
from db.rows import to_column

Entry = tuple[int, Operation]
"""An operation with the local number of its row."""
Touched = set[tuple[str, Id]]
Place = tuple[Id, str]
"""Entity and field."""

_INSERT_CHANGE = "INSERT OR IGNORE INTO changes (entity, no, fields) VALUES (?, ?, ?)"
_ANY_SUPERSEDED = "SELECT 1 FROM superseded LIMIT 1"
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


def apply_many(connection: Raw, entries: Sequence[Entry], new: Set[Id] = frozenset()) -> Touched:
    """Move heads and projections by operations whose rows are there. Returns the (type, id) pairs that changed.

    ``new`` are things that are known to be new, which are not looked for.
    """
    page = _Page(connection, entries, new)
    page.move()
    page.write()
    return page.project()


class _Page:
    """The things that some operations touch, with their heads in memory."""

    def __init__(self, connection: Raw, entries: Sequence[Entry], new: Set[Id]) -> None:
        self._connection, self._entries = connection, entries
        self._live: dict[Id, Live] = {}
        self._superseded: dict[Place, set[Id]] = defaultdict(set)
        self._applied: dict[Id, Operation] = {}
        self._named: dict[tuple[Id, str, Id], None] = {}
        self._arrived: list[tuple[Id, str, Id]] = []
        self._things: dict[tuple[str, Id], _Thing] = {}
        entities = {change.entity for _no, operation in entries for change in operation.payload.changes}
        self._live.update(head_rows.live_of_many(connection, entities - new))
        self._heard_of = set(self._live)
        for entity in entities - self._live.keys():
            self._live[entity] = defaultdict(dict)
        if connection.execute(_ANY_SUPERSEDED).fetchone() is not None:
            for entity, field, op_id in chunked(connection, _SUPERSEDED, entities):
                self._superseded[entity, field].add(op_id)

    def move(self) -> None:
        """Move the heads in memory, one operation after another."""
        changed: list[tuple[Id, int, bytes]] = []
        for no, operation in self._entries:
            names = self._take(operation)
            self._applied[operation.header.op_id] = operation
            changed += [(entity, no, pack(sorted(fields))) for entity, fields in names.items()]
        self._connection.executemany(_INSERT_CHANGE, sorted(changed))

    def _take(self, operation: Operation) -> dict[Id, list[str]]:
        """Move the heads by one operation; return which fields of which thing it changes."""
        header = operation.header
        op_id, hlc, author = header.op_id, header.hlc, header.author
        names: dict[Id, list[str]] = {}
        thing, fields = None, []
        for change in operation.payload.changes:
            kind, entity, field, how, _value, parents = change
            if thing is None or entity != thing.entity or kind != thing.kind:
                thing = self._thing(kind, entity, header.stream_id)
                fields = names.setdefault(entity, [])
            fields.append(field)
            thing.fields[field] = None
            if how is ChangeKind.CREATE:
                thing.created = header
            if (parents or self._superseded) and self._replace(op_id, change):
                continue
            thing.live[field][op_id] = Head(op_id, hlc, author, head_value(change))
        return names

    def _thing(self, kind: str, entity: Id, stream: Id) -> _Thing:
        thing = self._things.get((kind, entity))
        if thing is None:
            thing = self._things[kind, entity] = _Thing(kind, entity, stream, self._live[entity])
        return thing

    def _replace(self, op_id: Id, change: Change) -> bool:
        """Take away the values that an operation replaces; say whether its own was replaced before it came."""
        place = (change.entity, change.field)
        found = self._live[change.entity][change.field]
        for parent in change.parents:
            if found.pop(parent, None) is None and not self._was_applied(*place, parent):
                self._superseded[place].add(parent)
                self._named[*place, parent] = None
        if op_id not in self._superseded.get(place, ()):
            return False
        self._superseded[place].discard(op_id)
        self._named.pop((*place, op_id), None)
        self._arrived.append((*place, op_id))
        return True

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
        for name, entity in self._things:
            by_type[name].append(entity)
        told: dict[EntityType[Any], list[Id]] = {}
        for name, entities in by_type.items():
            declared = type_named(name)
            if declared is not None:
                told[declared] = self._project(declared, entities)
        self._index({declared: listed for declared, listed in told.items() if listed})
        return set(self._things)

    def _index(self, told: dict[EntityType[Any], list[Id]]) -> None:
        if sum(map(len, told.values())) == 1:
            (declared,) = told
            search.index(self._connection, declared, told[declared][0])
        elif told:
            search.index_many(self._connection, told)

    def _project(self, declared: EntityType[Any], entities: list[Id]) -> list[Id]:
        """Project things of one type; return those whose words may be others now."""
        table = rows.table_name(declared)
        query = f"SELECT id FROM {table} WHERE id IN ({{marks}})"  # noqa: S608 - own names only
        heard_of = [entity for entity in entities if entity in self._heard_of]
        there = {row[0] for row in chunked(self._connection, query, heard_of)}
        columns = rows.columns(declared)
        new: list[tuple[Any, ...]] = []
        statements: dict[str, list[dict[str, Any]]] = defaultdict(list)
        told: list[Id] = []
        for entity in entities:
            thing = self._things[declared.name, entity]
            names = thing.names()
            values = _values(declared, thing.live, names)
            if entity in there:
                values |= {} if thing.created is None else thing.frame
                statements[rows.update(declared, tuple(sorted(values)))].append({"id": entity, **values})
            else:
                row = {**_BLANK, "id": entity, **thing.frame, **values}
                new.append(tuple(map(row.get, columns)))
            if search.concerns(declared, names):
                told.append(entity)
        if new:
            self._connection.executemany(rows.insert(declared), new)
        for statement, found in statements.items():
            self._connection.executemany(statement, found)
        return told


def _values(declared: EntityType[Any], heads: Live, names: dict[str, None]) -> dict[str, Any]:
    """Return what stands in the columns of some fields of a thing, by its heads."""
    writers = rows.column_writers(declared)
    values: dict[str, Any] = {"conflicts": _conflicts(heads)}
    if any(head.value == CANCELLED for head in heads[LIFE].values()):
        life = life_of({field: found.values() for field, found in heads.items()})
        values["cancelled"] = int(life.gone)
        values["conflicts"] += bool(life.unseen)
        names[LIFE] = None  # whatever changes it may bring it to be seen again
    elif LIFE in names:
        values["cancelled"] = 0
    for name in names:
        spec = declared.specs.get(name)
        if spec is None:
            continue
        if spec.many:
            values[name] = to_column(spec, spec.from_plain(_elements(heads, name)))
            continue
        found = heads[name].values()
        if len(found) == 1:
            (head,) = found
            values[name] = writers[name](head.value)
        else:
            values[name] = to_column(spec, resolve(spec, decode(spec, found)).value)
    return values


def _elements(heads: Live, name: str) -> list[str]:
    """Return what is in a set."""
    prefix = f"{name}/"
    return [
        field.removeprefix(prefix)
        for field, found in heads.items()
        if found and field.startswith(prefix) and _is_in(found.values())
    ]


class _Thing:
    """What some operations say of one thing."""

    __slots__ = ("created", "entity", "fields", "kind", "live", "stream")

    def __init__(self, kind: str, entity: Id, stream: Id, live: Live) -> None:
        self.kind, self.entity, self.stream, self.live = kind, entity, stream, live
        self.created: Header | None = None
        self.fields: dict[str, None] = {}
        """What they change, as it is called in the log: the elements of a set have fields of their own."""

    @property
    def frame(self) -> dict[str, Any]:
        """The columns that stand before the fields."""
        if self.created is None:
            return {"stream": self.stream}
        return {"stream": self.created.stream_id, "made": self.created.hlc}

    def names(self) -> dict[str, None]:
        """Return what they change, as it is declared."""
        return {field.partition("/")[0] if "/" in field else field: None for field in self.fields}


def _is_in(found: Iterable[Head[Any]]) -> bool:
    """Whether an element of a set is in it by its live values."""
    return bool(max(found, key=lambda head: (head.value, head.hlc)).value)


def _conflicts(heads: Live) -> int:
    """Return in how many fields people disagree."""
    several = [found.values() for field, found in heads.items() if len(found) > 1 and field != SEEN]
    return sum(1 for found in several if len({pack(head.value) for head in found}) > 1)


def _entity_of(one: tuple[Id, Live]) -> Id:
    return one[0]
