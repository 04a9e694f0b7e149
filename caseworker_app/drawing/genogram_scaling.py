"""Making the parts of a drawing smaller; pens keep their width."""

from __future__ import annotations

from dataclasses import replace

from caseworker_app.drawing.display_list import Circle, Item, Line, Point, Polygon, Rect, Text


def scaled(item: Item, share: float) -> Item:
    """Return a shape made smaller towards (0, 0). Raises ``TypeError`` for a kind that symbols do not use."""

    def small(point: Point) -> Point:
        return (point[0] * share, point[1] * share)

    match item:
        case Line():
            return replace(item, start=small(item.start), end=small(item.end))
        case Polygon():
            return replace(item, points=tuple(map(small, item.points)))
        case Circle():
            return replace(item, center=small(item.center), radius=item.radius * share)
        case Rect():
            x, y = small((item.x, item.y))
            return replace(item, x=x, y=y, width=item.width * share, height=item.height * share)
        case Text():
            return replace(item, at=small(item.at), size=item.size * share)
    raise TypeError(f"no symbol is made of {type(item).__name__}")
