"""ELEVator for a group of children: results, hours against the budget, and no name of any of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from caseworker_app.domain.elevator import (
    IN_ALL,
    ElevatorCourse,
    ElevatorMeasure,
    MeasureArea,
    Phase,
)
from caseworker_app.services import elevator
from caseworker_app.services.elevator import ElevatorView
from caseworker_app.services.elevator_steps import Spent, spent_on
from caseworker_app.services.ports import Reader

FEW: int = 5
"""Fewer children than this may be known again from the figures."""


@dataclass(frozen=True, slots=True)
class MeasureLine:
    """One test over the children measured in both mappings. Means are in hundredths, rounded half up."""

    area: MeasureArea
    instrument: str
    children: int
    once: int
    first: int | None
    second: int | None
    better: int
    same: int
    worse: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group as a whole. ``in_all`` is each psychologist's minutes of the 15 hours."""

    name: str
    phases: tuple[tuple[Phase, int], ...]
    lines: tuple[MeasureLine, ...]
    spent: tuple[Spent, ...]
    in_all: tuple[tuple[str, int], ...]
    contexts: tuple[str, ...]

    @property
    def children(self) -> int:
        """How many take part, or did."""
        return sum(n for phase, n in self.phases if phase not in (Phase.CHECK, Phase.EXCLUDED))

    @property
    def few(self) -> bool:
        """Whether a child may be known again from the figures."""
        return self.children < FEW

    @property
    def in_all_budget(self) -> int:
        """What all psychologists have together besides the hours of each child."""
        return IN_ALL * len(self.in_all)


def groups(reader: Reader) -> tuple[GroupView, ...]:
    """Return each group there is; courses without one are one group by themselves, last."""
    by: dict[str, list[ElevatorView]] = {}
    said: dict[str, str] = {}
    for one in reader.find(ElevatorCourse):
        key = one.group.casefold()
        said.setdefault(key, one.group)
        by.setdefault(key, []).append(elevator.view(reader, one.id))
    return tuple(_group(said[key], by[key]) for key in sorted(by, key=lambda name: (not name, name)))


def group(reader: Reader, name: str) -> GroupView:
    """Return one group. Raises ``KeyError`` when there is none."""
    for found in groups(reader):
        if found.name.casefold() == name.casefold():
            return found
    raise KeyError("no such group")


def _group(name: str, views: Sequence[ElevatorView]) -> GroupView:
    taking = [one for one in views if one.phase not in (Phase.CHECK, Phase.EXCLUDED)]
    counts = {phase: sum(one.phase is phase for one in views) for phase in Phase}
    measures = [m for one in taking for m in one.measures]
    kinds = {(m.area, m.instrument.casefold()): m for m in measures}
    order = sorted(kinds, key=lambda key: (tuple(MeasureArea).index(key[0]), key[1]))
    lines = tuple(
        _line(kinds[key], [m for m in measures if (m.area, m.instrument.casefold()) == key]) for key in order
    )
    hours = [h for one in taking for h in one.hours]
    return GroupView(
        name,
        tuple((phase, n) for phase, n in counts.items() if n),
        lines,
        spent_on(hours, len(taking)),
        _in_all(taking),
        tuple(one.course.context for one in taking if one.course.context),
    )


def _in_all(taking: Sequence[ElevatorView]) -> tuple[tuple[str, int], ...]:
    names: dict[str, str] = {}
    minutes: dict[str, int] = {}
    for one in taking:
        if one.course.psychologist:
            names.setdefault(one.course.psychologist.casefold(), one.course.psychologist)
        for hours in one.hours:
            if hours.in_all and hours.who:
                names.setdefault(hours.who.casefold(), hours.who)
                key = hours.who.casefold()
                minutes[key] = minutes.get(key, 0) + (hours.minutes or 0)
    return tuple((names[key], minutes.get(key, 0)) for key in sorted(names))


def _line(kind: ElevatorMeasure, found: Sequence[ElevatorMeasure]) -> MeasureLine:
    both = [one for one in found if one.first is not None and one.second is not None]
    gains = [one.gain for one in both if one.gain is not None]
    return MeasureLine(
        kind.area,
        kind.instrument,
        len(both),
        len(found) - len(both),
        mean([one.first for one in both if one.first is not None]),
        mean([one.second for one in both if one.second is not None]),
        sum(gain > 0 for gain in gains),
        sum(gain == 0 for gain in gains),
        sum(gain < 0 for gain in gains),
    )


def mean(values: Sequence[int]) -> int | None:
    """Return the mean, rounded half up to a whole hundredth; ``None`` of nothing."""
    if not values:
        return None
    return (2 * sum(values) + len(values)) // (2 * len(values))
