"""The rows of projections: which columns a type has, and how a value stands in one."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any, TypeVar

from caseworker_app.domain.entity import Entity, EntityType, FieldSpec

C = TypeVar("C", bound=Entity)
_parse = json.JSONDecoder().raw_decode
"""Reads a JSON text at once; ours have no white space before them (:func:`to_column`)."""
FRAME = ("id", "stream", "cancelled", "conflicts", "made")
"""The columns every projection begins with."""


def table_name(declared: EntityType[Any]) -> str:
    """Return the name of a type's projection."""
    return f"p_{declared.name}"


def to_column(spec: FieldSpec[Any], value: Any) -> Any:
    """Return what stands in the column for a value; the default stands as NULL."""
    if value == spec.default:
        return None
    plain = spec.to_plain(value)
    if spec.kind.column == "json":
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return plain


@cache
def column_writers(declared: EntityType[Any]) -> Mapping[str, Callable[[Any], Any]]:
    """Return, for each field that has one value, what makes of a value in the log the one that stands in the column."""
    return {
        spec.name: partial(_as_it_is, spec.default) if spec.kind.as_it_is else partial(_written, spec)
        for spec in declared.specs.values()
        if not spec.many
    }


def _as_it_is(default: Any, plain: Any) -> Any:
    return None if plain == default else plain


def _written(spec: FieldSpec[Any], plain: Any) -> Any:
    return to_column(spec, spec.from_plain(plain))


def from_column(spec: FieldSpec[Any], stored: Any) -> Any:
    """Return the value a column holds."""
    if stored is None:
        return spec.default
    return spec.from_plain(_parse(stored)[0] if spec.kind.column == "json" else stored)


@cache
def _columns(declared: EntityType[Any], without: frozenset[str] = frozenset()) -> str:
    return ", ".join("NULL" if name in without else f'"{name}"' for name in (*FRAME, *declared.specs))


@cache
def _readers(declared: EntityType[Any]) -> tuple[tuple[int, str, Callable[[Any], Any] | None], ...]:
    """Return place, name and reader of each field; ``None`` where the column holds the value itself."""

    def reader(spec: FieldSpec[Any]) -> Callable[[Any], Any] | None:
        if spec.kind.column != "json" and spec.kind.as_it_is:
            return None
        return partial(from_column, spec) if spec.kind.column == "json" else spec.kind.from_plain

    specs = enumerate(declared.specs.items(), start=len(FRAME))
    return tuple((n, name, reader(spec)) for n, (name, spec) in specs)


def thing_of(declared: EntityType[C], row: Any) -> C:
    """Return the frozen thing in a row of :func:`select`. A field whose column is NULL has its default."""
    values = {}
    for n, name, read in _readers(declared):
        stored = row[n]
        if stored is not None:
            values[name] = stored if read is None else read(stored)
    return declared.cls(id=row[0], stream=row[1], cancelled=bool(row[2]), conflicts=row[3], **values)


def select(declared: EntityType[Any], condition: str, without: frozenset[str] = frozenset()) -> str:
    """Return the SQL for whole rows under a condition of ours (never of the user's); fields left out are NULL."""
    return f"SELECT {_columns(declared, without)} FROM {table_name(declared)} WHERE {condition}"  # noqa: S608 - own names only


def some(declared: EntityType[Any], names: tuple[str, ...], condition: str) -> str:
    """Return the SQL for the id and some fields under a condition of ours."""
    columns = ", ".join(f'"{name}"' for name in ("id", *names))
    return f"SELECT {columns} FROM {table_name(declared)} WHERE {condition}"  # noqa: S608 - own names only


def newest(declared: EntityType[Any], by: tuple[str, ...], condition: str, *, bounded: bool) -> str:
    """Return the SQL for a page of whole rows, the latest day first; the rows are read only once their order is known.

    Raises ``KeyError`` for a field the type has not.
    """
    named = ", ".join(f'"{declared.specs[name].name}"' for name in by)
    day = f"coalesce({named}, NULL)"
    table = table_name(declared)
    bound = f" AND {day} >= :since" if bounded else ""
    chosen = (
        f"SELECT id AS chosen, {day} AS day, made AS order_made FROM {table} WHERE {condition}{bound} "  # noqa: S608 - own names only
        f"ORDER BY day DESC, order_made DESC, chosen DESC LIMIT :limit OFFSET :offset"
    )
    return (
        f"SELECT {_columns(declared)} FROM ({chosen}) JOIN {table} ON id = chosen "  # noqa: S608 - own names only
        "ORDER BY day DESC, order_made DESC, chosen DESC"
    )


def picked(
    declared: EntityType[Any], names: tuple[str, ...], found: Iterable[Any]
) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of :func:`some` with their values read; a column that is NULL has its field's default."""
    specs = [declared.specs[name] for name in names]
    ways = [
        (
            n,
            spec.default,
            None if spec.kind.column != "json" and spec.kind.as_it_is else partial(from_column, spec),
        )
        for n, spec in enumerate(specs, start=1)
    ]
    for row in found:
        values = list(row)
        for n, default, read in ways:
            stored = values[n]
            if stored is None:
                values[n] = default
            elif read is not None:
                values[n] = read(stored)
        yield tuple(values)


def count(declared: EntityType[Any], condition: str) -> str:
    """Return the SQL that counts rows under a condition of ours."""
    return f"SELECT count(*) FROM {table_name(declared)} WHERE {condition}"  # noqa: S608 - own names only


@cache
def contested(types: tuple[EntityType[Any], ...], *, one: bool) -> str:
    """Return the SQL for the things of some types that people disagree about, of ``one`` stream or of all.

    Each type has a small index of just these, so nothing is looked through.
    """
    within = " AND stream = :stream" if one else ""
    return " UNION ALL ".join(
        f"SELECT '{declared.name}', id, stream, conflicts FROM {table_name(declared)} WHERE conflicts > 0{within}"  # noqa: S608 - own names only
        for declared in types
    )


def stream(declared: EntityType[Any]) -> str:
    """Return the SQL for the stream of the thing ``:id``."""
    return f"SELECT stream FROM {table_name(declared)} WHERE id = :id"  # noqa: S608 - own names only


def condition(
    declared: EntityType[Any], home: bytes | None, where: Mapping[str, object] | None, cancelled: bool
) -> tuple[str, dict[str, Any]]:
    """Return the condition for a search and its values. Raises ``KeyError`` for a field the type has not."""
    parts, values = [], {}
    if home is not None:
        parts.append("stream = :stream")
        values["stream"] = home
    for name, value in (where or {}).items():
        stored = to_column(declared.specs[name], value)
        if stored is None:
            parts.append(f'"{name}" IS NULL')
        else:
            parts.append(f'"{name}" = :v_{name}')
            values[f"v_{name}"] = stored
    if not cancelled:
        parts.append("cancelled = 0")
    return " AND ".join(parts) or "1", values


@cache
def of_streams(count: int) -> str:
    """Return the condition and order for the live things of so many streams."""
    return f"stream IN ({', '.join('?' * count)}) AND cancelled = 0 ORDER BY made, id"


@cache
def insert(declared: EntityType[Any]) -> str:
    """Return the SQL that makes a whole row, in the order of :func:`columns`, unless there is one of that id."""
    names = columns(declared)
    listed, marks = ", ".join(f'"{name}"' for name in names), ", ".join("?" * len(names))
    return f"INSERT OR IGNORE INTO {table_name(declared)} ({listed}) VALUES ({marks})"  # noqa: S608 - own names only


@cache
def columns(declared: EntityType[Any]) -> tuple[str, ...]:
    """Return the columns of a type's projection."""
    return (*FRAME, *declared.specs)


@cache
def update(declared: EntityType[Any], columns: tuple[str, ...]) -> str:
    """Return the SQL that sets columns of the row ``:id``."""
    settings = ", ".join(f'"{c}" = :{c}' for c in columns)
    return f"UPDATE {table_name(declared)} SET {settings} WHERE id = :id"  # noqa: S608 - own names only
