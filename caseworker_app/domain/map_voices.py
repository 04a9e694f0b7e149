"""The child's netværkskort beside the parents': who is on one only, and who stands nearer on one than on the other.

For the worker's own screen: never shown to the family (network map design 7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_changes import Cell, Drawn, cell_of, pair, placed, unpaired
from caseworker_app.domain.network_map import MapPerson, MapRelation, Quality


@dataclass(frozen=True, slots=True)
class Beside:
    """Somebody on both maps: as ``one`` (the child) has her, and as ``other`` (a parent) has her."""

    one: MapPerson
    other: MapPerson
    one_cell: Cell
    other_cell: Cell

    @property
    def nearness_differs(self) -> bool:
        """Whether she stands in another ring."""
        return self.one_cell.ring.inner != self.other_cell.ring.inner

    @property
    def nearer_on_one(self) -> bool:
        """Whether she is nearer on the first map."""
        return self.one_cell.ring.inner < self.other_cell.ring.inner


@dataclass(frozen=True, slots=True)
class LineBeside:
    """A line between the same two on both maps; ``a`` and ``b`` are the first map's, ``None`` is the child."""

    a: MapPerson | None
    b: MapPerson | None
    one: Quality
    other: Quality


@dataclass(frozen=True, slots=True)
class VoiceComparison:
    """Two maps beside one another.

    ``perhaps_same`` are people of one name, each on one map only, who may be the same: tying both to one person of the
    case makes them so.
    """

    only_one: tuple[tuple[MapPerson, Cell], ...]
    only_other: tuple[tuple[MapPerson, Cell], ...]
    different: tuple[Beside, ...]
    same: tuple[Beside, ...]
    lines: tuple[LineBeside, ...]
    perhaps_same: tuple[tuple[MapPerson, MapPerson], ...]


def compare_voices(child: Drawn, parent: Drawn) -> VoiceComparison:
    """Return the child's map beside a parent's, each list from the middle out."""
    ones, others = placed(child), placed(parent)
    pairs = pair(others, ones)
    both = [
        Beside(one, pairs[one.id], cell_of(one, child.template), cell_of(pairs[one.id], parent.template))
        for one in ones
        if one.id in pairs
    ]
    only_one = [one for one in ones if one.id not in pairs]
    only_other = unpaired(others, pairs)
    return VoiceComparison(
        tuple((one, cell_of(one, child.template)) for one in only_one),
        tuple((one, cell_of(one, parent.template)) for one in only_other),
        tuple(one for one in both if one.nearness_differs),
        tuple(one for one in both if not one.nearness_differs),
        tuple(_lines(child, parent, pairs)),
        tuple(
            (one, other)
            for one in only_one
            for other in only_other
            if one.called and one.called.casefold() == other.called.casefold()
        ),
    )


def _lines(child: Drawn, parent: Drawn, pairs: Mapping[Id, MapPerson]) -> Iterator[LineBeside]:
    """Yield the lines both drew between the same two, each in her map's own voice, where the kind differs."""
    names = {one.id: one for one in placed(child)}
    theirs = {
        frozenset((line.a, line.b)): line for line in parent.relations if line.said_by is parent.map.voice
    }
    for line in child.relations:
        if line.said_by is not child.map.voice or not _on(line, pairs):
            continue
        ends = frozenset(None if end is None else pairs[end].id for end in (line.a, line.b))
        other = theirs.get(ends)
        if other is not None and other.quality is not line.quality:
            a, b = (None if end is None else names[end] for end in (line.a, line.b))
            yield LineBeside(a, b, line.quality, other.quality)


def _on(line: MapRelation, pairs: Mapping[Id, MapPerson]) -> bool:
    return all(end is None or end in pairs for end in (line.a, line.b))
