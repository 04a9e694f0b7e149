"""The screen's back end of drawings: what a display list says is what is painted."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from caseworker_app.drawing.display_list import (
    Circle,
    ClosePath,
    CurveTo,
    DisplayList,
    Group,
    Line,
    LineTo,
    MoveTo,
    Path,
    Polygon,
    Polyline,
    Rect,
    Stroke,
    Text,
)
from caseworker_app.drawing.ladder import step_glyph
from caseworker_app.drawing.metrics import text_width
from ui.widgets.display_list_painter import MM_A_POINT, paint, picture

RED, GREEN = "#ff0000", "#00ff00"
SCALE = 10
THICK = Stroke(RED, 2.0)


def painted(*items, width=20.0, height=20.0) -> QImage:
    image = QImage(int(width * SCALE), int(height * SCALE), QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    before = painter.transform()
    paint(painter, DisplayList(width, height, tuple(items)), QPointF(0, 0), SCALE)
    assert painter.transform() == before
    painter.end()
    return image


def at(image: QImage, x: float, y: float) -> str:
    return image.pixelColor(int(x * SCALE), int(y * SCALE)).name()


@pytest.mark.parametrize(
    ("item", "inside", "outside"),
    [
        (Line((2, 10), (18, 10), THICK), (10, 10), (10, 14)),
        (Polyline(((2, 2), (18, 2), (18, 18)), THICK), (18, 10), (5, 10)),
        (Polygon(((2, 2), (18, 2), (10, 18)), None, RED), (10, 6), (2, 16)),
        (Rect(4, 4, 10, 6, None, RED), (9, 7), (16, 7)),
        (Circle((10, 10), 5, None, RED), (10, 13), (10, 17)),
        (Path((MoveTo((2, 2)), LineTo((18, 2)), LineTo((18, 18)), ClosePath()), None, RED), (16, 6), (4, 16)),
        (Path((MoveTo((2, 18)), CurveTo((2, 2), (18, 2), (18, 18))), THICK), (10, 6), (10, 14)),
        (Group((Rect(0, 0, 4, 4, None, RED),), (10, 10)), (12, 12), (2, 2)),
    ],
)
def test_each_kind_of_item_is_painted_where_it_stands(dressed, item, inside, outside):
    image = painted(item)
    assert at(image, *inside) == RED
    assert at(image, *outside) == "#ffffff"


def test_later_items_lie_over_earlier_ones_and_an_outline_over_its_fill(dressed):
    image = painted(Rect(0, 0, 20, 20, None, GREEN), Rect(4, 4, 12, 12, THICK, GREEN))
    assert (at(image, 4, 10), at(image, 10, 10)) == (RED, GREEN)


def test_where_a_path_winds_twice_it_is_inside(dressed):
    around = (MoveTo((2, 2)), LineTo((18, 2)), LineTo((18, 18)), LineTo((2, 18)), ClosePath())
    inner = (MoveTo((6, 6)), LineTo((14, 6)), LineTo((14, 14)), LineTo((6, 14)), ClosePath())
    assert at(painted(Path((*around, *inner), None, RED)), 10, 10) == RED


def test_dashes_are_millimetres_whatever_the_width_of_the_pen(dressed):
    image = painted(Line((0, 10), (20, 10), Stroke(RED, 1.0, (4.0, 2.0))))
    assert [at(image, x, 10) for x in (2, 5, 8, 11)] == [RED, "#ffffff", RED, "#ffffff"]


@pytest.mark.parametrize("words", ["Emma Østergaard", "AVAVAV", "Fælles forældremyndighed"])
@pytest.mark.parametrize(("anchor", "share"), [("start", 0.0), ("middle", 0.5), ("end", 1.0)])
def test_text_is_as_wide_as_the_table_of_advances_says_and_hangs_on_its_anchor(dressed, words, anchor, share):
    width = text_width(words, 9.0) * MM_A_POINT
    image = painted(Text((60, 10), words, 9.0, anchor, color=RED), width=120.0)
    columns = [
        x for x in range(image.width())
        if any(image.pixelColor(x, y) != QColor("#ffffff") for y in range(40, 130))
    ]  # fmt: skip
    left, right = columns[0] / SCALE, columns[-1] / SCALE
    begin = 60 - width * share
    assert begin - 0.3 <= left <= begin + 0.8
    assert begin + width - 0.8 <= right <= begin + width + 0.3


@pytest.mark.parametrize("step", [None, 1, 6])
def test_the_step_is_the_filled_bar(dressed, step):
    image = picture(step_glyph(step, ink=GREEN, accent=RED, ground="#ffffff"), 74).toImage()
    scale = 74 / step_glyph(step).height
    found = []
    for number in range(6):
        x = int((0.15 + number * 2.5 + 1.0) * scale)
        if image.pixelColor(x, 70).name() == RED:
            found.append(number + 1)
    assert found == ([] if step is None else [step])


def test_a_picture_for_a_fine_screen_has_more_pixels_and_the_same_size(dressed):
    fine, coarse = picture(step_glyph(3), 14, 2.0), picture(step_glyph(3), 14)
    assert fine.width() == 2 * coarse.width()
    assert fine.deviceIndependentSize() == coarse.deviceIndependentSize()
