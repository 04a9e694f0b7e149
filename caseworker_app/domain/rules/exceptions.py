"""Agreed exceptions: how an extra follow-up may be held. No date is removed or moved by one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.rules.items import DueItem
from caseworker_app.domain.rules.model import ExceptionKind, RuleSet, Talk

IN_PERSON: Final = "in_person"
_LENIENCE: Final = (Talk.REQUIRED, Talk.BY_PHONE, Talk.OPTIONAL)


@dataclass(frozen=True, slots=True)
class Holding:
    """How a follow-up may be held: the ways, the talk with the child, and the exceptions that allow it."""

    ways: tuple[str, ...] = (IN_PERSON,)
    talk: Talk = Talk.REQUIRED
    by: tuple[str, ...] = ()

    @property
    def is_full(self) -> bool:
        """Whether it must be a full follow-up: in person, with the talk."""
        return not self.by

    def permits(self, way: str) -> bool:
        """Whether a follow-up held in this way counts as held."""
        return way in self.ways

    def misses_talk(self, talked: str | None) -> bool:
        """Whether a talk is missing. ``talked`` is the way it was had, ``None`` when it was not.

        A talk left out, or had by phone, where that is permitted is no missed talk.
        """
        if talked is None:
            return self.talk is not Talk.OPTIONAL
        return talked != IN_PERSON and self.talk is Talk.REQUIRED


FULL: Final = Holding()


def holding(item: DueItem, rules: RuleSet, intervention_kind: str, agreed: Iterable[str]) -> Holding:
    """Return how an item may be held under the exceptions agreed for its intervention.

    ``agreed`` are ids of ``rules.exceptions`` in force. Only an extra follow-up is eased; a statutory item, and
    the full one of each half-year, never.
    """
    if item.law or not item.extra:
        return FULL
    kinds = [
        rules.exceptions[name]
        for name in dict.fromkeys(agreed)
        if name in rules.exceptions and intervention_kind in rules.exceptions[name].applies_to
    ]
    if not kinds:
        return FULL
    ways = dict.fromkeys((IN_PERSON, *(way for kind in kinds for way in kind.ways)))
    talk = max((kind.talk for kind in kinds), key=_LENIENCE.index)
    return Holding(tuple(ways), talk, tuple(kind.id for kind in kinds))


def breaks_floor(after: Collection[DueItem]) -> bool:
    """Whether a half-year would pass without a full follow-up.

    ``after`` is the schedule as it becomes when the one at hand is held lightly on its day (``held`` and
    ``light`` with that day): what is next then must not lie beyond the floor. If it does, hold a full one.
    """
    for item in after:
        if item.is_follow_up and not item.settled:
            return item.floor is not None and item.due > item.floor
    return False


def exceptions_for(rules: RuleSet, intervention_kind: str) -> tuple[ExceptionKind, ...]:
    """Return the kinds of exception that can be agreed for an intervention."""
    return tuple(kind for kind in rules.exceptions.values() if intervention_kind in kind.applies_to)
