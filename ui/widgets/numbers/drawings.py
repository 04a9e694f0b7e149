"""Charts of the numbers on the screen: the drawings that the paper has too, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.domain.numbers.chart_facts import BarChart, LadderStrip
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.drawing.goal_chart import ChartColours
from ui import theme
from ui.widgets.display_list_painter import height_on, paint, scale_on


class Drawn(QWidget):
    """A drawing made for its room; read aloud it says in words what it shows."""

    def __init__(self, size: QSize, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._size = size
        self._drawing: DisplayList | None = None
        self._drawn_for: tuple[int, int, theme.Tokens] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def make(self, width: float, height: float, colours: ChartColours) -> DisplayList | None:
        """Return the drawing in mm; ``None`` while there is nothing to draw."""
        raise NotImplementedError

    def anew(self, words: str) -> None:
        """Draw again; ``words`` is what it says."""
        self._drawn_for = None
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size.width(), height_on(self, self._size.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(280, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn_for = None

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        scale, wanted = scale_on(self), (self.width(), self.height(), tokens)
        if self._drawn_for != wanted:
            colours = ChartColours(tokens.text, tokens.muted, tokens.accent, tokens.ground, tokens.line)
            self._drawing = self.make(self.width() / scale, self.height() / scale, colours)
            self._drawn_for = wanted
        if self._drawing is not None:
            painter = QPainter(self)
            paint(painter, self._drawing, QPointF(0, 0), scale)
            painter.end()


class BarsView(Drawn):
    """A row of bars."""

    def __init__(self, chart: BarChart, parent: QWidget | None = None) -> None:
        super().__init__(QSize(560, 190), parent)
        self._chart = chart
        from caseworker_app.drawing.numbers_chart import bar_words

        self.anew(bar_words(chart))

    def make(self, width: float, height: float, colours: ChartColours) -> DisplayList:
        from caseworker_app.drawing.numbers_chart import bar_chart

        return bar_chart(self._chart, width, height, colours)


class StripView(Drawn):
    """A child's ladder over time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QSize(820, 330), parent)
        self._strip: LadderStrip | None = None

    def show_strip(self, strip: LadderStrip) -> None:
        """Show a ladder."""
        from caseworker_app.drawing.ladder_strip import ladder_words

        self._strip = strip
        self.anew(ladder_words(strip))

    def make(self, width: float, height: float, colours: ChartColours) -> DisplayList | None:
        from caseworker_app.drawing.ladder_strip import ladder_strip

        return None if self._strip is None else ladder_strip(self._strip, width, height, colours)
