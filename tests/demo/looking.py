"""What tests of the demo look at: every value, every text, every date on which a case was open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from caseworker_app.domain.agreement import Agreement
from caseworker_app.domain.case import Case, SiblingLink
from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.follow_up import (
    ChildTalk,
    DeadlineMark,
    FollowUp,
    FollowUpException,
    PartyHearing,
    RhythmDecision,
)
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.investigation import Investigation
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.kinds import REFERENCE, TEXT
from caseworker_app.domain.meeting import Meeting, MeetingPoint, Participant
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.office import Office, Print, Worker
from caseworker_app.domain.person import Person
from caseworker_app.domain.plan import Goal, Plan, PlanVersion, ProgressMark
from caseworker_app.services.ports import Reader

KINDS: tuple[type[Entity], ...] = (
    Case, SiblingLink, Person, Meeting, Participant, MeetingPoint, Agreement, Print, Worker, Office,
    Intervention, FollowUp, ChildTalk, PartyHearing, FollowUpException, RhythmDecision, DeadlineMark,
    Plan, PlanVersion, Goal, ProgressMark, Entry, Notification, Investigation,
)  # fmt: skip

SNAPSHOT = "snapshot"
"""JSON of a plan as it stood, with identities in it: no text that anybody reads."""


def rows(reader: Reader) -> dict[str, list[Any]]:
    """Return everything in the store, by kind, in the order it was made."""
    return {of.__name__: reader.find(of, cancelled=True) for of in KINDS}


def fingerprint(reader: Reader) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything but identities: what two fillings of one seed have in common."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for of in KINDS:
        specs = [s for s in type_of(of).specs.values() if s.kind is not REFERENCE and s.name != SNAPSHOT]
        values = [
            tuple(spec.to_plain(getattr(thing, spec.name)) for spec in specs) for thing in reader.find(of)
        ]
        found[of.__name__] = sorted(values, key=repr)
    found["log"] = [(act.at, act.label) for act in reader.acts(limit=100_000)]
    return found


def texts(reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Yield kind, field and text of every text that is not empty."""
    for of in KINDS:
        names = [s.name for s in type_of(of).specs.values() if s.kind is TEXT and s.name != SNAPSHOT]
        for thing in reader.find(of):
            for name in names:
                if getattr(thing, name):
                    yield of.__name__, name, getattr(thing, name)


def most_at_once(reader: Reader, today: dt.date) -> int:
    """Return how many cases were open on the busiest day."""
    cases = reader.find(Case)
    days = {case.opened_on for case in cases if case.opened_on}
    return max(
        sum(1 for case in cases if case.opened_on and case.opened_on <= day <= (case.closed_on or today))
        for day in days
    )
