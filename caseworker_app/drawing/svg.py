"""A display list as SVG: vectors and words, millimetres, no script, no picture, no name but those drawn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never
from xml.sax.saxutils import escape, quoteattr

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

_MM: Final = 25.4 / 72
_ANCHORS: Final = {"start": "start", "middle": "middle", "end": "end"}


def to_svg(drawing: DisplayList, title: str, description: str = "", ground: str | None = None) -> str:
    """Return a drawing as an SVG document. ``title`` and ``description`` are what a screen reader says of it."""
    size = f'width="{_n(drawing.width)}mm" height="{_n(drawing.height)}mm"'
    box = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img" font-family="Noto Sans, sans-serif">'
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', head, f"<title>{_text(title)}</title>"]
    if description:
        parts.append(f"<desc>{_text(description)}</desc>")
    if ground is not None:
        parts.append(f'<rect width="100%" height="100%" fill="{ground}"/>')
    for item in drawing.items:
        parts += _item(item)
    return "\n".join((*parts, "</svg>", ""))


def _item(item: Item) -> Iterator[str]:
    match item:
        case Line((x1, y1), (x2, y2), stroke):
            at = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
            yield f"<line {at} {_pen(stroke, None)}/>"
        case Polyline(points, stroke):
            yield f'<polyline points="{_points(points)}" {_pen(stroke, None)}/>'
        case Polygon(points, stroke, fill):
            yield f'<polygon points="{_points(points)}" {_pen(stroke, fill)}/>'
        case Path(steps, stroke, fill):
            yield f'<path d="{" ".join(map(_step, steps))}" {_pen(stroke, fill)}/>'
        case Rect(x, y, width, height, stroke, fill, radius):
            round_ = f' rx="{_n(min(radius, width / 2, height / 2))}"' if radius > 0 else ""
            at = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"{round_}'
            yield f"<rect {at} {_pen(stroke, fill)}/>"
        case Circle((x, y), radius, stroke, fill):
            yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" {_pen(stroke, fill)}/>'
        case Text():
            yield _words(item)
        case Group(items, (x, y)):
            yield f'<g transform="translate({_n(x)} {_n(y)})">'
            for one in items:
                yield from _item(one)
            yield "</g>"
        case _:
            assert_never(item)


def _words(item: Text) -> str:
    look = f'font-size="{_n(item.size * _MM)}" fill={quoteattr(item.color)}'
    look += ' font-weight="bold"' if item.bold else ""
    look += ' font-style="italic"' if item.italic else ""
    anchor = f' text-anchor="{_ANCHORS[item.anchor]}"' if item.anchor != "start" else ""
    return f'<text x="{_n(item.at[0])}" y="{_n(item.at[1])}"{anchor} {look}>{_text(item.text)}</text>'


def _pen(stroke: Stroke | None, fill: str | None) -> str:
    parts = [f'fill="{fill or "none"}"']
    if stroke is not None:
        parts.append(f'stroke="{stroke.color}" stroke-width="{_n(stroke.width)}"')
        if stroke.dash:
            parts.append(f'stroke-dasharray="{" ".join(map(_n, stroke.dash))}"')
        if stroke.round_ends:
            parts.append('stroke-linecap="round" stroke-linejoin="round"')
    return " ".join(parts)


def _step(step: PathStep) -> str:
    match step:
        case MoveTo((x, y)):
            return f"M{_n(x)} {_n(y)}"
        case LineTo((x, y)):
            return f"L{_n(x)} {_n(y)}"
        case CurveTo((ax, ay), (bx, by), (x, y)):
            return f"C{_n(ax)} {_n(ay)} {_n(bx)} {_n(by)} {_n(x)} {_n(y)}"
        case ClosePath():
            return "Z"
        case _:
            assert_never(step)


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    """Return a number to a thousandth of a millimetre."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _text(text: str) -> str:
    """Return text as XML can hold it: control characters are left out."""
    return escape(
        "".join(c for c in text if c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )
