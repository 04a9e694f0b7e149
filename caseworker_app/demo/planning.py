"""Plans with their goals, and how far each goal is at each follow-up; notifications and investigations beside them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from caseworker_app.demo.agenda import Act
from caseworker_app.demo.families import (
    GoalStory,
    InvestigationStory,
    NotificationStory,
    PlanStory,
    values_of,
)
from caseworker_app.demo.telling import Known
from caseworker_app.domain.case import Case
from caseworker_app.domain.ids import Id
from caseworker_app.domain.investigation import Investigation, InvestigationKind
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Goal, GoalStatus, MarkSource, Plan
from caseworker_app.services import goals, plans
from caseworker_app.services.follow_ups import Review
from caseworker_app.services.ports import Writer

_SOURCES = (MarkSource.WORKER, MarkSource.CHILD)


def make_plans(known: Known) -> None:
    """Lay the family's plans on the agenda."""
    for story in known.family.plans:
        begun = known.on(story.begun)
        ready = (
            max(known.on(story.ready), known.days.forward(begun + dt.timedelta(days=1)))
            if story.ready
            else None
        )
        _lay(known, begun, _beginning(known, story, begun))
        if ready is not None:
            _lay(known, ready, _making_ready(known, story, ready))
        for goal in story.goals:
            if goal.ended:
                _lay(known, known.on(goal.ended), _ending(known, story.child, goal))


def _lay(known: Known, day: dt.date, *acts: Act, earliest: int = 9 * 60) -> None:
    known.agenda.add(known.days.some_moment(known.days.past(day), known.rng, earliest), *acts)


def _beginning(known: Known, story: PlanStory, day: dt.date) -> Act:
    def begin(writer: Writer) -> None:
        values = {**values_of(Plan, story.plain), "begun_on": day}
        plan = plans.begin(writer, known.cases[story.child], values)
        known.plans[story.child] = plan
        writer.flush()
        made: dict[str, Id] = {}
        for goal in story.goals:
            made[goal.key] = _goal(known, writer, plan, goal, made.get(goal.under), day)

    return begin


def _goal(known: Known, writer: Writer, plan: Id, story: GoalStory, parent: Id | None, day: dt.date) -> Id:
    values: dict[str, Any] = {**values_of(Goal, story.plain), "start": day}
    if story.expected:
        values["expected_on"] = known.on(story.expected)
    made = goals.add(writer, plan, values, parent)
    known.goals[story.key] = made
    writer.flush()
    if story.status != "draft":
        goals.set_status(writer, made, GoalStatus.ACTIVE)
        writer.flush()
    return made


def _making_ready(known: Known, story: PlanStory, day: dt.date) -> Act:
    why = "Planen er læst højt for barnet og gennemgået med forældrene."
    return lambda writer: plans.make_ready(writer, known.plans[story.child], day, why)


def _ending(known: Known, child: str, story: GoalStory) -> Act:
    def end(writer: Writer) -> None:
        goals.set_status(writer, known.goals[story.key], GoalStatus(story.status))
        writer.flush()
        plans.keep_version(writer, known.plans[child], "Et mål er sluttet.")

    return end


def reviews_of(known: Known, child: str, before_last: int) -> tuple[Review, ...]:
    """Return how far the child's goals are at the follow-up that is so many before the last one held."""
    found = []
    for plan in known.family.plans:
        for goal in plan.goals if plan.child == child else ():
            made = known.goals.get(goal.key)
            at = len(goal.marks) - 1 - before_last
            if made is None or at < 0:
                continue
            words = goal.said[at % len(goal.said)] if goal.said else ""
            found.append(Review(made, goal.marks[at], words, _SOURCES[at % len(_SOURCES)]))
    return tuple(found)


# --- Notifications and investigations ------------------------------------------------------------------------


def investigate(known: Known) -> None:
    """Lay the family's investigations and earlier notifications on the agenda."""
    for investigation in known.family.investigations:
        _lay(
            known, known.on(investigation.known), _investigating(known, investigation), earliest=15 * 60 + 45
        )
        if investigation.ended:
            _lay(known, known.on(investigation.ended), _concluding(known, investigation))
    for notification in known.family.notifications:
        if notification.at:
            day = known.on(notification.at)
            _lay(known, day, _notifying(known, notification, day), earliest=15 * 60 + 48)


def _investigating(known: Known, story: InvestigationStory) -> Act:
    def begin(writer: Writer) -> None:
        made = writer.new_id()
        known.investigations[story.child] = made
        writer.act("Begin an investigation")
        writer.create(
            Investigation(
                id=made,
                stream=_stream(writer, known, story.child),
                kind=InvestigationKind(story.kind),
                known_on=writer.today,
            )
        )

    return begin


def _concluding(known: Known, story: InvestigationStory) -> Act:
    def conclude(writer: Writer) -> None:
        writer.act("Conclude an investigation")
        made = known.investigations[story.child]
        writer.set(Investigation, made, "ended_on", writer.today, parents=None)

    return conclude


def _notifying(known: Known, story: NotificationStory, day: dt.date) -> Act:
    """Write a notification that was assessed the same day and answered."""
    at = known.days.moment(day, dt.time(9, 20))

    def note(writer: Writer) -> None:
        writer.act("Record a notification")
        values = {**values_of(Notification, story.plain), "received_at": at}
        values |= {
            "assessed_at": at + dt.timedelta(hours=3),
            "assessed_by": known.worker,
            "receipt_sent_on": day,
        }
        stream = _stream(writer, known, story.child)
        writer.create(Notification(id=writer.new_id(), stream=stream, **values))

    return note


def running(known: Known) -> list[Act]:
    """Return the acts of this morning: notifications that came last night, whose 24 hours still run."""
    return [_arriving(known, story) for story in known.family.notifications if not story.at]


def _arriving(known: Known, story: NotificationStory) -> Act:
    last_night = known.days.moment(known.days.today - dt.timedelta(days=1), dt.time(19, 10))

    def arrive(writer: Writer) -> None:
        writer.act("Record a notification")
        values = {**values_of(Notification, story.plain), "received_at": last_night}
        stream = _stream(writer, known, story.child)
        writer.create(Notification(id=writer.new_id(), stream=stream, **values))

    return arrive


def _stream(writer: Writer, known: Known, child: str) -> Id:
    case = writer.get(Case, known.cases[child])
    assert case is not None
    return case.stream
