"""Journal entries: what was held, heard and written, with the headings the model demands.

An entry that is not signed yet is its author's: it lies in her own stream, and signing writes it into the case. A signed
entry is never changed; what was wrong is said in a new one that points at it (health visitors' journal rule, kept for
all: law sheet 2).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from caseworker_app.domain.entity import Entity, entity, field
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kinds import DATE, FLAG, MOMENT, REFERENCE, TEXT, choice, references, texts

CHILD_TALK_HEADING = "Børnesamtale"
"""Demanded word for word (K "Børnesamtale", "Journalnotatet skal have overskriften"); the file is Danish."""
PARTY_HEARING_HEADING = "Partshøring - af barnet"
FOLLOW_UP_HEADING = "Opfølgning"

DUTY_DAYS = 3
"""Something held and not written of is hinted at after so many days (OFL § 13: "snarest muligt"; textbook: a few days)."""


class EntryKind(StrEnum):
    """What an entry is about; each has its heading in the file."""

    FREE = "free"
    CHILD_TALK = "child_talk"
    PARTY_HEARING = "party_hearing"
    PARENTS_HEARING = "parents_hearing"
    FOLLOW_UP = "follow_up"
    HOME_VISIT = "home_visit"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    MAIL = "mail"
    DECISION = "decision"


ENTRY_KIND_LABELS: Mapping[EntryKind, str] = {
    EntryKind.FREE: "Note with a heading of its own",
    EntryKind.CHILD_TALK: "Talk with the child",
    EntryKind.PARTY_HEARING: "Hearing of the child",
    EntryKind.PARENTS_HEARING: "Hearing of the parents",
    EntryKind.FOLLOW_UP: "Follow-up",
    EntryKind.HOME_VISIT: "Home visit",
    EntryKind.TELEPHONE: "Telephone call",
    EntryKind.MEETING: "Meeting",
    EntryKind.MAIL: "Mail or letter",
    EntryKind.DECISION: "Decision",
}
HEADINGS: Mapping[EntryKind, str] = {
    EntryKind.FREE: "",
    EntryKind.CHILD_TALK: CHILD_TALK_HEADING,
    EntryKind.PARTY_HEARING: PARTY_HEARING_HEADING,
    EntryKind.PARENTS_HEARING: "Partshøring - af forældre",
    EntryKind.FOLLOW_UP: FOLLOW_UP_HEADING,
    EntryKind.HOME_VISIT: "Hjemmebesøg",
    EntryKind.TELEPHONE: "Telefonsamtale",
    EntryKind.MEETING: "Møde",
    EntryKind.MAIL: "Mail",
    EntryKind.DECISION: "Afgørelse",
}
"""The headings as they stand in the file: Danish, whatever language the screen has."""
DEMANDED = frozenset({EntryKind.CHILD_TALK, EntryKind.PARTY_HEARING})
"""Kinds whose heading is demanded word for word and cannot be changed."""


@entity("entry", "Journal entry")
class Entry(Entity):
    """One entry of a child's journal.

    ``text`` is light text (:mod:`caseworker_app.domain.light_text`); ``own_text`` the part about this child alone, of
    an entry written once for siblings, whose copies share ``common``. ``source_type`` and ``source`` name what it was
    written from (a talk, a hearing, a follow-up, a visit). ``links`` name what it is about, as ``kind:hex``.
    ``corrects`` is the entry it corrects, which stays as it is. A signed entry is not changed any more.
    """

    kind: EntryKind = field(choice(EntryKind), "Kind of entry", default=EntryKind.FREE)
    heading: str = field(TEXT, "Heading", default="")
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    written_on: dt.date | None = field(DATE, "Written on", default=None)
    participants: tuple[str, ...] = field(texts(), "Who took part", default=())
    informant: str = field(TEXT, "Who told it", default="")
    text: str = field(TEXT, "Text", default="")
    own_text: str = field(TEXT, "About this child alone", default="")
    tags: tuple[str, ...] = field(texts(), "Tags", default=())
    links: tuple[str, ...] = field(texts(), "About", default=())
    source_type: str = field(TEXT, "Written from (kind)", default="")
    source: Id | None = field(REFERENCE, "Written from", default=None, indexed=True)
    corrects: Id | None = field(REFERENCE, "Corrects", default=None, indexed=True)
    common: Id | None = field(REFERENCE, "Written once for siblings", default=None, indexed=True)
    signed: bool = field(FLAG, "Signed", default=False, indexed=True, seals=True)
    signed_at: dt.datetime | None = field(MOMENT, "Signed at", default=None)
    signed_by: str = field(TEXT, "Signed by", default="")

    @property
    def day(self) -> dt.date | None:
        """The day the entry is about: held, else written."""
        return self.held_on or self.written_on


@entity("entry_draft", "Entry being written")
class EntryDraft(Entity):
    """An entry its author has not signed yet; the stream is her own.

    ``case`` is the child's case it is written in, ``siblings`` the other cases it is written for at the same time.
    ``text`` is common to all; what is said of one child alone is an :class:`EntryPart`.
    """

    case: Id | None = field(REFERENCE, "Case", default=None, indexed=True)
    siblings: frozenset[Id] = field(references(), "Also for", default=frozenset(), many=True)
    kind: EntryKind = field(choice(EntryKind), "Kind of entry", default=EntryKind.FREE)
    heading: str = field(TEXT, "Heading", default="")
    held_on: dt.date | None = field(DATE, "Held on", default=None)
    participants: tuple[str, ...] = field(texts(), "Who took part", default=())
    informant: str = field(TEXT, "Who told it", default="")
    text: str = field(TEXT, "Text", default="")
    tags: tuple[str, ...] = field(texts(), "Tags", default=())
    links: tuple[str, ...] = field(texts(), "About", default=())
    source_type: str = field(TEXT, "Written from (kind)", default="")
    source: Id | None = field(REFERENCE, "Written from", default=None, indexed=True)
    corrects: Id | None = field(REFERENCE, "Corrects", default=None)


@entity("entry_part", "Part about one child")
class EntryPart(Entity):
    """What an entry being written for several siblings says of one of them alone; the stream is the author's own."""

    draft: Id | None = field(REFERENCE, "Entry being written", default=None, indexed=True)
    case: Id | None = field(REFERENCE, "Case", default=None)
    text: str = field(TEXT, "About this child alone", default="")


@entity("saved_phrase", "Phrase")
class SavedPhrase(Entity):
    """A phrase the worker uses often; the stream is her own."""

    title: str = field(TEXT, "Name", default="")
    text: str = field(TEXT, "Text", default="")
    order: str = field(TEXT, "Place in the list", default="")
