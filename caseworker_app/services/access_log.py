"""Who read, searched, changed, printed and handed out what: the access log and the log of operations as one list.

Every use of personal data is noted (Datatilsynet, katalog over foranstaltninger: logning). What was added, changed and
taken away stands in the operations themselves, signed; the access log holds the rest. A citizen may see when and why, not
which employee (C-579/21): :mod:`.access_papers` leaves that out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from caseworker_app.domain.case import Case, CaseKind
from caseworker_app.domain.entity import LIFE, type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Worker
from caseworker_app.domain.operations import ChangeKind
from caseworker_app.domain.phrases import N_
from caseworker_app.services.ports import Access, AccessRow, PastAct, Reader, Writer

ROWS: Final = 200_000
"""So many rows of the access log are looked through: more than its years hold."""
ACTS: Final = 20_000
_KEEPING = frozenset({"grant", "file", "print", "membership"})
"""What the program notes for itself; a print stands in the access log."""


class Use(StrEnum):
    """What was done."""

    READ = "read"
    SHOW_NUMBER = "show_number"
    SEARCH = "search"
    ADD = "add"
    CHANGE = "change"
    PRINT = "print"
    EXPORT = "export"
    DELETE = "delete"


USE_LABELS = {
    Use.READ: "Read",
    Use.SHOW_NUMBER: "CPR number shown",
    Use.SEARCH: "Searched",
    Use.ADD: "Added",
    Use.CHANGE: "Changed",
    Use.PRINT: "Printed",
    Use.EXPORT: "Copy handed out",
    Use.DELETE: "Removed",
}
_HEALTH_PURPOSE = N_("Health visiting")
PURPOSE_LABELS = {
    Use.READ: "Handling the case",
    Use.SHOW_NUMBER: "Telling the person from others",
    Use.SEARCH: "Finding in the case",
    Use.ADD: "Keeping the file",
    Use.CHANGE: "Keeping the file",
    Use.PRINT: "A paper in the case",
    Use.EXPORT: "A paper in the case",
    Use.DELETE: "Keeping the file",
}
"""What each use was for, where nothing else is known."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: a case or all, a period (both days included), uses (all when empty)."""

    case: Id | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    uses: frozenset[Use] = frozenset()
    limit: int = 500


@dataclass(frozen=True, slots=True)
class LogLine:
    """One line: when, who, what was done to which kind of thing (``what``: a msgid), in whose case, and the words of it.

    ``purpose`` is a msgid. ``detail`` is the program's own word for a paper or a page, or the words searched for.
    """

    at: dt.datetime
    who: str
    use: Use
    what: str
    case: Case | None
    detail: str
    purpose: str


def lines(reader: Reader, wanted: Wanted) -> tuple[LogLine, ...]:
    """Return what was done, newest first, at most ``wanted.limit``."""
    told = _Teller(reader, wanted)
    found = [*told.of_access(), *told.of_operations()]
    found.sort(key=lambda line: line.at, reverse=True)
    return tuple(found[: wanted.limit])


class _Teller:
    """Turns rows and acts into lines; asks each name once."""

    def __init__(self, reader: Reader, wanted: Wanted) -> None:
        self._reader, self._wanted = reader, wanted
        self._cases = {case.stream: case for case in reader.find(Case, cancelled=True)}
        found = None if wanted.case is None else reader.get(Case, wanted.case)
        self._stream = None if found is None else found.stream
        self._streams: dict[tuple[str, Id], Id | None] = {}
        self._names: dict[Id, str] = {}

    def of_access(self) -> Iterable[LogLine]:
        wanted = self._wanted
        for row in self._reader.access_log(limit=ROWS):
            if wanted.since is not None and _local(row.at) < wanted.since:
                return  # newest first: what follows is older
            use = Use(row.action.value)
            stream = self._stream_of(row)
            if self._is_wanted(row.at, use, stream):
                declared = type_named(row.entity_type)
                what = "" if declared is None or row.entity_type == "worker" else declared.label
                yield self._line(row.at, row.author, use, what, stream, row.detail)

    def of_operations(self) -> Iterable[LogLine]:
        if self._wanted.uses and not self._wanted.uses & {Use.ADD, Use.CHANGE, Use.DELETE}:
            return
        if self._wanted.case is not None and self._stream is None:
            return
        many = ACTS if self._wanted.since or self._wanted.until else self._wanted.limit
        for act in self._reader.history(stream=self._stream, limit=many):
            use = _use_of(act)
            if self._wanted.since is not None and _local(act.at) < self._wanted.since:
                return
            if use is not None and self._is_wanted(act.at, use, act.stream):
                yield self._line(act.at, act.author, use, act.label, act.stream, "")

    def _is_wanted(self, at: dt.datetime, use: Use, stream: Id | None) -> bool:
        wanted, day = self._wanted, _local(at)
        if wanted.case is not None and (stream is None or stream != self._stream):
            return False
        if (wanted.since is not None and day < wanted.since) or (
            wanted.until is not None and day > wanted.until
        ):
            return False
        return not wanted.uses or use in wanted.uses

    def _line(
        self, at: dt.datetime, author: Id, use: Use, what: str, stream: Id | None, detail: str
    ) -> LogLine:
        case = None if stream is None else self._cases.get(stream)
        health = case is not None and case.kinds == {CaseKind.HEALTH_VISITING}
        purpose = _HEALTH_PURPOSE if health else PURPOSE_LABELS[use]
        return LogLine(at, self._name(author), use, what, case, detail, purpose)

    def _name(self, author: Id) -> str:
        if author not in self._names:
            worker = self._reader.get(Worker, author)
            self._names[author] = "" if worker is None else worker.name
        return self._names[author]

    def _stream_of(self, row: AccessRow) -> Id | None:
        if row.entity in self._cases:  # a search within a case is noted by the case's stream
            return row.entity
        key = (row.entity_type, row.entity)
        if key not in self._streams:
            declared = type_named(row.entity_type)
            thing = None if declared is None else self._reader.get(declared.cls, row.entity)
            self._streams[key] = None if thing is None else thing.stream
        return self._streams[key]


def _local(at: dt.datetime) -> dt.date:
    return at.astimezone().date()


def _use_of(act: PastAct) -> Use | None:
    """Say what an act did on the whole; ``None`` for what the program notes for itself."""
    changes = [change for change in act.changes if change.entity_type not in _KEEPING]
    if not changes:
        return None
    life = {change.kind for change in changes if change.field == LIFE}
    if ChangeKind.CREATE.value in life:
        return Use.ADD
    if life & {ChangeKind.CANCEL.value, ChangeKind.ERASE.value}:
        return Use.DELETE
    return Use.CHANGE


_THINGS = {
    "case": "case",
    "meeting": "meeting",
    "meeting_run": "meeting",
    "map": "network_map",
    "genogram": "case",
}
"""The kind of thing each page shows; the others show the worker's own desk, with all her cases."""


def note_reading(writer: Writer, page: str, thing: Id | None, part: str) -> None:
    """Write that a page was looked at: a thing by its kind, or a list of the worker's own."""
    kind = _THINGS.get(page)
    if kind is None or thing is None:
        writer.log_access(Access.READ, "worker", writer.author, page)
        return
    declared = type_named(kind)
    if declared is not None and writer.get(declared.cls, thing) is not None:
        writer.log_access(Access.READ, kind, thing, part or page)
