"""What the chronology has of the journal, without reading the texts of a long one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from caseworker_app.domain.chronology import Event, EventKind
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import CHILD_TALK_HEADING, PARTY_HEARING_HEADING, Entry, EntryKind
from caseworker_app.domain.phrases import Phrase
from caseworker_app.services.ports import Reader

_HEARD = frozenset({CHILD_TALK_HEADING, PARTY_HEARING_HEADING})


def of_case(reader: Reader, stream: Id) -> Iterator[Event]:
    """Return the entries of a case."""
    return _of_entries(reader, reader.pick(Entry, _ENTRY_FIELDS, stream=stream))


_ENTRY_FIELDS = ("kind", "heading", "held_on", "written_on", "signed", "corrects")


def _of_entries(reader: Reader, picked: Sequence[tuple[Any, ...]]) -> Iterator[Event]:
    """Yield entries; a correction says which one it corrects, and the corrected one that it was."""
    plain, unsigned, untitled = EventKind.ENTRY, Phrase("Not signed yet"), Phrase("Journal entry")
    said = _corrections(reader, picked)
    for id_, kind, heading, held, written, signed, _corrects in picked:
        day = held or written
        if day is None:
            continue
        group = EventKind.CHILD_HEARD if heading in _HEARD else plain
        if kind is EntryKind.DECISION:
            group = EventKind.DECISION
        detail = said.get(id_, "") if signed else unsigned
        yield Event(group, "entry", id_, day, heading or untitled, detail)


def _corrections(reader: Reader, picked: Iterable[tuple[Any, ...]]) -> dict[Id, Phrase]:
    """Return what is said of entries that correct one, and of those that were corrected."""
    corrected: dict[Id, Phrase] = {}
    corrections: dict[Id, Phrase] = {}
    for id_, _kind, _heading, _held, written, _signed, corrects in picked:
        if corrects is None:
            continue
        wrong = reader.get(Entry, corrects)
        day = None if wrong is None else wrong.written_on
        corrections[id_] = (
            Phrase("Correction") if day is None else Phrase("Correction of the note of {day}", {"day": day})
        )
        if written is not None:
            corrected[corrects] = Phrase("Corrected {day}", {"day": written})
    return corrected | corrections


def latest(reader: Reader, stream: Id, most: int) -> tuple[Iterator[Event], dt.date | None]:
    """Return the latest entries of a case, and the day from which on none is missing; ``None`` when there are fewer than
    ``most``."""
    found = reader.newest(Entry, ("held_on", "written_on"), stream=stream, limit=most)
    days = [one.day for one in found if one.day is not None]
    since = (
        days[-1] + dt.timedelta(days=1) if len(days) == most else None
    )  # more of the last day may be unread
    picked = [
        (one.id, one.kind, one.heading, one.held_on, one.written_on, one.signed, one.corrects)
        for one in reversed(found)
    ]
    return _of_entries(reader, picked), since
