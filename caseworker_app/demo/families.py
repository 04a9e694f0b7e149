"""The families of the demo as they are told: who they are, what changed over time, and which meetings they had.

A story's other keys (``child_name``, ``role``, ``purpose`` …) are fields of the case, the person or the meeting in
the plain form of the log; the date of everything is a span from today (``when.shift``).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from importlib.resources import files
from typing import Any, Final, TypeVar

from caseworker_app.domain.case import Case
from caseworker_app.domain.entity import Entity, type_of
from caseworker_app.domain.intervention import Intervention
from caseworker_app.domain.meeting import Meeting
from caseworker_app.domain.notification import Notification
from caseworker_app.domain.person import Person
from caseworker_app.domain.plan import Goal, Plan

Plain = Mapping[str, Any]
T = TypeVar("T")

MAKE_UP: Final = "?"
"""In the place of a telephone number: make one up."""
CHILD: Final = "barn"
"""Among those invited: the child itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChildStory:
    """One child's case. ``sex`` is ``d`` or ``p``; ``letter`` lets the class at school follow the years.

    A child with ``term`` is not born yet; one ``born_later`` was not when the case was opened.
    """

    key: str
    opened: str
    age: str = ""
    sex: str = "p"
    term: str = ""
    letter: str = ""
    numbered: bool = True
    born_later: bool = False
    closed: str = ""
    close_reason: str = ""
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStory:
    """Somebody around the children named in ``of`` (all of the family's when empty), known ``since``."""

    key: str
    of: tuple[str, ...] = ()
    since: str = ""
    age: int = 0
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditStory:
    """What became another: fields of a child's case, or of a person's card (in every case when ``child`` is empty).

    An edit with ``undo`` was a mistake, taken back at once.
    """

    at: str
    child: str = ""
    person: str = ""
    set: Plain = field(default_factory=dict)
    undo: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingStory:
    """One meeting: planned when ``at`` is today or later, held before; agreements are what, who, when and why.

    ``invited`` are keys of persons; ``typed`` name, function and audience of somebody who is not on the case.
    """

    child: str
    at: str
    start: str
    minutes: int
    invited: tuple[str, ...]
    typed: tuple[tuple[str, ...], ...] = ()
    absent: tuple[str, ...] = ()
    number_to: tuple[str, ...] = ()
    called_off: bool = False
    worries: tuple[tuple[str, ...], ...] = ()
    works: tuple[tuple[str, ...], ...] = ()
    wishes: tuple[tuple[str, ...], ...] = ()
    agreements: tuple[tuple[str, ...], ...] = ()
    summary: str = ""
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InterventionStory:
    """One intervention, begun ``at`` a day and followed up as the rules ask, but for the latest ``missed`` ones.

    ``entry`` are entries of the catalogue: the first that there was on the day. ``said`` are the child's own words, the
    assessment and, if told, what was decided, for the latest follow-ups; ``next`` is the day agreed at the last one.
    ``rhythm`` (months, form, reasons, the child's wish) is decided after follow-up number ``decided_at``. ``exception``
    is kind, team leader, day, reason and why it serves the child. ``waived`` are numbers of follow-ups let go.
    """

    child: str
    entry: tuple[str, ...]
    at: str
    ended: str = ""
    end_reason: str = ""
    end_note: str = ""
    planned: str = ""
    missed: int = 0
    waived: tuple[int, ...] = ()
    waived_why: str = ""
    hearing: tuple[str, ...] = ()
    unheard: str = ""
    exception: tuple[str, ...] = ()
    rhythm: tuple[Any, ...] = ()
    decided_at: int = 1
    said: tuple[tuple[str, ...], ...] = ()
    place: str = ""
    present: tuple[str, ...] = ()
    towards_end: str = ""
    next: str = ""
    unsigned: bool = False
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalStory:
    """One goal; ``marks`` are how far it was at the latest follow-ups, ``said`` the words for them.

    A goal stays active unless ``status`` says draft, or how it was left on the day it ``ended``.
    """

    key: str
    under: str = ""
    expected: str = ""
    ended: str = ""
    status: str = "active"
    marks: tuple[int, ...] = ()
    said: tuple[str, ...] = ()
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanStory:
    """One plan with its goals; without ``ready`` it is still being made."""

    child: str
    begun: str
    ready: str = ""
    goals: tuple[GoalStory, ...] = ()
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvestigationStory:
    """One investigation, from the day the need was ``known``."""

    child: str
    known: str
    kind: str = "investigation"
    ended: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationStory:
    """One notification, assessed the same day; without ``at`` it came last night, and its 24 hours still run."""

    child: str
    at: str = ""
    plain: Plain = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class MapStory:
    """One netværkskort, begun ``at`` a day and kept the same day unless it is a ``draft``.

    ``people`` are rows with ``called``, ``at`` ("ring sector"), and perhaps ``card`` (a person's key), ``line`` (how it
    goes with the child), ``kind``, ``role``, and other fields of the entity. ``lines`` are who, whom, kind and perhaps
    whose statement; ``homes`` name and members, ``*`` being the child; ``quotes`` words and about whom; ``tasks`` who,
    what and by when. A map ``drawn_from`` another one begins with everything on it: then ``moved`` are name, ring and
    sector, ``gone`` names, and ``people`` and ``lines`` what is new or changed. ``attached`` puts it to the child's
    investigation.
    """

    child: str
    at: str
    voice: str
    key: str = ""
    drawn_from: str = ""
    place: str = ""
    present: tuple[str, ...] = ()
    people: tuple[Plain, ...] = ()
    lines: tuple[tuple[str, ...], ...] = ()
    homes: tuple[tuple[str, ...], ...] = ()
    quotes: tuple[tuple[str, ...], ...] = ()
    moved: tuple[tuple[str, str, str], ...] = ()
    gone: tuple[str, ...] = ()
    tasks: tuple[tuple[str, str, str], ...] = ()
    draft: bool = False
    attached: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Children who belong together, with everybody and everything around them."""

    name: str
    home: Plain
    children: tuple[ChildStory, ...]
    people: tuple[PersonStory, ...]
    siblings: tuple[tuple[str, str, str], ...] = ()
    edits: tuple[EditStory, ...] = ()
    meetings: tuple[MeetingStory, ...] = ()
    interventions: tuple[InterventionStory, ...] = ()
    plans: tuple[PlanStory, ...] = ()
    investigations: tuple[InvestigationStory, ...] = ()
    notifications: tuple[NotificationStory, ...] = ()
    maps: tuple[MapStory, ...] = ()


def told(worker: str) -> Iterator[Family]:
    """Yield the families of the demo; ``worker`` is the full name of the caseworker they know."""
    folder = files("caseworker_app.demo") / "stories"
    for file in sorted(folder.iterdir(), key=lambda found: found.name):
        if file.name.endswith(".toml"):
            yield read(file.name.removesuffix(".toml"), file.read_text(encoding="utf-8"), worker)


def read(name: str, text: str, worker: str) -> Family:
    """Return the family a story tells of. Raises ``ValueError`` or ``KeyError`` for what no story may hold."""
    spoken = text.replace("{worker}", worker).replace("{me}", worker.split(" ")[0])
    found = tomllib.loads(spoken)
    children = tuple(_of(ChildStory, Case, row) for row in found["child"])
    return Family(
        name=name,
        home=found["home"],
        children=children,
        people=tuple(_of(PersonStory, Person, row) for row in found["person"]),
        siblings=_siblings(found.get("siblings"), [child.key for child in children]),
        edits=tuple(_of(EditStory, None, row) for row in found.get("edit", ())),
        meetings=tuple(_of(MeetingStory, Meeting, row) for row in found.get("meeting", ())),
        interventions=tuple(
            _of(InterventionStory, Intervention, row) for row in found.get("intervention", ())
        ),
        plans=tuple(_plan(row) for row in found.get("plan", ())),
        investigations=tuple(_of(InvestigationStory, None, row) for row in found.get("investigation", ())),
        notifications=tuple(
            _of(NotificationStory, Notification, row) for row in found.get("notification", ())
        ),
        maps=tuple(_of(MapStory, None, row) for row in found.get("map", ())),
    )


def _plan(row: Mapping[str, Any]) -> PlanStory:
    goals = tuple(_of(GoalStory, Goal, goal) for goal in row.get("goal", ()))
    bare = {key: value for key, value in row.items() if key != "goal"}
    return replace(_of(PlanStory, Plan, bare), goals=goals)


def _siblings(named: list[list[str]] | None, keys: list[str]) -> tuple[tuple[str, str, str], ...]:
    """Return who is whose sibling: as named, else every two of the family as full ones."""
    if named is None:
        return tuple((one, other, "full") for at, one in enumerate(keys) for other in keys[at + 1 :])
    return tuple((one, other, kind) for one, other, kind in named)


def _of(story: type[T], about: type[Entity] | None, row: Mapping[str, Any]) -> T:
    """Return a story's row: its own keys, and the rest as plain fields of what it is ``about``."""
    own = {f.name for f in fields(story)} - {"plain"}  # type: ignore[arg-type]
    given: dict[str, Any] = {key: _tuples(value) for key, value in row.items() if key in own}
    rest = {key: value for key, value in row.items() if key not in own}
    if about is not None:
        given["plain"] = rest
    unknown = rest.keys() - (type_of(about).specs.keys() if about is not None else set())
    if unknown:
        raise ValueError(f"a story says what nobody keeps: {', '.join(sorted(unknown))}")
    return story(**given)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def values_of(about: type[Entity], plain: Plain) -> dict[str, Any]:
    """Return plain fields as values of an entity's fields; texts without the space around them."""
    specs = type_of(about).specs
    return {
        name: specs[name].from_plain(value.strip() if isinstance(value, str) else value)
        for name, value in plain.items()
    }
