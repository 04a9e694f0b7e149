"""A backup beside the living store: which acts stand in only one of the two, and in whose case."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.services.safekeeping import Backup, CaseDifference, Comparison

if TYPE_CHECKING:
    from db.connection import Raw
    from db.store import SqlStore

_EVERY = "SELECT op_id, stream_id, hlc FROM operations WHERE key_id != zeroblob(16)"
_CASES = "SELECT count(*) FROM p_case WHERE cancelled = 0"
MOST_SHOWN = 50


def compare(store: SqlStore, path: Path, backup: Backup) -> Comparison:
    """Return what differs. Raises the kinds of :mod:`db.errors` for a copy that is damaged or another store's."""
    with store.lending(path) as copy:
        then, cases_then = _acts(copy), _count(copy)
    with store.reading() as living:
        now, cases_now = _acts(living), _count(living)
    later = now.keys() - then.keys()
    per_stream: dict[Id, list[int]] = defaultdict(list)
    for op_id in later:
        stream, hlc = now[op_id]
        per_stream[stream].append(hlc)
    names = store.read(lambda reader: {case.stream: case for case in reader.find(Case, cancelled=True)})
    differing = [
        CaseDifference(_name(names[stream]), len(found), _moment(max(found)))
        for stream, found in per_stream.items()
        if stream in names
    ]
    return Comparison(
        backup,
        cases_now,
        cases_then,
        len(now),
        len(then),
        later=len(later),
        gone=len(then.keys() - now.keys()),
        cases=tuple(sorted(differing, key=lambda one: one.latest, reverse=True)[:MOST_SHOWN]),
        others=sum(len(found) for stream, found in per_stream.items() if stream not in names),
    )


def _name(case: Case) -> str:
    return case.child_name or case.unborn_of


def _moment(hlc: int) -> dt.datetime:
    return dt.datetime.fromtimestamp((hlc >> 16) / 1000, dt.UTC)


def _acts(connection: Raw) -> dict[Id, tuple[Id, int]]:
    return {op_id: (stream, hlc) for op_id, stream, hlc in connection.execute(_EVERY)}


def _count(connection: Raw) -> int:
    """Count the live cases; a copy of an older program may have no such table."""
    there = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'p_case'").fetchone()
    return int(connection.execute(_CASES).fetchone()[0]) if there else 0
