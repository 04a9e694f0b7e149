"""What cannot be true of a family: each contradiction in words. Pure; used before anything is written, and at merging.

A contradiction is refused loudly, never drawn: a wrong line in a genogram tells the opposite of the case.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from caseworker_app.domain.family import COUPLE_LABELS, TIE_LABELS, SiblingTie, TieKind
from caseworker_app.domain.genogram_view import GenogramView, called
from caseworker_app.domain.ids import Id
from caseworker_app.domain.phrases import N_, Phrase

DESCENT = frozenset({TieKind.BIOLOGICAL, TieKind.ADOPTIVE, TieKind.DONOR})
"""Ties along which nobody can be an ancestor of herself."""


def contradictions(view: GenogramView) -> tuple[Phrase, ...]:
    """Return everything that cannot be true at once, each a sentence."""
    found = (*_circles(view), *_people(view), *_ties(view), *_couples(view), *_siblings(view))
    return tuple({str(one): one for one in found}.values())


def name(view: GenogramView, who: Id) -> str | Phrase:
    """Return what somebody is called in a sentence."""
    found = view.member(who)
    return "?" if found is None else called(found)


def _people(view: GenogramView) -> Iterator[Phrase]:
    children = [one for one in view.members if one.child]
    if len(children) > 1:
        yield Phrase(
            N_("{a} and {b} are both marked as the child of the case."),
            {"a": called(children[0]), "b": called(children[1])},
        )
    for one in view.members:
        if one.born is not None and one.died is not None and one.died < one.born:
            yield Phrase(
                N_("{name} would have died in {died}, before the birth in {born}."),
                {"name": called(one), "died": one.died, "born": one.born},
            )


def _ties(view: GenogramView) -> Iterator[Phrase]:
    pairs: dict[tuple[Id, Id], list[TieKind]] = defaultdict(list)
    biological: dict[Id, list[Id]] = defaultdict(list)
    for tie in view.ties:
        pairs[tie.parent, tie.child].append(tie.kind)
        if tie.kind is TieKind.BIOLOGICAL:
            biological[tie.child].append(tie.parent)
        yield from _years(view, tie.parent, tie.child, tie.begun, tie.ended)
    for (parent, child), kinds in pairs.items():
        if len(kinds) > 1:
            yield Phrase(
                N_("{a} would be a parent of {b} twice: {kinds}."),
                {
                    "a": name(view, parent),
                    "b": name(view, child),
                    "kinds": tuple(Phrase(TIE_LABELS[k]) for k in kinds),
                },
            )
    for child, parents in biological.items():
        if len(set(parents)) > 2:
            yield Phrase(
                N_("{name} would have more than two biological parents: {parents}."),
                {"name": name(view, child), "parents": tuple(name(view, one) for one in parents)},
            )
        for parent in dict.fromkeys(parents):
            yield from _born_after(view, parent, child)


def _born_after(view: GenogramView, parent: Id, child: Id) -> Iterator[Phrase]:
    above, below = view.member(parent), view.member(child)
    if above is None or below is None or above.born is None or below.born is None:
        return
    if below.born <= above.born:
        yield Phrase(
            N_("{child}, born in {later}, cannot be a child of {parent}, born in {earlier}."),
            {"child": called(below), "later": below.born, "parent": called(above), "earlier": above.born},
        )


def _years(view: GenogramView, a: Id, b: Id, begun: int | None, ended: int | None) -> Iterator[Phrase]:
    if begun is not None and ended is not None and ended < begun:
        yield Phrase(
            N_("What there is between {a} and {b} would end in {ended}, before it began in {begun}."),
            {"a": name(view, a), "b": name(view, b), "ended": ended, "begun": begun},
        )


def _couples(view: GenogramView) -> Iterator[Phrase]:
    pairs: dict[frozenset[Id], list[str]] = defaultdict(list)
    for couple in view.couples:
        if couple.a == couple.b:
            yield Phrase(N_("{name} cannot be a couple alone."), {"name": name(view, couple.a)})
        pairs[frozenset((couple.a, couple.b))].append(COUPLE_LABELS[couple.kind])
        yield from _years(view, couple.a, couple.b, couple.begun, couple.ended)
    for pair, kinds in pairs.items():
        if len(kinds) > 1:
            a, b = sorted(pair)[0], sorted(pair)[-1]
            yield Phrase(
                N_("{a} and {b} would be a couple twice: {kinds}."),
                {"a": name(view, a), "b": name(view, b), "kinds": tuple(map(Phrase, kinds))},
            )


def _siblings(view: GenogramView) -> Iterator[Phrase]:
    parents = parents_of(view, (TieKind.BIOLOGICAL,))
    pairs: dict[frozenset[Id], list[SiblingTie]] = defaultdict(list)
    for link in view.siblings:
        both = {"a": name(view, link.a), "b": name(view, link.b)}
        if link.a == link.b:
            yield Phrase(N_("{a} cannot be a sibling of oneself."), {"a": both["a"]})
            continue
        pairs[frozenset((link.a, link.b))].append(link.kind)
        one, other = set(parents[link.a]), set(parents[link.b])
        if link.kind is SiblingTie.FULL and len(one) == len(other) == 2 and one != other:
            yield Phrase(N_("{a} and {b} have different parents and cannot be full siblings."), both)
        if link.kind is SiblingTie.HALF and len(one) == 2 and one == other:
            yield Phrase(N_("{a} and {b} have the same parents and cannot be half-siblings."), both)
        if link.a in other or link.b in one:
            yield Phrase(N_("{a} and {b} are parent and child and cannot be siblings."), both)
    for pair, kinds in pairs.items():
        if len(kinds) > 1:
            a, b = sorted(pair)
            yield Phrase(N_("{a} and {b} would be siblings twice."), {"a": name(view, a), "b": name(view, b)})


def parents_of(view: GenogramView, kinds: Iterable[TieKind]) -> defaultdict[Id, tuple[Id, ...]]:
    """Return by child the parents of some kinds, in the order they were written."""
    wanted, found = frozenset(kinds), defaultdict[Id, tuple[Id, ...]](tuple)
    for tie in view.ties:
        if tie.kind in wanted and tie.parent not in found[tie.child]:
            found[tie.child] += (tie.parent,)
    return found


def _circles(view: GenogramView) -> Iterator[Phrase]:
    parents = parents_of(view, DESCENT)
    above = {one.id: ancestors(parents, one.id) for one in view.members}
    for one in view.members:
        if one.id in above[one.id]:
            yield Phrase(N_("{name} would be an ancestor of oneself."), {"name": called(one)})
    for couple in view.couples:
        if couple.a in above.get(couple.b, ()) or couple.b in above.get(couple.a, ()):
            yield Phrase(
                N_("{a} and {b} cannot be a couple: one descends from the other."),
                {"a": name(view, couple.a), "b": name(view, couple.b)},
            )


def ancestors(parents: defaultdict[Id, tuple[Id, ...]], of: Id) -> frozenset[Id]:
    """Return everybody above somebody; herself too when the ties go in a circle."""
    found: set[Id] = set()
    waiting = list(parents[of])
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += parents[one]
    return frozenset(found)
