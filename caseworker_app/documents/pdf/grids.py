"""Boxes side by side: rows of a table, an item beside its mark, the halves of a letterhead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from caseworker_app.documents.blocks import Rules
from caseworker_app.documents.pdf.boxes import SLACK, Box, Split, Stack
from caseworker_app.documents.pdf.ink import draw_ground, draw_rule
from caseworker_app.documents.pdf.structure import Sheet
from caseworker_app.documents.pdf.styles import DEPTH, INK, RULE, THICK, THIN, TINT

#: A row no taller than this part of a page moves on rather than being parted.
_WHOLE = 0.3
#: A head taller than this part of a page is set once, as a row like the others.
_TALLEST_HEAD = 0.25


@dataclass(eq=False)
class Row(Box):
    """Cells side by side, as wide as their ``shares``, or two of which the first is ``fixed`` points wide.

    ``padding`` is the room inside a cell, beside and above its content. A row that ``moves_whole`` is
    parted only when it is tall.
    """

    cells: Sequence[Stack]
    shares: Sequence[float]
    fixed: float | None = None
    padding: tuple[float, float] = (0.0, 0.0)
    least: float = 0.0
    moves_whole: bool = False
    before: float = 0.0
    after: float = 0.0
    clings: bool = False
    width: float = -1.0
    depth: float = DEPTH
    height: float = 0.0

    def edges(self) -> list[float]:
        """Return the left edge of each cell and the right edge of the last, from the left of the row."""
        if self.fixed is not None:
            return [0.0, self.fixed, self.width]
        total = sum(self.shares)
        return [0.0, *accumulate(share * self.width / total for share in self.shares)]

    def layout(self, width: float, depth: float = DEPTH) -> None:
        if width == self.width and depth == self.depth:
            return
        self.width, self.depth = width, depth
        edges, (beside, above) = self.edges(), self.padding
        for at, cell in enumerate(self.cells):
            cell.layout(edges[at + 1] - edges[at] - 2 * beside, depth)
        content = max((cell.height for cell in self.cells), default=0.0)
        self.height = max(content + 2 * above, self.least)

    def split(self, height: float, *, must: bool) -> Split:
        if self.height <= height + SLACK:
            return Split(self, None)
        if not must and self.moves_whole and self.height <= _WHOLE * self.depth:
            return Split(None, self)
        inner = height - 2 * self.padding[1]
        parts = [cell.split(inner, must=must) for cell in self.cells]
        if not must and any(fits is None for fits, _ in parts):
            return Split(None, self)
        if all(rest is None for _, rest in parts):
            return Split(self, None) if must else Split(None, self)
        return Split(self._part([fits for fits, _ in parts]), self._part([rest for _, rest in parts]))

    def _part(self, cells: Sequence[Box | None]) -> Row:
        stacks = [cell if isinstance(cell, Stack) else Stack(()) for cell in cells]
        part = replace(self, cells=stacks, least=0.0, width=-1.0)
        part.layout(self.width, self.depth)
        return part

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        beside, above = self.padding
        for cell, edge in zip(self.cells, self.edges(), strict=False):
            cell.draw(sheet, left + edge + beside, top - above)


@dataclass(eq=False)
class Grid(Box):
    """A table: head rows, which come again as artifacts on each page, and rows, with rules between them."""

    head: Sequence[Row]
    rows: Sequence[Row]
    rules: Rules
    goes_on: bool = False
    before: float = 0.0
    after: float = 0.0
    width: float = -1.0
    depth: float = DEPTH
    height: float = 0.0

    def layout(self, width: float, depth: float = DEPTH) -> None:
        if width == self.width and depth == self.depth:
            return
        self.width, self.depth = width, depth
        for row in (*self.head, *self.rows):
            row.layout(width, depth)
        if self._head_height() > _TALLEST_HEAD * depth:
            self.head, self.rows = (), (*self.head, *self.rows)
        self.height = self._head_height() + sum(row.height for row in self.rows)

    def _head_height(self) -> float:
        return sum(row.height for row in self.head)

    def split(self, height: float, *, must: bool) -> Split:
        if self.height <= height + SLACK:
            return Split(self, None)
        top = self._head_height()
        for at, row in enumerate(self.rows):
            if top + row.height > height + SLACK:
                fits, rest = row.split(height - top, must=must and at == 0)
                if fits is None and at == 0:
                    return Split(None, self)
                ends = self.rows[:at] if fits is None else (*self.rows[:at], fits)
                begins = (*(() if rest is None else (rest,)), *self.rows[at + 1 :])
                return Split(self._part(ends, goes_on=self.goes_on), self._part(begins, goes_on=True))
            top += row.height
        return Split(self, None) if must else Split(None, self)

    def _part(self, rows: Sequence[Box], *, goes_on: bool) -> Grid | None:
        kept = [row for row in rows if isinstance(row, Row)]
        if not kept:
            return None
        part = replace(self, rows=kept, goes_on=goes_on, width=-1.0)
        part.layout(self.width, self.depth)
        return part

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        head_foot = top - self._head_height()
        if self.head and self.rules != "none":
            with sheet.aside():
                draw_ground(sheet, left, top, self.width, top - head_foot, TINT)
        if self.goes_on:
            with sheet.aside():
                self._draw_rows(sheet, self.head, left, top)
        else:
            self._draw_rows(sheet, self.head, left, top)
        self._draw_rows(sheet, self.rows, left, head_foot)
        if self.rules != "none":
            with sheet.aside():
                self._draw_rules(sheet, left, top)

    def _draw_rows(self, sheet: Sheet, rows: Sequence[Row], left: float, top: float) -> None:
        for row in rows:
            row.draw(sheet, left, top)
            top -= row.height

    def _draw_rules(self, sheet: Sheet, left: float, top: float) -> None:
        foot = top - self._head_height()
        right = left + self.width
        if self.head:
            draw_rule(sheet, (left, foot), (right, foot), THICK, INK)
        for row in self.rows:
            foot -= row.height
            draw_rule(sheet, (left, foot), (right, foot), THIN, RULE)
        if self.rules == "grid":
            for edge in (self.head or self.rows)[0].edges()[1:-1]:
                draw_rule(sheet, (left + edge, top), (left + edge, foot), THIN, RULE)
