"""Partshøring of parents: sent with what it is about, answered by a day, and written in the journal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.consent import ParentsHearing
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry, EntryDraft, EntryKind
from caseworker_app.services import entries
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

ABOUT, ANSWER, NO_ANSWER = "Hørt om", "Svar", "Intet svar inden fristen"
"""The file is Danish, whatever language the screen has."""


def send(writer: Writer, case: Id, values: Mapping[str, Any]) -> Id:
    """Record that a parent is heard, today unless a day is written; return the hearing's id.

    Raises :class:`InvalidInput`; ``KeyError`` when there is no such case.
    """
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    checked = {"sent_on": writer.today, **{k: v for k, v in values.items() if v is not None}}
    _check(writer, checked, ParentsHearing(**checked))
    writer.act("Hear a parent")
    made = writer.new_id()
    writer.create(ParentsHearing(id=made, stream=found.stream, **checked))
    return made


def edit(writer: Writer, hearing: Id, edits: Mapping[str, Edit]) -> None:
    """Change a hearing, or write its answer. Raises :class:`InvalidInput`."""
    now = known(writer, hearing)
    values = {name: one.value for name, one in edits.items()}
    _check(writer, values, replace(now, **values))
    writer.act("Change a hearing of a parent")
    checked = {name: replace(edits[name], value=value) for name, value in values.items()}
    apply_edits(writer, ParentsHearing, hearing, checked)


def remove(writer: Writer, hearing: Id) -> None:
    """Take back a hearing that was registered by mistake."""
    known(writer, hearing)
    writer.act("Remove a hearing of a parent")
    writer.cancel(ParentsHearing, hearing)


def known(reader: Reader, hearing: Id) -> ParentsHearing:
    """Return a hearing. Raises ``KeyError`` when there is none."""
    found = reader.get(ParentsHearing, hearing)
    if found is None:
        raise KeyError("no such hearing")
    return found


def _check(reader: Reader, values: dict[str, Any], after: ParentsHearing) -> None:
    for names, longest in ((("who",), NAME_LENGTH), (("about", "answer"), TEXT_LENGTH)):
        for name in names:
            if name in values:
                values[name] = tidy(name, str(values[name]), longest)
    if not after.who.strip():
        raise InvalidInput("who", "Write who is heard.")
    if not after.about.strip():
        raise InvalidInput("about", "Write about which information.")
    sent = after.sent_on
    for name in ("sent_on", "answered_on"):
        day = getattr(after, name)
        if name in values and day is not None and day > reader.today:
            raise InvalidInput(name, "That day has not come yet.", "Check the computer's clock if it has.")
    for name in ("answered_on", "deadline"):
        day = getattr(after, name)
        if day is not None and sent is not None and day < sent:
            raise InvalidInput(name, "That is before it was sent.")


def of_case(reader: Reader, case: Id) -> tuple[ParentsHearing, ...]:
    """Return a case's hearings of parents, the latest first."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    hearings = reader.find(ParentsHearing, stream=found.stream)
    return tuple(sorted(hearings, key=lambda one: one.sent_on or dt.date.min, reverse=True))


def written(reader: Reader, hearing: Id) -> Entry | EntryDraft | None:
    """Return the journal entry a hearing became, or the one being written of it."""
    signed = reader.find(Entry, where={"source": hearing})
    return signed[0] if signed else next(iter(reader.find(EntryDraft, where={"source": hearing})), None)


def write_entry(writer: Writer, case: Id, hearing: Id) -> Id:
    """Begin the journal entry "Partshøring - af forældre" of a hearing; return the draft's id.

    Raises :class:`UserError` when it is begun or signed already.
    """
    found = known(writer, hearing)
    if written(writer, hearing) is not None:
        raise UserError("The journal entry of this hearing is begun already.", "Look in the journal.")
    parts = [f"{ABOUT}:\n{found.about}"]
    if found.answer:
        parts.append(f"{ANSWER}:\n{found.answer}")
    elif found.deadline is not None and found.deadline < writer.today:
        parts.append(f"{NO_ANSWER}.")
    return entries.begin(
        writer,
        case,
        {
            "kind": EntryKind.PARENTS_HEARING,
            "held_on": found.answered_on or found.sent_on,
            "participants": (found.who,),
            "text": "\n\n".join(parts),
            "source_type": "parents_hearing",
            "source": hearing,
        },
    )
