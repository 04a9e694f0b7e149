"""Entries of the journal that come from something else that was written: a talk, a hearing. Written once."""

from __future__ import annotations

import datetime as dt

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryKind
from caseworker_app.services import office
from caseworker_app.services.ports import Reader, Writer

OWN_WORDS = "Barnets egne ord"
ASSESSMENT = "Rådgiverens vurdering"
NOT_HELD = "Ikke afholdt"
"""The file is Danish, whatever language the screen has."""
_KINDS = {
    "child_talk": EntryKind.CHILD_TALK,
    "party_hearing": EntryKind.PARTY_HEARING,
    "follow_up": EntryKind.FOLLOW_UP,
}
"""What kind of entry comes from what."""


def heard_text(child_words: str, assessment: str, reason: str) -> str:
    """Return the text of an entry about hearing the child: own words, assessment and reason, each under its name."""
    parts = ((OWN_WORDS, child_words), (ASSESSMENT, assessment), (NOT_HELD, reason))
    return "\n\n".join(f"{name}:\n{text}" for name, text in parts if text)


def write_from(
    writer: Writer,
    stream: Id,
    *,
    heading: str,
    text: str,
    held_on: dt.date | None,
    written_on: dt.date | None,
    participants: tuple[str, ...],
    source_type: str,
    source: Id,
) -> Id:
    """Write an unsigned entry into the act that is under way; return its id."""
    entry = writer.new_id()
    writer.create(
        Entry(
            id=entry,
            stream=stream,
            kind=_KINDS.get(source_type, EntryKind.FREE),
            heading=heading,
            held_on=held_on,
            written_on=written_on,
            participants=participants,
            text=text,
            source_type=source_type,
            source=source,
        )
    )
    return entry


def rewrite_from(
    writer: Writer, source: Id, text: str, held_on: dt.date | None, participants: tuple[str, ...]
) -> None:
    """Let the entries written from something follow it, into the act that is under way; signed ones stay as they are."""
    for entry in entries_from(writer, source):
        if not entry.signed:
            changes = {"text": text, "held_on": held_on, "participants": participants}
            for name, value in changes.items():
                if getattr(entry, name) != value:
                    writer.set(Entry, entry.id, name, value, parents=None)


def cancel_from(writer: Writer, source: Id) -> None:
    """Take back the unsigned entries written from something, in the act that is under way."""
    for entry in entries_from(writer, source):
        if not entry.signed:
            writer.cancel(Entry, entry.id)


def entries_from(reader: Reader, source: Id) -> list[Entry]:
    """Return the entries that were written from something."""
    return reader.find(Entry, where={"source": source})


def sign(writer: Writer, entry: Id) -> None:
    """Sign an entry: it is not changed any more, and signing is not undone."""
    found = writer.get(Entry, entry)
    if found is None:
        raise KeyError("no such entry")
    if found.signed:
        raise UserError("The entry is signed already.", "Write a new entry that corrects it.")
    writer.act("Sign an entry", final=True)
    for name, value in signature(writer).items():
        writer.set(Entry, entry, name, value, parents=None)


def signature(reader: Reader) -> dict[str, object]:
    """Return what a signature says: that, when, and by whom with title and workplace (journal rule of health visitors:
    name, title, place of work, date and time)."""
    house = office.house(reader)
    parts = (house.worker.name, house.worker.title, house.office.department or house.office.municipality)
    return {"signed": True, "signed_at": reader.now, "signed_by": ", ".join(part for part in parts if part)}


def unsigned(reader: Reader) -> list[Entry]:
    """Return the entries that wait for the signature, oldest first."""
    return reader.find(Entry, where={"signed": False})
