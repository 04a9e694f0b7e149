"""The words of a PDF page: text, rules and rounded figures. Lengths are points, y upwards as PDF counts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Final

from caseworker_app.documents.pdf.faces import UsedFont
from caseworker_app.documents.pdf.setting import Line
from caseworker_app.documents.pdf.shaping import Run, visual_order
from caseworker_app.documents.pdf.structure import Node, Sheet
from caseworker_app.documents.pdf.styles import TextStyle
from caseworker_app.drawing.metrics import MISSING, face_name

#: Part of the size that lies between the top of a line set solid and its baseline.
_RISE: Final = 0.8
#: What a glyph stands for whose text another glyph has already.
_NOTHING: Final = "\u200b"


def number(value: float) -> str:
    """Return a number as PDF writes it, to a thousandth of a point."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def paint(color: str) -> str:
    """Return a colour ``#rrggbb`` as three numbers from 0 to 1."""
    return " ".join(number(int(color[at : at + 2], 16) / 255) for at in (1, 3, 5))


def text_string(text: str) -> str:
    """Return a text as a PDF string in hex."""
    return f"<FEFF{text.encode('utf-16-be').hex().upper()}>"


def draw_lines(
    sheet: Sheet, lines: Sequence[Line], style: TextStyle, left: float, top: float, width: float, node: Node
) -> None:
    """Draw the lines of a paragraph below ``top`` in a column of ``width``, as part of ``node``."""
    sheet.operators.append(f"BT {paint(style.color)} rg")
    pen = _Pen(sheet, style.size, node)
    baseline = top - (style.leading - style.size) / 2 - style.size * _RISE
    for line in lines:
        pen.line(line, left + _indent(line, style, width), baseline)
        baseline -= style.leading
    pen.lift()
    sheet.operators.append("ET")


def draw_line(sheet: Sheet, line: Line, style: TextStyle, left: float, baseline: float) -> None:
    """Draw one line from a place on its baseline, inside whatever is marked already."""
    sheet.operators.append(f"BT {paint(style.color)} rg")
    _Pen(sheet, style.size, None).line(line, left, baseline)
    sheet.operators.append("ET")


def draw_rule(
    sheet: Sheet, start: tuple[float, float], end: tuple[float, float], width: float, color: str
) -> None:
    """Draw a straight rule; the caller says whether it is an artifact."""
    points = f"{number(start[0])} {number(start[1])} m {number(end[0])} {number(end[1])} l S"
    sheet.operators.append(f"{paint(color)} RG {number(width)} w {points}")


def draw_ground(sheet: Sheet, left: float, top: float, width: float, height: float, color: str) -> None:
    """Fill a rectangle."""
    box = " ".join(map(number, (left, top - height, width, height)))
    sheet.operators.append(f"{paint(color)} rg {box} re f")


def _indent(line: Line, style: TextStyle, width: float) -> float:
    if style.align == "center":
        return (width - line.width) / 2
    if style.align == "end" or (style.turns and line.level):
        return width - line.width
    return 0.0


def stretches(runs: Sequence[Run]) -> Iterator[tuple[bool, tuple[Run, ...]]]:
    """Yield a line's runs in stretches, plain or shaped; spaces between shaped words go with them."""
    shaped = [run.glyphs is not None for run in runs]
    for at, run in enumerate(runs):
        if run.text.isspace() and 0 < at < len(runs) - 1 and shaped[at - 1] and shaped[at + 1]:
            shaped[at] = True
    for kind, pairs in groupby(zip(shaped, runs, strict=True), key=itemgetter(0)):
        yield kind, tuple(run for _, run in pairs)


class _Pen:
    """Writes lines inside one text object and keeps what PDF keeps: the font and where the line began.

    With a ``node`` it also marks what it writes. A shaped stretch is an element of its own inside the node
    that holds its text (ActualText), as what its glyphs stand for is not their order: they are written from
    left to right, which is what every program that searches or copies expects.
    """

    def __init__(self, sheet: Sheet, size: float, node: Node | None) -> None:
        self._sheet, self._size = sheet, size
        self._node = None if sheet.is_aside else node
        self._marked: Node | None = None
        self._font: UsedFont | None = None
        self._x = self._y = 0.0

    def line(self, line: Line, x: float, y: float) -> None:
        """Write a line from ``(x, y)``; runs are written as they are read, each where it is seen."""
        places = {} if all(run.level == 0 for run in line.runs) else self._places(line, x)
        ending = " " if line.spaced else ""
        last = line.runs[-1] if line.runs else None
        self._to(x, y)
        for shaped, runs in stretches(line.runs):
            if shaped:
                self._mark_shaped(runs, ending if runs[-1] is last else "")
            else:
                self._mark(self._node)
            for run in runs:
                if places:
                    self._to(places[id(run)], y)
                if run.glyphs is None:
                    self._plain(run.font, run.text + ending if run is last else run.text)
                else:
                    self._shaped(run)
        if ending and last is not None and last.glyphs is not None:
            self._plain(face_name(), ending)

    def lift(self) -> None:
        """End the mark that is open."""
        self._mark(None)

    def _mark(self, node: Node | None, properties: str = "") -> None:
        if node is self._marked:
            return
        if self._marked is not None:
            self._sheet.close()
        if node is not None:
            self._sheet.open(node, properties)
        self._marked = node

    def _mark_shaped(self, runs: Sequence[Run], ending: str) -> None:
        if self._node is None:
            return
        text = text_string("".join(run.text for run in runs) + ending)
        visible = all(run.level % 2 == 0 for run in runs)
        self._mark(self._node.add("Span", actual=text), f" /ActualText {text}" if visible else "")

    def _places(self, line: Line, x: float) -> dict[int, float]:
        places: dict[int, float] = {}
        for at in visual_order([run.level for run in line.runs]):
            places[id(line.runs[at])] = x
            x += line.runs[at].width() * self._size / 1000
        return places

    def _to(self, x: float, y: float) -> None:
        if (x, y) != (self._x, self._y):
            self._write(f"{number(x - self._x)} {number(y - self._y)} Td")
            self._x, self._y = x, y

    def _write(self, operator: str) -> None:
        self._sheet.operators.append(operator)

    def _use(self, name: str) -> UsedFont:
        if self._font is None or self._font.face.name != name:
            self._font = self._sheet.fonts[name]
            self._write(f"/{self._font.resource} {number(self._size)} Tf")
        return self._font

    def _plain(self, name: str, text: str) -> None:
        self._write(f"<{self._use(name).encode(text)}> Tj")

    def _shaped(self, run: Run) -> None:
        font, texts = self._use(run.font), run.clusters()
        up, strings = 0, [""]
        for glyph in run.glyphs or ():
            if glyph.up != up:
                self._show(strings)
                up, strings = glyph.up, [""]
                self._write(f"{number(up * self._size / 1000)} Ts")
            code = font.use(glyph.number, MISSING if run.missing else texts.pop(glyph.cluster, _NOTHING))
            onward = glyph.right + font.face.advance(glyph.number) - glyph.advance
            strings.append(f"{-glyph.right or ''}<{code}>{onward or ''}")
        self._show(strings)
        if up:
            self._write("0 Ts")

    def _show(self, strings: Sequence[str]) -> None:
        if len(strings) > 1:
            self._write(f"[{' '.join(strings)}] TJ")
