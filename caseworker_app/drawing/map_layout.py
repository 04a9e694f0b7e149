"""Where the words of a netværkskort stand so that none lies on another, and how lines go around those in between.

Nobody is moved: a map is what somebody drew. Only names look for room: under the disc, else beside or above it.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import MapWords
from caseworker_app.domain.map_view import MapView, SeenPerson, SeenRelation
from caseworker_app.drawing.display_list import Point
from caseworker_app.drawing.map_lines import line_route
from caseworker_app.drawing.map_parts import (
    Box,
    Label,
    Measures,
    Side,
    child_reach,
    label_of,
    reach_of,
    ring_names,
    sector_signs,
    side_of,
    spot,
)
from caseworker_app.drawing.map_theme import MapTheme

_SIDES: Final[tuple[tuple[Side, float], ...]] = (
    ("below", 0.0), ("right", 0.0), ("left", 0.0), ("above", 0.0),
    ("below", 0.7), ("below", -0.7), ("above", 0.7), ("above", -0.7),
    ("right", 0.8), ("right", -0.8), ("left", 0.8), ("left", -0.8),
    ("below", 1.4), ("below", -1.4), ("above", 1.4), ("above", -1.4),
)  # fmt: skip
"""Where words may stand, best first; the second is how far they are shifted, in radii of a disc."""
_TILE: Final = 16.0
_ROUNDS: Final = 3
_BENDS: Final = (5.0, -5.0, 9.0, -9.0, 14.0, -14.0)


@dataclass(frozen=True, slots=True)
class Laid:
    """A map laid out: where each stands (mm from the middle), her words, and how each line bends."""

    spots: Mapping[Id, Point]
    labels: Mapping[Id, Label]
    bends: Mapping[Id, float]
    crossed: frozenset[Id] = field(default_factory=frozenset)

    def room(self, person: Id, m: Measures) -> Box:
        """Return the room somebody takes: disc and words together."""
        x, y = self.spots[person]
        box = self.labels[person].box
        r = m.disc
        return x + min(-r, box[0]), y + min(-r, box[1]), x + max(r, box[2]), y + max(r, box[3])


def lay_out(view: MapView, theme: MapTheme, m: Measures, words: MapWords) -> Laid:
    """Lay out the placed people of a view; about a millisecond for each ten of them."""
    placed = view.placed
    spots = {p.id: spot(p.placement, m) for p in placed if p.placement is not None}
    discs = _Tiles()
    for person, (x, y) in spots.items():
        discs.add((x - m.disc, y - m.disc, x + m.disc, y + m.disc), person)
    bends = {r.id: _bend(r, spots, discs, m) for r in view.relations if _drawn(r, spots)}
    ink = _Points()
    for relation in view.relations:
        if relation.id in bends:
            ink.add(_ends(relation, spots), bends[relation.id])
    labels = _Words(view, theme, m, words, spots, discs, ink).placed()
    crossed = frozenset(
        person for person, label in labels.items() if ink.within(_at(label.box, spots[person]))
    )
    return Laid(spots, labels, bends, crossed)


def _drawn(relation: SeenRelation, spots: Mapping[Id, Point]) -> bool:
    return all(end is None or end in spots for end in (relation.a, relation.b)) and relation.a != relation.b


def _ends(relation: SeenRelation, spots: Mapping[Id, Point]) -> tuple[Point, Point]:
    start = (0.0, 0.0) if relation.a is None else spots[relation.a]
    return start, (0.0, 0.0) if relation.b is None else spots[relation.b]


def ends_and_gaps(
    relation: SeenRelation, spots: Mapping[Id, Point], m: Measures
) -> tuple[Point, Point, tuple[float, float]]:
    """Return where a line begins and ends, and how much of it the discs at its ends take."""
    start, end = _ends(relation, spots)
    rim = m.disc + 0.8 * m.unit
    gaps = (child_reach(m) if relation.a is None else rim, child_reach(m) if relation.b is None else rim)
    return start, end, gaps


def _bend(relation: SeenRelation, spots: Mapping[Id, Point], discs: _Tiles, m: Measures) -> float:
    """Return how far a line must bend not to run through anybody's disc: nothing, or the least that helps most."""
    start, end = _ends(relation, spots)
    own = {relation.a, relation.b}
    near = m.disc + 0.9 * m.unit
    middle = None not in own

    def met(bend: float) -> int:
        found = 0
        route = line_route(start, end, bend)
        for a, b in itertools.pairwise(route):
            reach = (
                min(a[0], b[0]) - near,
                min(a[1], b[1]) - near,
                max(a[0], b[0]) + near,
                max(a[1], b[1]) + near,
            )
            others = (spots[who] for who in discs.touching(reach) if who not in own)
            found += sum(_distance(point, a, b) < near for point in others)
            found += middle and _distance((0.0, 0.0), a, b) < child_reach(m)
        return found

    straight = met(0.0)
    if not straight or math.dist(start, end) < 1.0:
        return 0.0
    tries = [(met(bend * m.unit), abs(bend), bend * m.unit) for bend in _BENDS]
    best = min(tries)
    return best[2] if best[0] < straight else 0.0


def _distance(point: Point, a: Point, b: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    long = dx * dx + dy * dy
    t = 0.0 if not long else ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / long
    t = min(1.0, max(0.0, t))
    return math.hypot(point[0] - a[0] - t * dx, point[1] - a[1] - t * dy)


class _Words:
    """Finds room for everybody's words, a few rounds over, each time where they lie least on anything."""

    def __init__(
        self,
        view: MapView,
        theme: MapTheme,
        m: Measures,
        words: MapWords,
        spots: Mapping[Id, Point],
        discs: _Tiles,
        ink: _Points,
    ) -> None:
        self._people, self._m, self._spots, self._discs, self._ink = view.placed, m, spots, discs, ink
        self._theme, self._words = theme, words
        self._fixed = _Tiles()
        child = m.child + 1.2 * m.unit
        self._fixed.add((-child, -child, child, child), b"")
        for _items, box in sector_signs(view.template, view.wording, theme, m):
            self._fixed.add(box, b"")
        for _item, box in ring_names(view.template, view.wording, theme, m):
            self._fixed.add(box, b"")
        self._edge = (reach_of(view.template, m), side_of(m))
        self._taken = _Tiles()
        self._labels: dict[Id, Label] = {}

    def placed(self) -> dict[Id, Label]:
        worst = {person.id: 1.0 for person in self._people}
        for turn in range(_ROUNDS):
            changed = False
            for person in self._people:
                if turn and not worst[person.id]:
                    continue
                before = self._labels.get(person.id)
                if before is not None:
                    self._taken.remove(_at(before.box, self._spots[person.id]), person.id)
                label, worst[person.id] = self._best(person)
                self._labels[person.id] = label
                self._taken.add(_at(label.box, self._spots[person.id]), person.id)
                changed = changed or label != before
            if not changed:
                break
        return self._labels

    def _best(self, person: SeenPerson) -> tuple[Label, float]:
        """Return the first place where words lie on nothing, else the one where they lie on least."""
        best: tuple[float, float, Label] | None = None
        for rank, (side, shift) in enumerate(_SIDES):
            label = label_of(person, self._theme, self._m, self._words, side, shift * self._m.disc)
            covers, crosses = self._cost(person.id, _at(label.box, self._spots[person.id]))
            if not covers and not crosses:
                return label, 0.0
            cost = covers + crosses + rank * 1.5
            if best is None or cost < best[0]:
                best = (cost, covers, label)
        assert best is not None
        return best[2], best[1]

    def _cost(self, own: Id, box: Box) -> tuple[float, float]:
        wide, tall = self._edge
        over = max(0.0, -wide - box[0], box[2] - wide, -tall - box[1], box[3] - tall)
        covers = over * 200
        covers += 12 * sum(_shared(box, other) for other, who in self._taken.boxes(box) if who != own)
        covers += 12 * sum(_shared(box, other) for other, who in self._discs.boxes(box) if who != own)
        covers += 8 * sum(_shared(box, other) for other, _who in self._fixed.boxes(box))
        return covers, self._ink.within(box) * 0.7


class _Tiles:
    """Boxes by the tiles they lie on, so that only neighbours are asked."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[tuple[Box, Id]]] = defaultdict(list)

    def add(self, box: Box, who: Id) -> None:
        for tile in _tiles(box):
            self._tiles[tile].append((box, who))

    def remove(self, box: Box, who: Id) -> None:
        for tile in _tiles(box):
            self._tiles[tile].remove((box, who))

    def boxes(self, box: Box) -> Iterable[tuple[Box, Id]]:
        """Return the boxes that meet one, each once."""
        found: set[tuple[Box, Id]] = set()
        for tile in _tiles(box):
            found.update(self._tiles.get(tile, ()))
        return [one for one in found if _shared(one[0], box) > 0]

    def touching(self, box: Box) -> set[Id]:
        return {who for tile in _tiles(box) for _box, who in self._tiles.get(tile, ())}


class _Points:
    """Points along the lines, to know what words would lie on one."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[Point]] = defaultdict(list)

    def add(self, ends: tuple[Point, Point], bend: float) -> None:
        route = line_route(*ends, bend)
        for a, b in itertools.pairwise(route):
            count = max(1, int(math.dist(a, b) / 1.5))
            for n in range(count):
                x, y = a[0] + (b[0] - a[0]) * n / count, a[1] + (b[1] - a[1]) * n / count
                self._tiles[int(x // _TILE), int(y // _TILE)].append((x, y))

    def within(self, box: Box) -> int:
        """Return how many points lie in a box."""
        left, top, right, foot = box
        return sum(
            left <= x <= right and top <= y <= foot
            for tile in _tiles(box)
            for x, y in self._tiles.get(tile, ())
        )


def _tiles(box: Box) -> Iterator[tuple[int, int]]:
    for across in range(int(box[0] // _TILE), int(box[2] // _TILE) + 1):
        for down in range(int(box[1] // _TILE), int(box[3] // _TILE) + 1):
            yield across, down


def _at(box: Box, spot_: Point) -> Box:
    return box[0] + spot_[0], box[1] + spot_[1], box[2] + spot_[0], box[3] + spot_[1]


def _shared(one: Box, other: Box) -> float:
    """Return the area two boxes share, mm²."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide * tall if wide > 0 and tall > 0 else 0.0
