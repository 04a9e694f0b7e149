"""What leads to a meeting and on from it: the points people want on the agenda, how each is prepared, whom the background
may go to, who was told that it is called off, and what was agreed the last time and how that went."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from caseworker_app.domain.agenda import AgendaPoint
from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.consent import Consent
from caseworker_app.domain.entity import Entity
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Meeting, MeetingState, Participant
from caseworker_app.domain.network_map import NetworkMap
from caseworker_app.domain.office import Print
from caseworker_app.domain.order import key_after
from caseworker_app.domain.papers import Paper
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.meeting_lines import known_meeting, last_order
from caseworker_app.services.meetings import MeetingView
from caseworker_app.services.ports import Reader, Writer
from caseworker_app.services.typed import NAME_LENGTH, TEXT_LENGTH, tidy

E = TypeVar("E", bound=Entity)

_SHORTEST_NAME = 4
"""A name or place of work shorter than this is not looked for in the words of a consent."""


# --- What people want on the agenda ----------------------------------------------------------------------------


def add_wish(
    writer: Writer, meeting: Id, text: str, participant: Id | None = None, *, quiet: bool = False
) -> Id:
    """Write a point somebody wants on the agenda, in her words. Raises :class:`InvalidInput` for an empty one."""
    return add_wishes(writer, meeting, [(text, participant)], quiet=quiet)[0]


def add_wishes(
    writer: Writer, meeting: Id, wishes: Iterable[tuple[str, Id | None]], *, quiet: bool = False
) -> tuple[Id, ...]:
    """Write several points in their order, each with whose it is, in one act; return their ids."""
    found = known_meeting(writer, meeting)
    last, made = last_order(writer, AgendaPoint, meeting), []
    writer.act("Put a point on the agenda")
    for text, participant in wishes:
        words = tidy("text", text, TEXT_LENGTH)
        if not words:
            raise InvalidInput("text", "Write something first.")
        last = key_after(last)
        made.append(
            AgendaPoint(
                id=writer.new_id(),
                stream=found.stream,
                meeting=meeting,
                participant=participant,
                text=words,
                quiet=quiet,
                order=last,
            )
        )
        writer.create(made[-1])
    return tuple(one.id for one in made)


def edit_wish(writer: Writer, point: Id, edits: Mapping[str, Edit]) -> None:
    """Change a point; emptied, it is taken back."""
    _known(writer, AgendaPoint, point)
    values = {name: edit.value for name, edit in edits.items()}
    if "text" in values:
        values["text"] = tidy("text", str(values["text"]), TEXT_LENGTH)
    if values.get("text") == "":
        writer.act("Take back a point of the agenda")
        writer.cancel(AgendaPoint, point)
        return
    writer.act("Change a point of the agenda")
    apply_edits(writer, AgendaPoint, point, {n: Edit(v, edits[n].parents) for n, v in values.items()})


def prepare(writer: Writer, participant: Id, values: Mapping[str, Any]) -> None:
    """Note how a participant is prepared: the day it was talked about, who comes along, when the interpreter was ordered.

    Raises :class:`InvalidInput` for a day to come.
    """
    _known(writer, Participant, participant)
    checked = dict(values)
    if checked.keys() - {"prepared_on", "support_person", "interpreter_on"}:
        raise KeyError("not a field of the preparation")
    if "support_person" in checked:
        checked["support_person"] = tidy("support_person", str(checked["support_person"]), NAME_LENGTH)
    for name in ("prepared_on", "interpreter_on"):
        _check_day(writer, name, checked.get(name))
    writer.act("Prepare a participant for the meeting")
    for name, value in checked.items():
        writer.set(Participant, participant, name, value, parents=None)


def told(writer: Writer, participants: Iterable[Id], on: dt.date | None) -> None:
    """Note on which day participants were told that the meeting is called off; ``None`` says that they were not."""
    _check_day(writer, "told_on", on)
    writer.act("Note who was told that the meeting is called off")
    for one in participants:
        if _known(writer, Participant, one).told_on != on:
            writer.set(Participant, one, "told_on", on, parents=None)


def untold(view: MeetingView) -> tuple[Participant, ...]:
    """Return who does not know yet that a meeting was called off."""
    if view.meeting.state is not MeetingState.CALLED_OFF:
        return ()
    return tuple(one for one in view.participants if one.told_on is None)


def _check_day(reader: Reader, name: str, day: dt.date | None) -> None:
    if day is not None and day > reader.today:
        raise InvalidInput(name, "That day has not come yet.")


def _known(reader: Reader, cls: type[E], thing: Id) -> E:
    found = reader.get(cls, thing)
    if found is None:
        raise KeyError("no such thing at the meeting")
    return found


# --- Whom the background may go to -----------------------------------------------------------------------------


def may_have_background(
    participant: Participant, people: Iterable[Person], consents: Iterable[Consent], today: dt.date
) -> bool:
    """Whether the background may go along with an invitation.

    Who holds custody, and the child, know it; a professional gets it where a consent stands that names her, her function
    or her place of work; network never.
    """
    person = next((one for one in people if one.id == participant.person), None)
    if participant.audience is Audience.CHILD:
        return True
    if participant.audience is Audience.PARENT:
        return person is not None and person.has_custody
    if participant.audience is not Audience.PROFESSIONAL:
        return False
    words = [participant.name, participant.function]
    if person is not None:
        words += [person.organisation, person.function]
    return any(_covers(one, words) for one in consents if one.stands_on(today))


def _covers(consent: Consent, words: Iterable[str]) -> bool:
    said = consent.recipient.casefold()
    return any(len(word.strip()) >= _SHORTEST_NAME and word.strip().casefold() in said for word in words)


# --- What was agreed the last time -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was agreed at an earlier meeting: settled since the one before, or still open."""

    agreement: Agreement
    agreed_on: dt.date | None


def earlier(reader: Reader, meeting: Id) -> tuple[Earlier, ...]:
    """Return what the meeting opens with: everything agreed at the last one before it, and what is open from those before.

    Meetings of the same series where it has one, else of the same case.
    """
    found = known_meeting(reader, meeting)
    before = [one for one in _others(reader, found) if _is_before(one, found)]
    if not before:
        return ()
    before.sort(key=_moment)
    days = {one.id: one.when.day if one.when else None for one in before}
    rows: list[Earlier] = []
    for one in before:
        last = one is before[-1]
        rows += [
            Earlier(agreed, days[one.id])
            for agreed in sorted(
                reader.find(Agreement, where={"meeting": one.id}), key=lambda a: (a.order, a.id)
            )
            if last or agreed.done_on is None
        ]
    return tuple(rows)


def _others(reader: Reader, found: Meeting) -> list[Meeting]:
    if found.series is not None:
        same = reader.find(Meeting, where={"series": found.series})
    else:
        same = reader.find(Meeting, stream=found.stream)
    held = [one for one in same if one.id != found.id and one.stream == found.stream]
    return [one for one in held if one.state is MeetingState.HELD]


def _moment(meeting: Meeting) -> tuple[dt.date, dt.time]:
    when = meeting.when
    return (dt.date.min, dt.time.min) if when is None else (when.day, when.start)


def _is_before(one: Meeting, found: Meeting) -> bool:
    return found.when is None or _moment(one) < _moment(found)


# --- Where it stands -------------------------------------------------------------------------------------------


STEPS = {
    "tried": N_("Own ways tried"),
    "agreed": N_("Time agreed"),
    "map": N_("Network map"),
    "participants": N_("Participants"),
    "invited": N_("Invitations"),
    "answers": N_("Answers"),
    "prepared": N_("Preparation"),
    "held": N_("Meeting"),
    "minutes": N_("Minutes"),
    "agreements": N_("Agreements"),
}
"""The steps on the way, in their order."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: done or not, and how far where it is counted (``of`` 0 where it is not)."""

    name: str
    done: bool
    number: int = 0
    of: int = 0


def steps(view: MeetingView, printed: Iterable[Print], maps: bool) -> tuple[Step, ...]:
    """Return how far a meeting has come; ``maps`` whether a network map is drawn in the case."""
    meeting, people = view.meeting, view.participants
    kinds = {one.document for one in printed}
    letters = {one.recipient for one in printed if one.document == Paper.INVITATION.value}
    answered = sum(one.attendance.value != "invited" for one in people)
    family = [one for one in people if one.audience in (Audience.CHILD, Audience.PARENT)]
    prepared = sum(one.prepared_on is not None for one in family)
    held = meeting.state is MeetingState.HELD
    found = [
        Step("tried", bool(meeting.tried)),
        Step("agreed", bool(meeting.time_agreed) and meeting.when is not None),
        Step("map", maps),
        Step("participants", bool(people), len(people)),
        Step("invited", bool(people) and len(letters) >= len(people), len(letters), len(people)),
        Step("answers", bool(people) and answered == len(people), answered, len(people)),
        Step("prepared", bool(family) and prepared == len(family), prepared, len(family)),
        Step("held", held),
        Step("minutes", Paper.MINUTES.value in kinds and held),
        Step("agreements", bool(view.agreements), len(view.agreements)),
    ]
    skipped = set() if view.about_child else {"map", "tried", "prepared"}
    if view.invited_to:
        skipped |= {"tried", "agreed", "map", "participants", "invited", "answers", "minutes"}
    return tuple(one for one in found if one.name not in skipped)


def has_map(reader: Reader, meeting: Meeting) -> bool:
    """Whether a network map is drawn in the meeting's case."""
    return bool(reader.find(NetworkMap, stream=meeting.stream))
