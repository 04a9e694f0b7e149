"""Group courses: a group with its sessions, the children in it and those who wait, who came, the talks with parents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from caseworker_app.domain.case import Case
from caseworker_app.domain.effort import Effort
from caseworker_app.domain.errors import InvalidInput, UserError
from caseworker_app.domain.group_course import (
    MOST_SESSIONS,
    ON_LIST,
    GroupAttendance,
    GroupCourse,
    GroupMember,
    GroupSession,
    MemberState,
    session_days,
)
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import TimeSpan
from caseworker_app.services.efforts import effort_of, offered
from caseworker_app.services.entries import own_stream
from caseworker_app.services.forms import Edit
from caseworker_app.services.plain_records import change, known, make, not_ahead, take_away, tidied
from caseworker_app.services.ports import Reader, Writer

_SHORT = ("name", "ages", "place", "leaders")
_DAYS = ("joined_on", "left_on", "talk_start", "talk_midway", "talk_end")


# --- The group ---------------------------------------------------------------------------------------------------


def begin(writer: Writer, values: Mapping[str, Any], shipped: Iterable[Effort] = ()) -> Id:
    """Begin a group, with its sessions when the first one's time is said; return its id. Raises :class:`InvalidInput`.

    How many sessions and children there are follows the effort of the catalogue unless it is said.
    """
    checked = {name: value for name, value in values.items() if value is not None}
    effort = effort_of(offered(writer, shipped), str(checked.get("effort", "")))
    if effort is not None and effort.group:
        checked = {"session_count": effort.sessions, "most": effort.most or None, **checked}
    blank = GroupCourse(stream=own_stream(writer))
    _check(blank, checked)
    made = make(writer, blank, checked, "Begin a group course")
    _makesessions_of(writer, replace(blank, id=made, **checked))
    return made


def edit(writer: Writer, group: Id, edits: Mapping[str, Edit]) -> None:
    """Change a group; sessions that are there stay where they are. Raises :class:`InvalidInput`."""
    now = known(writer, GroupCourse, group)
    checked = {name: one.value for name, one in edits.items()}
    _check(now, checked)
    after = replace(now, **checked)
    inside = sum(one.state is MemberState.IN for one in members_of(writer, group))
    if (after.most or 0) < inside:
        raise InvalidInput("most", "There are {n} children in the group already.", n=inside)
    change(writer, now, edits, checked, "Change a group course")
    if not sessions_of(writer, group):
        _makesessions_of(writer, after)


def remove(writer: Writer, group: Id) -> None:
    """Take a group away; undo brings it back."""
    take_away(writer, GroupCourse, group, "Remove a group course")


def _check(now: GroupCourse, values: dict[str, Any]) -> None:
    tidied(values, _SHORT, ("note",))
    after = replace(now, **values)
    if not after.name:
        raise InvalidInput("name", "Write what the group is called.")
    if after.session_count is None or not 1 <= after.session_count <= MOST_SESSIONS:
        raise InvalidInput("session_count", "A group has from 1 to {n} sessions.", n=MOST_SESSIONS)
    if after.most is None or not 1 <= after.most <= 60:
        raise InvalidInput("most", "A group has room for 1 to {n} children.", n=60)
    if after.weeks_between is None or not 1 <= after.weeks_between <= 12:
        raise InvalidInput("weeks_between", "There are from 1 to {n} weeks between.", n=12)
    if after.first is not None and after.first.minutes <= 0:
        raise InvalidInput("first", "It ends before it begins.")
    if after.ended_on is not None and after.first is not None and after.ended_on < after.first.day:
        raise InvalidInput("ended_on", "That is before the first session.")


def _makesessions_of(writer: Writer, group: GroupCourse) -> None:
    from caseworker_app.services.calendar import danish_holidays

    if group.first is None:
        return
    days = session_days(
        group.first.day,
        group.session_count or 1,
        group.weeks_between or 1,
        lambda day: day in danish_holidays(day.year),
    )
    for number, day in enumerate(days, start=1):
        when = TimeSpan(day, group.first.start, group.first.end)
        writer.create(
            GroupSession(id=writer.new_id(), stream=group.stream, group=group.id, number=number, when=when)
        )


def edit_session(writer: Writer, session: Id, edits: Mapping[str, Edit]) -> None:
    """Move a session, write its topic, or that it was held. Raises :class:`InvalidInput`."""
    now = known(writer, GroupSession, session)
    checked = {name: one.value for name, one in edits.items()}
    tidied(checked, ("topic",), ("note",))
    after = replace(now, **checked)
    if after.when is None or after.when.minutes <= 0:
        raise InvalidInput("when", "Write the day and time.")
    if after.held and after.when.day > writer.today:
        raise InvalidInput("held", "That day has not come yet.")
    change(writer, now, edits, checked, "Change a session of a group")


# --- Children ----------------------------------------------------------------------------------------------------


def add(writer: Writer, group: Id, values: Mapping[str, Any]) -> Id:
    """Put a child on a group: in it while there is room and nobody waits, else last on the waiting list; return its id.

    Raises :class:`InvalidInput` for a child that is on this list or another group's already.
    """
    now = known(writer, GroupCourse, group)
    checked = {name: value for name, value in values.items() if value is not None}
    tidied(checked, ("name", "contact"), ("note",))
    not_ahead(writer, checked, _DAYS)
    case = checked.get("case")
    found = None if case is None else writer.get(Case, case)
    if found is not None and not checked.get("name"):
        checked["name"] = found.child_name or found.unborn_of
    if not checked.get("name"):
        raise InvalidInput("name", "Write which child it is.")
    _refuse_twice(writer, GroupMember(name=checked["name"], case=case))
    members = members_of(writer, group)
    inside = sum(one.state is MemberState.IN for one in members)
    waiting = any(one.state is MemberState.WAITING for one in members)
    room = inside < (now.most or 0) and not waiting
    state = MemberState.IN if room else MemberState.WAITING
    blank = GroupMember(stream=now.stream, group=group, state=state, since=writer.now.replace(microsecond=0))
    if room:
        checked.setdefault("joined_on", writer.today)
    return make(writer, blank, checked, "Put a child on a group")


def _refuse_twice(reader: Reader, who: GroupMember) -> None:
    names = {one.id: one for one in reader.find(GroupCourse) if one.ended_on is None}
    for one in reader.find(GroupMember):
        if one.id == who.id or one.state not in ON_LIST or one.group not in names:
            continue
        same = (
            one.case == who.case if None not in (one.case, who.case) else _plain(one.name) == _plain(who.name)
        )
        if same:
            raise InvalidInput(
                "name",
                "{name} is on the list of {group} already.",
                "A child is on one list at a time: move it from there, or take it off.",
                name=one.name,
                group=names[one.group].name,
            )


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def edit_member(writer: Writer, member: Id, edits: Mapping[str, Edit]) -> None:
    """Change what stands of a child: the parents, the talks, a note. Raises :class:`InvalidInput`."""
    now = known(writer, GroupMember, member)
    checked = {name: one.value for name, one in edits.items()}
    tidied(checked, ("name", "contact"), ("note",))
    not_ahead(writer, checked, _DAYS)
    after = replace(now, **checked)
    if not after.name:
        raise InvalidInput("name", "Write which child it is.")
    if after.state in ON_LIST and _plain(after.name) != _plain(now.name):
        _refuse_twice(writer, after)
    change(writer, now, edits, checked, "Change a child of a group")


def take_in(writer: Writer, member: Id) -> None:
    """Take a child that waits into the group. Raises :class:`UserError` when it is full."""
    now = known(writer, GroupMember, member)
    if now.state is MemberState.IN:
        return
    assert now.group is not None
    _room(writer, now.group)
    _refuse_twice(writer, now)
    writer.act("Take a child into a group")
    writer.set(GroupMember, member, "state", MemberState.IN, parents=None)
    writer.set(GroupMember, member, "joined_on", writer.today, parents=None)
    if now.left_on is not None:
        writer.set(GroupMember, member, "left_on", None, parents=None)


def _room(reader: Reader, group: Id) -> None:
    found = known(reader, GroupCourse, group)
    inside = sum(one.state is MemberState.IN for one in members_of(reader, group))
    if inside >= (found.most or 0):
        raise UserError(
            "The group is full: there is room for {n} children.",
            "The child waits, and is offered the next place that becomes free.",
            n=found.most or 0,
        )


def leave(writer: Writer, member: Id, state: MemberState = MemberState.LEFT) -> None:
    """Write that a child left the group or the list today; it stays among those who were there."""
    known(writer, GroupMember, member)
    if state in ON_LIST:
        raise ValueError("who leaves is not on the list")
    writer.act("Take a child off a group")
    writer.set(GroupMember, member, "state", state, parents=None)
    writer.set(GroupMember, member, "left_on", writer.today, parents=None)


def move(writer: Writer, member: Id, group: Id) -> None:
    """Move a child to another group; it keeps its turn, and is in it when there is room and nobody waits before it."""
    now, other = known(writer, GroupMember, member), known(writer, GroupCourse, group)
    members = members_of(writer, group)
    inside = sum(one.state is MemberState.IN for one in members)
    before = [
        one
        for one in members
        if one.state is MemberState.WAITING
        and one.since is not None
        and now.since is not None
        and one.since < now.since
    ]
    state = MemberState.IN if inside < (other.most or 0) and not before else MemberState.WAITING
    writer.act("Move a child to another group")
    writer.set(GroupMember, member, "group", group, parents=None)
    writer.set(GroupMember, member, "state", state, parents=None)
    if state is MemberState.IN:
        writer.set(GroupMember, member, "joined_on", writer.today, parents=None)


def remove_member(writer: Writer, member: Id) -> None:
    """Take away a child that was put there by mistake."""
    take_away(writer, GroupMember, member, "Remove a child of a group")


def attend(writer: Writer, session: Id, came: Mapping[Id, bool]) -> None:
    """Write who came to a session, which is held by that. Raises :class:`InvalidInput` for one to come."""
    at = known(writer, GroupSession, session)
    if at.when is not None and at.when.day > writer.today:
        raise InvalidInput("when", "That day has not come yet.")
    writer.act("Write who came to a group")
    there = {one.member: one for one in writer.find(GroupAttendance, where={"session": session})}
    for member, yes in came.items():
        one = there.get(member)
        if one is None:
            made = GroupAttendance(
                id=writer.new_id(), stream=at.stream, session=session, member=member, came=yes
            )
            writer.create(made)
        elif one.came is not yes:
            writer.set(GroupAttendance, one.id, "came", yes, parents=None)
    if not at.held:
        writer.set(GroupSession, session, "held", True, parents=None)


def members_of(reader: Reader, group: Id) -> list[GroupMember]:
    """Return the children of a group, in the order they were written."""
    return reader.find(GroupMember, where={"group": group})


def sessions_of(reader: Reader, group: Id) -> list[GroupSession]:
    """Return the sessions of a group in the order of their days."""
    found = reader.find(GroupSession, where={"group": group})
    return sorted(
        found, key=lambda one: (dt.date.max if one.when is None else one.when.day, one.number or 0, one.id)
    )
