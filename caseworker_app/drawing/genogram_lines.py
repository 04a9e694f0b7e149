"""The lines of a genogram: where each goes between the rows, so that lines of different families never lie on each other.

Between two rows there are lanes. Second links run in the uppermost, then the lines from parents to their children, then
those between siblings and between partners who do not stand beside each other. Pure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from caseworker_app.domain.family import SiblingTie, TieKind
from caseworker_app.domain.ids import Id
from caseworker_app.drawing.genogram_layout import Layout

LANE: Final = 2.8
ABOVE_LANES, BELOW_LANES = 4.6, 4.4
SLOT: Final = 1.9
"""How far beside the middle of a symbol a second line meets it, mm."""

Level = Literal[0, 1, 2]
"""Second links, families, siblings and far partners: from the upper to the lower lanes."""


@dataclass(slots=True)
class Run:
    """A stretch across, in the gap above ``row``; ``lane`` counts from the top."""

    row: int
    level: Level
    left: float
    right: float
    lane: int = 0


@dataclass(slots=True)
class Descent:
    """A line from parents to children: ``runs`` from the uppermost gap down, ``crossing`` the places between rows it
    goes through, ``start`` where it leaves the parents, ``feet`` by child how far beside her middle it ends."""

    parents: tuple[Id, ...]
    kind: TieKind
    start: float
    start_row: int
    feet: dict[Id, float]
    over: bool = False
    second: bool = False
    runs: list[Run] = field(default_factory=list)
    crossings: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Bar:
    """A line between two of one row above everybody between them: siblings, or partners who stand apart."""

    a: Id
    b: Id
    foot_a: float
    foot_b: float
    run: Run


@dataclass(slots=True)
class Wiring:
    """All lines that use lanes. ``loose`` are pairs no lane can join; they get a straight line."""

    descents: list[Descent] = field(default_factory=list)
    siblings: list[tuple[Bar, int]] = field(default_factory=list)
    apart: dict[frozenset[Id], Bar] = field(default_factory=dict)
    loose: list[tuple[Id, Id, TieKind]] = field(default_factory=list)
    lanes: dict[int, int] = field(default_factory=dict)


def wire(layout: Layout) -> Wiring:
    """Return where all lines go."""
    return _Wiring(layout).done()


class _Wiring:
    def __init__(self, layout: Layout) -> None:
        self.layout, self.tree, self.out = layout, layout.tree, Wiring()
        self._slots: dict[tuple[Id, int], int] = defaultdict(int)
        self._runs: list[Run] = []

    def done(self) -> Wiring:
        self._far_partners()
        self._families()
        self._second_links()
        self._siblings()
        self._give_lanes()
        return self.out

    # --- places ---------------------------------------------------------------------------------------------

    def _slot(self, who: Id, towards: float) -> float:
        """Return how far beside somebody's middle the next line from that side meets her."""
        side = -1 if towards < self.layout.x[who] else 1
        self._slots[who, side] += 1
        return side * min(SLOT * self._slots[who, side], 2.1 * SLOT)

    def _run(self, row: int, level: Level, xs: Iterable[float]) -> Run:
        found = list(xs)
        run = Run(row, level, min(found), max(found))
        self._runs.append(run)
        return run

    def _free(self, row: int, near: float) -> float:
        """Return the place in a row nearest to ``near`` where a line can go through between two people."""
        layout = self.layout
        people = layout.rows[row]
        if not people:
            return near
        edges = [(layout.x[p] - layout.widths[p] / 2, layout.x[p] + layout.widths[p] / 2) for p in people]
        places = [edges[0][0] - 1.5, edges[-1][1] + 1.5]
        for number, (a, b) in enumerate(pairwise(people)):
            if b not in self.tree.partners.get(a, ()):
                low, high = edges[number][1], edges[number + 1][0]
                places.append(min(max(near, low), high) if high > low else (low + high) / 2)
        return min(places, key=lambda place: (abs(place - near), place))

    # --- partners -------------------------------------------------------------------------------------------

    def _far_partners(self) -> None:
        for a, mates in sorted(self.tree.partners.items()):
            for b in mates:
                pair = frozenset((a, b))
                if pair in self.out.apart or self.layout.beside(a, b):
                    continue
                one, other = sorted((a, b), key=self.layout.x.__getitem__)
                foot, foot_b = self._slot(one, self.layout.x[other]), self._slot(other, self.layout.x[one])
                xs = (self.layout.x[one] + foot, self.layout.x[other] + foot_b)
                run = self._run(self.tree.row[a], 2, xs)
                self.out.apart[pair] = Bar(one, other, foot, foot_b, run)

    # --- parents and children -------------------------------------------------------------------------------

    def _families(self) -> None:
        for family in self.tree.sibships:
            if not family.parents or family.kind is None:
                continue
            rows = {self.tree.row[p] for p in family.parents}
            parents = tuple(p for p in family.parents if self.tree.row[p] == max(rows))
            self._descend(parents, family.own, family.kind)
            for other in family.parents:
                if other not in parents:
                    self._descend((other,), family.own, family.kind, second=True)

    def _second_links(self) -> None:
        together: dict[tuple[tuple[Id, ...], TieKind, bool], list[Id]] = defaultdict(list)
        for parents, child, kind, over in self.tree.second:
            if len(parents) == 2 and self.tree.row[parents[0]] != self.tree.row[parents[1]]:
                for parent in parents:
                    together[(parent,), kind, over].append(child)
            else:
                together[parents, kind, over].append(child)
        for (parents, kind, over), children in together.items():
            self._descend(parents, children, kind, over=over, second=True)

    def _descend(
        self,
        parents: tuple[Id, ...],
        children: Sequence[Id],
        kind: TieKind,
        *,
        over: bool = False,
        second: bool = False,
    ) -> None:
        row = self.tree.row[parents[0]]
        by_row: dict[int, list[Id]] = defaultdict(list)
        for child in children:
            if self.tree.row[child] > row:
                by_row[self.tree.row[child]].append(child)
            else:
                self.out.loose.extend((parent, child, kind) for parent in parents)
        for lower, group in sorted(by_row.items()):
            aside = second and any(set(f.parents) == set(parents) for f in self.tree.sibships)
            start = self._start(parents) + (SLOT if aside else 0.0)
            feet = {c: self._slot(c, start) if second else 0.0 for c in group}
            made = Descent(parents, kind, start, row, feet, over, second)
            ends = [self.layout.x[c] + feet[c] for c in group]
            at = start
            level: Level = 0 if second else 1
            for between in range(row + 1, lower):
                through = self._free(between, sum(ends) / len(ends))
                made.runs.append(self._run(between, level, (at, through)))
                made.crossings.append(through)
                at = through
            made.runs.append(self._run(lower, level, (at, *ends)))
            self.out.descents.append(made)

    def _start(self, parents: tuple[Id, ...]) -> float:
        """Return from where a line goes down: between two who stand together, below one who stands alone."""
        if len(parents) == 1:
            return self.layout.x[parents[0]]
        a, b = sorted(parents, key=self.layout.x.__getitem__)
        middle = (self.layout.x[a] + self.layout.x[b]) / 2
        if self.layout.beside(a, b):
            return middle
        row = self.layout.rows[self.tree.row[a]]
        inner = row[row.index(a) : row.index(b) + 1]
        edges = [self.layout.x[one] + self.layout.widths[one] / 2 + 0.4 for one in inner[:-1]]
        return min(edges, key=lambda edge: (abs(edge - middle), edge))

    # --- siblings -------------------------------------------------------------------------------------------

    def _siblings(self) -> None:
        for number, link in enumerate(self.tree.view.siblings):
            mine, theirs = self.tree.born_into.get(link.a), self.tree.born_into.get(link.b)
            if mine is not None and mine is theirs and {link.a, link.b} <= set(mine.own) and mine.parents:
                continue  # the line from their parents says it
            if link.kind is SiblingTie.HALF and mine and theirs and set(mine.parents) & set(theirs.parents):
                continue  # so do the two lines from the parent they share
            a, b = sorted((link.a, link.b), key=lambda one: (self.layout.x[one], one))
            if self.tree.row[a] != self.tree.row[b]:
                continue
            foot_a, foot_b = self._slot(a, self.layout.x[b]), self._slot(b, self.layout.x[a])
            run = self._run(self.tree.row[a], 2, (self.layout.x[a] + foot_a, self.layout.x[b] + foot_b))
            self.out.siblings.append((Bar(a, b, foot_a, foot_b, run), number))

    # --- lanes ----------------------------------------------------------------------------------------------

    def _give_lanes(self) -> None:
        for row in range(len(self.layout.rows)):
            taken = 0
            for level in (0, 1, 2):
                runs = [run for run in self._runs if run.row == row and run.level == level]
                taken += _lanes(runs, taken)
            self.out.lanes[row] = taken


def _lanes(runs: Sequence[Run], first: int) -> int:
    """Give stretches that would touch different lanes; return how many were needed."""
    ends: list[float] = []
    for run in sorted(runs, key=lambda one: (one.left, one.right)):
        free = (number for number, end in enumerate(ends) if end + 2.0 < run.left)
        lane = next(free, len(ends))
        ends[lane:] = [run.right, *ends[lane + 1 :]]
        run.lane = first + lane
    return len(ends)
