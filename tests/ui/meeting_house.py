"""A family with a meeting, and the meeting's page over it, for tests of the window."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.case import Address
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Meeting, TimeSpan
from caseworker_app.domain.person import Role
from caseworker_app.services import cases, meetings, people
from caseworker_app.services.meetings import MeetingView

WHEN = TimeSpan(dt.date(2026, 11, 25), dt.time(10, 30), dt.time(12, 0))
HELD = TimeSpan(dt.date(2026, 11, 20), dt.time(10, 30), dt.time(12, 0))
PLAN = {"purpose": "vi vil hjælpe Emma", "when": WHEN, "place": "Skolen"}
CHILD = {
    "child_name": "Emma Holm",
    "person_number": "6103154234",
    "address": Address("Kastanievej 3", "7400", "Herning"),
}


@dataclass
class Family:
    """A child's case with its people by name, and a meeting that is planned."""

    case: Id
    people: dict[str, Id]
    meeting: Id
    write: Callable[[Callable[[Any], Any]], Any]
    read: Callable[[Callable[[Any], Any]], Any]

    def view(self) -> MeetingView:
        """Return the meeting as the store shows it."""
        return self.read(lambda r: meetings.view(r, self.meeting))

    def stored(self) -> Meeting:
        """Return the meeting's own fields."""
        return self.view().meeting

    def names(self) -> list[str]:
        """Return who is invited, in order."""
        return [p.name for p in self.view().participants]

    def participant(self, name: str) -> Any:
        """Return one participant."""
        return next(p for p in self.view().participants if p.name == name)


def settle_family(write: Any, read: Any, **plan: object) -> Family:
    """Write a family of four with a meeting into a store."""
    case = write(lambda w: cases.register(w, CHILD))
    people_ = {}
    for name, role, more in (
        ("Mia Holm", Role.MOTHER, {"address": Address("Kastanievej 3", "7400", "Herning")}),
        ("Jonas Bech", Role.FATHER, {"address": Address("Skovvej 1", "8000", "Aarhus"), "address_protected": True}),
        ("Tom Vang", Role.TEACHER, {"function": "klasselærer"}),
    ):  # fmt: skip
        values = {"name": name, "role": role, **more}
        people_[name] = write(lambda w, values=values: people.add(w, case, values))
    meeting = write(lambda w: meetings.plan(w, case, {**PLAN, **plan}))
    return Family(case, people_, meeting, write, read)
