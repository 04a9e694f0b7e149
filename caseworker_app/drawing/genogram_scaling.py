"""Making a drawing of a genogram, or a sign of it, larger or smaller."""

from __future__ import annotations

from dataclasses import replace

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
    Text,
)


def to_fit(drawing: DisplayList, width: float, height: float, largest: float = 1.0) -> DisplayList:
    """Return a drawing as large as room and ``largest`` allow; nothing of it is cut off."""
    share = min(largest, width / drawing.width, height / drawing.height)
    items = tuple(scaled(item, share) for item in drawing.items)
    return DisplayList(drawing.width * share, drawing.height * share, items)


def scaled(item: Item, share: float) -> Item:
    """Return a shape so many times as large, from (0, 0); pens keep their width."""

    def to(point: Point) -> Point:
        return (point[0] * share, point[1] * share)

    match item:
        case Line():
            return replace(item, start=to(item.start), end=to(item.end))
        case Polyline() | Polygon():
            return replace(item, points=tuple(map(to, item.points)))
        case Circle():
            return replace(item, center=to(item.center), radius=item.radius * share)
        case Rect():
            x, y = to((item.x, item.y))
            wide, high, round_ = item.width * share, item.height * share, item.radius * share
            return replace(item, x=x, y=y, width=wide, height=high, radius=round_)
        case Text():
            return replace(item, at=to(item.at), size=item.size * share)
        case Path():
            return replace(item, steps=tuple(_step(step, share) for step in item.steps))
        case Group():
            return Group(tuple(scaled(one, share) for one in item.items), to(item.offset))


def _step(step: PathStep, share: float) -> PathStep:
    def to(point: Point) -> Point:
        return (point[0] * share, point[1] * share)

    match step:
        case MoveTo(point):
            return MoveTo(to(point))
        case LineTo(point):
            return LineTo(to(point))
        case CurveTo(one, other, point):
            return CurveTo(to(one), to(other), to(point))
        case ClosePath():
            return step
