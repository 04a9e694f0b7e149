"""Measurements drawn on the screen: the drawings that the paper has too, as wide as there is room."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from caseworker_app.domain.measure_facts import OverTime, Spider
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.drawing.goal_chart import ChartColours
from caseworker_app.drawing.measure_chart import measure_chart, measure_words
from caseworker_app.drawing.spider import spider_web, spider_words
from ui import theme
from ui.widgets.display_list_painter import height_on, paint, scale_on

WEB_HEIGHT, LINE_HEIGHT = 320, 208
Draw = Callable[[float, float, ChartColours], DisplayList]


class Chart(QWidget):
    """A drawing made anew for the room there is; read aloud it says its figures."""

    def __init__(self, draw: Draw, words: str, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draw, self._high = draw, height
        self._drawing: DisplayList | None = None
        self._drawn_for: tuple[int, int, theme.Tokens] | None = None
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(560, height_on(self, self._high))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, height_on(self, self._high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn_for = None

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        scale, wanted = scale_on(self), (self.width(), self.height(), tokens)
        if self._drawing is None or self._drawn_for != wanted:
            colours = ChartColours(tokens.text, tokens.muted, tokens.accent, tokens.surface, tokens.line)
            self._drawing = self._draw(self.width() / scale, self.height() / scale, colours)
            self._drawn_for = wanted
        painter = QPainter(self)
        paint(painter, self._drawing, QPointF(0, 0), scale)
        painter.end()


def spider_chart(spider: Spider, parent: QWidget | None = None) -> Chart:
    """Return the spider web of one person's answers."""
    return Chart(lambda w, h, c: spider_web(spider, w, h, c), spider_words(spider), WEB_HEIGHT, parent)


def line_chart(over_time: OverTime, parent: QWidget | None = None) -> Chart:
    """Return one scale over time."""
    return Chart(
        lambda w, h, c: measure_chart(over_time, w, h, c), measure_words(over_time), LINE_HEIGHT, parent
    )


def stacked(spider: Spider | None, over_time: OverTime | None, parent: QWidget) -> QWidget:
    """Return the drawings there are, one above the other."""
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(8)
    if spider is not None:
        column.addWidget(spider_chart(spider, holder))
    if over_time is not None:
        column.addWidget(line_chart(over_time, holder))
    return holder
