"""Where everybody in a genogram stands, in millimetres from the left and by row; pure and deterministic.

Each line of partners is one stiff piece. Pieces are pulled under the middle of their parents and over the middle of their
children, round by round, and after every pull pushed apart again to the least distances, exactly (isotonic regression):
whatever the family, nobody overlaps and the order stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from caseworker_app.domain.genogram_view import GenogramView
from caseworker_app.domain.ids import Id
from caseworker_app.drawing.genogram_order import Order
from caseworker_app.drawing.genogram_tree import Sibship, Tree, grow

LEAST = 21.0
"""Least width of a place, mm."""
COUPLE = 27.0
"""Least distance between two partners, mm: room for the line between them and its sign."""
LINES = 4.4
"""Room between the labels of two partners for lines to their children, mm."""
APART = 5.0
"""What is added between people of different families, mm."""
_ROUNDS = 48


@dataclass(frozen=True, slots=True)
class Layout:
    """``x`` is the middle of each, ``rows`` who stands in which generation from left to right, ``widths`` their places."""

    tree: Tree
    rows: tuple[tuple[Id, ...], ...]
    x: Mapping[Id, float]
    widths: Mapping[Id, float]
    width: float

    def beside(self, a: Id, b: Id) -> bool:
        """Whether two stand next to each other."""
        row = self.rows[self.tree.row[a]]
        return self.tree.row[a] == self.tree.row[b] and abs(row.index(a) - row.index(b)) == 1


@dataclass(slots=True)
class _Piece:
    """A line of partners. ``offsets`` are from the middle of its first."""

    people: tuple[Id, ...]
    offsets: tuple[float, ...]
    at: float = 0.0
    pulls: list[tuple[float, float]] = field(default_factory=list)
    """How far, and how strongly."""

    @property
    def strength(self) -> float:
        """How strongly it is pulled altogether."""
        return sum(weight for _far, weight in self.pulls)

    @property
    def pull(self) -> float:
        """How far it is pulled on the whole."""
        return sum(far * weight for far, weight in self.pulls) / self.strength if self.pulls else 0.0


def lay_out(view: GenogramView, widths: Mapping[Id, float]) -> Layout:
    """Return where everybody stands. ``widths`` are those of the labels, mm."""
    tree = grow(view)
    order = Order(tree)
    wide = {one.id: max(LEAST, widths.get(one.id, 0.0)) for one in tree.view.members}
    placing = _Placing(tree, order, wide)
    placing.settle()
    left = min((placing.x[one] - wide[one] / 2 for one in placing.x), default=0.0)
    x = {one: at - left for one, at in placing.x.items()}
    right = max((x[one] + wide[one] / 2 for one in x), default=0.0)
    return Layout(tree, order.rows, x, wide, right)


class _Placing:
    """The pieces while they are moved."""

    def __init__(self, tree: Tree, order: Order, widths: Mapping[Id, float]) -> None:
        self.tree, self.widths = tree, widths
        self.x: dict[Id, float] = {}
        self._pieces: dict[Id, _Piece] = {}
        chains = {chain[0]: chain for chain in order.chains}
        firsts = {one: chain for chain in order.chains for one in chain}
        self.rows: list[list[_Piece]] = []
        for row in order.rows:
            pieces, passed = [], set[Id]()
            for one in row:
                if one not in passed:
                    chain = chains[firsts[one][0]]
                    passed.update(chain)
                    pieces.append(self._piece(chain))
            self.rows.append(pieces)

    def _piece(self, chain: tuple[Id, ...]) -> _Piece:
        offsets = [0.0]
        for one, other in pairwise(chain):
            offsets.append(offsets[-1] + max(COUPLE, self.widths[one] + LINES, self.widths[other] + LINES))
        piece = _Piece(chain, tuple(offsets))
        self._pieces.update(dict.fromkeys(chain, piece))
        return piece

    def settle(self) -> None:
        """Pull until it rests."""
        for row in self.rows:
            for piece, least in zip(row, self._distances(row), strict=True):
                piece.at = least
            self._note(row)
        for number in range(_ROUNDS):
            close = number < _ROUNDS // 2
            for row in (*reversed(self.rows), *self.rows):
                self._pull(row, close=close)
        for row in reversed(self.rows):
            self._pull(row, close=False)

    def _distances(self, row: Sequence[_Piece]) -> list[float]:
        """Return where each piece of a row would begin if all were pushed to the left."""
        found: list[float] = []
        for number, piece in enumerate(row):
            if not number:
                found.append(0.0)
                continue
            before = row[number - 1]
            a, b = before.people[-1], piece.people[0]
            gap = (self.widths[a] + self.widths[b]) / 2
            family = self.tree.born_into.get(a)
            if family is None or family is not self.tree.born_into.get(b):
                gap += APART
            found.append(found[-1] + before.offsets[-1] + gap)
        return found

    def _pull(self, row: Sequence[_Piece], *, close: bool) -> None:
        for piece in row:
            piece.pulls.clear()
        self._towards_families(row)
        self._towards_children(row)
        least = self._distances(row)
        self._closer(row, least, every=close)
        wanted = [p.pull + p.at - d for p, d in zip(row, least, strict=True)]
        weights = [p.strength + 0.05 for p in row]
        for piece, at, distance in zip(row, rising(wanted, weights), least, strict=True):
            piece.at = at + distance
        self._note(row)

    @staticmethod
    def _closer(row: Sequence[_Piece], least: Sequence[float], *, every: bool) -> None:
        """Pull towards neighbours whoever nobody else pulls, or everybody: no room is left empty without need."""
        slack = [p.at - d for p, d in zip(row, least, strict=True)]
        for number, piece in enumerate(row):
            sides = [slack[n] - slack[number] for n in (number - 1, number + 1) if 0 <= n < len(row)]
            if sides and not piece.pulls:
                piece.pulls.append((min(sides, key=abs), 1.0))
            elif sides and every:
                piece.pulls.append((sum(sides) / len(sides), 1.0))

    def _towards_families(self, row: Sequence[_Piece]) -> None:
        for piece in row:
            for one in piece.people:
                family = self.tree.born_into.get(one)
                if family is not None and family.parents and all(p in self.x for p in family.parents):
                    share = 1 / len(family.own)  # siblings together pull as strongly as their parents do
                    piece.pulls.append((self.middle(family.parents) - self._span(family), share))

    def _towards_children(self, row: Sequence[_Piece]) -> None:
        for piece in row:
            for family in self.tree.children_of(piece.people):
                if all(self.tree.row[p] == self.tree.row[piece.people[0]] for p in family.parents):
                    piece.pulls.append((self._span(family) - self.middle(family.parents), 1.0))

    def _span(self, family: Sibship) -> float:
        stood = [self.x[one] for one in family.own if one in self.x]
        return (min(stood) + max(stood)) / 2 if stood else 0.0

    def middle(self, parents: Sequence[Id]) -> float:
        """Return the middle between parents."""
        return sum(self.x[one] for one in parents) / len(parents)

    def _note(self, row: Sequence[_Piece]) -> None:
        for piece in row:
            for one, offset in zip(piece.people, piece.offsets, strict=True):
                self.x[one] = piece.at + offset


def rising(wanted: Sequence[float], weights: Sequence[float]) -> list[float]:
    """Return the never falling row of numbers that is nearest to ``wanted``, by weighted squares."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(wanted, weights, strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (v2, w2, n2), (v1, w1, n1) = pools.pop(), pools.pop()
            pools.append(((v1 * w1 + v2 * w2) / (w1 + w2), w1 + w2, n1 + n2))
    return [value for value, _weight, number in pools for _one in range(number)]
