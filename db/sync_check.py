"""Is a row what some form of the program could have written? Asked of everything that comes from outside, before it is
projected: the tables are read by code that trusts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from caseworker_app.domain.entity import CANCELLED, LIFE, LIVE, SEEN, EntityType, FieldSpec, type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.operations import Change, ChangeKind, Header, Operation, Payload
from db.asking import chunked
from db.bulk import head_value
from db.connection import Raw
from db.rows import table_name, to_column

_ID = 16
_MOST = 1 << 62
_HEARD_OF = "SELECT entity FROM heads WHERE entity IN ({marks})"
_COLUMN_OF = {"text": str, "integer": int, "blob": bytes, "json": str}


def readable(header: Header, payload: Payload | None = None) -> bool:
    """Whether ids are ids and numbers fit, and every value can be read as its field's kind."""
    ids = (header.op_id, header.act_id, header.stream_id, header.incarnation, header.author, header.key_id)
    numbers = (header.seq, header.hlc, header.schema_v)
    if set(map(len, ids)) != {_ID} or min(numbers) < 0 or max(numbers) >= _MOST:
        return False
    if not -_MOST < header.wall_ms < _MOST:
        return False
    return payload is None or says_what_can_be_read(payload)


def says_what_can_be_read(payload: Payload) -> bool:
    """Do :func:`readable` for what was sealed, when the header has been looked at."""
    if payload.undoes is not None and len(payload.undoes) != _ID:
        return False
    return all(map(_sound, payload.changes))


def _sound(change: Change) -> bool:
    if len(change.entity) != _ID or (change.parents and set(map(len, change.parents)) != {_ID}):
        return False
    declared = type_named(change.entity_type)
    if declared is None:
        return True
    spec = declared.specs.get(change.field)
    if spec is None or spec.many:
        return _life_or_element(declared, change)
    if change.kind is ChangeKind.ERASE:
        return True
    value = head_value(change)
    if spec.kind.as_it_is:
        return value is None or isinstance(value, _COLUMN_OF[spec.kind.column])
    return _fits(spec, value)


def _life_or_element(declared: EntityType[Any], change: Change) -> bool:
    if change.field == LIFE:
        return change.value in (LIVE, CANCELLED)
    if change.field == SEEN:
        return isinstance(change.value, list) and all(
            isinstance(one, bytes) and len(one) == _ID for one in change.value
        )
    name, _slash, element = change.field.partition("/")
    spec = declared.specs.get(name)
    if spec is None or change.kind is ChangeKind.ERASE:
        return True
    value = head_value(change)
    if not spec.many:
        return _fits(spec, value)
    return isinstance(value, bool) and _fits(spec, [element])


def _fits(spec: FieldSpec[object], plain: object) -> bool:
    try:
        stored = to_column(spec, spec.from_plain(plain))
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return False
    return stored is None or isinstance(stored, _COLUMN_OF[spec.kind.column])


class Homes:
    """What one transaction has found out of the things that arrive in it, before any of it is applied."""

    def __init__(self) -> None:
        self.new: set[Id] = set()
        """Things nobody had heard of."""
        self._homes: dict[tuple[str, Id], Id] = {}

    def foreign(self, connection: Raw, stream: Id, operations: Iterable[Operation]) -> set[Id]:
        """Return the ids of operations that speak of a thing whose home is another stream."""
        by_type: dict[str, dict[Id, set[Id]]] = defaultdict(lambda: defaultdict(set))
        for operation in operations:
            last = None
            for kind, entity, *_rest in operation.payload.changes:
                if entity != last:
                    by_type[kind][entity].add(operation.header.op_id)
                last = entity
        self._look_for({entity for entities in by_type.values() for entity in entities}, connection)
        strange: set[Id] = set()
        for kind, entities in by_type.items():
            declared = type_named(kind)
            if declared is None:
                continue
            query = f"SELECT id, stream FROM {table_name(declared)} WHERE id IN ({{marks}})"  # noqa: S608 - own names only
            there: dict[Id, Id] = dict(chunked(connection, query, entities.keys() - self.new))
            for entity, ids in entities.items():
                if (there.get(entity) or self._homes.setdefault((kind, entity), stream)) != stream:
                    strange |= ids
        return strange

    def _look_for(self, entities: set[Id], connection: Raw) -> None:
        unsure = entities - self.new
        self.new |= unsure - {row[0] for row in chunked(connection, _HEARD_OF, unsure)}
