"""A group course as a sheet: who is in it, who waits, the sessions."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import TYPE_CHECKING

from caseworker_app.domain.group_course import GroupSession, MemberState
from caseworker_app.i18n import N_
from caseworker_app.services import group_courses
from caseworker_app.services.group_views import GroupView, MemberView
from ui.widgets.assessment.notification_page import short_day
from ui.widgets.assessment.sheet import Doing, Facts, Page
from ui.widgets.quality.ledger import Ledger, LedgerRow, ledgers
from ui.words import tr

if TYPE_CHECKING:
    from ui.widgets.quality.groups import GroupsPart


def group_page(part: GroupsPart, one: GroupView, today: dt.date) -> Page:
    """Return the sheet of a group."""
    found, about = one.group, tr("the group")
    quiet = [
        tr("{n} of {all} children", n=len(one.inside), all=found.most),
        tr("{n} of {all} sessions held", n=one.held, all=len(one.sessions)),
        found.ages,
        found.place,
    ]
    doings = [
        Doing(tr("Put a child on …"), partial(part.member, found.id, None), primary=True, about=about),
        Doing(tr("Change …"), partial(part.change, found.id), about=about),
    ]
    if one.kik_due:
        doings.append(Doing(tr("KIK sheet …"), part.kik, about=about))
    effort = "" if one.effort is None else one.effort.title
    rows = ((tr("Leaders"), found.leaders), (tr("Effort"), effort), (tr("Note"), found.note))
    last = part.removing(
        lambda w: group_courses.remove(w, found.id), N_("The group is removed. Ctrl+Z brings it back."), about
    )
    cards = [_inside(part, one)]
    if one.waiting:
        cards.append(_waiting(part, one))
    cards.append(_sessions(part, one, today))
    if one.gone:
        cards.append(_gone(part, one))
    return Page(
        found.name, " · ".join(words for words in quiet if words), minds=_minds(one), lead=Facts("", (), tuple(doings)),
        insert=lambda parent: ledgers(parent, cards), facts=(Facts(tr("About the group"), rows),), doings=(last,),
    )  # fmt: skip


def _minds(one: GroupView) -> tuple[str, ...]:
    minds = []
    if one.free and one.waiting and one.group.ended_on is None:
        minds.append(tr("A place is free. First in line is {name}.", name=one.waiting[0].member.name))
    for number in one.kik_due:
        minds.append(tr("KIK: look at the core elements together after session {n}.", n=number))
    long_ones = [view.member.name for view in one.waiting if view.long_wait]
    if long_ones:
        words = N_(
            "Waited more than half a year: {names}. Ask whether they still want to; motivation is lost by waiting."
        )
        minds.append(tr(words, names=", ".join(long_ones)))
    return tuple(minds)


def _inside(part: GroupsPart, one: GroupView) -> Ledger:
    rows = tuple(_member(part, one, view) for view in one.inside)
    head = (tr("Child"), tr("Talks with parents"), tr("Came"))
    heading = tr("In the group: {n} of {all}", n=len(one.inside), all=one.group.most)
    return Ledger(heading, head, rows, empty=tr("Nobody yet. Put the first child on."))


def _member(part: GroupsPart, one: GroupView, view: MemberView) -> LedgerRow:
    child = view.member
    talks = tr("{n} of {all}", n=view.talks, all=3)
    came = tr("{n} of {all}", n=view.came, all=view.counted) if view.counted else "–"
    leave = partial(
        part.do,
        partial(group_courses.leave, member=child.id),
        N_("The child has left the group. Ctrl+Z takes it back."),
    )
    doings = [Doing(tr("Change …"), partial(part.member, one.group.id, child), about=child.name)]
    doings.append(Doing(tr("Left"), leave, about=child.name))
    return LedgerRow((child.name, talks, came), tuple(doings))


def _waiting(part: GroupsPart, one: GroupView) -> Ledger:
    def row(view: MemberView) -> LedgerRow:
        child = view.member
        since = "" if child.since is None else short_day(child.since.astimezone().date())
        take = partial(
            part.do, partial(group_courses.take_in, member=child.id), N_("The child is in the group.")
        )
        off = partial(
            part.do, partial(group_courses.leave, member=child.id, state=MemberState.DECLINED),
            N_("The child is off the list. Ctrl+Z takes it back."),
        )  # fmt: skip
        doings = [
            Doing(tr("Into the group"), take, primary=bool(one.free) and view.number == 1, about=child.name),
            Doing(tr("Change …"), partial(part.member, one.group.id, child), about=child.name),
            Doing(tr("Off the list"), off, about=child.name),
        ]
        if part.loaded is not None and len(part.loaded.views) > 1:
            doings.insert(2, Doing(tr("Move …"), partial(part.move_on, child), about=child.name))
        return LedgerRow((f"{view.number}. {child.name}", since), tuple(doings))

    rows = tuple(row(view) for view in one.waiting)
    return Ledger(tr("Waiting list: {n}", n=len(one.waiting)), (tr("Child"), tr("Since")), rows)


def _gone(part: GroupsPart, one: GroupView) -> Ledger:
    def row(view: MemberView) -> LedgerRow:
        child = view.member
        back = partial(
            part.do, partial(group_courses.take_in, member=child.id), N_("The child is in the group.")
        )
        return LedgerRow(
            (child.name, short_day(child.left_on)),
            (Doing(tr("Into the group again"), back, about=child.name),),
        )

    return Ledger(
        tr("Not in the group any more"), (tr("Child"), tr("Left on")), tuple(row(view) for view in one.gone)
    )


def _sessions(part: GroupsPart, one: GroupView, today: dt.date) -> Ledger:
    def row(session: GroupSession) -> LedgerRow:
        when = session.when
        day = "" if when is None else short_day(when.day)
        came = sum(found.came for (at, _who), found in one.came.items() if at == session.id)
        words = session.topic or "–"
        state = tr("{n} came", n=came) if session.held else ""
        name = tr("Session {n}", n=session.number)
        doings = [Doing(tr("Change …"), partial(part.session, session), about=name)]
        if when is not None and when.day <= today:
            attend = partial(part.attend, one, session)
            doings.insert(0, Doing(tr("Who came …"), attend, about=name, primary=not session.held))
        return LedgerRow((f"{session.number}. {day}", words, state), tuple(doings))

    empty = tr("No times yet: write when the first session is, and the rest are made.")
    head, rows = (tr("Session"), tr("Topic"), ""), tuple(row(session) for session in one.sessions)
    return Ledger(tr("Sessions"), head, rows, empty=empty, words=frozenset({1, 2}), stretch=1)
