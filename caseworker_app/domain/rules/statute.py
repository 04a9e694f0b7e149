"""Deadlines the law counts from an event: what falls due, by when, and how sure that is."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Final

from caseworker_app.domain.age import birthday
from caseworker_app.domain.errors import InvalidInput
from caseworker_app.domain.rules.items import DueItem, Found, How
from caseworker_app.domain.rules.model import Deadline, RuleSet
from caseworker_app.domain.rules.periods import Period, Unit
from caseworker_app.domain.rules.timeline import RuleSetTimeline
from caseworker_app.domain.rules.vocabulary import EVENT_LABELS
from caseworker_app.domain.rules.workdays import Holidays, after_hverdage, after_working_days

OF_AGE: Final = 18


def statutory(
    law: RuleSet | RuleSetTimeline,
    event: str,
    moment: date | datetime,
    *,
    birth: date | None = None,
    holidays: Holidays | None = None,
) -> tuple[DueItem, ...]:
    """Return what the law counts from an event, in the order of the rule file.

    ``moment`` is the local day of the event, or a moment with its zone, which deadlines in hours need to say
    a moment (``item.at``); without one they are due on the day after. Deadlines that hang on an age need
    ``birth`` and are left out without it (:func:`needs_birth` asks); they are never due before the event, and
    not counted for who is of age by then. The law is that of the event's day; for an age that of the day the
    deadline falls on. ``holidays`` are needed for hverdage.

    Raises :class:`InvalidInput` for an unknown event and for a moment without a zone.
    """
    if event not in EVENT_LABELS:
        raise InvalidInput("event", "There is no event {event} in the rules.", event=event)
    if isinstance(moment, datetime) and moment.tzinfo is None:
        raise InvalidInput("moment", "A moment needs its time zone.", "Give the zone, or only the day.")
    timeline = law if isinstance(law, RuleSetTimeline) else RuleSetTimeline.of(law)
    alone = isinstance(law, RuleSet)  # evaluated as it stands, whatever its dates of validity
    then = timeline.on(_day(moment))
    items = []
    for rules in timeline.sets:
        for deadline in rules.by_event.get(event, ()):
            if not (alone or deadline.age or rules is then):
                continue
            found = _found(deadline, event, moment, birth, holidays)
            if found and (alone or not deadline.age or timeline.on(found.due) is rules):
                items.append(DueItem(found, 1))
    return tuple(items)


def needs_birth(law: RuleSet | RuleSetTimeline, event: str) -> bool:
    """Whether a deadline of this event hangs on the child's age."""
    sets = law.sets if isinstance(law, RuleSetTimeline) else (law,)
    return any(each.age for rules in sets for each in rules.by_event.get(event, ()))


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _found(
    deadline: Deadline, event: str, moment: date | datetime, birth: date | None, holidays: Holidays | None
) -> Found | None:
    day, origin, part = _day(moment), deadline.origin, deadline.part
    if deadline.age:
        return _at_age(deadline, event, day, birth)
    if deadline.after is not None:
        due, at = _after(deadline.after, moment, holidays)
        return Found(due, origin, part, How.AFTER_EVENT, day, deadline.after, event=event, at=at)
    if deadline.before is not None:
        due = deadline.before.before(day)
        return Found(due, origin, part, How.BEFORE_EVENT, day, deadline.before, event=event)
    return Found(day, origin, part, How.ON_EVENT, day, event=event)


def _after(
    period: Period, moment: date | datetime, holidays: Holidays | None
) -> tuple[date, datetime | None]:
    """Hours are real hours, also over the night the clocks change; the rest is counted in local days."""
    if period.unit is Unit.HOURS:
        if not isinstance(moment, datetime):
            return moment + timedelta(days=-(-period.count // 24)), None
        at = (moment.astimezone(UTC) + timedelta(hours=period.count)).astimezone(moment.tzinfo)
        return at.date(), at
    if period.unit is Unit.HVERDAGE:
        if holidays is None:
            raise ValueError("hverdage are counted over holidays")
        return after_hverdage(_day(moment), period.count, holidays), None
    if period.unit is Unit.WORKING_DAYS:
        if holidays is None:
            raise ValueError("working days are counted over holidays")
        return after_working_days(_day(moment), period.count, holidays), None
    return period.after(_day(moment)), None


def _at_age(deadline: Deadline, event: str, day: date, birth: date | None) -> Found | None:
    if birth is None or not deadline.age or day >= birthday(birth, OF_AGE):
        return None
    reached = birthday(birth, deadline.age)
    due, how = reached, How.AT_BIRTHDAY
    if deadline.before is not None:
        due, how = deadline.before.before(reached), How.BEFORE_BIRTHDAY
    if due < day:
        return Found(day, deadline.origin, deadline.part, How.LATE_EVENT, day, deadline.before, event=event)
    return Found(due, deadline.origin, deadline.part, how, reached, deadline.before, event=event)
