"""Pictures on paper: the display list that the screen shares, and a logo from its bytes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import Final, NamedTuple, assert_never

from caseworker_app.documents.pdf.boxes import Box
from caseworker_app.documents.pdf.ink import draw_line, number, paint
from caseworker_app.documents.pdf.setting import set_line
from caseworker_app.documents.pdf.structure import Node, Sheet
from caseworker_app.documents.pdf.styles import DEPTH, MM, TextStyle
from caseworker_app.domain.errors import UserError
from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    DisplayList,
    Group,
    Item,
    Line,
    LineTo,
    MoveTo,
    Path,
    PathStep,
    Point,
    Polygon,
    Polyline,
    Rect,
    Stroke,
    Text,
)

#: How far the handles of a quarter circle stand from its ends, as part of the radius.
_QUARTER: Final = 0.5523
#: More dots than this to the inch are not seen on paper.
_DOTS: Final = 300
_UNREADABLE: Final = "The logo is not a picture that can be printed."
_AS_PNG: Final = "Choose a PNG or JPEG file."


class Picture(NamedTuple):
    """A picture as PDF keeps it: opaque, three bytes a dot, row by row."""

    name: str
    width: int
    height: int
    rgb: bytes


@dataclass(eq=False)
class FigureBox(Box):
    """A picture or drawing of a given size in points, made smaller to fit the column and the page."""

    node: Node
    own_width: float
    own_height: float
    content: DisplayList | Picture
    before: float = 0.0
    after: float = 0.0
    height: float = 0.0
    scale: float = 1.0

    def layout(self, width: float, depth: float = DEPTH) -> None:
        self.scale = min(1.0, width / self.own_width, depth / self.own_height)
        self.height = self.own_height * self.scale

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        if sheet.is_aside:
            self._draw(sheet, left, top)
            return
        edges = (left, top - self.height, left + self.own_width * self.scale, top)
        self.node.attributes = f"/O/Layout /Placement/Block /BBox[{' '.join(map(number, edges))}]"
        sheet.open(self.node)
        self._draw(sheet, left, top)
        sheet.close()

    def _draw(self, sheet: Sheet, left: float, top: float) -> None:
        if isinstance(self.content, Picture):
            sheet.pictures[self.content.name] = self.content
            box = f"{number(self.own_width * self.scale)} 0 0 {number(self.height)}"
            place = f"{number(left)} {number(top - self.height)}"
            sheet.operators.append(f"q {box} {place} cm /{self.content.name} Do Q")
        else:
            _Plotter(sheet, left, top, MM * self.scale, self.scale).draw(self.content.items, (0.0, 0.0))


class _Plotter:
    """Draws the items of a display list: millimetres with y downwards become points with y upwards."""

    def __init__(self, sheet: Sheet, left: float, top: float, unit: float, scale: float) -> None:
        self._sheet, self._left, self._top, self._unit, self._scale = sheet, left, top, unit, scale

    def draw(self, items: tuple[Item, ...], offset: Point) -> None:
        """Draw items moved by ``offset``."""
        for item in items:
            if isinstance(item, Group):
                self.draw(item.items, (offset[0] + item.offset[0], offset[1] + item.offset[1]))
            elif isinstance(item, Text):
                self._text(item, offset)
            else:
                self._figure(item, offset)

    def _figure(self, item: Line | Polyline | Polygon | Path | Rect | Circle, offset: Point) -> None:
        fill = item.fill if isinstance(item, Polygon | Path | Rect | Circle) else None
        if item.stroke is None and fill is None:
            return
        pen = ["q"]
        if item.stroke is not None:
            pen.append(self._pen(item.stroke))
        if fill is not None:
            pen.append(f"{paint(fill)} rg")
        pen += [self._step(step, offset) for step in outline(item)]
        pen.append("B" if fill and item.stroke else "f" if fill else "S")
        self._sheet.operators.append(" ".join((*pen, "Q")))

    def _pen(self, stroke: Stroke) -> str:
        dash = " ".join(number(length * self._unit) for length in stroke.dash)
        cap = 1 if stroke.round_ends else 0
        return f"{paint(stroke.color)} RG {number(stroke.width * self._unit)} w {cap} J {cap} j [{dash}] 0 d"

    def _step(self, step: PathStep, offset: Point) -> str:
        match step:
            case MoveTo(to):
                return f"{self._place(to, offset)} m"
            case LineTo(to):
                return f"{self._place(to, offset)} l"
            case CurveTo(first, second, to):
                return f"{' '.join(self._place(point, offset) for point in (first, second, to))} c"
            case ClosePath():
                return "h"
            case _:
                assert_never(step)

    def _place(self, point: Point, offset: Point) -> str:
        """Return a point as PDF writes it; a hundredth of a point is finer than any printer."""
        x = self._left + (point[0] + offset[0]) * self._unit
        y = self._top - (point[1] + offset[1]) * self._unit
        return f"{x:.2f} {y:.2f}"

    def _text(self, item: Text, offset: Point) -> None:
        style = TextStyle(item.size * self._scale, 0.0, item.color, item.bold, item.italic)
        line = set_line(item.text, style, self._sheet.fonts)
        back = {"start": 0.0, "middle": 0.5, "end": 1.0}[item.anchor] * line.width
        x = self._left + (item.at[0] + offset[0]) * self._unit - back
        y = self._top - (item.at[1] + offset[1]) * self._unit
        draw_line(self._sheet, line, style, x, y)


def outline(item: Line | Polyline | Polygon | Path | Rect | Circle) -> tuple[PathStep, ...]:
    """Return the outline of a figure as steps of a path, in millimetres."""
    match item:
        case Line(start, end):
            return MoveTo(start), LineTo(end)
        case Polyline(points):
            return _through(points)
        case Polygon(points):
            return (*_through(points), ClosePath())
        case Path(steps):
            return steps
        case Circle((x, y), radius):
            return _rounded(x - radius, y - radius, 2 * radius, 2 * radius, radius)
        case Rect(x, y, width, height, radius=radius):
            return _rounded(x, y, width, height, radius)
        case _:
            assert_never(item)


def _through(points: tuple[Point, ...]) -> tuple[PathStep, ...]:
    return (*(MoveTo(point) for point in points[:1]), *(LineTo(point) for point in points[1:]))


def _rounded(x: float, y: float, width: float, height: float, radius: float) -> tuple[PathStep, ...]:
    right, foot = x + width, y + height
    if radius <= 0:
        return (*_through(((x, y), (right, y), (right, foot), (x, foot))), ClosePath())
    r = min(radius, width / 2, height / 2)
    k = r * (1 - _QUARTER)
    return (
        MoveTo((x + r, y)),
        LineTo((right - r, y)),
        CurveTo((right - k, y), (right, y + k), (right, y + r)),
        LineTo((right, foot - r)),
        CurveTo((right, foot - k), (right - k, foot), (right - r, foot)),
        LineTo((x + r, foot)),
        CurveTo((x + k, foot), (x, foot - k), (x, foot - r)),
        LineTo((x, y + r)),
        CurveTo((x, y + k), (x + k, y), (x + r, y)),
        ClosePath(),
    )


@lru_cache(maxsize=4)
def picture(data: bytes, height: float) -> Picture:
    """Return a picture laid on white, with no more dots than can be seen at ``height`` mm.

    Raises ``UserError`` when the bytes are not a picture.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as opened:
            drawn = opened.convert("RGBA")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UserError(_UNREADABLE, _AS_PNG) from error
    most = max(1, round(height / 25.4 * _DOTS))
    if drawn.height > most:
        drawn = drawn.resize((max(1, round(drawn.width * most / drawn.height)), most))
    ground = Image.new("RGBA", drawn.size, "white")
    rgb = Image.alpha_composite(ground, drawn).convert("RGB").tobytes()
    return Picture(f"I{sha256(rgb).hexdigest()[:12]}", drawn.width, drawn.height, rgb)
