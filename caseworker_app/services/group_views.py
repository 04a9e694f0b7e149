"""Group courses as they are looked at: who is in a group and who waits in turn, who came, when KIK is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from caseworker_app.domain.effort import Effort
from caseworker_app.domain.group_course import (
    LONG_WAIT,
    ON_LIST,
    GroupAttendance,
    GroupCourse,
    GroupMember,
    GroupSession,
    MemberState,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.kik_sheet import KikSheet
from caseworker_app.services.efforts import effort_of, offered
from caseworker_app.services.group_courses import members_of, sessions_of
from caseworker_app.services.plain_records import known
from caseworker_app.services.ports import Reader


@dataclass(frozen=True, slots=True)
class MemberView:
    """A child of a group. ``number`` is its turn among those who wait, ``came`` and ``counted`` how many sessions."""

    member: GroupMember
    number: int
    came: int
    counted: int
    long_wait: bool

    @property
    def talks(self) -> int:
        """How many of the three talks with the parents were held."""
        one = self.member
        return sum(day is not None for day in (one.talk_start, one.talk_midway, one.talk_end))


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group with everything on it. ``inside`` are in it, ``waiting`` in turn, ``gone`` the rest; ``came`` by (session,
    child); ``kik_due`` are the sessions after which the effort should have been looked at and was not."""

    group: GroupCourse
    effort: Effort | None
    sessions: tuple[GroupSession, ...]
    inside: tuple[MemberView, ...]
    waiting: tuple[MemberView, ...]
    gone: tuple[MemberView, ...]
    came: Mapping[tuple[Id, Id], GroupAttendance]
    kik_due: tuple[int, ...]

    @property
    def free(self) -> int:
        """How many places are free."""
        return max(0, (self.group.most or 0) - len(self.inside))

    @property
    def held(self) -> int:
        """How many sessions were held."""
        return sum(one.held for one in self.sessions)


def view(reader: Reader, group: Id, shipped: Iterable[Effort]) -> GroupView:
    """Return a group with everything on it. Raises ``KeyError`` when there is none."""
    now = known(reader, GroupCourse, group)
    sessions = tuple(sessions_of(reader, group))
    ids = {one.id for one in sessions}
    came = {
        (one.session, one.member): one
        for one in reader.find(GroupAttendance, stream=now.stream)
        if one.session in ids and one.session is not None and one.member is not None
    }
    effort = effort_of(offered(reader, shipped), now.effort)
    members = sorted(members_of(reader, group), key=_turn)
    shown = {
        state: tuple(
            _member_view(reader, one, number, came)
            for number, one in enumerate((m for m in members if m.state is state), start=1)
        )
        for state in MemberState
    }
    gone = (*shown[MemberState.LEFT], *shown[MemberState.DECLINED])
    return GroupView(
        now, effort, sessions, shown[MemberState.IN], shown[MemberState.WAITING], gone, came,
        _kik_due(reader, effort, sessions),
    )  # fmt: skip


def _turn(one: GroupMember) -> dt.datetime:
    """Return since when a child has been on the list; of two at once the one written first comes first."""
    return dt.datetime.max.replace(tzinfo=dt.UTC) if one.since is None else one.since


def _member_view(
    reader: Reader, one: GroupMember, number: int, came: Mapping[tuple[Id, Id], GroupAttendance]
) -> MemberView:
    counted = [found.came for (_session, member), found in came.items() if member == one.id]
    waited = one.state is MemberState.WAITING and one.since is not None and reader.now - one.since > LONG_WAIT
    return MemberView(one, number, sum(counted), len(counted), waited)


def _kik_due(reader: Reader, effort: Effort | None, sessions: Iterable[GroupSession]) -> tuple[int, ...]:
    """Return after which held sessions no KIK sheet of the effort was made, before the next such session."""
    if effort is None or not effort.kik_sessions:
        return ()
    days = {
        number: one.when.day
        for number, one in enumerate(sessions, start=1)
        if number in effort.kik_sessions and one.held and one.when is not None
    }
    made = [
        one.made_on
        for one in reader.find(KikSheet)
        if one.effort.casefold() == effort.name.casefold() and one.made_on is not None
    ]
    due = []
    for number, day in days.items():
        later = min((other for n, other in days.items() if n > number), default=dt.date.max)
        if not any(day <= one < later for one in made):
            due.append(number)
    return tuple(due)


def groups(reader: Reader, shipped: Iterable[Effort]) -> tuple[GroupView, ...]:
    """Return the groups: those that run, then the latest ended."""
    known_ones = tuple(shipped)
    views = [view(reader, one.id, known_ones) for one in reader.find(GroupCourse)]
    views.sort(key=lambda one: one.group.first.day if one.group.first else dt.date.max, reverse=True)
    views.sort(key=lambda one: one.group.ended_on is not None)
    return tuple(views)


def of_case(reader: Reader, case: Id, shipped: Iterable[Effort]) -> tuple[tuple[GroupView, MemberView], ...]:
    """Return the groups a child is in or waits for."""
    known_ones = tuple(shipped)
    found = []
    for one in reader.find(GroupMember, where={"case": case}):
        group = None if one.group is None else reader.get(GroupCourse, one.group)
        if group is not None and not group.cancelled and one.state in ON_LIST:
            shown = view(reader, group.id, known_ones)
            found += [
                (shown, member) for member in (*shown.inside, *shown.waiting) if member.member.id == one.id
            ]
    return tuple(found)
