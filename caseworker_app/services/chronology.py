"""What happened in a case, day by day, from everything that was written in it; and how each event is shown."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple

from caseworker_app.domain.case import Case
from caseworker_app.domain.chronology import ChronologyMark, Event, EventKind
from caseworker_app.domain.document import Document
from caseworker_app.domain.follow_up import CaseEvent, FollowUp, PartyHearing, RhythmDecision
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.map_words import VOICE_LABELS
from caseworker_app.domain.measurement import PHASE_LABELS, Measurement
from caseworker_app.domain.meeting import Meeting, MeetingState, kind_name
from caseworker_app.domain.network_map import MapState, NetworkMap
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import PLAN_KIND_LABELS, Plan
from caseworker_app.domain.rules.vocabulary import EVENT_LABELS
from caseworker_app.domain.visit import VISIT_KIND_LABELS, Visit, VisitState
from caseworker_app.services import chronology_assessed, chronology_entries
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import TEXT_LENGTH, tidy


class Shown(NamedTuple):
    """An event with its mark."""

    event: Event
    mark: ChronologyMark | None = None

    @property
    def hidden(self) -> bool:
        """Whether it is left out of the paper."""
        return self.mark is not None and self.mark.hidden

    @property
    def highlighted(self) -> bool:
        """Whether it is held up as important."""
        return self.mark is not None and self.mark.highlighted

    @property
    def comment(self) -> str:
        """What the worker says of it."""
        return "" if self.mark is None else self.mark.comment


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is shown: kinds (empty for all), days inclusive, and whether what is left out stands there too."""

    kinds: frozenset[EventKind] = frozenset()
    since: dt.date | None = None
    until: dt.date | None = None
    with_hidden: bool = True


EVERYTHING = Wanted()


def view(reader: Reader, case: Id, wanted: Wanted = EVERYTHING) -> tuple[Shown, ...]:
    """Return what happened in a case, latest first. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    return _shown(reader, found, _events(reader, found), wanted)


SCREENFUL = 60
"""So many entries are read for what is seen at once."""


def first(reader: Reader, case: Id) -> tuple[Shown, ...]:
    """Return the beginning of :func:`view`, a screenful at least, for a long case without reading all of it; empty when
    the case is so short that there is nothing to be gained. Raises ``KeyError`` when there is no such case."""
    found = reader.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    if reader.count(Entry, stream=found.stream) < 4 * SCREENFUL:
        return ()
    latest, since = chronology_entries.latest(reader, found.stream, SCREENFUL)
    if since is None:
        return ()
    events = _events(reader, found, entries=latest)
    return _shown(reader, found, events, Wanted(since=since))


def _shown(reader: Reader, case: Case, events: Iterable[Event], wanted: Wanted) -> tuple[Shown, ...]:
    """Return events with their marks: the latest day first, of one day what was written last."""
    found = list(events) if wanted == EVERYTHING else [one for one in events if _is_wanted(one, wanted)]
    found.reverse()
    found.sort(key=_DAY, reverse=True)
    marks: dict[Id | None, list[ChronologyMark]] = defaultdict(list)
    for mark in reader.find(ChronologyMark, stream=case.stream):
        marks[mark.thing].append(mark)
    if not marks:
        return tuple(map(Shown, found))
    shown = (Shown(event, _mark_of(event, marks.get(event.thing, ()))) for event in found)
    return tuple(one for one in shown if wanted.with_hidden or not one.hidden)


_DAY = attrgetter("day")


def _mark_of(event: Event, marks: Iterable[ChronologyMark]) -> ChronologyMark | None:
    return next((mark for mark in marks if mark.event == event.key), None)


def _is_wanted(event: Event, wanted: Wanted) -> bool:
    return (
        (not wanted.kinds or event.kind in wanted.kinds)
        and (wanted.since is None or event.day >= wanted.since)
        and (wanted.until is None or event.day <= wanted.until)
    )


# --- Curated ---------------------------------------------------------------------------------------------------


def hide(writer: Writer, case: Id, event: Event, hidden: bool = True) -> None:
    """Leave an event out of the paper, or take it in again. Nothing of what was written is touched."""
    writer.act("Leave out of the chronology" if hidden else "Take into the chronology")
    _mark(writer, case, event, "hidden", hidden)


def highlight(writer: Writer, case: Id, event: Event, highlighted: bool = True) -> None:
    """Hold an event up as important, or no longer."""
    writer.act("Mark as important" if highlighted else "No longer mark as important")
    _mark(writer, case, event, "highlighted", highlighted)


def comment(writer: Writer, case: Id, event: Event, words: str) -> None:
    """Say something of an event; empty takes the comment away. Raises ``InvalidInput`` when it is too long."""
    clean = tidy("comment", words, TEXT_LENGTH)
    writer.act("Comment in the chronology")
    _mark(writer, case, event, "comment", clean)


def _mark(writer: Writer, case: Id, event: Event, field: str, value: Any) -> None:
    found = writer.get(Case, case)
    if found is None:
        raise KeyError("no such case")
    there = writer.find(ChronologyMark, stream=found.stream, where={"event": event.key})
    if there:
        writer.set(ChronologyMark, there[0].id, field, value, parents=None)
        return
    writer.create(
        ChronologyMark(
            id=writer.new_id(), stream=found.stream, event=event.key, thing=event.thing, **{field: value}
        )
    )


# --- Everything that happened ----------------------------------------------------------------------------------


def _events(reader: Reader, case: Case, entries: Iterable[Event] | None = None) -> Iterator[Event]:
    """Yield what happened; of the journal ``entries`` alone, where they are given."""
    yield from _of_case(case)
    for source in _SOURCES:
        yield from source(reader, case.stream)
    yield from chronology_entries.of_case(reader, case.stream) if entries is None else entries


def _of_case(case: Case) -> Iterator[Event]:
    for aspect, day, title in (
        ("opened", case.opened_on, Phrase("The case was opened")),
        ("closed", case.closed_on, Phrase("The case was closed")),
    ):
        if day is not None:
            detail = case.close_reason if aspect == "closed" else ""
            yield Event(EventKind.CASE, "case", case.id, day, title, detail, aspect)


def _meetings(reader: Reader, stream: Id) -> Iterator[Event]:
    for meeting in reader.find(Meeting, stream=stream, where={"state": MeetingState.HELD}):
        if meeting.when is not None:
            title = Phrase(kind_name(meeting))
            yield Event(EventKind.MEETING, "meeting", meeting.id, meeting.when.day, title, meeting.purpose)


def _follow_ups(reader: Reader, stream: Id) -> Iterator[Event]:
    for one in reader.find(FollowUp, stream=stream):
        if one.held_on is not None:
            yield Event(
                EventKind.FOLLOW_UP, "follow_up", one.id, one.held_on, Phrase("Follow-up held"), one.summary
            )
    for decision in reader.find(RhythmDecision, stream=stream):
        if decision.decided_on is not None:
            title = Phrase("Decision on how follow-up goes on")
            yield Event(
                EventKind.DECISION, "rhythm_decision", decision.id, decision.decided_on, title, decision.form
            )
    for hearing in reader.find(PartyHearing, stream=stream):
        if hearing.asked_on is not None and hearing.held_on is None:
            title = Phrase("Hearing of the child asked for")
            yield Event(EventKind.CHILD_HEARD, "party_hearing", hearing.id, hearing.asked_on, title)


def _interventions(reader: Reader, stream: Id) -> Iterator[Event]:
    for one in reader.find(Intervention, stream=stream):
        for aspect, day, kind, title, detail in (
            (
                "decided",
                one.decided_on,
                EventKind.DECISION,
                Phrase("Decided: {name}", {"name": one.name}),
                one.purpose,
            ),
            (
                "begun",
                one.start,
                EventKind.INTERVENTION,
                Phrase("Begun: {name}", {"name": one.name}),
                one.supplier,
            ),
            (
                "ended",
                one.ended_on,
                EventKind.INTERVENTION,
                Phrase("Ended: {name}", {"name": one.name}),
                one.end_note,
            ),
        ):
            if day is not None:
                yield Event(kind, "intervention", one.id, day, title, detail, aspect)


def _plans(reader: Reader, stream: Id) -> Iterator[Event]:
    for plan in reader.find(Plan, stream=stream):
        name = Phrase(PLAN_KIND_LABELS[plan.kind])
        for aspect, ready, title in (
            ("ready", plan.ready_on, Phrase("Ready: {name}", {"name": name})),
            ("ended", plan.ended_on, Phrase("Ended: {name}", {"name": name})),
        ):
            if ready is not None:
                yield Event(EventKind.PLAN, "plan", plan.id, ready, title, plan.purpose, aspect)


def _maps(reader: Reader, stream: Id) -> Iterator[Event]:
    for drawn in reader.find(NetworkMap, stream=stream):
        if drawn.drawn_on is not None and drawn.state is not MapState.DRAFT:
            title = Phrase("Network map drawn: {voice}", {"voice": Phrase(VOICE_LABELS[drawn.voice])})
            yield Event(EventKind.MAP, "network_map", drawn.id, drawn.drawn_on, title, drawn.place)


def _documents(reader: Reader, stream: Id) -> Iterator[Event]:
    for id_, title, dated, sender in reader.pick(Document, ("title", "dated", "sender"), stream=stream):
        if dated is not None:
            yield Event(EventKind.DOCUMENT, "document", id_, dated, title, sender)


def _case_events(reader: Reader, stream: Id) -> Iterator[Event]:
    for one in reader.find(CaseEvent, stream=stream):
        if one.happened_on is not None:
            title = Phrase(EVENT_LABELS.get(one.event, "Event that starts a deadline"))
            yield Event(EventKind.CASE, "case_event", one.id, one.happened_on, title, one.note)


def _visits(reader: Reader, stream: Id) -> Iterator[Event]:
    for one in reader.find(Visit, stream=stream, where={"state": VisitState.HELD}):
        if one.held_on is not None:
            title = Phrase(VISIT_KIND_LABELS[one.kind])
            yield Event(EventKind.VISIT, "visit", one.id, one.held_on, title, one.joint_with)


def _measurements(reader: Reader, stream: Id) -> Iterator[Event]:
    for one in reader.find(Measurement, stream=stream):
        if one.taken_on is not None:
            said = {"name": one.asked or one.called, "phase": Phrase(PHASE_LABELS[one.phase])}
            title = Phrase("Measurement: {name}, {phase}", said)
            words = one.own_words or one.observation or one.note or one.reason
            yield Event(EventKind.MEASUREMENT, "measurement", one.id, one.taken_on, title, words)


_SOURCES = (
    _documents,
    _meetings,
    _follow_ups,
    _interventions,
    *chronology_assessed.SOURCES,
    _plans,
    _maps,
    _visits,
    _measurements,
    _case_events,
)
"""Each reads one kind of thing of a case, but for the entries; a new kind of thing is one more."""
