"""One thing that is due, and the sentence that says why."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.model import Bound, ItemKind, Origin, Part, Reference
from caseworker_app.domain.rules.periods import Period
from caseworker_app.domain.rules.vocabulary import EVENT_LABELS


class How(StrEnum):
    """How a date was found."""

    AFTER_START = "after_start"
    EVERY_FROM_START = "every_from_start"
    SPACED = "spaced"
    AFTER_HELD = "after_held"
    AFTER_DUE = "after_due"
    AT_EVENT = "at_event"
    DECIDED = "decided"
    AFTER_EVENT = "after_event"
    BEFORE_EVENT = "before_event"
    BEFORE_BIRTHDAY = "before_birthday"
    AT_BIRTHDAY = "at_birthday"
    ON_EVENT = "on_event"
    LATE_EVENT = "late_event"
    RULE_CHANGED = "rule_changed"


HOW_LABELS = {
    How.AFTER_START: "{period} after the start on {since}",
    How.EVERY_FROM_START: "every {period} from the start on {since}",
    How.SPACED: "at least {times} times a year; {period} apart from the start on {since} is our own spacing",
    How.AFTER_HELD: "{period} after the one held on {since}",
    How.AFTER_DUE: "{period} after the one due on {since}",
    How.AT_EVENT: "the parallel investigation ended on {since}, before {period} had passed",
    How.DECIDED: "{period} after {since}, by the decision on the further rhythm",
    How.AFTER_EVENT: "{period} after {event} on {since}",
    How.BEFORE_EVENT: "{period} before {event} on {since}",
    How.BEFORE_BIRTHDAY: "{period} before the birthday on {since}",
    How.AT_BIRTHDAY: "the birthday on {since}",
    How.ON_EVENT: "{event} on {since}; the law names no number of days",
    How.LATE_EVENT: "{event} on {since}; the usual time was over by then",
    How.RULE_CHANGED: "the rule changed on {since}",
}


class Found(NamedTuple):
    """A date found, the rule and part it comes from, and what it is counted from."""

    due: date
    origin: Origin
    part: Part
    how: How
    since: date
    period: Period | None = None
    continued: bool = False
    period_of_floor: Period | None = None
    event: str = ""
    at: datetime | None = None


class DueItem(NamedTuple):
    """Something due, with what settled it.

    ``number`` counts the dates of one schedule from 1. ``held`` and ``waived`` say how it was settled. ``extra``
    marks a follow-up above the floor, which an exception may let be held in a lighter form; ``floor`` of an
    open one is the last day for the next full one. (A named tuple: made by the thousand, in half the time.)
    """

    found: Found
    number: int
    held: date | None = None
    waived: bool = False
    extra: bool = False
    floor: date | None = None

    @property
    def due(self) -> date:
        """The day it is due; for a deadline in hours the local day of :attr:`at`."""
        return self.found.due

    @property
    def at(self) -> datetime | None:
        """The moment it is due, for a deadline in hours whose event has one."""
        return self.found.at

    @property
    def origin(self) -> Origin:
        """The rule with its name and citation."""
        return self.found.origin

    @property
    def part(self) -> Part:
        """What is asked for."""
        return self.found.part

    @property
    def kind(self) -> ItemKind:
        """What is due."""
        return self.found.part.kind

    @property
    def rule(self) -> str:
        """The id of the rule within its set."""
        return self.found.origin.rule

    @property
    def rule_set(self) -> str:
        """The id of the rule set."""
        return self.found.origin.rule_set

    @property
    def law(self) -> bool:
        """Whether it is law; otherwise a local standard."""
        return self.found.origin.reference.law

    @property
    def source(self) -> Reference:
        """The citation with its certainty."""
        return self.found.origin.reference

    @property
    def participants(self) -> tuple[str, ...]:
        """Who takes part, by function."""
        return self.found.part.participants

    @property
    def outcome(self) -> tuple[str, ...]:
        """What must come out."""
        return self.found.part.outcome

    @property
    def status(self) -> bool:
        """Whether status is taken at this follow-up: continue or not, and when to end."""
        return self.found.part.status

    @property
    def bound(self) -> Bound:
        """What the date is: the latest day, the earliest, ..."""
        return self.found.part.bound

    @property
    def settled(self) -> bool:
        """Whether it was held or waived."""
        return self.held is not None or self.waived

    @property
    def is_follow_up(self) -> bool:
        """Whether it counts as a follow-up in figures."""
        return self.found.part.is_follow_up

    @property
    def reason(self) -> Phrase:
        """What the date is counted from, without saying whose rule it is."""
        found = self.found
        values: dict[str, object] = {"since": found.since}
        if found.period is not None:
            values["period"] = found.period.phrase
            values["times"] = 12 // found.period.count
        if found.event:
            values["event"] = Phrase(EVENT_LABELS[found.event])
        said = Phrase(HOW_LABELS[found.how], values)
        if found.continued:
            said = Phrase("past the last date of the course and still open, {reason}", {"reason": said})
        if found.part.status:
            said = Phrase("{reason}; status is taken here", {"reason": said})
        return said

    @property
    def why(self) -> Phrase:
        """The reason as a sentence: law or local standard, the rule's period, and the event it is counted from."""
        values = {"reason": self.reason}
        if not self.law:
            return Phrase("Local standard: {reason}", values)
        if self.source.is_fact:
            return Phrase("Law: {reason}", values)
        return Phrase("Law, not verified: {reason}", values)
