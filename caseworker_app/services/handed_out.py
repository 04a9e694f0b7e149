"""What was handed to whom: every copy of a case's papers and documents that was printed or saved as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from caseworker_app.domain.case import Case
from caseworker_app.domain.document import Document
from caseworker_app.domain.entity import type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.office import Print, Worker
from caseworker_app.services.ports import Access, Reader

_MOST_ROWS = 5000
"""So many rows of the access log are looked through, the latest."""


class How(StrEnum):
    """The way a copy went."""

    PRINTED = "printed"
    SAVED = "saved"
    OTHER = "other"
    """It is in the access log alone: copied for the record system."""


@dataclass(frozen=True, slots=True)
class Handed:
    """One copy: when, which paper by its name in the log, what it is called, to whom, in which way, by whom."""

    at: dt.datetime
    paper: str
    title: str
    recipient: str
    how: How
    by: str
    about: Id


def of_case(reader: Reader, case: Id) -> tuple[Handed, ...]:
    """Return what left the house of a case, latest first. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    prints = [one for one in reader.find(Print, stream=found.stream) if one.printed_at is not None]
    authors, titles = _authors(reader, found.stream, prints), _titles(reader, found.stream, prints)
    rows = [_of_print(one, authors, titles) for one in prints]
    noted = {(row.about, row.at) for row in rows}
    rows += [row for row in _of_log(reader, found.stream) if (row.about, row.at) not in noted]
    return tuple(sorted(rows, key=lambda row: row.at, reverse=True))


def _of_print(one: Print, authors: dict[Id, str], titles: dict[Id, str]) -> Handed:
    assert one.printed_at is not None
    how, about = How.SAVED if one.saved else How.PRINTED, one.about or b""
    return Handed(
        one.printed_at,
        one.document,
        titles.get(about, ""),
        one.recipient,
        how,
        authors.get(one.id, ""),
        about,
    )


def _of_log(reader: Reader, stream: Id) -> Iterator[Handed]:
    """Yield what only the access log knows: this computer's own, as far back as it is kept."""
    for row in reader.access_log(limit=_MOST_ROWS):
        declared = type_named(row.entity_type)
        if row.action is not Access.EXPORT or declared is None:
            continue
        thing = reader.get(declared.cls, row.entity)
        if thing is not None and thing.stream == stream:
            at = row.at.replace(microsecond=0)
            yield Handed(at, row.detail, "", "", How.OTHER, _worker(reader, row.author), row.entity)


def _titles(reader: Reader, stream: Id, prints: list[Print]) -> dict[Id, str]:
    """Return what the documents that were handed out are called, also those that are removed since."""
    titles = {row[0]: str(row[1]) for row in reader.pick(Document, ("title",), stream=stream)}
    gone = {one.about for one in prints if one.document == "document" and one.about} - titles.keys()
    for about in gone:
        removed = reader.get(Document, about)
        titles[about] = "" if removed is None else removed.title
    return titles


def _authors(reader: Reader, stream: Id, prints: list[Print]) -> dict[Id, str]:
    """Return by whom each copy was made."""
    wanted = {one.id for one in prints}
    names: dict[Id, str] = {}
    made: dict[Id, str] = {}
    if not wanted:
        return made
    for act in reader.history(entities=list(wanted), stream=stream, limit=len(wanted) * 2):
        if act.author not in names:
            names[act.author] = _worker(reader, act.author)
        made |= {c.entity: names[act.author] for c in act.changes if c.entity in wanted}
    return made


def _worker(reader: Reader, author: Id) -> str:
    worker = reader.get(Worker, author)
    return "" if worker is None else worker.name
