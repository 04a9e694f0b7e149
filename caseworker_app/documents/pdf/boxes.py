"""Boxes that fill a column and may be parted at its end: text, room, rules, and boxes one below the other.

A box is laid out for a width, then either drawn whole or split at a height. What is split off goes on in
the same element of the structure, so that a cell over three pages is one cell. A split that ``must`` yield
gives at least one line however little room there is: a text too long for a page runs on, nothing is ever
lost and nothing loops.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from caseworker_app.documents.blocks import Span
from caseworker_app.documents.pdf.faces import FontSet
from caseworker_app.documents.pdf.ink import draw_lines, draw_rule
from caseworker_app.documents.pdf.setting import Line, set_lines
from caseworker_app.documents.pdf.structure import Node, Sheet, Widget
from caseworker_app.documents.pdf.styles import DEPTH, RULE, THIN, TextStyle

#: No fewer lines than this stand alone at the end or the top of a page, unless the paragraph has no more.
_COMPANY: Final = 2
SLACK: Final = 0.01
FIELD_LEADING, FIELD_ROOM = 15.0, 8.0
"""Points a line of a field to be filled in takes, and what its frame takes besides."""


class Split(NamedTuple):
    """What fits and what goes on; either may be nothing."""

    fits: Box | None
    rest: Box | None


class Box:
    """Something with a height for a width. ``before`` and ``after`` are the room it wants around it.

    One that ``clings`` does not stand last on a page; one that ``ends_page`` is the end of it.
    """

    before: float = 0.0
    after: float = 0.0
    clings: bool = False
    ends_page: bool = False
    height: float = 0.0

    def layout(self, width: float, depth: float = DEPTH) -> None:
        """Settle ``height`` for a column of ``width`` points on pages that hold ``depth``; the same again costs nothing."""

    def split(self, height: float, *, must: bool) -> Split:
        """Part the box at ``height``. A box that cannot be parted goes on whole, unless it ``must`` yield."""
        return Split(self, None) if must or self.height <= height + SLACK else Split(None, self)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        """Draw the box with its upper left corner here."""


@dataclass(eq=False)
class TextBox(Box):
    """A paragraph and its place in the structure; with nothing to see it is an empty line and has none."""

    spans: Sequence[Span]
    style: TextStyle
    node: Node | None
    fonts: FontSet
    clings: bool = False
    before: float = 0.0
    after: float = 0.0
    width: float = -1.0
    lines: tuple[Line, ...] = ()
    height: float = 0.0

    def layout(self, width: float, depth: float = DEPTH) -> None:
        if width != self.width:
            self.width = width
            self.lines = set_lines(self.spans, self.style, width, self.fonts)
            self.height = max(len(self.lines), 1) * self.style.leading

    def split(self, height: float, *, must: bool) -> Split:
        total = len(self.lines)
        if self.height <= height + SLACK or (must and total <= 1):
            return Split(self, None)
        fit = int((height + SLACK) / self.style.leading)
        room = min(fit, total - _COMPANY)
        if room < _COMPANY:
            if not must:
                return Split(None, self)
            room = min(max(fit, 1), total - 1)
        return Split(self._part(self.lines[:room]), self._part(self.lines[room:]))

    def _part(self, lines: tuple[Line, ...]) -> TextBox:
        return replace(self, lines=lines, height=len(lines) * self.style.leading)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        if self.lines and self.node is not None:
            draw_lines(sheet, self.lines, self.style, left, top, self.width, self.node)


@dataclass(eq=False)
class Room(Box):
    """Empty room; at the end of a page it ends with the page."""

    height: float = 0.0

    def split(self, height: float, *, must: bool) -> Split:
        return Split(self, None)


class PageEnd(Box):
    """What follows begins on a new page."""

    ends_page = True


@dataclass(eq=False)
class RuleBox(Box):
    """A rule across the column, or the first ``length`` points of it, at the foot of its height."""

    height: float
    length: float | None = None
    color: str = RULE
    weight: float = THIN
    before: float = 0.0
    after: float = 0.0
    clings: bool = False
    width: float = 0.0

    def layout(self, width: float, depth: float = DEPTH) -> None:
        self.width = width if self.length is None else min(self.length, width)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        foot = top - self.height
        with sheet.aside():
            draw_rule(sheet, (left, foot), (left + self.width, foot), self.weight, self.color)


@dataclass(eq=False)
class FieldBox(Box):
    """A field to be filled in: a frame on paper, a field of the file's form on the screen. It is never parted."""

    node: Node
    name: str
    label: str
    value: str
    lines: int
    before: float = 2.0
    after: float = 8.0
    width: float = 0.0

    def layout(self, width: float, depth: float = DEPTH) -> None:
        self.width, self.height = width, min(self.lines * FIELD_LEADING + FIELD_ROOM, depth)

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        right, foot = left + self.width, top - self.height
        with sheet.aside():
            for start, end in (
                ((left, top), (right, top)), ((left, foot), (right, foot)),
                ((left, foot), (left, top)), ((right, foot), (right, top)),
            ):  # fmt: skip
                draw_rule(sheet, start, end, THIN, RULE)
        box = (left + 2, foot + 2, right - 2, top - 2)
        self.node.widget = Widget(sheet.number, box, self.name, self.label, self.value, self.lines > 1)
        sheet.fields.append(self.node)


@dataclass(eq=False)
class Stack(Box):
    """Boxes one below the other; ``together`` keeps them on one page if a page can hold them.

    With ``bar`` a rule of that colour runs down its left side, and its boxes stand ``indent`` points in.
    """

    boxes: Sequence[Box]
    together: bool = False
    indent: float = 0.0
    bar: str | None = None
    width: float = -1.0
    depth: float = DEPTH
    height: float = 0.0
    clings: bool = False
    before: float = 0.0
    after: float = 0.0

    def __post_init__(self) -> None:
        if self.boxes:
            self.before, self.after = self.boxes[0].before, self.boxes[-1].after

    def layout(self, width: float, depth: float = DEPTH) -> None:
        if width == self.width and depth == self.depth:
            return
        self.width, self.depth = width, depth
        for box in self.boxes:
            box.layout(width - self.indent, depth)
        self.height = sum(box.height for box in self.boxes) + sum(map(self._gap, range(1, len(self.boxes))))

    def _gap(self, at: int) -> float:
        """Return the room above the box at a place in the stack: the larger of what its neighbours want."""
        return max(self.boxes[at - 1].after, self.boxes[at].before) if at else 0.0

    def split(self, height: float, *, must: bool) -> Split:
        if self.together and not must and height < self.height <= self.depth:
            return Split(None, self)
        top = 0.0
        for at, box in enumerate(self.boxes):
            if box.ends_page:
                return Split(self._part(self.boxes[:at]), self._part(self.boxes[at + 1 :]))
            top += self._gap(at)
            if top + box.height > height + SLACK:
                return self._split_at(at, height - top, must=must)
            top += box.height
        return Split(self, None)

    def _split_at(self, at: int, height: float, *, must: bool) -> Split:
        """Part the stack inside or before the box at a place, which has ``height`` left to it."""
        fits, rest = self.boxes[at].split(height, must=must and at == 0)
        if fits is not None:
            goes_on = () if rest is None else (rest,)
            return Split(self._part((*self.boxes[:at], fits)), self._part((*goes_on, *self.boxes[at + 1 :])))
        end = at
        while end and self.boxes[end - 1].clings:
            end -= 1
        if not end:
            if not must:
                return Split(None, self)
            end = at
        return Split(self._part(self.boxes[:end]), self._part(self.boxes[end:]))

    def _part(self, boxes: Sequence[Box]) -> Stack | None:
        if not boxes:
            return None
        part = Stack(boxes, self.together, self.indent, self.bar)
        part.layout(self.width, self.depth)
        return part

    def draw(self, sheet: Sheet, left: float, top: float) -> None:
        if self.bar is not None:
            with sheet.aside():
                draw_rule(sheet, (left + 2, top), (left + 2, top - self.height), 1.5, self.bar)
        for at, box in enumerate(self.boxes):
            top -= self._gap(at)
            box.draw(sheet, left + self.indent, top)
            top -= box.height
