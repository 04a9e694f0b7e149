"""What of a visit goes to whose journal: the child's and the parents', kept, printed and copied apart.

Every text here is made of the notes of one side alone. The visit's own words that may speak of anybody (what it is for,
what was agreed) are in neither.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.form_paper import Answer, short_words
from caseworker_app.domain.form_spec import Forms, FormSpec, Topic, frozen, newest
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft, EntryKind
from caseworker_app.domain.light_text import plain
from caseworker_app.domain.visit import (
    AREA_HEADINGS,
    FORM_OF,
    VISIT_HEADINGS,
    Area,
    ParentsEntry,
    Side,
    Visit,
    VisitNote,
)
from caseworker_app.services import journal
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import tidy

SIDES = (Side.CHILD, Side.PARENTS)
SOURCE = "visit"
"""What an entry written from a visit says it comes from."""
AREAS: Mapping[Side, tuple[Area, ...]] = {
    Side.CHILD: (Area.CASE, Area.CONTACT, Area.DEVELOPMENT),
    Side.PARENTS: (Area.SOCIAL,),
}
"""The headings of each journal, in their order."""
ENTRY_LENGTH = 1_000_000


# --- The texts -------------------------------------------------------------------------------------------------


def ordered(spec: FormSpec, notes: Iterable[VisitNote]) -> list[tuple[Topic, VisitNote]]:
    """Return what is written, in the form's order; what this version of the form does not ask for comes last, under
    the topic's id."""
    by_topic = {note.topic: note for note in notes if not note.empty}
    found = [(topic, by_topic[topic.id]) for topic in spec.topics if topic.id in by_topic]
    known = {topic.id for topic in spec.topics}
    return found + [(Topic(name, name), note) for name, note in by_topic.items() if name not in known]


def words_of(topic: Topic, note: VisitNote) -> str:
    """Return what is written under a topic, as light text: what is common to the siblings, then what is of the child."""
    short = short_words(topic, Answer(tags=note.tags, chosen=note.chosen, number=note.number))
    words = (part for part in (note.common.strip(), note.text.strip()) if part)
    return "\n".join(part for part in (short, "\n\n".join(words)) if part)


def text_of(spec: FormSpec, notes: Iterable[VisitNote], areas: Iterable[Area]) -> str:
    """Return what is written under some headings as light text: the heading, then each topic in its order."""
    rows = ordered(spec, notes)
    parts: list[str] = []
    for area in areas:
        own = [(topic, note) for topic, note in rows if note.area is area]
        if own and AREA_HEADINGS[area]:
            parts.append(f"**{AREA_HEADINGS[area]}**")
        parts += [f"*{topic.label}*\n{words_of(topic, note)}" for topic, note in own]
    return "\n\n".join(parts)


def side_text(spec: FormSpec, notes: Iterable[VisitNote], side: Side) -> str:
    """Return what goes to one journal as light text."""
    return text_of(spec, notes, AREAS[side])


def copied(spec: FormSpec, visit: Visit, notes: Iterable[VisitNote], area: Area) -> str:
    """Return one heading as plain text, ready to be pasted in the record system under that name."""
    return plain(text_of(spec, notes, (area,)))


@dataclass(frozen=True, slots=True)
class ChosenPoint:
    """One point that may go to the investigation."""

    visit: Visit
    topic: Topic
    note: VisitNote

    @property
    def words(self) -> str:
        """What is written there, as light text."""
        return words_of(self.topic, self.note)


def for_investigation(reader: Reader, forms: Forms, case: Id) -> tuple[ChosenPoint, ...]:
    """Return the points of a case's visits that were let into the investigation, the oldest visit first, and nothing
    else of them."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    chosen: dict[Id | None, list[VisitNote]] = {}
    for note in reader.find(VisitNote, stream=found.stream, where={"to_investigation": True}):
        chosen.setdefault(note.visit, []).append(note)
    visits = [one for one in reader.find(Visit, stream=found.stream) if one.id in chosen]
    visits.sort(key=lambda one: (one.day or dt.date.max, one.id))
    return tuple(
        ChosenPoint(visit, topic, note)
        for visit in visits
        for topic, note in ordered(spec_of(forms, visit), chosen[visit.id])
    )


def investigation_text(points: Iterable[ChosenPoint]) -> str:
    """Return chosen points as plain text, each with the day and the kind of its visit."""
    parts: list[str] = []
    for point in points:
        day = "" if point.visit.day is None else f", {point.visit.day:%d-%m-%Y}"
        head = f"{point.topic.label} ({VISIT_HEADINGS[point.visit.kind]}{day})"
        parts.append(f"{head}\n{plain(point.words)}")
    return "\n\n".join(parts)


def spec_of(forms: Forms, visit: Visit) -> FormSpec:
    """Return the form a visit is written on."""
    name = visit.form or FORM_OF[visit.kind]
    return newest(forms, name) if visit.form_version is None else frozen(forms, name, visit.form_version)


# --- The child's journal ---------------------------------------------------------------------------------------


def begin_entry(writer: Writer, visit: Visit, case: Case) -> Id | None:
    """Begin the entry of a held visit in the author's own stream, in the act that is under way; ``None`` when one is
    begun or signed already."""
    from caseworker_app.services import entries

    if draft_of(writer, visit.id) is not None or entries_of(writer, visit.id):
        return None
    return entries.begin(
        writer,
        case.id,
        {
            "kind": EntryKind.HOME_VISIT,
            "heading": VISIT_HEADINGS[visit.kind],
            "held_on": visit.held_on,
            "participants": visit.participants,
            "source_type": SOURCE,
            "source": visit.id,
        },
    )


def draft_of(reader: Reader, visit: Id) -> EntryDraft | None:
    """Return the entry that is being written of a visit."""
    found = reader.find(EntryDraft, where={"source": visit})
    return found[-1] if found else None


def entries_of(reader: Reader, visit: Id) -> list[Entry]:
    """Return the signed entries written of a visit in the child's journal."""
    return [one for one in journal.entries_from(reader, visit) if one.signed]


def drop_draft(writer: Writer, visit: Id) -> None:
    """Take back the entry being written of a visit, in the act that is under way."""
    draft = draft_of(writer, visit)
    if draft is not None:
        writer.cancel(EntryDraft, draft.id)


@dataclass(frozen=True, slots=True)
class Following:
    """The entry being written of a visit before a change, with what the visit's notes said then."""

    draft: EntryDraft | None
    notes: tuple[VisitNote, ...]


def following(reader: Reader, visit: Id) -> Following:
    """Return how things stand before a change of a visit's notes."""
    return Following(draft_of(reader, visit), tuple(reader.find(VisitNote, where={"visit": visit})))


def follow(writer: Writer, forms: Forms, before: Following, visit: Visit, changed: VisitNote) -> None:
    """Let the entry being written say what the child's topics say when ``changed`` is written, in the act that is under
    way; one that its author has changed is left alone."""
    draft = before.draft
    if draft is None:
        return
    spec = spec_of(forms, visit)
    if draft.text != side_text(spec, before.notes, Side.CHILD):
        return
    notes = [changed, *(one for one in before.notes if one.id != changed.id)]
    now = side_text(spec, notes, Side.CHILD)
    if now != draft.text:
        writer.set(EntryDraft, draft.id, "text", now, parents=None)


def say_held(writer: Writer, before: Following, visit: Visit) -> None:
    """Let the entry being written say when the visit was held and who was there."""
    draft = before.draft
    if draft is None:
        return
    for name in ("held_on", "participants"):
        if getattr(draft, name) != getattr(visit, name):
            writer.set(EntryDraft, draft.id, name, getattr(visit, name), parents=None)


# --- The parents' journal --------------------------------------------------------------------------------------


def parents_entries(reader: Reader, visit: Id) -> tuple[ParentsEntry, ...]:
    """Return what stands in the parents' journal of a visit, oldest first: the entry and what corrects it."""
    return tuple(reader.find(ParentsEntry, where={"visit": visit}))


def sign_parents(writer: Writer, forms: Forms, visit: Id, parent: Id | None = None) -> Id:
    """Write the parents' part of a visit into their journal, signed; return the entry's id. It is not undone.

    With ``parent``, the card of one of them, it stands in that one's journal alone (:mod:`.parents_journal`).

    Raises :class:`UserError` when nothing is written there, the visit is not held, or it is signed already.
    """
    now = writer.get(Visit, visit)
    if now is None:
        raise KeyError("no such visit")
    if now.held_on is None:
        raise UserError("The visit is not held yet.", "Write the day it was held, then sign.")
    refuse_signed(writer, visit, Side.PARENTS)
    notes = writer.find(VisitNote, where={"visit": visit})
    text = side_text(spec_of(forms, now), notes, Side.PARENTS)
    if not text:
        raise UserError("Nothing is written for the parents' journal yet.")
    writer.act("Sign in the parents' journal", final=True)
    made = writer.new_id()
    writer.create(_entry(writer, now, text, id=made, parent=parent))
    return made


def correct_parents(writer: Writer, entry: Id, text: str) -> Id:
    """Correct an entry of the parents' journal by a new one that points at it; return the new one's id."""
    found = writer.get(ParentsEntry, entry)
    if found is None or found.visit is None:
        raise KeyError("no such entry")
    visit = writer.get(Visit, found.visit)
    words = tidy("text", text, ENTRY_LENGTH)
    if not words or visit is None:
        raise InvalidInput("text", "Nothing is written yet.")
    writer.act("Correct an entry in the parents' journal", final=True)
    made = writer.new_id()
    now = _entry(writer, visit, words, id=made, parent=found.parent)
    writer.create(replace(now, held_on=found.held_on, corrects=entry))
    return made


def _entry(writer: Writer, visit: Visit, text: str, **values: Any) -> ParentsEntry:
    signed = journal.signature(writer)
    return ParentsEntry(
        stream=visit.stream,
        visit=visit.id,
        heading=VISIT_HEADINGS[visit.kind],
        held_on=visit.held_on,
        written_on=writer.today,
        participants=visit.participants,
        text=text,
        signed_at=writer.now,
        signed_by=str(signed["signed_by"]),
        **values,
    )


def signed(reader: Reader, visit: Id, side: Side) -> bool:
    """Whether what a visit says stands signed in one journal."""
    return bool(entries_of(reader, visit) if side is Side.CHILD else parents_entries(reader, visit))


def refuse_signed(reader: Reader, visit: Id, side: Side) -> None:
    """Raise :class:`UserError` when what a visit says is signed in that journal."""
    if signed(reader, visit, side):
        raise UserError(
            "That is signed in the child's journal and is not changed any more."
            if side is Side.CHILD
            else "That is signed in the parents' journal and is not changed any more.",
            "Write a correction: the first one stays readable.",
        )
