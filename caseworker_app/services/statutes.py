"""What the law counts from an event of a case: a notification, a decision, a birthday; and what has settled it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from caseworker_app.domain.access_request import AccessRequest
from caseworker_app.domain.case import Case
from caseworker_app.domain.complaint import Complaint
from caseworker_app.domain.consent import ParentsHearing
from caseworker_app.domain.follow_up import CaseEvent, DeadlineMark
from caseworker_app.domain.ids import Id
from caseworker_app.domain.intervention import DECIDED, PLACEMENTS, Intervention, InterventionKind
from caseworker_app.domain.investigation import Investigation, InvestigationKind
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.plan import Plan, PlanKind, PlanState
from caseworker_app.domain.rules.items import DueItem, Found, How
from caseworker_app.domain.rules.statute import statutory
from caseworker_app.domain.rules.vocabulary import EVENT_LABELS
from caseworker_app.services.deadline import MissingDay
from caseworker_app.services.rule_book import RuleBook

DENMARK = ZoneInfo("Europe/Copenhagen")
"""The law's days are Denmark's, wherever the worker is."""

_SUPPORT = frozenset({InterventionKind.PREVENTIVE, InterventionKind.FAMILY_STAY})
_DECISIONS = frozenset({"support_decided", "placement_decided", "forced_placement_decided"})
"""The events whose day is that of the decision."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a case's statutory deadlines hang on, besides its interventions' own rules."""

    case: Case
    interventions: Sequence[Intervention]
    notifications: Sequence[Notification] = ()
    investigations: Sequence[Investigation] = ()
    plans: Sequence[Plan] = ()
    events: Sequence[CaseEvent] = ()
    marks: Sequence[DeadlineMark] = ()
    complaints: Sequence[Complaint] = ()
    hearings: Sequence[tuple[ParentsHearing, dt.date | None]] = ()
    """Hearings of parents that have a day to answer by, each with the day on which it was written that none came."""
    requests: Sequence[AccessRequest] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """One statutory item with the thing it runs from; ``held`` or ``waived`` when it is settled."""

    item: DueItem
    subject_type: str
    subject: Id


@dataclass(frozen=True, slots=True)
class _Event:
    trigger: str
    moment: dt.date | dt.datetime
    subject_type: str
    subject: Id


def statutory_items(book: RuleBook, facts: Facts) -> Iterator[Counted]:
    """Yield everything the law counts from the case's events, settled things too."""
    for event in _events(facts):
        found = statutory(
            book.law, event.trigger, event.moment, birth=facts.case.born, holidays=book.holidays
        )
        for item in found:
            if _applies(facts, event, item):
                done, waived = _settled(facts, event, item)
                settled = DueItem(item.found, item.number, done, waived) if done or waived else item
                yield Counted(settled, event.subject_type, event.subject)


def _events(facts: Facts) -> Iterator[_Event]:
    for notification in facts.notifications:
        if notification.received_at is not None:
            yield from _of_notification(facts, notification, notification.received_at.astimezone(DENMARK))
    for one in facts.investigations:
        if one.known_on is not None and one.kind is InvestigationKind.INVESTIGATION:
            yield _Event("need_known", one.known_on, "investigation", one.id)
        elif one.known_on is not None and one.kind is InvestigationKind.SCOPING:
            yield _Event("scoping_started", one.known_on, "investigation", one.id)
    for found in facts.interventions:
        yield from _of_intervention(found)
    yield from _of_letters(facts)
    if facts.case.unborn and facts.case.term is not None:
        yield _Event("expected_birth", facts.case.term, "case", facts.case.id)


def _of_letters(facts: Facts) -> Iterator[_Event]:
    """Yield what came in, and what was written down because a deadline hangs on it."""
    for complaint in facts.complaints:
        if complaint.received_on is not None:
            yield _Event("complaint_received", complaint.received_on, "complaint", complaint.id)
    for asked in facts.requests:
        if asked.received_on is not None:
            yield _Event("access_requested", asked.received_on, "access_request", asked.id)
    for happened in facts.events:
        if happened.happened_on is not None and happened.event in EVENT_LABELS:
            yield _Event(happened.event, happened.happened_on, "case_event", happened.id)


def _of_notification(facts: Facts, found: Notification, moment: dt.datetime) -> Iterator[_Event]:
    yield _Event("notification_received", moment, "notification", found.id)
    if helped_on(facts.interventions, moment.date()):
        yield _Event("notification_in_open_case", moment.date(), "notification", found.id)
    if found.abuse_suspected:
        yield _Event("notification_of_abuse", moment.date(), "notification", found.id)


def helped_on(interventions: Iterable[Intervention], day: dt.date) -> bool:
    """Whether the child has support or is placed on a day: then a new notification asks for a second opinion."""
    return any(i.kind in _SUPPORT | PLACEMENTS and i.open_on(day) for i in interventions)


def _of_intervention(found: Intervention) -> Iterator[_Event]:
    def event(name: str, day: dt.date) -> _Event:
        return _Event(name, day, "intervention", found.id)

    if found.decided_on is not None:
        if found.kind in PLACEMENTS:
            forced = "forced_placement_decided" if found.without_consent else "placement_decided"
            yield event(forced, found.decided_on)
        elif found.kind in _SUPPORT:
            yield event("support_decided", found.decided_on)
    if found.told_on is not None and found.kind in DECIDED:
        yield event("decision_notified", found.told_on)
    if found.start is not None and found.kind in PLACEMENTS:
        yield event("placement_started", found.start)


def _applies(facts: Facts, event: _Event, item: DueItem) -> bool:
    """Whether it is still the intervention's: what hangs on the child's age falls away with the help."""
    if event.subject_type != "intervention" or event.trigger == "decision_notified":
        return True
    found = next(i for i in facts.interventions if i.id == event.subject)
    return found.ended_on is None or item.due <= found.ended_on or "plan_ready" in item.outcome


# --- What has settled it -------------------------------------------------------------------------------------


def missing_days(book: RuleBook, facts: Facts, today: dt.date) -> Iterator[MissingDay]:
    """Yield the days of decisions that are missing where the law counts a deadline from them that nothing settles.

    Asked for of what runs today. The law is that of the start, as long as the day of the decision is not known.
    """
    for found in facts.interventions:
        if found.start is None or found.decided_on is not None or not found.open_on(today):
            continue
        rules = book.law.on(found.start)
        if rules is None:
            continue
        for event in _of_intervention(replace(found, decided_on=found.start, told_on=None)):
            for one in rules.by_event.get(event.trigger, ()) if event.trigger in _DECISIONS else ():
                item = DueItem(Found(found.start, one.origin, one.part, How.ON_EVENT, found.start), 1)
                if one.age is None and not any(_settled(facts, event, item)):
                    yield MissingDay(found.id, "decided_on", one.origin.title, one.origin.reference.phrase)


def _settled(facts: Facts, event: _Event, item: DueItem) -> tuple[dt.date | None, bool]:
    """Return the day it was done, and whether it was waived."""
    for mark in facts.marks:
        if mark.subject == event.subject and mark.rule == f"law:{item.rule}":
            if mark.done_on is not None:
                return mark.done_on, False
            if mark.waiver is not None:
                return None, True
    return _done(facts, event, item), False


def _done(facts: Facts, event: _Event, item: DueItem) -> dt.date | None:
    outcome = set(item.outcome)
    if event.subject_type == "notification":
        return _notification_done(_one(facts.notifications, event.subject), outcome)
    if event.subject_type == "investigation":
        ended: dt.date | None = _one(facts.investigations, event.subject).ended_on
        return ended
    if event.subject_type == "complaint":
        complaint: Complaint = _one(facts.complaints, event.subject)
        return complaint.reassessed_on or complaint.sent_on or complaint.settled_on
    if event.subject_type == "access_request":
        given: dt.date | None = _one(facts.requests, event.subject).given_on
        return given
    if outcome & {"plan_ready", "plan_before_decision"}:
        return _plan_ready(facts.plans, event.moment)
    if "youth_plan_considered" in outcome:
        return min(
            (p.begun_on for p in facts.plans if p.kind is PlanKind.YOUTH_PLAN and p.begun_on), default=None
        )
    return None


def _notification_done(found: Notification, outcome: set[str]) -> dt.date | None:
    if "danger_assessed" in outcome and found.assessed_at is not None:
        return found.assessed_at.astimezone(DENMARK).date()
    if "case_reassessed" in outcome:
        return found.second_on
    if "talk_without_parents" in outcome:
        return found.child_heard_on
    return found.receipt_sent_on if "receipt_sent" in outcome else None


def _plan_ready(plans: Iterable[Plan], decided: dt.date | dt.datetime) -> dt.date | None:
    """Return when a plan that was in use after the decision was ready."""
    day = decided.date() if isinstance(decided, dt.datetime) else decided
    ready = [
        plan.ready_on
        for plan in plans
        if plan.ready_on is not None
        and plan.state is not PlanState.DRAFT
        and (plan.ended_on is None or plan.ended_on >= day)
    ]
    return min(ready, default=None)


def _one(things: Iterable[Any], of: Id) -> Any:
    return next(thing for thing in things if thing.id == of)
