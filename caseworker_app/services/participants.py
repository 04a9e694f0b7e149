"""Who is invited to a meeting: the child, people of the case, or somebody typed in; their order, and who came."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.honour import Involved
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Attendance, Audience, Meeting, Participant
from caseworker_app.domain.order import key_after, key_between
from caseworker_app.domain.person import PARENTS, ROLE_LABELS, Person
from caseworker_app.services import honour
from caseworker_app.services.cases import NAME_LENGTH, tidy
from caseworker_app.services.forms import Edit, apply_edits
from caseworker_app.services.meeting_lines import known_meeting, last_order
from caseworker_app.services.ports import Writer

_INVOLVES = {Audience.PARENT: Involved.PARENTS, Audience.NETWORK: Involved.NETWORK}
"""Whom inviting somebody involves in the case."""


def audience_of(person: Person) -> Audience:
    """Return how a letter speaks to a person of the case."""
    if person.role in PARENTS or person.has_custody:
        return Audience.PARENT
    return Audience.NETWORK if person.private else Audience.PROFESSIONAL


def role_words(person: Person) -> tuple[str, bool]:
    """Return what a person is to the child, and whether the words are a msgid (``True``) or the user's own."""
    own = person.role_words if person.private else (person.function or person.role_words)
    return (own, False) if own else (ROLE_LABELS[person.role], True)


def is_the_child(participant: Participant, case: Case) -> bool:
    """Whether a participant is the case's own child: its ``person`` is the case. A sibling may be spoken to as a child."""
    return participant.person == case.id


def invite_child(writer: Writer, meeting: Id) -> Id:
    """Invite the child itself, once. Raises :class:`InvalidInput` for a child not born yet."""
    found = known_meeting(writer, meeting)
    case = next(iter(writer.find(Case, stream=found.stream, cancelled=True)), None)
    if case is None:
        raise InvalidInput("name", "The meeting is about no child.")
    if case.unborn:
        raise InvalidInput(
            "name", "The child is not born yet.", "Invite whoever speaks for the child, such as the midwife."
        )
    for participant in writer.find(Participant, where={"meeting": meeting}):
        if is_the_child(participant, case):
            return participant.id
    return _invite(writer, found, case.child_name, "", Audience.CHILD, case.id)


def invite(writer: Writer, meeting: Id, people: Iterable[Id]) -> list[Id]:
    """Invite people of the case, each once; return the new participants. Raises ``GateShut`` as :func:`invite_name`."""
    found = known_meeting(writer, meeting)
    people = tuple(people)
    cards = (writer.get(Person, one) for one in people)
    _pass_gate(writer, found, {audience_of(one) for one in cards if one is not None})
    invited = {p.person for p in writer.find(Participant, where={"meeting": meeting})}
    last = last_order(writer, Participant, meeting)
    made = []
    writer.act("Invite to the meeting")
    for one in people:
        person = writer.get(Person, one)
        if person is None or person.stream != found.stream or one in invited:
            continue
        invited.add(one)
        last = key_after(last)
        words, is_msgid = role_words(person)
        participant = Participant(
            id=writer.new_id(),
            stream=found.stream,
            meeting=meeting,
            person=one,
            name=person.name,
            function="" if is_msgid else words,
            audience=audience_of(person),
            order=last,
        )
        writer.create(participant)
        made.append(participant.id)
    return made


def invite_name(writer: Writer, meeting: Id, name: str, function: str, audience: Audience) -> Id:
    """Invite somebody who is not on the case, by name as typed.

    Raises ``GateShut`` for parents or network while the risk assessment of a concern about honour-related conflict is
    missing or says no (barnets lov § 18, stk. 3).
    """
    clean = tidy("name", name, NAME_LENGTH)
    if not clean:
        raise InvalidInput("name", "Write the name of whom you invite.")
    found = known_meeting(writer, meeting)
    _pass_gate(writer, found, {audience})
    return _invite(writer, found, clean, tidy("function", function, NAME_LENGTH), audience, None)


def _pass_gate(writer: Writer, meeting: Meeting, audiences: Collection[Audience]) -> None:
    involved = {_INVOLVES[one] for one in audiences if one in _INVOLVES}
    case = next(iter(writer.find(Case, stream=meeting.stream, cancelled=True)), None) if involved else None
    if case is not None:
        honour.pass_gate(writer, case.id, involved)


def _invite(
    writer: Writer, meeting: Meeting, name: str, function: str, audience: Audience, person: Id | None
) -> Id:
    participant = Participant(
        id=writer.new_id(),
        stream=meeting.stream,
        meeting=meeting.id,
        person=person,
        name=name,
        function=function,
        audience=audience,
        order=key_after(last_order(writer, Participant, meeting.id)),
    )
    writer.act("Invite to the meeting")
    writer.create(participant)
    return participant.id


def edit_participant(writer: Writer, participant: Id, edits: Mapping[str, Edit]) -> None:
    """Change a participant; only a professional's copy of the minutes may carry the cpr. nr."""
    now = writer.get(Participant, participant)
    if now is None:
        raise KeyError("no such participant")
    checked = {
        name: Edit(tidy(name, e.value, NAME_LENGTH) if type(e.value) is str else e.value, e.parents)
        for name, e in edits.items()
    }
    if "name" in checked and not checked["name"].value:
        raise InvalidInput("name", "Write the name of whom you invite.")
    audience = checked["audience"].value if "audience" in checked else now.audience
    number = checked["number_on_minutes"].value if "number_on_minutes" in checked else now.number_on_minutes
    if number and audience is not Audience.PROFESSIONAL:
        raise InvalidInput(
            "number_on_minutes", "The CPR number never stands on a copy to the family or the network."
        )
    writer.act("Change a participant")
    apply_edits(writer, Participant, participant, checked)


def move(writer: Writer, participant: Id, by: int) -> None:
    """Move a participant ``by`` places in the order of the invitation: -1 is one up. At the end nothing happens."""
    now = writer.get(Participant, participant)
    if now is None or now.meeting is None:
        raise KeyError("no such participant")
    others = writer.find(Participant, where={"meeting": now.meeting})
    others.sort(key=lambda other: (other.order, other.id))
    here = next((place for place, other in enumerate(others) if other.id == participant), None)
    if here is None:
        return
    there = max(0, min(here + by, len(others) - 1))
    if there == here:
        return
    writer.act("Change the order")
    others.insert(there, others.pop(here))
    before = others[there - 1].order if there else ""
    after = others[there + 1].order if there + 1 < len(others) else ""
    if not after or before < after:
        writer.set(Participant, participant, "order", key_between(before, after), parents=None)
        return
    last = ""  # two of them stand on one place, as after a merge: give everybody a place of her own
    for other in others:
        last = key_after(last)
        writer.set(Participant, other.id, "order", last, parents=None)


def set_attendance(writer: Writer, participant: Id, attendance: Attendance) -> None:
    """Note an answer, or who came."""
    writer.act("Note who came" if attendance in (Attendance.CAME, Attendance.ABSENT) else "Note an answer")
    writer.set(Participant, participant, "attendance", attendance, parents=None)
