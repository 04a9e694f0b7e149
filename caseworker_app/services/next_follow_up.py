"""The day to agree for the next follow-up, as soon as it is known when this one was held."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from caseworker_app.domain.follow_up import FollowUp
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.rules.workdays import planned_for
from caseworker_app.services import courses
from caseworker_app.services.ports import Reader
from caseworker_app.services.rule_book import RuleBook

_AHEAD = dt.timedelta(days=400)


def suggested(
    reader: Reader, book: RuleBook, found: Intervention, held_on: dt.date, due: dt.date | None
) -> dt.date | None:
    """Return the working day for the next follow-up if one is held now; ``None`` when no rule asks for another.

    ``due`` is the due date this one settles. The suggestion is the last working day on or before the next due date
    that lies after the day held.
    """
    course = courses.course_of(reader, found)
    if due is not None:
        this = FollowUp(intervention=found.id, due=due, held_on=held_on)
        course = replace(course, follow_ups=(*course.follow_ups, this))
    items = courses.main_items(book, course, max(held_on, reader.today) + _AHEAD)
    coming = [item.due for item in items if not item.settled and item.due > held_on]
    if not coming:
        return None
    day = planned_for(min(coming), book.holidays)
    return day if day > held_on else min(coming)
