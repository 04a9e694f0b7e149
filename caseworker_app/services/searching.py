"""Searching everything that was written: the index says what, the things themselves say the words in their sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity, type_named
from caseworker_app.domain.ids import Id
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.searching import SEARCHED, Piece, Question, Term, snippet, terms
from caseworker_app.services.ports import Access, FoundRow, Reader, Writer

_LIGHT = frozenset({"entry", "entry_draft", "parents_entry", "visit_note"})
"""Kinds whose text has light formatting, which no result shows."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. ``case`` is ``None`` for what belongs to no case; ``pieces`` are the words in their sentence."""

    number: int
    kind: str
    entity: Id
    case: Case | None
    title: str
    day: dt.date | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a question found. ``next`` asks for more, ``None`` when there is no more."""

    hits: tuple[Hit, ...]
    next: Question | None


def search(reader: Reader, question: Question) -> Found:
    """Return what a question finds, at most ``question.limit``."""
    rows = reader.search(replace(question, limit=question.limit + 1))
    more = len(rows) > question.limit and not question.best_first
    shown = rows[: question.limit]
    asked = terms(question.words)
    streams = _cases(reader, {row.stream for row in shown})
    hits = [hit for row in shown if (hit := _hit(reader, row, asked, streams)) is not None]
    return Found(tuple(hits), replace(question, before=shown[-1].number) if more else None)


def note(writer: Writer, question: Question) -> None:
    """Write in the access log that was searched, and where; a number in the words is not kept (law sheet 3)."""
    words = "".join("#" if character.isdigit() else character for character in question.words)
    entity = question.stream or writer.author
    writer.log_access(Access.SEARCH, "case" if question.stream else "worker", entity, words[:200])


def _cases(reader: Reader, streams: Iterable[Id]) -> dict[Id, Case]:
    found = (reader.find(Case, stream=stream, cancelled=True) for stream in streams)
    return {cases[0].stream: cases[0] for cases in found if cases}


def _hit(reader: Reader, row: FoundRow, asked: tuple[Term, ...], cases: dict[Id, Case]) -> Hit | None:
    declared = type_named(row.kind)
    thing: Any = None if declared is None else reader.get(declared.cls, row.entity)
    if thing is None:
        return None
    case = cases.get(row.stream)
    if case is None and getattr(thing, "case", None) is not None:
        case = reader.get(Case, thing.case)
    searched = SEARCHED[row.kind]
    title = next((text for name in searched.headings if (text := _text(thing, name))), "")
    pieces: tuple[Piece, ...] = ()
    for name in (*searched.texts, *searched.headings):
        text = _text(thing, name)
        if pieces := snippet(plain(text) if row.kind in _LIGHT else text, asked):
            break
    return Hit(row.number, row.kind, row.entity, case, title, _day(thing, searched.days), pieces)


def _text(thing: Entity, name: str) -> str:
    value = getattr(thing, name, "")
    return "\n".join(value) if isinstance(value, tuple) else str(value or "")


def _day(thing: Entity, names: Iterable[str]) -> dt.date | None:
    for name in names:
        value = getattr(thing, name, None)
        day = getattr(value, "day", None) if not isinstance(value, dt.date) else value
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(day, dt.date):
            return day
    return None
