"""Journal entries: what was held, heard and written, with the headings the model demands."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, REFERENCE, TEXT, texts

CHILD_TALK_HEADING = "Børnesamtale"
"""Demanded word for word (K "Børnesamtale", "Journalnotatet skal have overskriften"); the file is Danish."""
PARTY_HEARING_HEADING = "Partshøring - af barnet"
FOLLOW_UP_HEADING = "Opfølgning"


@entity("entry", "Journal entry")
class Entry(Entity):
    """One entry of a child's journal.

    ``source_type`` and ``source`` name what it was written from (a talk, a hearing, a follow-up). A signed entry is
    not changed any more.
    """

    heading: str = field(TEXT, "Heading", default="")
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    participants: tuple[str, ...] = field(texts(), "Who took part", default=())
    text: str = field(TEXT, "Text", default="")
    source_type: str = field(TEXT, "Written from (kind)", default="")
    source: Id | None = field(REFERENCE, "Written from", default=None, indexed=True)
    signed: bool = field(FLAG, "Signed", default=False, indexed=True)
