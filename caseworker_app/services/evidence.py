"""What shows that a goal moves: entries, talks, meetings and follow-ups of the child's own case, linked to the goal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from caseworker_app.domain.entity import Entity, type_named, type_of
from caseworker_app.domain.follow_up import ChildTalk, FollowUp
from caseworker_app.domain.ids import Id
from caseworker_app.domain.journal import Entry
from caseworker_app.domain.measurement import PHASE_LABELS, Measurement
from caseworker_app.domain.meeting import Meeting, kind_name
from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.plan import Evidence
from caseworker_app.services import goals
from caseworker_app.services.goals import GoalView
from caseworker_app.services.ports import Reader

MOST = 200
"""So many things are offered at once, the latest."""


@dataclass(frozen=True, slots=True)
class Shows:
    """Something that shows how far a goal is. ``said`` is what it is called: a phrase, or words somebody wrote.

    ``link`` is the link from the goal, ``None`` for something that could be linked.
    """

    target_type: str
    target: Id
    said: Phrase | str
    on: dt.date | None
    note: str = ""
    link: Id | None = None


def of_goal(reader: Reader, view: GoalView) -> tuple[Shows, ...]:
    """Return what is linked to a goal, latest first; something taken back since is left out."""
    found = []
    for link in view.evidence:
        thing = _target(reader, link)
        if thing is not None and link.target is not None:
            said, on = _named(thing)
            found.append(Shows(link.target_type, link.target, said, on, link.note, link.id))
    return _latest_first(found)


def candidates(reader: Reader, goal: Id) -> tuple[Shows, ...]:
    """Return what of the case could be linked to a goal and is not yet, latest first, at most :data:`MOST`."""
    now = goals.known(reader, goal)
    linked = {link.target for link in reader.find(Evidence, where={"goal": goal})}
    found = []
    for cls in _NAMES:
        for thing in reader.find(cls, stream=now.stream):
            if thing.id not in linked and _happened(thing):
                said, on = _named(thing)
                found.append(Shows(type_of(cls).name, thing.id, said, on))
    return _latest_first(found)[:MOST]


def _target(reader: Reader, link: Evidence) -> Entity | None:
    declared = type_named(link.target_type)
    if declared is None or link.target is None:
        return None
    thing: Entity | None = reader.get(declared.cls, link.target)
    return None if thing is None or thing.cancelled else thing


def _happened(thing: Entity) -> bool:
    """Whether it has happened: a meeting without a day and a due date let go show nothing."""
    return _named(thing)[1] is not None


def _named(thing: Entity) -> tuple[Phrase | str, dt.date | None]:
    name = _NAMES.get(type(thing))
    return (Phrase(type_of(type(thing)).label), None) if name is None else name(thing)


def _entry(thing: Any) -> tuple[Phrase | str, dt.date | None]:
    return thing.heading or Phrase("Journal entry"), thing.held_on or thing.written_on


def _meeting(thing: Any) -> tuple[Phrase | str, dt.date | None]:
    return Phrase(kind_name(thing)), None if thing.when is None else thing.when.day


def _follow_up(thing: Any) -> tuple[Phrase | str, dt.date | None]:
    return Phrase("Follow-up"), thing.held_on


def _talk(thing: Any) -> tuple[Phrase | str, dt.date | None]:
    return Phrase("Talk with the child"), thing.held_on


def _measurement(thing: Any) -> tuple[Phrase | str, dt.date | None]:
    phase = Phrase(PHASE_LABELS[thing.phase])
    return Phrase("{name}, {phase}", {"name": thing.asked or thing.called, "phase": phase}), thing.taken_on


_NAMES: Mapping[type[Entity], Callable[[Any], tuple[Phrase | str, dt.date | None]]] = {
    Entry: _entry,
    Meeting: _meeting,
    FollowUp: _follow_up,
    ChildTalk: _talk,
    Measurement: _measurement,
}


def _latest_first(found: list[Shows]) -> tuple[Shows, ...]:
    return tuple(sorted(found, key=lambda one: (one.on or dt.date.min, one.target), reverse=True))
