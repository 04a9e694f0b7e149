"""The genogram: three generations or more as one drawing for screen and paper.

Layout and lines come from :mod:`.genogram_layout` and :mod:`.genogram_lines`; here they get their heights and become
shapes. The key shows only the signs that are used.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from caseworker_app.domain.family import CoupleKind
from caseworker_app.domain.genogram_view import GenogramView, SeenCouple
from caseworker_app.domain.genogram_words import GenogramWords, couple_years
from caseworker_app.domain.ids import Id
from caseworker_app.drawing.display_list import DisplayList, Item, Line, Point, Polyline, Stroke, Text
from caseworker_app.drawing.genogram_homes import homes
from caseworker_app.drawing.genogram_key import key
from caseworker_app.drawing.genogram_labels import SMALL, Label, label
from caseworker_app.drawing.genogram_layout import Layout, lay_out
from caseworker_app.drawing.genogram_lines import (
    ABOVE_LANES,
    BELOW_LANES,
    LANE,
    Bar,
    Descent,
    Run,
    Wiring,
    wire,
)
from caseworker_app.drawing.genogram_signs import (
    PAPER,
    SIBLING_MARKS,
    GenogramColours,
    R,
    across,
    couple_stroke,
    reach,
    sibling_stroke,
    slashes,
    symbol,
    tie_stroke,
)

MARGIN: Final = 4.0
_KEYED: Final = 170.0
"""Least width of a drawing with a key, so that the key has columns, mm."""
_LABEL_GAP: Final = 1.6


@dataclass(frozen=True, slots=True)
class Genogram:
    """A genogram drawn: ``spots`` is the middle of each symbol in mm, ``boxes`` symbol and label as x, y, width, height."""

    drawing: DisplayList
    layout: Layout
    spots: Mapping[Id, Point]
    boxes: Mapping[Id, tuple[float, float, float, float]]

    def at(self, x: float, y: float) -> Id | None:
        """Return who stands at a place, mm."""
        for who, (left, top, width, height) in self.boxes.items():
            if left <= x <= left + width and top <= y <= top + height:
                return who
        return None


def genogram(
    view: GenogramView, words: GenogramWords, colours: GenogramColours = PAPER, *, with_key: bool = True
) -> Genogram:
    """Return the drawing of a family; nothing but its margins for an empty one."""
    return _Drawing(view, words, colours, with_key=with_key).done()


class _Drawing:
    def __init__(
        self, view: GenogramView, words: GenogramWords, colours: GenogramColours, *, with_key: bool
    ) -> None:
        self.words, self.colours, self.with_key = words, colours, with_key and bool(view.members)
        self.labels: dict[Id, Label] = {one.id: label(one, words) for one in view.members}
        self.layout = lay_out(view, {one: found.width for one, found in self.labels.items()})
        self.view = self.layout.tree.view
        self.wiring: Wiring = wire(self.layout)
        self.couples = {frozenset((c.a, c.b)): c for c in reversed(self.view.couples)}
        self.width = max(self.layout.width + 2 * MARGIN, _KEYED if self.with_key else 0.0)
        self.left = (self.width - self.layout.width) / 2
        self._heights()

    def _heights(self) -> None:
        """Give each row its height: lanes, symbol, labels."""
        y = MARGIN
        self.lane_top: list[float] = []
        self.row_y: list[float] = []
        self.floor: list[float] = []
        for row, people in enumerate(self.layout.rows):
            lanes = self.wiring.lanes.get(row, 0)
            self.lane_top.append(y + ABOVE_LANES)
            if row or lanes:
                y += ABOVE_LANES + max(0, lanes - 1) * LANE + BELOW_LANES
            y += R + 0.8
            self.row_y.append(y)
            y += R + 0.8 + _LABEL_GAP + max((self.labels[one].height for one in people), default=0.0)
            self.floor.append(y)
        self.height = y + MARGIN

    def done(self) -> Genogram:
        self.x = {one: at + self.left for one, at in self.layout.x.items()}
        spots = {one: (x, self.row_y[self.layout.tree.row[one]]) for one, x in self.x.items()}
        self.spots = spots
        body = [*self._couples(), *self._symbols()]
        lines = self._descents()
        under = homes(self.view, self.layout, self._boxes(), self.colours)
        items = [*under, *lines, *self._siblings(), *body]
        height = self.height
        if self.with_key:
            signs, height = key(
                self.view, self.layout, self.wiring, self.words, self.colours, self.width, height
            )
            items += signs
        return Genogram(DisplayList(self.width, height, tuple(items)), self.layout, spots, self._boxes())

    def _boxes(self) -> dict[Id, tuple[float, float, float, float]]:
        found = {}
        for one, (x, y) in self.spots.items():
            half = max(self.labels[one].width / 2, R + 1.0)
            top = y - R - 0.8
            foot = y + R + 0.8 + _LABEL_GAP + self.labels[one].height
            found[one] = (x - half, top, 2 * half, foot - top)
        return found

    def _lane_y(self, row: int, lane: int) -> float:
        return self.lane_top[row] + lane * LANE

    def _y(self, run: Run) -> float:
        return self._lane_y(run.row, run.lane)

    # --- people ---------------------------------------------------------------------------------------------

    def _symbols(self) -> list[Item]:
        found: list[Item] = []
        for one in self.view.members:
            x, y = self.spots[one.id]
            found += symbol(one, (x, y), self.colours)
            found += self.labels[one.id].items((x, y + R + 0.8 + _LABEL_GAP - 1.0), self.colours)
        return found

    def _top(self, who: Id, beside: float = 0.0) -> float:
        return self.spots[who][1] - reach(self.layout.tree.member(who), beside)

    # --- couples --------------------------------------------------------------------------------------------

    def _couples(self) -> list[Item]:
        found: list[Item] = []
        done: set[frozenset[Id]] = set()
        for a, mates in self.layout.tree.partners.items():
            for b in mates:
                pair = frozenset((a, b))
                if pair not in done:
                    done.add(pair)
                    found += self._couple(a, b, self.couples.get(pair))
        for pair, couple in self.couples.items():
            if pair not in done:  # of different generations
                one, other = self.spots[couple.a], self.spots[couple.b]
                found.append(Line(one, other, couple_stroke(couple.kind, self.colours)))
                found += self._sign(couple.kind, couple, ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2))
        return found

    def _couple(self, a: Id, b: Id, couple: SeenCouple | None) -> list[Item]:
        kind = couple.kind if couple is not None else None
        stroke = couple_stroke(kind, self.colours)
        bar = self.wiring.apart.get(frozenset((a, b)))
        if bar is None:
            left, right = sorted((a, b), key=self.x.__getitem__)
            y = self.spots[left][1]
            start = self.x[left] + across(self.layout.tree.member(left))
            end = self.x[right] - across(self.layout.tree.member(right))
            points: tuple[Point, ...] = ((start, y), (end, y))
            middle = ((start + end) / 2, y)
        else:
            points, middle = self._bar(bar)
        lines: list[Item] = []
        if couple is not None and couple.related:
            for shift in (-0.55, 0.55):
                lines.append(Polyline(tuple((x, y + shift) for x, y in points), stroke))
        else:
            lines.append(Polyline(points, stroke))
        return [*lines, *self._sign(kind, couple, middle)]

    def _bar(self, bar: Bar) -> tuple[tuple[Point, ...], Point]:
        y = self._y(bar.run)
        one, other = self.x[bar.a] + bar.foot_a, self.x[bar.b] + bar.foot_b
        feet = (one, self._top(bar.a, bar.foot_a)), (other, self._top(bar.b, bar.foot_b))
        return (feet[0], (one, y), (other, y), feet[1]), ((one + other) / 2, y)

    def _sign(self, kind: CoupleKind | None, couple: SeenCouple | None, at: Point) -> list[Item]:
        """Return strokes and years of a couple; "?" where only a child is known."""
        x, y = at
        found = slashes(kind, (x - 3.2, y), self.colours)
        text = "?" if kind is None else couple_years(couple)
        if text:
            found.append(Text((x, y - 1.9), text, SMALL - 0.5, "middle", color=self.colours.muted))
        return found

    # --- parents and children -------------------------------------------------------------------------------

    def _descents(self) -> list[Item]:
        found: list[Item] = []
        for one in sorted(self.wiring.descents, key=lambda d: not d.second):
            found += self._descent(one)
        for a, b, kind in self.wiring.loose:
            found.append(Line(self.spots[a], self.spots[b], tie_stroke(kind, self.colours)))
        return found

    def _descent(self, one: Descent) -> list[Item]:
        stroke = tie_stroke(one.kind, self.colours)
        ys = [self._y(run) for run in one.runs]
        trunk: list[Point] = [(one.start + self.left, self._departure(one))]
        for y, through in zip(ys, one.crossings, strict=False):
            trunk += [(trunk[-1][0], y), (through + self.left, y)]
        trunk.append((trunk[-1][0], ys[-1]))
        feet = {child: self.x[child] + beside for child, beside in one.feet.items()}
        found: list[Item] = [Polyline(tuple(trunk), stroke)]
        low, high = min(*feet.values(), trunk[-1][0]), max(*feet.values(), trunk[-1][0])
        if high - low > 0.01:
            found.append(Line((low, ys[-1]), (high, ys[-1]), stroke))
        for child, x in feet.items():
            found.append(Line((x, ys[-1]), (x, self._top(child, one.feet[child])), stroke))
            if one.over:
                middle = (ys[-1] + self._top(child, one.feet[child])) / 2
                cut = Stroke(self.colours.ink, 0.45)
                found.append(Line((x - 1.5, middle + 0.9), (x + 1.5, middle - 0.9), cut))
        return found

    def _departure(self, one: Descent) -> float:
        """Return at what height a line leaves the parents: their line, or below the label of one who stands alone."""
        row_y = self.row_y[one.start_row]
        if len(one.parents) == 1:
            who = one.parents[0]
            return row_y + R + 0.8 + _LABEL_GAP + self.labels[who].height - 0.4
        bar = self.wiring.apart.get(frozenset(one.parents))
        return self._y(bar.run) if bar is not None else row_y

    # --- siblings -------------------------------------------------------------------------------------------

    def _siblings(self) -> list[Item]:
        found: list[Item] = []
        for bar, number in self.wiring.siblings:
            kind = self.view.siblings[number].kind
            points, (x, y) = self._bar(bar)
            found.append(Polyline(points, sibling_stroke(kind, self.colours)))
            mark = SIBLING_MARKS.get(kind)
            if mark:
                found.append(Text((x, y - 0.6), mark, SMALL, "middle", bold=True, color=self.colours.ink))
        return found
