"""The room of a netværkskort: how big people are drawn, and which places are taken."""

from __future__ import annotations

from typing import Final

from caseworker_app.domain.map_polar import to_xy
from caseworker_app.domain.network_map import Placement

WIDTH, HEIGHT = 0.24, 0.185
"""The box of a person at full size, in radii of the map: 80 by 61 px on a map of 330 px radius."""
FULL_SIZE_TO: Final = 30
SMALLEST_FROM: Final = 50
SMALLEST: Final = 0.8
_SLACK: Final = 1e-6


def node_scale(people: int) -> float:
    """Return how large people are drawn: full size up to 30 on the map, 80 % from 50 on."""
    over = min(max(people - FULL_SIZE_TO, 0), SMALLEST_FROM - FULL_SIZE_TO)
    return 1 - (1 - SMALLEST) * over / (SMALLEST_FROM - FULL_SIZE_TO)


def node_size(people: int) -> tuple[float, float]:
    """Return width and height of a person's box in radii of the map."""
    scale = node_scale(people)
    return WIDTH * scale, HEIGHT * scale


class Floor:
    """What is taken: boxes by the square of a grid their middle is in. The child's own is always taken."""

    def __init__(self, size: tuple[float, float]) -> None:
        self._width, self._height = size
        self._squares: dict[tuple[int, int], list[tuple[float, float]]] = {}
        self._take((0.0, 0.0))

    def _square(self, point: tuple[float, float]) -> tuple[int, int]:
        return int(point[0] // self._width), int(point[1] // self._height)

    def _take(self, point: tuple[float, float]) -> None:
        self._squares.setdefault(self._square(point), []).append(point)

    def take(self, placement: Placement) -> None:
        self._take(to_xy(placement.angle, placement.radius))

    def leave(self, placement: Placement) -> None:
        point = to_xy(placement.angle, placement.radius)
        self._squares[self._square(point)].remove(point)

    def overlap(self, placement: Placement) -> float:
        """Return how deep a box here would lie in its worst neighbour's, 0-1."""
        point = to_xy(placement.angle, placement.radius)
        column, row = self._square(point)
        worst = 0.0
        for near in ((c, r) for c in (column - 1, column, column + 1) for r in (row - 1, row, row + 1)):
            for x, y in self._squares.get(near, ()):
                aside = 1 - abs(point[0] - x) / self._width
                down = 1 - abs(point[1] - y) / self._height
                worst = max(worst, min(aside, down))
        return worst

    def free(self, placement: Placement) -> bool:
        return self.overlap(placement) <= _SLACK
