"""By when a request for access is to be answered, as the rules have it, with the reserve they say it with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from caseworker_app.domain.access_request import AccessRequest
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.statute import statutory
from caseworker_app.services.rule_book import RuleBook


@dataclass(frozen=True, slots=True)
class Answer:
    """The last day, where the rule stands (with what is not certain of it), and whether the day is past."""

    due: dt.date
    source: Phrase
    late: bool


def answer_by(book: RuleBook, request: AccessRequest, today: dt.date) -> Answer | None:
    """Return by when a request is to be answered; ``None`` where the rules count nothing."""
    if request.received_on is None:
        return None
    found = statutory(book.law, "access_requested", request.received_on, holidays=book.holidays)
    first = min(found, key=lambda item: item.due, default=None)
    return None if first is None else Answer(first.due, first.source.phrase, first.due < today)
