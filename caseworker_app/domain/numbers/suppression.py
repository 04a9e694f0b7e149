"""What may leave the house: no figure on one or two children, and none from which such a figure could be computed.

Rules: a cell that says something about one or two children is hidden. With it goes what is tied to it, and what was
computed from it (a percent). Where cells add up to another, one hidden cell alone would be the difference: so a second one
is hidden, and while the hidden ones together are still of fewer than three children, another, until only their sum of
three or more is known. The smallest are taken first, the total last. A nought is shown: it is nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from caseworker_app.domain.numbers.figures import FEWEST, Figure, Sheet, mapped

Cell = tuple[str, str, int]
"""Sheet, line, column."""


@dataclass(frozen=True, slots=True)
class Equation:
    """Cells that add up to another."""

    whole: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them, the parts first."""
        return (*self.parts, self.whole)


def outside(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """Return the sheets as they may leave the house."""
    found = tuple(sheets)
    hidden = _Hiding(found).hidden
    return tuple(_hide(sheet, hidden) for sheet in found)


def _hide(sheet: Sheet, hidden: frozenset[Cell]) -> Sheet:
    return mapped(
        sheet,
        lambda column, line, cell: (
            Figure(None, cell.unit, hidden=True)
            if (sheet.key, line.key, column) in hidden
            else replace(cell, counted=(), rest=0)
        ),
    )


def equations(sheets: Iterable[Sheet]) -> Iterator[Equation]:
    """Yield what adds up to what in some sheets: lines in each column that is counted, columns in each line."""
    for sheet in sheets:
        lines = {line.key for line in sheet.lines}
        for one in sheet.sums:
            parts = tuple(part for part in one.parts if part in lines)
            for column in sheet.adds:
                if parts and one.whole in lines:
                    yield Equation(
                        (sheet.key, one.whole, column), tuple((sheet.key, part, column) for part in parts)
                    )
        for across in sheet.across:
            for line in sheet.lines:
                yield Equation(
                    (sheet.key, line.key, across.whole),
                    tuple((sheet.key, line.key, part) for part in across.parts),
                )


def _wholes(sheet: Sheet) -> set[str]:
    """Return the lines that are a total and no part of another."""
    return {one.whole for one in sheet.sums} - {part for one in sheet.sums for part in one.parts}


class _Hiding:
    """Finds the hidden cells, once."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self._figures: Mapping[Cell, Figure] = {
            (sheet.key, line.key, column): cell
            for sheet in sheets
            for line in sheet.lines
            for column, cell in enumerate(line.cells)
        }
        self._hidden = {cell for cell, figure in self._figures.items() if figure.few}
        self._equations = tuple(equations(sheets))
        self._companions = dict(self._all_companions())
        self._settle()

    @property
    def hidden(self) -> frozenset[Cell]:
        return frozenset(self._hidden)

    def _settle(self) -> None:
        before = -1
        while before != len(self._hidden):
            before = len(self._hidden)
            for cell in tuple(self._hidden):
                self._hidden |= self._companions.get(cell, frozenset())
            for equation in self._equations:
                self._protect(equation)

    def _protect(self, equation: Equation) -> None:
        """Hide one more while the hidden ones of an equation could be computed, alone or as a small group."""
        hidden = [cell for cell in equation.cells if cell in self._hidden]
        if not hidden:
            return
        alone = len(hidden) == 1
        few = equation.whole not in self._hidden and 0 < len(self._children(hidden)) < FEWEST
        if alone or few:
            free = [cell for cell in equation.parts if cell not in self._hidden]
            if free:
                self._hidden.add(min(free, key=self._rank))
            else:
                self._hidden.add(equation.whole)

    def _rank(self, cell: Cell) -> tuple[bool, int, Cell]:
        figure = self._figures[cell]
        return (figure.children == 0, figure.children, cell)

    def _children(self, cells: Iterable[Cell]) -> set[bytes]:
        return {one.case for cell in cells for one in self._figures[cell].counted}

    def _all_companions(self) -> Iterator[tuple[Cell, frozenset[Cell]]]:
        """Yield for each cell those that go with it: tied columns, the same line in its family, shares of a whole."""
        for sheet in self._sheets:
            for line in sheet.lines:
                for column in range(len(line.cells)):
                    with_it = {
                        (sheet.key, line.key, other)
                        for group in sheet.tied
                        if column in group
                        for other in group
                    }
                    with_it |= self._family(sheet, line.key)
                    with_it |= {
                        (sheet.key, line.key, made) for made, sources in sheet.follows if column in sources
                    }
                    if line.key in _wholes(sheet):
                        with_it |= {
                            (sheet.key, other.key, share) for other in sheet.lines for share in sheet.shares
                        }
                    yield (sheet.key, line.key, column), frozenset(with_it)

    def _family(self, sheet: Sheet, line: str) -> set[Cell]:
        if not sheet.family:
            return set()
        return {
            (other.key, line, column)
            for other in self._sheets
            if other.family == sheet.family
            for one in other.lines
            if one.key == line
            for column in range(len(one.cells))
        }
