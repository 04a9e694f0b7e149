"""What becomes of minutes: sent as a draft for remarks, signed, sent to all invited, added to later.

What was signed or sent is a final act: it is not undone, and the text of that day stays as a version of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.cpr import contains_person_number
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, MeetingPoint, MeetingState
from caseworker_app.domain.minutes import (
    Beside,
    MinutesAddition,
    MinutesSending,
    MinutesVersion,
    SentHow,
    differences,
)
from caseworker_app.services import meetings, office, papers
from caseworker_app.services.cases import NAME_LENGTH, TEXT_LENGTH, tidy
from caseworker_app.services.meeting_lines import known_meeting
from caseworker_app.services.minutes_signed import refuse_signed, signed, versions
from caseworker_app.services.minutes_text import text_of
from caseworker_app.services.ports import Reader, Writer


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the minutes of a meeting stand. ``signed`` is the version that holds, ``drafts`` are older first."""

    drafts: tuple[MinutesVersion, ...]
    signed: MinutesVersion | None
    sendings: tuple[MinutesSending, ...]
    additions: tuple[MinutesAddition, ...]
    left: tuple[str, ...]
    """Who was invited and has not been sent the signed minutes."""

    @property
    def sent_to_all(self) -> dt.date | None:
        """The day on which the last of all invited was sent the signed minutes; ``None`` while somebody waits."""
        if self.signed is None or self.left:
            return None
        return max(
            (one.on for one in self.sendings if one.version == self.signed.id and one.on), default=None
        )


def standing(reader: Reader, meeting: Id) -> Standing:
    """Return where the minutes stand. Raises ``KeyError`` when there is no such meeting."""
    view = meetings.view(reader, meeting)
    kept = versions(reader, meeting)
    final = next((one for one in kept if not one.draft), None)
    sendings = tuple(reader.find(MinutesSending, where={"meeting": meeting}))
    sent = {one.participant for one in sendings if final is not None and one.version == final.id}
    return Standing(
        tuple(one for one in kept if one.draft),
        final,
        sendings,
        tuple(papers.minutes_additions(reader, meeting)),
        tuple(name for one, name in _recipients(view) if one not in sent),
    )


def _recipients(view: meetings.MeetingView) -> list[tuple[Id, str]]:
    return list(zip((p.id for p in view.participants), papers.recipients(view), strict=True))


def _keep(writer: Writer, meeting: Id, *, draft: bool) -> Id:
    found = known_meeting(writer, meeting)
    version = MinutesVersion(
        id=writer.new_id(),
        stream=found.stream,
        meeting=meeting,
        draft=draft,
        on=writer.today,
        by=office.house(writer).worker.name,
        text=text_of(writer, meeting),
    )
    writer.create(version)
    if not draft:
        _seal(writer, meeting)
    return version.id


def _seal(writer: Writer, meeting: Id) -> None:
    """Say of everything in the minutes that it is signed: what was done to it before is not undone any more."""
    writer.set(Meeting, meeting, "minutes_signed", True, parents=None)
    for cls in (MeetingPoint, Agreement):
        for line in writer.find(cls, where={"meeting": meeting}):
            writer.set(cls, line.id, "signed", True, parents=None)


def _refuse_unheld(reader: Reader, meeting: Id) -> None:
    if known_meeting(reader, meeting).state is not MeetingState.HELD:
        raise UserError(
            "The meeting is not marked as held yet.", "Mark it as held at the top of the page first."
        )


def sign(writer: Writer, meeting: Id) -> Id:
    """Sign the minutes: what stands in them now is kept and changes no more. A final act.

    Raises :class:`UserError` when the meeting is not held, or the minutes are signed already.
    """
    _refuse_unheld(writer, meeting)
    refuse_signed(writer, meeting)
    writer.act("Sign the minutes", final=True)
    return _keep(writer, meeting, draft=False)


def send(
    writer: Writer, meeting: Id, to: Iterable[Id], on: dt.date, how: SentHow, *, draft: bool = False
) -> Id:
    """Record that a copy was sent to each participant of ``to``; return the version. A final act.

    A ``draft`` for remarks keeps what stands in it today, to compare with what is signed later. Final minutes that are
    not signed yet are signed by it. Raises :class:`UserError`.
    """
    _refuse_unheld(writer, meeting)
    found = known_meeting(writer, meeting)
    names = dict(_recipients(meetings.view(writer, meeting)))
    chosen = [one for one in dict.fromkeys(to) if one in names]
    if not chosen:
        raise InvalidInput("to", "Choose at least one who was sent the minutes.")
    if on > writer.today:
        raise InvalidInput("on", "That day has not come yet.")
    if found.when is not None and on < found.when.day:
        raise InvalidInput("on", "The minutes cannot have been sent before the meeting was held.")
    final = signed(writer, meeting)
    if draft and final is not None:
        refuse_signed(writer, meeting)
    writer.act("Send the draft of the minutes" if draft else "Send the minutes", final=True)
    version = final.id if final is not None else _keep(writer, meeting, draft=draft)
    for one in chosen:
        writer.create(
            MinutesSending(
                id=writer.new_id(),
                stream=found.stream,
                meeting=meeting,
                version=version,
                participant=one,
                recipient=names[one],
                on=on,
                how=how,
            )
        )
    return version


def add(writer: Writer, meeting: Id, by: str, on: dt.date, text: str) -> Id:
    """Add a later remark to signed minutes; they stay as they are. A final act. Raises :class:`UserError`."""
    found = known_meeting(writer, meeting)
    clean, who = tidy("text", text, TEXT_LENGTH), tidy("by", by, NAME_LENGTH)
    if signed(writer, meeting) is None:
        raise UserError(
            "The minutes are not signed yet.", "Write what was remarked in them, and sign them afterwards."
        )
    if not who:
        raise InvalidInput("by", "Write whose remark it is.")
    if not clean:
        raise InvalidInput("text", "Write something first.")
    if contains_person_number(f"{who} {clean}"):
        raise InvalidInput("text", "A CPR number stands in it, and copies go to the family and the network.")
    if on > writer.today:
        raise InvalidInput("on", "That day has not come yet.")
    writer.act("Add to the minutes", final=True)
    made = MinutesAddition(
        id=writer.new_id(), stream=found.stream, meeting=meeting, by=who, on=on, text=clean
    )
    writer.create(made)
    return made.id


def compared(reader: Reader, meeting: Id, version: Id) -> list[Beside]:
    """Return a version that was sent beside the signed minutes, or beside what stands in them now while they are not.

    Raises ``KeyError`` when there is no such version.
    """
    before = reader.get(MinutesVersion, version)
    if before is None or before.meeting != meeting:
        raise KeyError("no such version")
    final = signed(reader, meeting)
    return differences(before.text, final.text if final is not None else text_of(reader, meeting))
