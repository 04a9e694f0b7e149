"""A goal's progress on the screen: the drawing that the paper has too, as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.domain.plan_facts import GoalProgress
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.drawing.goal_chart import ChartColours, chart_words, goal_chart
from ui import theme
from ui.widgets.display_list_painter import paint

HEIGHT, LEAST = 208, 120
_POINTS_DRAWN = 8.5
"""What a drawing's text is set in; on the screen it is as large as the rest."""


class ProgressChart(QWidget):
    """Read aloud it says every mark with its day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: GoalProgress | None = None
        self._drawing: DisplayList | None = None
        self._drawn_for: tuple[int, int, theme.Tokens] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_progress(self, progress: GoalProgress) -> None:
        """Show what has been said of a goal."""
        self._progress, self._drawn_for = progress, None
        self.setAccessibleName(chart_words(progress))
        self.setToolTip(chart_words(progress))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(560, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(320, LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn_for = None

    def _scale(self) -> float:
        """Return px a mm: the drawing's text as large as that of the window."""
        return self.logicalDpiY() / 25.4 * max(1.0, (self.font().pointSizeF() - 1) / _POINTS_DRAWN)

    def paintEvent(self, event: QPaintEvent) -> None:
        progress, tokens = self._progress, theme.tokens()
        if progress is None:
            return
        scale, wanted = self._scale(), (self.width(), self.height(), tokens)
        if self._drawing is None or self._drawn_for != wanted:
            colours = ChartColours(tokens.text, tokens.muted, tokens.accent, tokens.surface, tokens.line)
            self._drawing = goal_chart(progress, self.width() / scale, self.height() / scale, colours)
            self._drawn_for = wanted
        painter = QPainter(self)
        paint(painter, self._drawing, QPointF(0, 0), scale)
        painter.end()
