"""From a netværkskort to people: invited to an involving network meeting, agreed with, noted as possible network help.

None of it changes what was drawn, so a kept map takes part as well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.honour import Involved
from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_template import Templates
from caseworker_app.domain.meeting import Audience, Meeting, MeetingState, Participant
from caseworker_app.domain.network_map import (
    Candidate,
    MapPerson,
    MapPersonKind,
    NetworkMap,
    NetworkTask,
)
from caseworker_app.domain.order import key_after
from caseworker_app.domain.person import PARENTS, Person
from caseworker_app.services import honour, meetings
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.map_reading import case_of, known, ordered, template_of, thing_on
from caseworker_app.services.meeting_lines import last_order
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import TEXT_LENGTH, tidy

NEAR_RINGS = 2
"""How many rings from the middle may be asked about a placement or relief."""


# --- Meetings ------------------------------------------------------------------------------------------------


def planned(reader: Reader, map_id: Id) -> tuple[Meeting, ...]:
    """Return the case's planned meetings that people of a map may be invited to, those with a day first."""
    found = known(reader, map_id)
    rows = reader.find(Meeting, stream=found.stream, where={"state": MeetingState.PLANNED})
    return tuple(sorted(rows, key=lambda one: one.when.day if one.when else dt.date.max))


def can_be_invited(person: MapPerson) -> bool:
    """Whether somebody on a map can be asked to a meeting: a living human with a name."""
    human = person.kind in (MapPersonKind.PERSON, MapPersonKind.UNKNOWN)
    return human and bool(person.called) and not person.dead


def invite(
    writer: Writer,
    map_id: Id,
    people: Iterable[Id],
    meeting: Id | None = None,
    *,
    with_child: bool = False,
    purpose: str = "",
) -> Id:
    """Invite people of a map, and the child if asked for, to a meeting; without ``meeting`` a new involving one.

    Who has a card in the case is invited by it, others by the name on the map; nobody is invited twice. One act; returns
    the meeting's id. Raises ``GateShut`` while the risk assessment of an honour-related concern is missing or says no,
    ``InvalidInput`` when nobody of those chosen can be invited, ``KeyError`` for somebody who is not on the map.
    """
    found = known(writer, map_id)
    case = case_of(writer, found.stream)
    chosen = [thing_on(writer, MapPerson, one) for one in dict.fromkeys(people)]
    if any(one.map != map_id for one in chosen):
        raise KeyError("nobody of that id is on this map")
    guests = [one for one in chosen if can_be_invited(one)]
    if with_child and case.unborn:
        raise InvalidInput(
            "name", "The child is not born yet.", "Invite whoever speaks for the child, such as the midwife."
        )
    if not guests and not with_child:
        raise InvalidInput(
            "people", "Choose whom to invite.", "Animals, places and the dead cannot be invited."
        )
    cards = {one.case_person: writer.get(Person, one.case_person) for one in guests if one.case_person}
    honour.pass_gate(writer, case.id, _involved(guests, cards))
    there: list[Participant] = []
    if meeting is None:
        meeting = meetings.plan(writer, case.id, {"purpose": purpose})
    else:
        _check_meeting(writer, meeting, found)
        there = writer.find(Participant, where={"meeting": meeting})
    invited = _Invited(there)
    if with_child:
        invited.add(case.id, case.child_name, "", Audience.CHILD)
    for one in guests:
        card = cards.get(one.case_person or b"")
        if card is None:
            invited.add(None, one.called, one.role_word, Audience.NETWORK)
        else:
            words, is_msgid = meetings.role_words(card)
            invited.add(card.id, card.name, "" if is_msgid else words, meetings.audience_of(card))
    last = last_order(writer, Participant, meeting) if there else ""
    writer.act("Invite people of the network map to a meeting")
    for values in invited.new:
        last = key_after(last)
        writer.create(
            Participant(id=writer.new_id(), stream=found.stream, meeting=meeting, order=last, **values)
        )
    return meeting


class _Invited:
    """Who comes to be invited: nobody twice, by her card or else by her name."""

    def __init__(self, there: Iterable[Participant]) -> None:
        self._cards = {one.person for one in there if one.person is not None}
        self._names = {one.name.casefold() for one in there}
        self.new: list[dict[str, Any]] = []

    def add(self, card: Id | None, name: str, function: str, audience: Audience) -> None:
        twice = card in self._cards if card is not None else name.casefold() in self._names
        if twice:
            return
        self._names.add(name.casefold())
        if card is not None:
            self._cards.add(card)
        self.new.append({"person": card, "name": name, "function": function, "audience": audience})


def _involved(guests: Iterable[MapPerson], cards: Mapping[Id, Person | None]) -> frozenset[Involved]:
    """Return which of parents and network an invitation involves; whoever has no card is network."""
    roles = [cards[one.case_person] if one.case_person else None for one in guests]
    return frozenset(
        Involved.PARENTS if card is not None and card.role in PARENTS else Involved.NETWORK for card in roles
    )


def _check_meeting(reader: Reader, meeting: Id, found: NetworkMap) -> None:
    target = reader.get(Meeting, meeting)
    if target is None or target.cancelled or target.stream != found.stream:
        raise KeyError("no such meeting in the case")
    if target.state is not MeetingState.PLANNED:
        raise UserError("That meeting is not ahead any more.", "Choose a planned meeting, or plan a new one.")


# --- Small agreed tasks --------------------------------------------------------------------------------------


def add_task(writer: Writer, map_person: Id, what: str, due: dt.date | None = None) -> Id:
    """Write down a small thing somebody of the network has said yes to; return its id. Raises :class:`InvalidInput`."""
    person = thing_on(writer, MapPerson, map_person)
    values: dict[str, Any] = {"what": what, "due": due}
    _check_task(values)
    made = writer.new_id()
    writer.act("Agree on a small task")
    writer.create(
        NetworkTask(
            id=made,
            stream=person.stream,
            map=person.map,
            person=person.id,
            case_person=person.case_person,
            **values,
        )
    )
    return made


def _check_task(values: dict[str, Any]) -> None:
    if "what" in values:
        values["what"] = tidy("what", str(values["what"]), TEXT_LENGTH)
        if not values["what"]:
            raise InvalidInput("what", "Write what was agreed.")


def edit_task(writer: Writer, task: Id, edits: Mapping[str, Edit]) -> None:
    """Change what was agreed, or when. Raises :class:`InvalidInput`."""
    thing_on(writer, NetworkTask, task)
    values = {name: edit.value for name, edit in edits.items()}
    if values.keys() - {"what", "due"}:
        raise KeyError("not a field that is edited")
    _check_task(values)
    writer.act("Change a small task")
    apply_edits(writer, NetworkTask, task, {n: replace(edits[n], value=v) for n, v in values.items()})


def settle_task(writer: Writer, task: Id, on: dt.date | None) -> None:
    """Say on which day a task was done; ``None`` says that it was not. Raises :class:`InvalidInput` for a day to come."""
    now = thing_on(writer, NetworkTask, task)
    if on is not None and on > writer.today:
        raise InvalidInput("done_on", "That day has not come yet.")
    if now.done_on == on:
        return
    writer.act("The small task is done" if on is not None else "The small task is not done yet")
    writer.set(NetworkTask, task, "done_on", on, parents=None)


def remove_task(writer: Writer, task: Id) -> None:
    """Take back a task that was not agreed after all."""
    thing_on(writer, NetworkTask, task)
    writer.act("Remove a small task")
    writer.cancel(NetworkTask, task)


# --- Who may be asked about a placement or relief ------------------------------------------------------------


def may_be_candidate(person: MapPerson, near: Collection[str]) -> bool:
    """Whether somebody may be noted: a living person in one of the rings ``near`` the middle."""
    at = person.placement
    human = person.kind is MapPersonKind.PERSON and not person.dead
    return human and at is not None and at.ring in near


def near_rings(reader: Reader, map_id: Id, templates: Templates) -> frozenset[str]:
    """Return the ids of the two inner rings of a map."""
    template = template_of(known(reader, map_id), templates)
    return frozenset(ring.id for ring in template.inside[:NEAR_RINGS])


def set_candidate(writer: Writer, map_person: Id, candidate: Candidate | None, templates: Templates) -> None:
    """Note for whom of the two inner rings a network placement or relief may be asked about; ``None`` takes it back.

    It is the worker's own note, no part of what was drawn: a kept map keeps its checksum. Raises :class:`InvalidInput`.
    """
    now = thing_on(writer, MapPerson, map_person)
    if candidate is not None and not may_be_candidate(now, near_rings(writer, now.map or b"", templates)):
        raise InvalidInput("candidate", "Only a person in the two inner rings is noted for that.")
    if now.candidate is candidate:
        return
    writer.act("Note who may be asked about a placement or relief")
    writer.set(MapPerson, map_person, "candidate", candidate, parents=None)


def candidates(reader: Reader, case_stream: Id) -> tuple[MapPerson, ...]:
    """Return those noted on the newest map of each series and voice of a case."""
    newest: dict[tuple[Id | None, str], NetworkMap] = {}
    for one in reader.find(
        NetworkMap, stream=case_stream
    ):  # drawn on from one another: the last made is the newest
        newest[one.series, one.voice] = one
    found = (
        person
        for one in newest.values()
        for person in ordered(reader.find(MapPerson, where={"map": one.id}))
        if person.candidate is not None
    )
    return tuple(found)
