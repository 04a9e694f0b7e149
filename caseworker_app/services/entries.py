"""Writing in the journal: begun as the author's own, for one child or once for several siblings, signed into the cases.

A signed entry is never changed. What was wrong in it is said in a new entry that points at it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Case, SiblingLink
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import DEMANDED, HEADINGS, Entry, EntryDraft, EntryKind, EntryPart
from caseworker_app.domain.office import Worker
from caseworker_app.services import journal
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, tidy

ENTRY_LENGTH = 1_000_000
"""Longest text of an entry, in characters: about 400 pages, which nobody writes and somebody pastes."""
MOST_TAGS = 30


@dataclass(frozen=True, slots=True)
class DraftView:
    """An entry being written: the cases it is written for, the first one first, and the part of each."""

    draft: EntryDraft
    cases: tuple[Case, ...]
    parts: Mapping[Id, EntryPart]
    corrected: Entry | None

    def part(self, case: Id) -> str:
        """Return what is said of one child alone."""
        found = self.parts.get(case)
        return "" if found is None else found.text


# --- Begun -----------------------------------------------------------------------------------------------------


def begin(writer: Writer, case: Id, values: Mapping[str, Any] | None = None) -> Id:
    """Begin an entry in a child's journal; return the draft's id.

    ``values`` are fields of :class:`EntryDraft`. The heading follows the kind unless one is given. Raises
    :class:`InvalidInput`, and ``KeyError`` when there is no such case.
    """
    if writer.get(Case, case) is None:
        raise KeyError("no such case")
    checked = dict(values or {})
    checked.setdefault("heading", HEADINGS[checked.get("kind", EntryKind.FREE)])
    _check(writer, checked)
    made = writer.new_id()
    writer.act("Begin an entry")
    writer.create(EntryDraft(id=made, stream=own_stream(writer), case=case, **checked))
    return made


def correct(writer: Writer, entry: Id) -> Id:
    """Begin the entry that corrects a signed one; it points at it, and the other stays readable as it is."""
    found = known(writer, entry)
    if not found.signed:
        raise UserError("The entry is not signed yet: change it as it stands.")
    case = next(iter(writer.find(Case, stream=found.stream, cancelled=True)))
    made = writer.new_id()
    writer.act("Correct an entry")
    writer.create(
        EntryDraft(
            id=made,
            stream=own_stream(writer),
            case=case.id,
            kind=found.kind,
            heading=found.heading,
            held_on=found.held_on,
            participants=found.participants,
            corrects=entry,
        )
    )
    return made


def edit(writer: Writer, draft: Id, edits: Mapping[str, Edit]) -> None:
    """Change an entry being written. A kind with a demanded heading brings it. Raises :class:`InvalidInput`."""
    now = known_draft(writer, draft)
    values = {name: e.value for name, e in edits.items()}
    kind = values.get("kind", now.kind)
    if "kind" in values and ("heading" not in values or kind in DEMANDED):
        heading = values.get("heading", now.heading)
        if kind in DEMANDED or heading in HEADINGS.values():
            values["heading"] = HEADINGS[kind]
    elif kind in DEMANDED:
        values.pop("heading", None)
    _check(writer, values)
    writer.act("Change an entry")
    kept = {name: edits.get(name) or Edit(None, writer.heads(draft, name)) for name in values}
    apply_edits(
        writer, EntryDraft, draft, {n: Edit(v, kept[n].parents, kept[n].seen) for n, v in values.items()}
    )


def say_of(writer: Writer, draft: Id, case: Id, text: str) -> None:
    """Write what an entry for several siblings says of one of them alone; empty takes it away."""
    view = open_draft(writer, draft)
    if case not in {found.id for found in view.cases}:
        raise KeyError("the entry is not written for that case")
    words = tidy("text", text, ENTRY_LENGTH)
    if words == view.part(case):
        return
    writer.act("Change an entry")
    part = view.parts.get(case)
    if part is None:
        stream = view.draft.stream
        writer.create(EntryPart(id=writer.new_id(), stream=stream, draft=draft, case=case, text=words))
    else:
        writer.set(EntryPart, part.id, "text", words, parents=None)


def discard(writer: Writer, draft: Id) -> None:
    """Take back an entry that was never signed."""
    known_draft(writer, draft)
    writer.act("Discard an entry")
    writer.cancel(EntryDraft, draft)


def _check(reader: Reader, values: dict[str, Any]) -> None:
    for name in ("heading", "informant"):
        if name in values:
            values[name] = tidy(name, str(values[name]), NAME_LENGTH)
    if "text" in values:
        values["text"] = tidy("text", str(values["text"]), ENTRY_LENGTH)
    for name in ("participants", "tags"):
        if name in values:
            values[name] = _lines(name, values[name])
    held = values.get("held_on")
    if held is not None and held > reader.today:
        raise InvalidInput("held_on", "That day has not come yet.", "Check the computer's clock if it has.")


def _lines(name: str, lines: Iterable[str]) -> tuple[str, ...]:
    clean = tuple(dict.fromkeys(filter(None, (tidy(name, line, NAME_LENGTH) for line in lines))))
    if len(clean) > MOST_TAGS:
        raise InvalidInput(name, "There is room for {n} of them.", n=MOST_TAGS)
    return clean


# --- Signed ----------------------------------------------------------------------------------------------------


def sign(writer: Writer, draft: Id) -> tuple[Id, ...]:
    """Sign an entry into the journal of each child it is written for; return the entries' ids.

    Each child's entry holds the common part and its own, and nothing of another's. Signing is not undone. Raises
    :class:`InvalidInput` when there is no heading or nothing is written.
    """
    view = open_draft(writer, draft)
    now = view.draft
    if not now.heading:
        raise InvalidInput("heading", "Write a heading: it is what the entry is found by.")
    if not now.text and not all(view.part(case.id) for case in view.cases):
        raise InvalidInput("text", "Nothing is written yet.")
    writer.act("Sign an entry", final=True)
    signed = journal.signature(writer)
    made = []
    for case in view.cases:
        entry = writer.new_id()
        made.append(entry)
        writer.create(
            Entry(
                id=entry,
                stream=case.stream,
                kind=now.kind,
                heading=now.heading,
                held_on=now.held_on,
                written_on=writer.today,
                participants=now.participants,
                informant=now.informant,
                text=now.text,
                own_text=view.part(case.id),
                tags=now.tags,
                links=_links_in(writer, now.links, case.stream),
                source_type=now.source_type if case.id == now.case else "",
                source=now.source if case.id == now.case else None,
                corrects=now.corrects if case.id == now.case else None,
                common=draft if len(view.cases) > 1 else None,
                **signed,  # type: ignore[arg-type]  # three fields of the entry, by name
            )
        )
    writer.cancel(EntryDraft, draft)
    return tuple(made)


def _links_in(reader: Reader, links: Iterable[str], stream: Id) -> tuple[str, ...]:
    """Return the links that point into one case: a sibling's file names nothing of another's."""
    return tuple(link for link in links if stream_of(reader, link) == stream)


def stream_of(reader: Reader, link: str) -> Id | None:
    """Return the stream of what a link (``kind:hex``) points at, or ``None`` when it is not there."""
    from caseworker_app.domain.entity import type_named

    kind, _, name = link.partition(":")
    declared = type_named(kind)
    if declared is None or len(name) != 32:
        return None
    thing = reader.get(declared.cls, bytes.fromhex(name))
    return None if thing is None or thing.cancelled else thing.stream


def link_to(kind: str, thing: Id) -> str:
    """Return the link to a thing."""
    return f"{kind}:{thing.hex()}"


# --- Looking ---------------------------------------------------------------------------------------------------


def own_stream(reader: Reader) -> Id:
    """Return the worker's own stream. Raises ``KeyError`` in a store that has not been told whose it is."""
    worker = reader.get(Worker, reader.author)
    if worker is None:
        raise KeyError("nobody's store")
    return worker.stream


def known(reader: Reader, entry: Id) -> Entry:
    """Return an entry. Raises ``KeyError`` when there is none."""
    found = reader.get(Entry, entry)
    if found is None:
        raise KeyError("no such entry")
    return found


def known_draft(reader: Reader, draft: Id) -> EntryDraft:
    """Return an entry being written. Raises ``KeyError`` when there is none, :class:`UserError` when it is signed."""
    found = reader.get(EntryDraft, draft)
    if found is None:
        raise KeyError("no such entry being written")
    if found.cancelled:
        raise UserError("This entry is signed or discarded already.", "Look in the journal.")
    return found


def open_draft(reader: Reader, draft: Id) -> DraftView:
    """Return an entry being written with its cases and parts."""
    now = known_draft(reader, draft)
    ids = [case for case in (now.case, *sorted(now.siblings)) if case is not None]
    found = [case for case in (reader.get(Case, one) for one in dict.fromkeys(ids)) if case is not None]
    parts = {part.case: part for part in reader.find(EntryPart, where={"draft": draft}) if part.case}
    corrected = None if now.corrects is None else reader.get(Entry, now.corrects)
    return DraftView(now, tuple(found), parts, corrected)


def drafts_of(reader: Reader, case: Id | None = None) -> tuple[EntryDraft, ...]:
    """Return the entries being written, of one case (also as a sibling's) or all, latest first."""
    found = [d for d in reader.find(EntryDraft) if case is None or case == d.case or case in d.siblings]
    return tuple(reversed(found))


def siblings_of(reader: Reader, case: Id) -> tuple[Case, ...]:
    """Return the active cases an entry in this one may be written for at the same time."""
    now = reader.get(Case, case)
    if now is None:
        raise KeyError("no such case")
    found = (
        reader.get(Case, link.other_case)
        for link in reader.find(SiblingLink, stream=now.stream)
        if link.other_case
    )
    return tuple(
        sorted((one for one in found if one is not None and one.active), key=lambda one: one.child_name)
    )


def corrections_of(reader: Reader, entry: Id) -> tuple[Entry, ...]:
    """Return the signed entries that correct one, oldest first."""
    return tuple(reader.find(Entry, where={"corrects": entry}))


def newest_first(found: Iterable[Entry]) -> list[Entry]:
    """Return entries by the day they are about, latest first."""
    return sorted(
        found, key=lambda e: (e.day or dt.date.min, e.written_on or dt.date.min, e.id), reverse=True
    )
