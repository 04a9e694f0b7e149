"""The map's picture made ready: the ground, the households, every line and everybody, each prepared once.

Everything is in millimetres from the middle of a map of :data:`RADIUS` mm; the view stretches it. What has not changed
is taken from before, so that letting somebody go prepares her and her lines, not the map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import replace

from PySide6.QtGui import QPainter

from caseworker_app.domain.ids import Id
from caseworker_app.domain.map_facts import MapWords
from caseworker_app.domain.map_template import OUTER_EDGE
from caseworker_app.domain.map_view import MapView, SeenPerson, SeenRelation
from caseworker_app.domain.network_map import Placement
from caseworker_app.drawing.display_list import Group, Item, Point
from caseworker_app.drawing.map_ground import edges, ground, name_back, ring_names, sector_signs
from caseworker_app.drawing.map_homes import homes
from caseworker_app.drawing.map_layout import Laid, ends_and_gaps, lay_out
from caseworker_app.drawing.map_lines import STRONG, hull_items, line_items
from caseworker_app.drawing.map_parts import (
    MM,
    SCALE_RADIUS,
    Box,
    Label,
    Measures,
    child_items,
    hue_at,
    label_of,
    measures,
    person_items,
)
from caseworker_app.drawing.map_theme import MapTheme, cell_fill
from ui.network_map.prepared import Prepared, prepare

RADIUS = SCALE_RADIUS
"""The map's radius in the view's own unit, mm."""
_DISC_PX, _NAME_PX, _LEAST_PX = 20.0, 13.0, 12.0
_MOST_GROWN = 2.4
_STRONG_PX = 7.0
"""How thick the strong line is on a small screen."""
_KEPT = 4000


def screen_measures(people: int, px: float) -> Measures:
    """Return how big everything is on a screen of ``px`` pixels a mm: no word below 12 px, discs 40 px and up."""
    base = measures(RADIUS, people)
    px = 1.05 ** round(math.log(px, 1.05))
    least = _LEAST_PX / (MM * px)
    unit = min(1.35, max(1.0, least / 7.6))
    disc = max(base.disc, min(_DISC_PX / px, base.disc * _MOST_GROWN) * base.crowd)
    return replace(
        base,
        unit=unit,
        disc=disc,
        child=base.child * 0.95,
        name=max(base.name, _NAME_PX / (MM * px) * (0.5 + base.crowd / 2)),
        role=max(base.role, least),
        wide=max(base.wide, 92.0 / px),
    )


class Scenery:
    """What is painted. :meth:`lay` makes it ready; the rest only paints or asks."""

    def __init__(self) -> None:
        self.view: MapView | None = None
        self.theme: MapTheme | None = None
        self.measures = measures(RADIUS)
        self._pens = self.measures
        self.words = MapWords()
        self.laid = Laid({}, {}, {})
        self._people: dict[Id, Prepared] = {}
        self._lines: dict[Id, Prepared] = {}
        self._homes: dict[Id, tuple[Prepared, Prepared]] = {}
        self._ground = self._rim = self._names = self._child = Prepared()
        self._kept: dict[Hashable, Prepared] = {}

    def lay(self, view: MapView, theme: MapTheme, words: MapWords, px: float) -> None:
        """Make a view ready for a screen of ``px`` pixels a mm."""
        m = screen_measures(len(view.placed), px)
        if len(self._kept) > _KEPT:
            self._kept.clear()
        self.view, self.theme, self.words, self.measures = view, theme, words, m
        self._pens = replace(m, unit=max(1.0, min(m.unit, _STRONG_PX / (STRONG * px))))
        self.laid = lay_out(view, theme, m, words)
        self._lay_ground(view, theme, m)
        self._lines = {
            line.id: self._line(line, self.laid.bends[line.id])
            for line in view.relations
            if line.id in self.laid.bends
        }
        at_home = {who for group in view.groups for who in group.members}
        self._people = {one.id: self._person(one, one.id in at_home) for one in view.placed}
        self._lay_homes(view)

    def _keep(self, key: Hashable, make: Callable[[], Iterable[Item]]) -> Prepared:
        found = self._kept.get(key)
        if found is None:
            found = self._kept[key] = prepare(make())
        return found

    def _lay_ground(self, view: MapView, theme: MapTheme, m: Measures) -> None:
        template, wording = view.template, view.wording
        about = (id(template), wording, theme.name, m)
        self._ground = self._keep(("ground", *about), lambda: ground(template, theme, m))
        self._rim = self._keep(
            ("rim", *about),
            lambda: (
                *edges(template, theme, m),
                *(_within(items, box) for items, box in sector_signs(template, wording, theme, m)),
            ),
        )
        self._names = self._keep(
            ("names", tuple(self.laid.spots.values()), *about),
            lambda: [
                item
                for at, (name, box) in enumerate(
                    ring_names(template, wording, theme, m, tuple(self.laid.spots.values()))
                )
                for item in (*name_back(template, theme, at, box), name)
            ],
        )
        self._child = self._keep(("child", view.child, *about), lambda: child_items(view.child, theme, m))

    def _lay_homes(self, view: MapView) -> None:
        found = homes(view, self.laid, self._dress(), self.measures)
        self._homes = {home.group: (prepare(home.band), prepare(home.name)) for home in found}

    def _dress(self) -> MapTheme:
        if self.theme is None:
            raise RuntimeError("nothing has been laid out")
        return self.theme

    def _person(self, one: SeenPerson, at_home: bool) -> Prepared:
        theme = self._dress()
        back = None
        if one.id in self.laid.crossed and one.placement is not None:
            back = theme.hull_ground if at_home else self._cell_ground(one.placement)
        return self._dressed(one, self.laid.labels[one.id], back)

    def _dressed(self, one: SeenPerson, label: Label, back: str | None) -> Prepared:
        theme, m, words = self._dress(), self.measures, self.words
        view = self.view
        assert view is not None
        sector = one.placement.sector if one.placement is not None else ""
        hue = hue_at(view.template, sector)
        about = replace(one, placement=None)
        return self._keep(
            (about, label, back, hue, theme.name, m),
            lambda: person_items(one, hue, theme, m, words, label, back),
        )

    def _cell_ground(self, placement: Placement) -> str:
        view, theme = self.view, self._dress()
        assert view is not None
        inside = view.template.inside
        at = next((n for n, ring in enumerate(inside) if ring.id == placement.ring), None)
        hue = hue_at(view.template, placement.sector)
        return theme.ground if at is None else cell_fill(theme, hue, at / max(1, len(inside) - 1))

    def _line(self, line: SeenRelation, bend: float) -> Prepared:
        theme, m = self._dress(), self.measures
        start, end, gaps = ends_and_gaps(line, self.laid.spots, m)
        return self._keep(
            (start, end, line.quality, line.flow, bend, gaps, theme.name, self._pens),
            lambda: line_items(start, end, line.quality, line.flow, theme, self._pens, gaps=gaps, bend=bend),
        )

    # painting

    def paint_below(self, painter: QPainter, without: Id | None) -> None:
        """Paint the ground, the households and the lines; not what hangs on ``without``."""
        view = self.view
        if view is None:
            return
        self._ground.paint(painter)
        moved = {group.id for group in view.groups if without in group.members}
        for group, (band, _name) in self._homes.items():
            if group not in moved:
                band.paint(painter)
        self._rim.paint(painter)
        for line in view.relations:
            if without is None or without not in (line.a, line.b):
                prepared = self._lines.get(line.id)
                if prepared is not None:
                    prepared.paint(painter)

    def paint_above(self, painter: QPainter, without: Id | None) -> None:
        """Paint the rings' names, the child and everybody but ``without``."""
        view = self.view
        if view is None:
            return
        self._names.paint(painter)
        self._child.paint(painter)
        for who, prepared in self._people.items():
            if who != without:
                x, y = self.laid.spots[who]
                painter.translate(x, y)
                prepared.paint(painter)
                painter.translate(-x, -y)
        moved = {group.id for group in view.groups if without in group.members}
        for group, (_band, name) in self._homes.items():
            if group not in moved:
                name.paint(painter)

    # somebody in the hand

    def lifted(self, person: Id, placement: Placement | None, at: Point) -> Lifted:
        """Return somebody with her lines and households as they are while she is carried over a point."""
        return Lifted(self, person, placement, at)

    def person_at(self, one: SeenPerson, placement: Placement | None) -> Prepared:
        """Return somebody dressed for a place, her words below her."""
        moved = replace(one, placement=placement)
        return self._dressed(
            moved, label_of(moved, self._dress(), self.measures, self.words), self._dress().surface
        )

    def line_to(self, line: SeenRelation, spots: Mapping[Id, Point]) -> Prepared:
        """Return a line between people who stand at ``spots``, straight."""
        theme, m = self._dress(), self.measures
        start, end, gaps = ends_and_gaps(line, spots, m)
        return prepare(line_items(start, end, line.quality, line.flow, theme, self._pens, gaps=gaps))

    def home_with(self, group: Id, person: Id, at: Point) -> Prepared:
        """Return the band of a household with ``person`` at a point."""
        view, m = self.view, self.measures
        assert view is not None
        found = next(one for one in view.groups if one.id == group)
        boxes = [self.laid.room(w, m) for w in sorted(found.members) if w in self.laid.spots and w != person]
        boxes.append((at[0] - m.disc, at[1] - m.disc, at[0] + m.disc, at[1] + m.disc))
        return prepare(hull_items(boxes, self._dress(), m, child=found.with_child))

    def seen(self, person: Id) -> SeenPerson | None:
        """Return somebody of the view, also one in the tray."""
        if self.view is None:
            return None
        return next((one for one in self.view.people if one.id == person), None)


def _within(items: tuple[Item, ...], box: Box) -> Item:
    """Return a sector's sign drawn in to what is always in sight, and as much outwards, off the rings."""
    left, top, right, foot = box
    edge = OUTER_EDGE * RADIUS + 2.0
    up, down = max(0.0, -edge - top), max(0.0, foot - edge)
    aside = max(up, down) + 2.0
    return Group(items, (math.copysign(aside, left + right), up - down))


class Lifted:
    """Somebody in the hand: painted anew each frame, with what hangs on her."""

    def __init__(self, scenery: Scenery, person: Id, placement: Placement | None, at: Point) -> None:
        view = scenery.view
        one = scenery.seen(person)
        assert view is not None and one is not None
        self._at = at
        self._person = scenery.person_at(one, placement)
        spots = {**scenery.laid.spots, person: at}
        self._lines = [
            scenery.line_to(line, spots)
            for line in view.relations
            if person in (line.a, line.b) and all(end is None or end in spots for end in (line.a, line.b))
        ]
        self._homes = [scenery.home_with(g.id, person, at) for g in view.groups if person in g.members]

    def paint_below(self, painter: QPainter) -> None:
        """Paint her households and lines."""
        painter.setOpacity(0.6)
        for home in self._homes:
            home.paint(painter)
        painter.setOpacity(1.0)
        for line in self._lines:
            line.paint(painter)

    def paint_above(self, painter: QPainter) -> None:
        """Paint herself."""
        painter.translate(*self._at)
        self._person.paint(painter)
        painter.translate(-self._at[0], -self._at[1])
