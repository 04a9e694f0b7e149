"""What a rule set is made of once it is read and found whole.

A rule set is dated data: a local standard (such as Herning's of 2015) or the law. The two are evaluated side
by side and never mixed; a local standard is never shown as law.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from caseworker_app.domain.phrases import Phrase
from caseworker_app.domain.rules.periods import Period


class ItemKind(StrEnum):
    """What is due. Only ``follow_up`` counts as a follow-up in any figure."""

    FOLLOW_UP = "follow_up"
    STATUS_REPORT = "status_report"
    COURSE_END = "course_end"
    SUPERVISION = "supervision"
    DEADLINE = "deadline"


class Bound(StrEnum):
    """What the date is to the work: the latest day, the earliest, the day itself, or only the day it began."""

    LATEST = "latest"
    EARLIEST = "earliest"
    BEFORE = "before"
    CONSIDER = "consider"
    UNDATED = "undated"


class Anchor(StrEnum):
    """What a repetition is counted from."""

    START = "start"
    HELD = "held"


class Certainty(StrEnum):
    """How sure the law sheet is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Basis(StrEnum):
    """Where the certainty comes from: the text was read, it is background knowledge, or inferred."""

    TEXT = "text"
    BACKGROUND = "background"
    INFERRED = "inferred"


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a rule stands: ``words`` as it is cited, and how sure rule and citation are.

    ``place`` is the certainty of the paragraph number alone, where it is less sure than the rule.
    """

    words: str
    law: bool
    certainty: Certainty = Certainty.HIGH
    basis: Basis = Basis.TEXT
    place: Certainty = Certainty.HIGH

    @property
    def is_fact(self) -> bool:
        """Whether the rule itself may be said without reserve."""
        return self.certainty is Certainty.HIGH and self.basis is Basis.TEXT

    @property
    def phrase(self) -> Phrase:
        """The citation, with its reserve where there is one, in words one can act on; never a grade of certainty."""
        values = {"source": self.words}
        if self.certainty is Certainty.LOW:
            return Phrase("{source} (uncertain; check the text of the law)", values)
        if not self.is_fact:
            return Phrase("{source} (not verified; check the text of the law)", values)
        if self.place is not Certainty.HIGH:
            return Phrase("{source} (the paragraph's number is not verified)", values)
        return Phrase("{source}", values)


@dataclass(frozen=True, slots=True)
class Title:
    """A name that comes with its data, in both languages."""

    da: str
    en: str

    def say(self, language: str) -> str:
        """Return the name in ``"da"`` or ``"en"``."""
        return self.da if language == "da" else self.en


@dataclass(frozen=True, slots=True)
class Part:
    """What a due date asks for: its kind, who takes part by function, what must come out.

    ``participants`` and ``outcome`` are words of :mod:`caseworker_app.domain.rules.vocabulary`; ``note`` is
    the rule writer's own sentence. ``status`` marks the follow-up that also takes status.
    """

    kind: ItemKind = ItemKind.FOLLOW_UP
    participants: tuple[str, ...] = ()
    outcome: tuple[str, ...] = ()
    status: bool = False
    bound: Bound = Bound.LATEST
    note: Title | None = None
    is_follow_up: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "is_follow_up", self.kind is ItemKind.FOLLOW_UP)


@dataclass(frozen=True, slots=True)
class FixedStep:
    """Due once, ``after`` the start; or already at an event (``or_event``) where that comes earlier."""

    after: Period
    part: Part
    or_event: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """Due again and again: ``every`` so often, counted from the last held one or from the start.

    ``turns`` are the parts in alternation. With ``within`` only dates up to so long after the start are
    given; later the next repetition of the rule applies. ``spaced`` marks dates that are our own spacing of a
    number of times a year.
    """

    every: Period
    anchor: Anchor
    turns: tuple[Part, ...]
    within: Period | None = None
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The rule an item comes from: ids, name and citation."""

    rule_set: str
    rule: str
    title: Title
    reference: Reference


@dataclass(frozen=True, slots=True)
class Rule:
    """When something is due for one kind of intervention: fixed steps first, then repetitions.

    ``applies_to`` are the intervention kinds it holds for. ``continued_by`` is the rule that takes over when an
    intervention is still open after this rule's last date.
    """

    origin: Origin
    applies_to: frozenset[str]
    steps: tuple[FixedStep, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    continued_by: str = ""
    decided: bool = False
    """Whether the further rhythm is a decision to be made and reasoned (BL § 95 stk. 3)."""

    @property
    def id(self) -> str:
        """The rule's own name within its set."""
        return self.origin.rule

    @property
    def ends(self) -> bool:
        """Whether there is a last date."""
        return not self.repeats


class Talk(StrEnum):
    """How the talk with the child may be had."""

    REQUIRED = "required"
    BY_PHONE = "by_phone"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class ExceptionKind:
    """A kind of exception to agree with the team leader: how an *extra* follow-up may then be held.

    It moves and removes nothing. ``ways`` are the ways besides in person; ``applies_to`` intervention kinds.
    """

    id: str
    title: Title
    applies_to: frozenset[str]
    ways: tuple[str, ...]
    talk: Talk
    source: str
    condition: Title


@dataclass(frozen=True, slots=True)
class Deadline:
    """What the law counts from any of its ``events``. With ``age`` it is counted from that birthday, not before the event.

    At most one of ``after`` and ``before`` is given; neither where the law names no number.
    """

    origin: Origin
    events: tuple[str, ...]
    part: Part
    after: Period | None = None
    before: Period | None = None
    age: int | None = None


@dataclass(frozen=True, slots=True)
class Unset:
    """Kinds of intervention for which the law sets no follow-up date, or for which none was found: said in ``words``.

    It is data like a date is, with its source and how sure it is; no date is made out of it.
    """

    applies_to: frozenset[str]
    words: Title
    reference: Reference


@dataclass(frozen=True, slots=True)
class RuleSet:
    """A dated set of rules. ``valid_to`` is the last day; ``floor`` the longest time between two full follow-ups."""

    id: str
    title: Title
    law: bool
    valid_from: date
    valid_to: date | None
    source: str
    verified_on: date | None = None
    floor: Period | None = None
    rules: Mapping[str, Rule] = field(default_factory=dict)
    exceptions: Mapping[str, ExceptionKind] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    unset: tuple[Unset, ...] = ()
    by_event: Mapping[str, tuple[Deadline, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        events = dict.fromkeys(event for each in self.deadlines for event in each.events)
        found = {event: tuple(each for each in self.deadlines if event in each.events) for event in events}
        object.__setattr__(self, "by_event", found)

    def valid_on(self, day: date) -> bool:
        """Whether the set is in force on a day; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def rules_for(self, kind: str) -> tuple[Rule, ...]:
        """Return every rule that holds for an intervention of this kind; none is a lawful answer."""
        return tuple(rule for rule in self.rules.values() if kind in rule.applies_to)

    def unset_for(self, kind: str) -> Unset | None:
        """Return why no follow-up date of the law is shown for a kind, ``None`` where nothing is said of it."""
        return next((each for each in self.unset if kind in each.applies_to), None)


def circle(rules: Mapping[str, Rule], name: str) -> list[str]:
    """Return the rules that take over one after another until ``name`` is reached again; empty where it is not."""
    way = [name]
    while (following := rules[way[-1]].continued_by) in rules and following not in way:
        way.append(following)
    return [*way, name] if following == name else []
