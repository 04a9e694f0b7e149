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
from caseworker_app.domain.meeting_kinds import MeetingKinds, MeetingSort
from caseworker_app.domain.order import key_after
from caseworker_app.domain.person import Person
from caseworker_app.domain.phrases import N_
from caseworker_app.services import entries, meetings
from caseworker_app.services.forms import Edit
from caseworker_app.services.meeting_lines import known_meeting, last_order
from caseworker_app.services.minutes_signed import refuse_signed
from caseworker_app.services.ports import Reader, Writer

COMMON = frozenset(
    {
        "when", "place", "chair", "chair_function", "course", "contact_name", "contact_phone", "minutes_taker",
        "time_agreed", "caller", "caller_name",
    }
)  # fmt: skip
"""What of the plan is the same for all of them; why they meet, and what is sent along, may differ."""


def plan(
    writer: Writer, case: Id, values: Mapping[str, Any], kind: MeetingSort, siblings: Iterable[Id] = ()
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


def call_off(writer: Writer, meeting: Id, why: str = "", told: Iterable[Id] = ()) -> None:
    """Call the meeting off, for all the siblings it is still planned for.

    ``told`` are participants who know it already, since today; who stands in a sibling's meeting by the same name and
    function is told there too.
    """
    heard = frozenset(told)
    known = {_called(one) for one in _of(writer, Participant, meeting) if one.id in heard}

    def off(w: Writer, one: Id) -> None:
        meetings.call_off(w, one, why)
        for p in _of(w, Participant, one):
            if (p.id in heard if one == meeting else _called(p) in known) and p.told_on != w.today:
                w.set(Participant, p.id, "told_on", w.today, parents=None)

    _each_planned(writer, meeting, off)


def _called(one: Participant) -> tuple[str, str]:
    return one.name.casefold(), one.function.casefold()


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
    here = sorted(writer.find(Participant, where={"meeting": meeting}), key=lambda one: (one.order, one.id))
    for case, other in others(writer, now):
        there = {one.name.casefold() for one in _of(writer, Participant, other.id)}
        cards = {one.name.casefold(): one.id for one in writer.find(Person, stream=case.stream)}
        meetings.invite(writer, other.id, [cards[n] for n in _names(here) if n in cards and n not in there])
        last = last_order(writer, Participant, other.id)
        for _card in cards.keys() & set(_names(here)):
            last = key_after(last)
        for one in here:
            name = one.name.casefold()
            if name not in there and name not in cards and one.audience is Audience.PROFESSIONAL:
                last = key_after(last)
                fresh = Participant(
                    id=writer.new_id(), stream=other.stream, meeting=other.id, name=one.name, function=one.function,
                    audience=one.audience, order=last,
                )  # fmt: skip
                writer.create(fresh)


def _names(people: Iterable[Participant]) -> list[str]:
    return [one.name.casefold() for one in people if one.audience is not Audience.CHILD]


def carry(writer: Writer, meeting: Id, lines: Iterable[Id]) -> int:
    """Write chosen lines and agreements of a meeting in the siblings' meetings too; return how many were written.

    A line that stands there with the same words is not written twice.
    """
    chosen = tuple(lines)
    points = [one for one in (writer.get(MeetingPoint, line) for line in chosen) if _is_of(one, meeting)]
    agreed = [one for one in (writer.get(Agreement, line) for line in chosen) if _is_of(one, meeting)]
    made = 0
    writer.act("Write what is common in the siblings' meetings")
    for _case, other in others(writer, known_meeting(writer, meeting)):
        refuse_signed(writer, other.id)
        made += _carry(writer, MeetingPoint, points, other, ("column", "text", "said_by"), ("column", "text"))
        made += _carry(writer, Agreement, agreed, other, ("what", "who", "due", "reason"), ("what", "who"))
    return made


def share(writer: Writer, *, meeting: Id, lines: Iterable[Id], professionals: bool) -> int:
    """Carry lines to the siblings' meetings and, where asked, invite the professionals there, in one act; return how many
    lines were written. Raises :class:`UserError` when the minutes of one of them are signed."""
    if professionals:
        invite_professionals(writer, meeting)
    return carry(writer, meeting, lines)


def _is_of(line: Any, meeting: Id) -> bool:
    return line is not None and line.meeting == meeting


def _carry(
    writer: Writer,
    cls: type[Any],
    lines: Iterable[Any],
    to: Meeting,
    names: tuple[str, ...],
    same: tuple[str, ...],
) -> int:
    there = {tuple(getattr(one, name) for name in same) for one in _of(writer, cls, to.id)}
    last, made = last_order(writer, cls, to.id), 0
    for line in lines:
        if tuple(getattr(line, name) for name in same) not in there:
            last, made = key_after(last), made + 1
            values = {name: getattr(line, name) for name in names}
            writer.create(cls(id=writer.new_id(), stream=to.stream, meeting=to.id, order=last, **values))
    return made


def _of(reader: Reader, cls: type[Any], meeting: Id) -> list[Any]:
    return reader.find(cls, where={"meeting": meeting})
