"""What a drawing is made of, for screen and paper alike: shapes in millimetres, y downwards.

Colours are ``"#rrggbb"``. Dashes are millimetres, alternately drawn and left out (a back end that counts in
pen widths or points converts). The size of text is in points, its place the left, middle or right end of
the baseline. Items are painted in order, later over earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

INK = "#1E2326"

Point: TypeAlias = tuple[float, float]
Anchor: TypeAlias = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A pen: colour, width and dashes in mm, round or cut ends."""

    color: str = INK
    width: float = 0.25
    dash: tuple[float, ...] = ()
    round_ends: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    start: Point
    end: Point
    stroke: Stroke = Stroke()


@dataclass(frozen=True, slots=True)
class Polyline:
    """Straight lines through points, open."""

    points: tuple[Point, ...]
    stroke: Stroke = Stroke()


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed figure with straight sides."""

    points: tuple[Point, ...]
    stroke: Stroke | None = Stroke()
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class MoveTo:
    """Begin a new part of a path here."""

    to: Point


@dataclass(frozen=True, slots=True)
class LineTo:
    """Go straight to a point."""

    to: Point


@dataclass(frozen=True, slots=True)
class CurveTo:
    """Go along a cubic Bézier curve."""

    control1: Point
    control2: Point
    to: Point


@dataclass(frozen=True, slots=True)
class ClosePath:
    """Go straight back to where this part of the path began."""


PathStep: TypeAlias = MoveTo | LineTo | CurveTo | ClosePath


@dataclass(frozen=True, slots=True)
class Path:
    """Any outline; where it winds around a point at all, the point is inside."""

    steps: tuple[PathStep, ...]
    stroke: Stroke | None = Stroke()
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its upper left corner; ``radius`` rounds it, up to half the shorter side."""

    x: float
    y: float
    width: float
    height: float
    stroke: Stroke | None = Stroke()
    fill: str | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle by its centre."""

    center: Point
    radius: float
    stroke: Stroke | None = Stroke()
    fill: str | None = None


@dataclass(frozen=True, slots=True)
class Text:
    """One line of text. ``at`` is the end of the baseline that ``anchor`` names; ``size`` is in points."""

    at: Point
    text: str
    size: float = 9.0
    anchor: Anchor = "start"
    bold: bool = False
    italic: bool = False
    color: str = INK


@dataclass(frozen=True, slots=True)
class Group:
    """Items moved together by ``offset``."""

    items: tuple[Item, ...]
    offset: Point = (0.0, 0.0)


Item: TypeAlias = Line | Polyline | Polygon | Path | Rect | Circle | Text | Group


@dataclass(frozen=True, slots=True)
class DisplayList:
    """A drawing: its size in mm and what is in it."""

    width: float
    height: float
    items: tuple[Item, ...]
