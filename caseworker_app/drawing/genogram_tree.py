"""Who stands where in a genogram, before anything is measured: generations, couples, groups of siblings.

A child hangs under its biological parents; only where none is known under its adoptive parents, else under the step-
parents, carers or donors. Every other tie is a second link and moves nobody. Pure and deterministic.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from caseworker_app.domain.family import CoupleKind, MemberKind, Sex, SiblingTie, TieKind
from caseworker_app.domain.genogram_view import GenogramView, SeenMember, SeenTie
from caseworker_app.domain.ids import Id

ANCHORS = (TieKind.BIOLOGICAL, TieKind.ADOPTIVE, TieKind.STEP, TieKind.FOSTER, TieKind.DONOR)
"""The order in which parents are looked for."""
_LATE = 9999


@dataclass(frozen=True, slots=True)
class Sibship:
    """Children of the same parents, in order of birth; without parents, those who are only said to be siblings."""

    parents: tuple[Id, ...]
    kind: TieKind | None
    own: tuple[Id, ...]
    older: tuple[Id, ...] = ()
    younger: tuple[Id, ...] = ()

    @property
    def all(self) -> tuple[Id, ...]:
        """Everybody, as they stand from left to right; the others are siblings of one of the own."""
        return (*self.older, *self.own, *self.younger)


@dataclass(slots=True)
class Tree:
    """A family put in order. ``partners`` are those of the same generation, latest first."""

    view: GenogramView
    row: dict[Id, int] = field(default_factory=dict)
    sibships: list[Sibship] = field(default_factory=list)
    born_into: dict[Id, Sibship] = field(default_factory=dict)
    partners: dict[Id, list[Id]] = field(default_factory=dict)
    second: list[tuple[tuple[Id, ...], Id, TieKind, bool]] = field(default_factory=list)
    """Second links: parents, child, kind, and whether that time is over."""

    def member(self, who: Id) -> SeenMember:
        """Return somebody."""
        found = self.view.member(who)
        assert found is not None
        return found

    def children_of(self, people: Iterable[Id]) -> list[Sibship]:
        """Return the groups of siblings of which somebody is a parent."""
        wanted = set(people)
        return [one for one in self.sibships if wanted.intersection(one.parents)]


def grow(view: GenogramView) -> Tree:
    """Return the family in order."""
    tree = Tree(_sound(view))
    anchors = _anchors(tree)
    _group(tree, anchors)
    _generations(tree, anchors)
    _pair(tree)
    return tree


def _sound(view: GenogramView) -> GenogramView:
    """Return a view without ties to those who are not in it, or to oneself: merging devices may leave such."""
    from dataclasses import replace

    ids = {one.id for one in view.members}
    return replace(
        view,
        ties=tuple(t for t in view.ties if {t.parent, t.child} <= ids and t.parent != t.child),
        couples=tuple(c for c in view.couples if {c.a, c.b} <= ids and c.a != c.b),
        siblings=tuple(s for s in view.siblings if {s.a, s.b} <= ids and s.a != s.b),
        homes=tuple(replace(h, members=h.members & ids) for h in view.homes if h.members & ids),
    )


def _birth_key(member: SeenMember, place: int) -> tuple[int, int, int]:
    late = {MemberKind.UNBORN: 1, MemberKind.SIBLINGS: 2}.get(member.kind, 0)
    return (late, member.born if member.born is not None else _LATE, place)


# --- Parents -------------------------------------------------------------------------------------------------


def _anchors(tree: Tree) -> dict[Id, tuple[tuple[Id, ...], TieKind]]:
    """Return by child the parents it hangs under, and note every other tie as a second link."""
    by_child: dict[Id, list[SeenTie]] = defaultdict(list)
    for tie in tree.view.ties:
        if all(tie.parent != other.parent for other in by_child[tie.child]):
            by_child[tie.child].append(tie)
    found: dict[Id, tuple[tuple[Id, ...], TieKind]] = {}
    for child, ties in by_child.items():
        kind = min((tie.kind for tie in ties), key=ANCHORS.index)
        parents = [tie.parent for tie in ties if tie.kind is kind and not _under(found, tie.parent, child)]
        if parents:
            found[child] = (tuple(sorted(parents[:2])), kind)
        rest = [tie for tie in ties if tie.parent not in parents[:2]]
        _second_links(tree, child, rest)
    return found


def _under(found: dict[Id, tuple[tuple[Id, ...], TieKind]], who: Id, above: Id) -> bool:
    """Whether somebody hangs under another already: a circle is not drawn."""
    waiting, seen = [who], set[Id]()
    while waiting:
        one = waiting.pop()
        if one == above:
            return True
        if one not in seen and one in found:
            seen.add(one)
            waiting += found[one][0]
    return False


def _second_links(tree: Tree, child: Id, ties: Sequence[SeenTie]) -> None:
    """Note second links; two of one kind who are a couple share one."""
    couples = {frozenset((c.a, c.b)) for c in tree.view.couples}
    left = list(ties)
    while left:
        first = left.pop(0)
        mate = next(
            (t for t in left if t.kind is first.kind and frozenset((t.parent, first.parent)) in couples), None
        )
        parents = [first.parent]
        if mate is not None:
            left.remove(mate)
            parents.append(mate.parent)
        over = all(t.ended is not None for t in (first, mate) if t is not None)
        tree.second.append((tuple(sorted(parents)), child, first.kind, over))


# --- Siblings ------------------------------------------------------------------------------------------------


def _group(tree: Tree, anchors: dict[Id, tuple[tuple[Id, ...], TieKind]]) -> None:
    place = {one.id: number for number, one in enumerate(tree.view.members)}
    key = {one.id: _birth_key(one, place[one.id]) for one in tree.view.members}
    by_parents: dict[tuple[Id, ...], list[Id]] = defaultdict(list)
    for child in sorted(anchors, key=lambda one: place[one]):
        by_parents[anchors[child][0]].append(child)
    leader = _linked(tree, anchors)
    homeless: dict[Id, list[Id]] = defaultdict(list)
    for one in tree.view.members:
        if one.id not in anchors and one.id in leader:
            homeless[leader[one.id]].append(one.id)
    taken: set[Id] = set()
    for parents, children in by_parents.items():
        own = tuple(sorted(children, key=key.__getitem__))
        extras = [one for lead in dict.fromkeys(leader.get(c) for c in own) if lead in homeless
                  for one in homeless.pop(lead)]  # fmt: skip
        older = tuple(sorted((e for e in extras if key[e][:2] < key[own[0]][:2]), key=key.__getitem__))
        younger = tuple(sorted((e for e in extras if e not in older), key=key.__getitem__))
        _add(tree, Sibship(parents, anchors[own[0]][1], own, older, younger), taken)
    for together in homeless.values():
        if len(together) > 1:
            _add(tree, Sibship((), None, tuple(sorted(together, key=key.__getitem__))), taken)


def _add(tree: Tree, sibship: Sibship, taken: set[Id]) -> None:
    tree.sibships.append(sibship)
    for one in sibship.all:
        if one not in taken:
            taken.add(one)
            tree.born_into[one] = sibship


def _linked(tree: Tree, anchors: dict[Id, tuple[tuple[Id, ...], TieKind]]) -> dict[Id, Id]:
    """Return by person who leads those she is only said to be a sibling of; two who both have parents are not led."""
    leader: dict[Id, Id] = {}

    def find(one: Id) -> Id:
        leader.setdefault(one, one)
        while leader[one] != one:
            one = leader[one]
        return one

    held: dict[Id, Id] = {}
    for link in sorted(tree.view.siblings, key=lambda s: (s.a in anchors) + (s.b in anchors)):
        a, b = find(link.a), find(link.b)
        with_parents = [one for one in (link.a, link.b) if one in anchors]
        if len(with_parents) == 2 or (a in held and b in held):
            continue
        leader[b] = a
        for one in (*with_parents, *(held[x] for x in (a, b) if x in held)):
            held[a] = one
    return {one: find(one) for one in list(leader)}


# --- Generations ---------------------------------------------------------------------------------------------


def _generations(tree: Tree, anchors: dict[Id, tuple[tuple[Id, ...], TieKind]]) -> None:
    """Give everybody a row, 0 the uppermost: parents above children, couples and siblings side by side if they can."""
    steps: list[tuple[Id, Id, int]] = []
    for child, (parents, _kind) in anchors.items():
        steps += [(parent, child, 1) for parent in parents]
    level = (SiblingTie.FULL, SiblingTie.HALF, SiblingTie.UNKNOWN)
    steps += [(s.a, s.b, 0) for s in tree.view.siblings if s.kind in level]
    steps += [(c.a, c.b, 0) for c in tree.view.couples]
    steps += [(s.a, s.b, 0) for s in tree.view.siblings if s.kind not in level]
    steps += [(parent, child, 1) for parents, child, _kind, _over in tree.second for parent in parents]
    offset = _settle([one.id for one in tree.view.members], steps)
    _lift(offset, anchors)
    index = tree.view.index
    lowest: dict[Id, int] = {}
    for root, depth in offset.values():
        lowest[root] = max(lowest.get(root, depth), depth)
    base = offset[index.id] if index is not None else None
    rows = {
        one: depth - (base[1] if base is not None and root == base[0] else lowest[root])
        for one, (root, depth) in offset.items()
    }
    used = {depth: number for number, depth in enumerate(sorted(set(rows.values())))}
    tree.row = {one: used[depth] for one, depth in rows.items()}


def _settle(people: Iterable[Id], steps: Iterable[tuple[Id, Id, int]]) -> dict[Id, tuple[Id, int]]:
    """Return root and depth of each; a step that contradicts an earlier one is let go."""
    root = {one: one for one in people}
    depth = dict.fromkeys(root, 0)
    members = {one: [one] for one in root}
    for a, b, down in steps:
        ra, rb = root[a], root[b]
        if ra == rb:
            continue
        shift = depth[a] + down - depth[b]
        for one in members.pop(rb):
            root[one], depth[one] = ra, depth[one] + shift
            members[ra].append(one)
    return {one: (root[one], depth[one]) for one in root}


def _lift(offset: dict[Id, tuple[Id, int]], anchors: dict[Id, tuple[tuple[Id, ...], TieKind]]) -> None:
    """Let every child stand below all its parents."""
    for _round in range(len(offset) + 1):
        moved = False
        for child, (parents, _kind) in anchors.items():
            root, depth = offset[child]
            least = max(offset[parent][1] for parent in parents) + 1
            if depth < least:
                offset[child], moved = (root, least), True
        if not moved:
            return


def _pair(tree: Tree) -> None:
    """Note who stands beside whom: couples and those who have children together, of one generation, latest first."""
    when: dict[frozenset[Id], tuple[int, int, int]] = {}
    for number, couple in enumerate(tree.view.couples):
        lasting = couple.kind in (CoupleKind.MARRIED, CoupleKind.COHABITING)
        when[frozenset((couple.a, couple.b))] = (0 if lasting else 1, -(couple.begun or 0), -number)
    for sibship in tree.sibships:
        if len(sibship.parents) == 2 and sibship.kind is not TieKind.DONOR:
            when.setdefault(frozenset(sibship.parents), (2, 0, 0))
    found: dict[Id, list[tuple[tuple[int, int, int], Id]]] = defaultdict(list)
    for pair, key in when.items():
        a, b = sorted(pair)
        if tree.row[a] == tree.row[b]:
            found[a].append((key, b))
            found[b].append((key, a))
    tree.partners = {one: [other for _key, other in sorted(mates)] for one, mates in found.items()}


def left_of(tree: Tree, a: Id, b: Id) -> tuple[Id, Id]:
    """Return a couple as it stands: the man at the left where there is one, else the elder of the two ids."""
    if tree.member(a).sex is Sex.FEMALE and tree.member(b).sex is not Sex.FEMALE:
        return b, a
    if tree.member(b).sex is Sex.MALE and tree.member(a).sex is not Sex.MALE:
        return b, a
    return a, b
