"""Notatpligt: what was held and nobody has written of (OFL § 13; law sheet 2).

A follow-up is written of when there is an entry of it, or of the talk with the child that was held at it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import type_named
from caseworker_app.domain.follow_up import ChildTalk, FollowUp, PartyHearing
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import DUTY_DAYS, HEADINGS, Entry, EntryDraft, EntryKind
from caseworker_app.domain.meeting import Attendance, Meeting, MeetingState, Participant
from caseworker_app.domain.phrases import N_
from caseworker_app.services.entries import link_to
from caseworker_app.services.ports import Reader

LOOKED_BACK = dt.timedelta(days=92)
"""What was held longer ago is not hinted at any more."""
_RECENT = 200
"""So many of a case's latest entries are looked through for a link."""

HINT_LABELS = {
    "meeting": N_("Write an entry about the meeting on {day}"),
    "follow_up": N_("Write an entry about the follow-up on {day}"),
    "party_hearing": N_("Write an entry about the hearing of the child on {day}"),
    "visit": N_("Write an entry about the visit on {day}"),
}
"""What a hint says, by what was held."""
_KINDS = {
    "meeting": EntryKind.MEETING,
    "follow_up": EntryKind.FOLLOW_UP,
    "party_hearing": EntryKind.PARTY_HEARING,
    "visit": EntryKind.HOME_VISIT,
}


@dataclass(frozen=True, slots=True)
class Hint:
    """Something held that no entry is written of. ``days`` is how long ago."""

    case: Case
    source_type: str
    source: Id
    held_on: dt.date
    participants: tuple[str, ...]
    days: int

    def values(self) -> dict[str, Any]:
        """Return what an entry about it begins with."""
        kind = _KINDS[self.source_type]
        return {
            "kind": kind,
            "heading": HEADINGS[kind],
            "held_on": self.held_on,
            "participants": self.participants,
            "links": (link_to(self.source_type, self.source),),
            "source_type": self.source_type,
            "source": self.source,
        }


@dataclass(frozen=True, slots=True)
class _Held:
    kind: str
    thing: Any
    on: dt.date


def hints(reader: Reader, cases: Iterable[Case]) -> tuple[Hint, ...]:
    """Return what was held in some cases more than :data:`DUTY_DAYS` days ago and is not written of, oldest first."""
    by_stream = {case.stream: case for case in cases}
    today = reader.today
    first, last = today - LOOKED_BACK, today - dt.timedelta(days=DUTY_DAYS + 1)
    found = [
        one for one in _held(reader, first, by_stream) if one.on <= last and one.thing.stream in by_stream
    ]
    if not found:
        return ()
    drafts = reader.find(EntryDraft)
    known = _Written(reader, first, drafts)
    return tuple(
        Hint(
            by_stream[one.thing.stream],
            one.kind,
            one.thing.id,
            one.on,
            _took_part(reader, one),
            (today - one.on).days,
        )
        for one in sorted(found, key=lambda one: (one.on, one.thing.id))
        if not known.of(one)
    )


def of_case(reader: Reader, case: Case) -> tuple[Hint, ...]:
    """Return the hints of one case."""
    return hints(reader, (case,))


def _held(reader: Reader, since: dt.date, by_stream: dict[Id, Case]) -> Iterator[_Held]:
    stream = next(iter(by_stream)) if len(by_stream) == 1 else None
    for meeting in reader.find(Meeting, stream=stream, where={"state": MeetingState.HELD}):
        if meeting.when is not None and meeting.when.day >= since:
            yield _Held("meeting", meeting, meeting.when.day)
    most = 10_000
    for kind, cls in (("follow_up", FollowUp), ("party_hearing", PartyHearing), ("visit", None)):
        declared = type_named(kind) if cls is None else None
        of: Any = cls or (declared.cls if declared is not None and "held_on" in declared.specs else None)
        if of is not None:
            for thing in reader.newest(of, ("held_on",), stream=stream, since=since, limit=most):
                yield _Held(kind, thing, _day(thing.held_on))


def _day(held: dt.date | dt.datetime) -> dt.date:
    return held.date() if isinstance(held, dt.datetime) else held


class _Written:
    """What is written of: asked by the source first, which is quick, then among the latest entries' links."""

    def __init__(self, reader: Reader, since: dt.date, drafts: list[EntryDraft]) -> None:
        self._reader, self._since = reader, since
        self._begun = {one.source for one in drafts} | {link for one in drafts for link in one.links}
        self._linked: dict[Id, frozenset[str]] = {}

    def of(self, one: _Held) -> bool:
        name = link_to(one.kind, one.thing.id)
        if one.thing.id in self._begun or name in self._begun or self._from(one.thing.id):
            return True
        if one.kind == "follow_up":
            talks = self._reader.find(ChildTalk, where={"follow_up": one.thing.id})
            if any(self._from(talk.id) for talk in talks):
                return True
        return name in self._links(one.thing.stream)

    def _from(self, source: Id) -> bool:
        return self._reader.count(Entry, where={"source": source}) > 0

    def _links(self, stream: Id) -> frozenset[str]:
        if stream not in self._linked:
            found = self._reader.newest(
                Entry, ("held_on", "written_on"), stream=stream, since=self._since, limit=_RECENT
            )
            self._linked[stream] = frozenset(link for entry in found for link in entry.links)
        return self._linked[stream]


def _took_part(reader: Reader, one: _Held) -> tuple[str, ...]:
    if one.kind != "meeting":
        return tuple(getattr(one.thing, "participants", ()))
    came = reader.find(Participant, where={"meeting": one.thing.id})
    return tuple(who.name for who in came if who.attendance is Attendance.CAME and who.name)
