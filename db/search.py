"""The index of words: one row a thing in FTS5 without its content, kept in step with the projections.

A row's number holds the thing's day, so that the newest are found first without sorting: FTS5 walks its lists backwards.
Case and kind are words of the row, so that asking in one case is a meeting of two lists and not a look at every hit
(100,000 entries: the newest 500 of "og" in 0.3 ms). Nothing of a thing's text is kept here but its words.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from caseworker_app.domain.entity import LIFE, EntityType
from caseworker_app.domain.ids import Id
from caseworker_app.domain.searching import (
    RANKED,
    SEARCHED,
    Question,
    Searched,
    kind_mark,
    match_of,
    place_of,
    terms,
)
from db.asking import chunked
from db.connection import Raw
from db.rows import table_name

_DAY = 1 << 24
"""Room for so many rows a day; the day is the number's upper part."""
_MAKE = (
    """
CREATE VIRTUAL TABLE IF NOT EXISTS s_words USING fts5(
    heading, body, place, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 0', prefix='2 3')
""",
    """
CREATE TABLE IF NOT EXISTS s_rows (
    number INTEGER PRIMARY KEY, entity BLOB NOT NULL UNIQUE, kind TEXT NOT NULL, stream BLOB NOT NULL)
""",
)
TABLES = frozenset(
    {"s_rows", "s_words", *(f"s_words_{part}" for part in ("config", "data", "docsize", "idx"))}
)
"""Every table of the index, with those that FTS5 keeps for itself."""
_DROP = ("DROP TABLE IF EXISTS s_words", "DROP TABLE IF EXISTS s_rows")
_PUT_WORDS = "INSERT INTO s_words (rowid, heading, body, place) VALUES (?, ?, ?, ?)"
_PUT_ROW = "INSERT INTO s_rows (number, entity, kind, stream) VALUES (?, ?, ?, ?)"
_NUMBER_OF = "SELECT number FROM s_rows WHERE entity = ?"
_NUMBERS_OF = "SELECT entity, number FROM s_rows WHERE entity IN ({marks})"
_PUT_ROW_OF = "INSERT INTO s_rows (number, kind, entity, stream) VALUES (?, ?, ?, ?)"
_LAST_OF_DAYS = """
SELECT d.value / :day, (SELECT max(number) FROM s_rows WHERE number >= d.value AND number < d.value + :day)
FROM json_each(:lows) AS d
"""
_LAST_OF_DAY = "SELECT max(number) FROM s_rows WHERE number >= ? AND number < ?"
_NEWEST = """
SELECT s.number, s.kind, s.entity, s.stream FROM
    (SELECT rowid AS number FROM s_words WHERE s_words MATCH :match AND rowid >= :low AND rowid < :high
     ORDER BY rowid DESC LIMIT :limit) AS hits
JOIN s_rows AS s ON s.number = hits.number ORDER BY s.number DESC
"""
_OLDEST = """
SELECT min(rowid) FROM (SELECT rowid FROM s_words WHERE s_words MATCH :match AND rowid >= :low AND rowid < :high
                        ORDER BY rowid DESC LIMIT :ranked)
"""
_BEST = """
SELECT s.number, s.kind, s.entity, s.stream FROM
    (SELECT rowid AS number, bm25(s_words, 8.0, 1.0, 0.0) AS score FROM s_words
     WHERE s_words MATCH :match AND rowid >= :low AND rowid < :high) AS hits
JOIN s_rows AS s ON s.number = hits.number ORDER BY hits.score, s.number DESC LIMIT :limit
"""

Row = tuple[int, str, Id, Id]
"""Number, kind, entity, stream."""


def make(connection: Raw) -> None:
    """Make the index's tables where there are none."""
    for statement in _MAKE:
        connection.execute(statement)


def is_sound(connection: Raw) -> bool:
    """Whether the index's own structure holds."""
    try:
        connection.execute("INSERT INTO s_words (s_words) VALUES ('integrity-check')")
    except connection.DatabaseError:
        return False
    return True


def contents(connection: Raw) -> list[tuple[object, ...]]:
    """Return what is in the index, in a settled order; the place of a row within its day is chance."""
    query = "SELECT entity, kind, stream, number / ? FROM s_rows ORDER BY entity"
    return list(connection.execute(query, (_DAY,)))


def drop(connection: Raw) -> None:
    """Take the index away; it is made anew from the log."""
    for statement in _DROP:
        connection.execute(statement)


def concerns(declared: EntityType[Any], fields: Iterable[str]) -> bool:
    """Whether a change of these fields moves the index."""
    wanted = _fields(declared)
    return bool(wanted) and any(name == LIFE or name in wanted for name in fields)


def index(connection: Raw, declared: EntityType[Any], entity: Id) -> None:
    """Bring a thing's row in the index in step with its projection. Its number stays while its day does."""
    found = connection.execute(_NUMBER_OF, (entity,)).fetchone()
    row = connection.execute(_select(declared), {"id": entity}).fetchone()
    words = None if row is None or row[1] or row[0] is None else _words(declared, row)
    if found is not None:
        connection.execute("DELETE FROM s_words WHERE rowid = ?", found)
        if words is not None and found[0] // _DAY == words.day:
            connection.execute(_PUT_WORDS, (found[0], words.heading, words.body, words.place))
            return
        connection.execute("DELETE FROM s_rows WHERE number = ?", found)
    if words is not None:
        number = _number(connection, words.day)
        connection.execute(_PUT_WORDS, (number, words.heading, words.body, words.place))
        connection.execute(_PUT_ROW, (number, entity, declared.name, row[0]))


def index_many(connection: Raw, things: Mapping[EntityType[Any], Sequence[Id]]) -> None:
    """Do :func:`index` for many things, with few statements.

    FTS5 writes out what it has gathered whenever a number is not above the one before, so words go in by their numbers, of
    all kinds of things together.
    """
    kinds = {entity: declared for declared, entities in things.items() for entity in entities}
    numbers: dict[Id, int] = dict(chunked(connection, _NUMBERS_OF, kinds))
    new: list[tuple[Id, Id, str, _Words]] = []
    gone: list[tuple[int]] = []
    made: list[tuple[int, str, str, str]] = []
    rows: list[Row] = []
    for declared, entities in things.items():
        there = {row[0]: row[1:] for row in chunked(connection, _select_many(declared), entities)}
        for entity in entities:
            if kinds[entity] is not declared:
                continue  # somebody gave one id to things of two kinds: the index has one place for it
            row, number = there.get(entity), numbers.get(entity)
            words = None if row is None or row[1] or row[0] is None else _words(declared, row)
            if number is not None and (words is None or number // _DAY != words.day):
                gone.append((number,))
                number = None
            if row is None or words is None:
                continue
            if number is None:
                new.append((entity, row[0], declared.name, words))
            else:
                made.append((number, words.heading, words.body, words.place))
    last = _last_of_days(connection, {words.day for *_rest, words in new})
    for entity, stream, kind, words in new:
        number = last[words.day] = last[words.day] + 1
        rows.append((number, kind, entity, stream))
        made.append((number, words.heading, words.body, words.place))
    known = sorted((number,) for number in numbers.values())
    connection.executemany("DELETE FROM s_words WHERE rowid = ?", known)
    connection.executemany("DELETE FROM s_rows WHERE number = ?", gone)
    connection.executemany(_PUT_WORDS, sorted(made))
    connection.executemany(_PUT_ROW_OF, sorted(rows))


class _Words(NamedTuple):
    """What of a thing goes into the index."""

    day: int
    heading: str
    body: str
    place: str


def _words(declared: EntityType[Any], row: Any) -> _Words | None:
    values = dict(zip(_fields(declared), row[2:], strict=True))
    searched = SEARCHED[declared.name]
    heading, body = _said(declared, values, searched.headings), _said(declared, values, searched.texts)
    if not heading and not body:
        return None
    return _Words(_day(values, searched), heading, body, f"{place_of(row[0])} {kind_mark(declared.name)}")


def search(connection: Raw, question: Question) -> list[Row]:
    """Return the rows a question finds, newest first or best of the newest; none for a question without words."""
    asked = terms(question.words)
    if not asked:
        return []
    low = 0 if question.since is None else question.since.toordinal() * _DAY
    high = (1 << 62) if question.until is None else (question.until.toordinal() + 1) * _DAY
    if question.before is not None:
        high = min(high, question.before)
    values: dict[str, Any] = {
        "match": match_of(asked, question.stream, question.kinds),
        "low": low,
        "high": high,
        "limit": question.limit,
        "ranked": RANKED,
    }
    if not question.best_first:
        return list(connection.execute(_NEWEST, values))
    oldest = connection.execute(_OLDEST, values).fetchone()[0]
    if oldest is None:
        return []
    return list(connection.execute(_BEST, {**values, "low": oldest}))


@cache
def _fields(declared: EntityType[Any]) -> tuple[str, ...]:
    searched = SEARCHED.get(declared.name)
    if searched is None:
        return ()
    named = (*searched.headings, *searched.texts, *searched.days)
    return tuple(name for name in named if name in declared.specs)


@cache
def _select(declared: EntityType[Any]) -> str:
    return f"SELECT {_columns(declared)} FROM {table_name(declared)} WHERE id = :id"  # noqa: S608 - own names only


@cache
def _select_many(declared: EntityType[Any]) -> str:
    return f"SELECT id, {_columns(declared)} FROM {table_name(declared)} WHERE id IN ({{marks}})"  # noqa: S608 - own names only


def _columns(declared: EntityType[Any]) -> str:
    return ", ".join(("stream", "cancelled", *(f'"{name}"' for name in _fields(declared))))


def _said(declared: EntityType[Any], values: Mapping[str, Any], names: Iterable[str]) -> str:
    """Return the words of some fields, on a line each; a list says its elements."""
    parts: list[str] = []
    for name in names:
        value = values.get(name)
        if value and declared.specs[name].kind.column == "json":
            parts += [str(one) for one in json.loads(value)]
        elif value:
            parts.append(str(value))
    return "\n".join(parts)


def _day(values: Mapping[str, Any], searched: Searched) -> int:
    """Return the day a thing belongs to as an ordinal, 0 for none: what has no day is the oldest."""
    for name in searched.days:
        value = values.get(name)
        if value:
            day = json.loads(value)["day"] if value.startswith("{") else value[:10]
            return dt.date.fromisoformat(day).toordinal()
    return 0


def _number(connection: Raw, day: int) -> int:
    low = day * _DAY
    last = connection.execute(_LAST_OF_DAY, (low, low + _DAY)).fetchone()[0]
    return low if last is None else int(last) + 1


def _last_of_days(connection: Raw, days: Iterable[int]) -> dict[int, int]:
    """Return the highest number of each day, the one before its first where it has none."""
    asked = {"day": _DAY, "lows": json.dumps([day * _DAY for day in days])}
    found = connection.execute(_LAST_OF_DAYS, asked)
    return {day: day * _DAY - 1 if last is None else last for day, last in found}
