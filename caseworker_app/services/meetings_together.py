"""A meeting held once for several siblings: what is common is written once, each child's case has a meeting of its own.

Time, place, chair and the like are the same for all; what is written of one child alone stays in that child's meeting. A
line that is common is chosen and carried over; nothing goes over by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Audience, Meeting, MeetingPoint, MeetingState, Participant
from caseworker_app.domain.meeting_kinds import Kind, MeetingKinds
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_
from caseworker_app.services import entries, meeting_lines, meetings
from caseworker_app.services.forms import Edit
from caseworker_app.services.meeting_lines import known_meeting
from caseworker_app.services.ports import Reader, Writer

COMMON = frozenset(
    {
        "when", "place", "chair", "chair_function", "course", "contact_name", "contact_phone", "minutes_taker",
        "time_agreed", "caller", "caller_name",
    }
)  # fmt: skip
"""What of the plan is the same for all of them; why they meet, and what is sent along, may differ."""


def plan(
    writer: Writer, case: Id, values: Mapping[str, Any], kind: Kind, siblings: Iterable[Id] = ()
) -> tuple[Id, ...]:
    """Plan a meeting for a child and for siblings, in one act; return the meetings' ids, its own first.

    Raises as :func:`meetings.plan`; :class:`UserError` for a child that is no sibling.
    """
    also = tuple(dict.fromkeys(one for one in siblings if one != case))
    if not also:
        return (meetings.plan(writer, case, values, kind),)
    if not set(also) <= {one.id for one in entries.siblings_of(writer, case)}:
        raise UserError(
            N_("A meeting is held together only for children linked as siblings."),
            N_("Link the children as siblings first."),
        )
    together, every = writer.new_id(), frozenset({case, *also})
    own = [dict(values) | {"together": together, "siblings": every - {one}} for one in (case, *also)]
    return tuple(
        meetings.plan(writer, one, words, kind) for one, words in zip((case, *also), own, strict=True)
    )


def others(reader: Reader, meeting: Meeting) -> tuple[tuple[Case, Meeting], ...]:
    """Return the siblings' meetings that are this one, each with its case."""
    if meeting.together is None:
        return ()
    found = [
        one for one in reader.find(Meeting, where={"together": meeting.together}) if one.id != meeting.id
    ]
    rows = [(meetings.case_of(reader, one), one) for one in found]
    return tuple(sorted(rows, key=lambda row: (row[0].child_name, row[1].id)))


def edit(writer: Writer, meeting: Id, edits: Mapping[str, Edit], kinds: MeetingKinds | None = None) -> None:
    """Change the plan; what is common is changed in the siblings' meetings that stand where it stands."""
    now = known_meeting(writer, meeting)
    meetings.edit(writer, meeting, edits, kinds)
    common = {name: one for name, one in edits.items() if name in COMMON}
    for _case, other in others(writer, now):
        changed = {name: one for name, one in common.items() if getattr(other, name) != one.value}
        if changed and other.state is now.state:
            heads = {name: Edit(one.value, writer.heads(other.id, name)) for name, one in changed.items()}
            meetings.edit(writer, other.id, heads)


def hold(writer: Writer, meeting: Id) -> None:
    """Say that the meeting was held, for all the siblings it was planned for."""
    _each_planned(writer, meeting, meetings.hold)


def call_off(writer: Writer, meeting: Id, why: str = "") -> None:
    """Call the meeting off, for all the siblings it is still planned for."""
    _each_planned(writer, meeting, lambda w, one: meetings.call_off(w, one, why))


def _each_planned(writer: Writer, meeting: Id, do: Callable[[Writer, Id], None]) -> None:
    there = others(writer, known_meeting(writer, meeting))
    do(writer, meeting)
    for _case, other in there:
        if other.state is MeetingState.PLANNED:
            do(writer, other.id)


def invite_professionals(writer: Writer, meeting: Id) -> None:
    """Invite to the siblings' meetings whoever is invited to this one as a professional or has a card there too.

    A sibling's private network is its own: who has no card in that case is not written into it.
    """
    now = known_meeting(writer, meeting)
    here = writer.find(Participant, where={"meeting": meeting})
    for case, other in others(writer, now):
        there = {one.name.casefold() for one in writer.find(Participant, where={"meeting": other.id})}
        cards = {one.name.casefold(): one.id for one in writer.find(Person, stream=case.stream)}
        for one in here:
            name = one.name.casefold()
            if name in there or one.audience is Audience.CHILD:
                continue
            if name in cards:
                meetings.invite(writer, other.id, [cards[name]])
            elif one.audience is Audience.PROFESSIONAL:
                meetings.invite_name(writer, other.id, one.name, one.function, one.audience)


def carry(writer: Writer, meeting: Id, lines: Iterable[Id]) -> int:
    """Write chosen lines and agreements of a meeting in the siblings' meetings too; return how many were written.

    A line that stands there with the same words is not written twice.
    """
    there = others(writer, known_meeting(writer, meeting))
    made = 0
    for line in lines:
        point, agreed = writer.get(MeetingPoint, line), writer.get(Agreement, line)
        for _case, other in there:
            if point is not None and point.meeting == meeting:
                made += _carry_point(writer, point, other.id)
            elif agreed is not None and agreed.meeting == meeting:
                made += _carry_agreement(writer, agreed, other.id)
    return made


def _carry_point(writer: Writer, point: MeetingPoint, to: Id) -> int:
    same = (one.column is point.column and one.text == point.text for one in _of(writer, MeetingPoint, to))
    if any(same):
        return 0
    meeting_lines.add_point(writer, to, point.column, point.text, point.said_by)
    return 1


def _carry_agreement(writer: Writer, agreed: Agreement, to: Id) -> int:
    if any(one.what == agreed.what and one.who == agreed.who for one in _of(writer, Agreement, to)):
        return 0
    values = {name: getattr(agreed, name) for name in ("what", "who", "due", "reason")}
    meeting_lines.add_agreement(writer, to, values)
    return 1


def _of(reader: Reader, cls: type[Any], meeting: Id) -> list[Any]:
    return reader.find(cls, where={"meeting": meeting})
