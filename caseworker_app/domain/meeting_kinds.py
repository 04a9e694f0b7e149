"""Kinds of meeting: data that ships with the program, over which a municipality lays its own.

A catalogue is TOML, one table a kind::

    [[kind]]
    id = "team_meeting"
    name = "Team meeting"
    length = 90
    every = 14
    unit = "days"
    about = "staff"
    who = ["rådgivere", "teamleder"]
    agenda = ["Netværkskort: en sag pr. gang", "Nyt og orientering"]
    letter = "invitation_meeting"
    form = "none"
    anonymous = false
    leaves = ["tasks"]

``id``, ``name`` and ``length`` (minutes) are needed. ``name`` is an English msgid where the kind ships, the
municipality's own words where it is its own. ``who`` are the functions of those who usually take part: ``child``,
``parents``, ``network``, or Danish words as they stand on paper. ``every`` and ``unit`` (``days``, ``weeks``, ``months``)
are the usual cadence; left out it is held as needed. Agendas are Danish: they stand on paper.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from caseworker_app.domain.errors import UserError
from caseworker_app.domain.meeting import MEETING_KIND_LABELS, MeetingKind, MinutesForm
from caseworker_app.domain.person import PARENTS, Person
from caseworker_app.domain.template_parts import Fault

CHILD, PARENTS_WORD, NETWORK = "child", "parents", "network"
"""Functions that are not Danish words: the child itself, whoever is parent to it, and its own network."""
WHO_LABELS = {CHILD: "the child itself", PARENTS_WORD: "parents", NETWORK: "the network"}


class Unit(StrEnum):
    """What a cadence counts in."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Cadence:
    """Every so many days, weeks or calendar months."""

    every: int
    unit: Unit


class About(StrEnum):
    """Whether a meeting is about one child, or about none in particular."""

    CHILD = "child"
    STAFF = "staff"


class Leaves(StrEnum):
    """What a meeting leaves behind."""

    MINUTES = "minutes"
    AGREEMENTS = "agreements"
    TASKS = "tasks"
    GOALS = "goals"
    JOURNAL = "journal"
    DECISION = "decision"
    HANDED_OVER = "handed_over"
    VISIT = "visit"
    BOARD = "board"


LEAVES_LABELS = {
    Leaves.MINUTES: "minutes of the meeting",
    Leaves.AGREEMENTS: "agreements",
    Leaves.TASKS: "tasks",
    Leaves.GOALS: "goals and steps of the plan",
    Leaves.JOURNAL: "a note in the journal",
    Leaves.DECISION: "a decision",
    Leaves.HANDED_OVER: "a case handed over",
    Leaves.VISIT: "a visit form",
    Leaves.BOARD: "rows on the board",
}
LETTERS = ("invitation_meeting", "invitation_network", "invitation_involving")
"""The letters a kind may be invited to with."""


@dataclass(frozen=True, slots=True)
class MeetingSort:
    """One kind of meeting. ``length`` in minutes; ``own`` says that it is the municipality's."""

    id: str
    name: str
    length: int
    cadence: Cadence | None = None
    about: About = About.CHILD
    who: tuple[str, ...] = ()
    agenda: tuple[str, ...] = ()
    letter: str = LETTERS[0]
    form: MinutesForm = MinutesForm.DECISIONS
    anonymous: bool = False
    leaves: tuple[Leaves, ...] = ()
    help: str = ""
    own: bool = False

    @property
    def called(self) -> str:
        """What a meeting of it keeps as its name: empty where the msgid of the id says it."""
        return "" if MEETING_KIND_LABELS.get(self.id) == self.name else self.name

    def expects(self, person: Person) -> bool:
        """Whether somebody with this person's role or function usually takes part."""
        if person.role in PARENTS or person.has_custody:
            return PARENTS_WORD in self.who
        if person.private:
            return NETWORK in self.who
        said = f"{person.function} {person.role_words} {person.role.value}".casefold()
        return any(word.partition(",")[0].casefold() in said for word in self.who if word not in WHO_LABELS)


@dataclass(frozen=True, slots=True)
class MeetingKinds:
    """Every kind, in the order they are offered."""

    kinds: tuple[MeetingSort, ...]

    def get(self, kind: str) -> MeetingSort:
        """Return a kind; one that is in no catalogue any more is held as a plain network meeting under its id."""
        plain = MeetingSort(kind, MEETING_KIND_LABELS.get(kind, "Meeting"), 60)
        return next((one for one in self.kinds if one.id == kind), plain)

    @property
    def first(self) -> MeetingSort:
        """The kind that is offered first."""
        return self.get(MeetingKind.INVOLVING)

    def about(self, about: About) -> tuple[MeetingSort, ...]:
        """Return those about one child, or about none."""
        return tuple(one for one in self.kinds if one.about is about)

    def with_own(self, own: Iterable[MeetingSort]) -> MeetingKinds:
        """Return the kinds with a municipality's own over them: the same id stands in place, others come last."""
        over: Mapping[str, MeetingSort] = {one.id: replace(one, own=True) for one in own}
        kept = tuple(over.get(one.id, one) for one in self.kinds)
        there = {one.id for one in self.kinds}
        return MeetingKinds((*kept, *(one for one in over.values() if one.id not in there)))

    def missing(self, kind: str, there: Collection[str]) -> tuple[str, ...]:
        """Return the functions that usually take part and that nobody invited has; ``there`` are theirs in words."""
        said = " | ".join(there).casefold()
        words = [one for one in self.get(kind).who if one not in WHO_LABELS]
        return tuple(one for one in words if one.partition(",")[0].casefold() not in said)


class MeetingKindsError(UserError):
    """Kinds that cannot be used. ``faults`` are all that was found; the sentence says the first."""

    def __init__(self, source: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        super().__init__(
            "The kinds of meeting in {source} cannot be used: {what} ({key}, line {line}).",
            "Until it is mended, the program's own kinds are used.",
            "Mend the text, or go back to the standard kinds.",
            source=source,
            what=first.what,
            key=first.key,
            line=first.line,
        )


@dataclass(frozen=True, slots=True)
class ChosenKinds:
    """The kinds to use, and why the municipality's own are not among them where there are any."""

    kinds: MeetingKinds
    fault: MeetingKindsError | None = None
