"""How long a netværkskort of 50 people takes from facts to the bytes of an A4 page and its list in words.

Beside it the same drawing as bare ReportLab calls on a canvas: every shape and word of the same display list, laid out
already, with the same two fonts, and the list's words as plain lines; no tags, no layout, no key. Both hold the same names.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import resources
from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    DisplayList,
    Group,
    Item,
    LineTo,
    MoveTo,
    Stroke,
    Text,
)
from tests.benchmarks.harness import Figure, benchmark, compared, median, side_by_side

MOST = 60.0
"""Milliseconds a map of 50 people may take on the machine the promise was made for."""
GOAL = 1.6
RUNS = 25
MM = 72 / 25.4


def facts() -> Any:
    """Return the facts of a map of 50 people with 49 lines and a household."""
    from caseworker_app.domain.map_facts import NetworkMapFacts
    from tests.helpers.map_views import danish, view

    return NetworkMapFacts(view(50), danish(), dt.date(2026, 11, 21))


def ours(given: Any) -> bytes:
    """Return the map as the product prints it: laid out, drawn, tagged, with its key and its list."""
    from caseworker_app.documents.map_papers import map_document
    from caseworker_app.documents.pdf import render

    return render(map_document(given))


class Bare:
    """The same drawing by ReportLab's canvas alone."""

    def __init__(self, given: Any) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.ttfonts import TTFont

        from caseworker_app.drawing.map_theme import PAPER
        from caseworker_app.drawing.network_map import map_drawing

        for name in ("Regular", "Bold", "Italic", "BoldItalic"):
            file = resources.path("fonts", f"NotoSans-{name}.ttf")
            pdfmetrics.registerFont(TTFont(f"Map{name}", str(file)))
        self.drawing: DisplayList = map_drawing(given.view, PAPER, given.words, size=183.0)
        self.words = [f"{one.called}, {one.role_word}" for one in given.view.people]

    def render(self) -> bytes:
        """Return the bytes of the file."""
        from reportlab.pdfgen.canvas import Canvas

        target = BytesIO()
        self.canvas = Canvas(target, pagesize=(297 * MM, 210 * MM), pageCompression=1)
        self.canvas.translate(80 * MM, 200 * MM)
        self._draw(self.drawing.items, 0.0, 0.0)
        self.canvas.showPage()
        self.canvas.setFont("MapRegular", 10)
        for number, line in enumerate(self.words):
            self.canvas.drawString(40, 560 - 10 * number, line)
        self.canvas.save()
        return target.getvalue()

    def _draw(self, items: tuple[Item, ...], dx: float, dy: float) -> None:
        for item in items:
            if isinstance(item, Group):
                self._draw(item.items, dx + item.offset[0], dy + item.offset[1])
            elif isinstance(item, Text):
                self._text(item, dx, dy)
            else:
                self._shape(item, dx, dy)

    def _text(self, item: Text, dx: float, dy: float) -> None:
        style = ("Bold" if item.bold else "") + ("Italic" if item.italic else "")
        self.canvas.setFont(f"Map{style or 'Regular'}", item.size)
        self.canvas.setFillColor(item.color)
        x, y = (item.at[0] + dx) * MM, -(item.at[1] + dy) * MM
        how = {
            "start": self.canvas.drawString,
            "middle": self.canvas.drawCentredString,
            "end": self.canvas.drawRightString,
        }
        how[item.anchor](x, y, item.text)

    def _shape(self, item: Any, dx: float, dy: float) -> None:
        from caseworker_app.documents.pdf.figures import outline

        canvas, fill = self.canvas, getattr(item, "fill", None)
        if item.stroke is not None:
            self._pen(item.stroke)
        if fill is not None:
            canvas.setFillColor(fill)
        if isinstance(item, Circle):
            x, y = (item.center[0] + dx) * MM, -(item.center[1] + dy) * MM
            canvas.circle(x, y, item.radius * MM, stroke=item.stroke is not None, fill=fill is not None)
            return
        path = canvas.beginPath()
        for step in outline(item):
            match step:
                case MoveTo((x, y)):
                    path.moveTo((x + dx) * MM, -(y + dy) * MM)
                case LineTo((x, y)):
                    path.lineTo((x + dx) * MM, -(y + dy) * MM)
                case CurveTo(a, b, c):
                    path.curveTo(*(n for x, y in (a, b, c) for n in ((x + dx) * MM, -(y + dy) * MM)))
                case ClosePath():
                    path.close()
        canvas.drawPath(path, stroke=item.stroke is not None, fill=fill is not None)

    def _pen(self, stroke: Stroke) -> None:
        self.canvas.setStrokeColor(stroke.color)
        self.canvas.setLineWidth(stroke.width * MM)
        self.canvas.setLineCap(1 if stroke.round_ends else 0)
        self.canvas.setDash([length * MM for length in stroke.dash] if stroke.dash else [])


def names(pdf: bytes, wanted: list[str]) -> Iterator[bool]:
    """Yield whether each name is in the text of a file."""
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    flat = "".join(text.split())
    return (name.replace(" ", "") in flat for name in wanted)


def timed(work: Callable[[], bytes]) -> float:
    """Return how many milliseconds a document took."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1e3


@benchmark("map_pdf")
def map_pdf() -> Figure:
    """Measure both in turns; the first of each, with fonts to open, is left out."""
    given = facts()
    bare = Bare(given)
    wanted = [person.called for person in given.view.people]
    same = all(names(ours(given), wanted)) and all(names(bare.render(), wanted))
    tagged, plain = side_by_side(lambda: timed(lambda: ours(given)), lambda: timed(bare.render), runs=RUNS)
    value = median(tagged)
    note = f"50 people, promised in {MOST:g} ms" if same else "the two do not hold the same names"
    return compared(
        "map_pdf", value, median(plain), unit="ms", goal=GOAL, also=same and value <= MOST, note=note
    )
