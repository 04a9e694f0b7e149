"""The order of people from left to right in each generation of a genogram.

The family is taken apart into blocks: somebody with her partners and all who descend from them is one block, and blocks
are put side by side whole. So couples stand together and cousins of different couples are never mixed. Siblings stand
in order of birth; only somebody whose partner has a family of her own in the drawing moves to that side of her siblings.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from caseworker_app.domain.ids import Id
from caseworker_app.drawing.genogram_tree import Sibship, Tree, left_of

Block = dict[int, list[Id]]


class Order:
    """``rows`` is who stands where; ``chains`` are partners side by side, in the order they stand."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.chains: list[tuple[Id, ...]] = []
        self._seen: set[Id] = set()
        whole: Block = defaultdict(list)
        for start in self._starts():
            if start not in self._seen:
                _join(whole, self._from_the_top(start))
        depth = max(tree.row.values(), default=-1) + 1
        self.rows = tuple(tuple(whole.get(row, ())) for row in range(depth))

    def _starts(self) -> list[Id]:
        """Return where to begin: the child's parents, then those linked to the drawn by a second link, then the rest."""
        view, tree = self.tree.view, self.tree
        first: list[Id] = []
        if view.index is not None:
            family = tree.born_into.get(view.index.id)
            first += [*(family.parents if family is not None else ()), view.index.id]
        linked = [parent for parents, _child, _kind, _over in tree.second for parent in parents]
        return [*first, *linked, *(one.id for one in view.members)]

    # --- going up -------------------------------------------------------------------------------------------

    def _from_the_top(self, start: Id) -> Block:
        """Return the block of everybody reached from somebody without second links."""
        chain, passed = self._chain(start), {start}
        while True:
            ups = [one for one in chain if self._above(one)]
            if len(ups) != 1:
                return self._couple(chain, None)
            family = self.tree.born_into[ups[0]]
            top = next((p for p in family.parents if p not in self._seen), None)
            if top is None:
                return self._only_siblings(family)
            if top in passed:
                return self._couple(chain, None)
            passed.add(top)
            chain = self._chain(top)

    def _above(self, one: Id) -> bool:
        """Whether somebody has parents or siblings who are not drawn yet."""
        family = self.tree.born_into.get(one)
        if family is None:
            return False
        return any(p not in self._seen for p in (*family.parents, *family.all) if p != one)

    def _only_siblings(self, family: Sibship) -> Block:
        """Return those who are siblings without parents, each with what hangs under her."""
        block: Block = defaultdict(list)
        for one in family.all:
            if one not in self._seen:
                _join(block, self._couple(self._chain(one), one))
        return block

    # --- couples --------------------------------------------------------------------------------------------

    def _chain(self, one: Id) -> list[Id]:
        """Return somebody with her partners and theirs, in a line, those who are a couple now in the middle."""
        mates = [m for m in self.tree.partners.get(one, ()) if m not in self._seen]
        if not mates:
            return [one]
        a, b = self._pivot(one, mates[0])
        taken = {a, b}
        left = self._beyond(a, taken)
        right = self._beyond(b, taken)
        return [*reversed(left), a, b, *right]

    def _pivot(self, one: Id, mate: Id) -> tuple[Id, Id]:
        """Return the couple in the middle: the child's own parents if they are there, else the latest."""
        index = self.tree.view.index
        family = self.tree.born_into.get(index.id) if index is not None else None
        if family is not None and len(family.parents) == 2 and one in family.parents:
            other = next(p for p in family.parents if p != one)
            if other in self.tree.partners.get(one, ()) and other not in self._seen:
                mate = other
        a, b = left_of(self.tree, one, mate)
        wrong = self._younger(a) + self._older(b)
        if wrong and not self._older(a) + self._younger(b) and self._above(a) and self._above(b):
            return b, a
        return a, b

    def _older(self, one: Id) -> int:
        family = self.tree.born_into.get(one)
        return 0 if family is None else family.all.index(one)

    def _younger(self, one: Id) -> int:
        family = self.tree.born_into.get(one)
        return 0 if family is None else len(family.all) - 1 - family.all.index(one)

    def _beyond(self, one: Id, taken: set[Id]) -> list[Id]:
        """Return the other partners of somebody, the nearest first, each with hers beyond."""
        found: list[Id] = []
        for mate in self.tree.partners.get(one, ()):
            if mate not in taken and mate not in self._seen:
                taken.add(mate)
                found += [mate, *self._beyond(mate, taken)]
        return found

    def _couple(self, chain: Sequence[Id], entry: Id | None) -> Block:
        """Return a line of partners with what hangs under them, and the families of those who married in beside them."""
        self._seen.update(chain)
        self.chains.append(tuple(chain))
        block: Block = defaultdict(list)
        block[self.tree.row[chain[0]]] += chain
        _join(block, self._under(chain))
        middle = chain.index(entry) if entry is not None else (len(chain) - 1) / 2
        lefts = [one for number, one in enumerate(chain) if one != entry and number < middle]
        rights = [one for number, one in enumerate(chain) if one != entry and number >= middle]
        for one in lefts:
            before = self._married_in(one, left=True)
            _join(before, block)
            block = before
        for one in reversed(rights):
            _join(block, self._married_in(one, left=False))
        return block

    def _under(self, chain: Sequence[Id]) -> Block:
        """Return the children of a line of partners, those of each couple together."""
        block: Block = defaultdict(list)
        place = {one: number for number, one in enumerate(chain)}

        def middle(family: Sibship) -> float:
            stood = [place[p] for p in family.parents if p in place]
            return sum(stood) / len(stood)

        for family in sorted(self.tree.children_of(chain), key=middle):
            for one in family.all:
                if one not in self._seen:
                    _join(block, self._couple(self._chain(one), one))
        return block

    def _married_in(self, one: Id, *, left: bool) -> Block:
        """Return parents and siblings of somebody who is placed already, to stand at her left or right."""
        block: Block = defaultdict(list)
        family = self.tree.born_into.get(one)
        if family is None or not self._above(one):
            return block
        top = next((p for p in family.parents if p not in self._seen), None)
        if top is None:
            return self._only_siblings(family)
        chain = self._chain(top)
        side = self._side(chain, family)
        if side and (side > 0) is not left:
            chain = chain[::-1]
        return self._couple(chain, None)

    def _side(self, chain: Sequence[Id], family: Sibship) -> float:
        """Return on which side of their line a family's parents stand: left below, right above 0."""
        stood = [number for number, one in enumerate(chain) if one in family.parents]
        return sum(stood) / len(stood) - (len(chain) - 1) / 2


def _join(block: Block, other: Block) -> None:
    """Put a block at the right of another."""
    for row, people in other.items():
        block[row] += people
