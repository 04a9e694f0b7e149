"""A PDF in the window: pages under each other, drawn when they come into view, zoomed, turned by keys and wheel."""

from __future__ import annotations

import math
from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui import theme
from ui.printing import POINTS_PER_INCH, Pages
from ui.tasks import Job, Tasks
from ui.words import bind_call, tr

GAP = 16
LEAST, MOST = 0.25, 4.0
STEP = 1.25
LARGEST = 24_000_000
"""Most pixels of one drawn page; a larger one is drawn smaller and stretched."""
_SCREEN_DPI = 96


class Fit(Enum):
    """How the zoom follows the window."""

    WIDTH = "width"
    PAGE = "page"
    FREE = "free"


class PdfView(QAbstractScrollArea):
    """Shows pages. ``page_changed`` carries (page, of), counted from 1; ``zoomed`` the zoom, 1.0 being paper size."""

    page_changed = Signal(int, int)
    zoomed = Signal(float)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._pages: Pages | None = None
        self._zoom, self._fit = 1.0, Fit.WIDTH
        self._rects: list[QRectF] = []
        self._images: dict[int, tuple[float, QImage]] = {}
        self._texts: dict[int, str] = {}
        self._drawing = False
        self._page = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(240, 240))
        self.verticalScrollBar().setSingleStep(48)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        bind_call(self, self._say_page)

    # what is shown

    def show_pages(self, pages: Pages) -> None:
        """Show other pages, from the first."""
        self._pages, self._page = pages, 0
        self._images.clear()
        self._texts.clear()
        self._place()
        self.verticalScrollBar().setValue(0)
        self._say_page()

    def clear(self) -> None:
        """Show nothing more."""
        self._pages = None
        self._rects, self._images = [], {}

    @property
    def page(self) -> int:
        """The page in the middle of the view, counted from 1; 0 while there is none."""
        return self._page + 1 if self._pages is not None else 0

    @property
    def zoom(self) -> float:
        """How large the pages are; 1.0 is paper size."""
        return self._zoom

    @property
    def drawn(self) -> tuple[int, ...]:
        """The pages that are held as images, counted from 1."""
        return tuple(sorted(index + 1 for index in self._images))

    # where the pages stand

    def _pixels_a_point(self) -> float:
        return self._zoom * _SCREEN_DPI / POINTS_PER_INCH

    def _fitted(self) -> float:
        if self._pages is None or self._fit is Fit.FREE:
            return self._zoom
        width = max(size[0] for size in self._pages.sizes) * _SCREEN_DPI / POINTS_PER_INCH
        height = max(size[1] for size in self._pages.sizes) * _SCREEN_DPI / POINTS_PER_INCH
        zoom = (self.viewport().width() - 2 * GAP) / width
        if self._fit is Fit.PAGE:
            zoom = min(zoom, (self.viewport().height() - 2 * GAP) / height)
        return max(LEAST, min(zoom, MOST if self._fit is Fit.PAGE else 1.5))

    def _place(self) -> None:
        if self._pages is None:
            return
        zoom = self._fitted()
        changed = abs(zoom - self._zoom) > 1e-6
        self._zoom = zoom
        scale = self._pixels_a_point()
        wide = max((size[0] * scale for size in self._pages.sizes), default=0.0) + 2 * GAP
        width = max(wide, self.viewport().width())
        top, self._rects = float(GAP), []
        for page_width, page_height in self._pages.sizes:
            left = (width - page_width * scale) / 2
            self._rects.append(QRectF(round(left), round(top), page_width * scale, page_height * scale))
            top += page_height * scale + GAP
        view = self.viewport()
        for bar, whole, seen in (
            (self.verticalScrollBar(), top, view.height()),
            (self.horizontalScrollBar(), wide, view.width()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(0, round(whole - seen)))
        view.update()
        if changed:
            self.zoomed.emit(zoom)
        self._scrolled()

    def _visible(self) -> list[int]:
        top = self.verticalScrollBar().value()
        bottom = top + self.viewport().height()
        return [i for i, rect in enumerate(self._rects) if rect.bottom() >= top and rect.top() <= bottom]

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        found = next((i for i, rect in enumerate(self._rects) if rect.bottom() + GAP >= middle), 0)
        if found != self._page:
            self._page = found
            self._say_page()
        self._draw_next()
        self.viewport().update()

    # zoom

    def zoom_to(self, zoom: float) -> None:
        """Show the pages at a zoom, keeping what is in the middle."""
        self._refit(Fit.FREE, max(LEAST, min(zoom, MOST)))

    def fit(self, how: Fit) -> None:
        """Let the zoom follow the window."""
        self._refit(how, self._zoom)

    def _refit(self, how: Fit, zoom: float) -> None:
        before, half = self._zoom, self.viewport().height() / 2
        middle = self.verticalScrollBar().value() + half
        self._fit = how
        if how is Fit.FREE and zoom != before:
            self._zoom = zoom
            self.zoomed.emit(zoom)
        self._place()
        self.verticalScrollBar().setValue(round(middle * self._zoom / before - half))
        bar = self.horizontalScrollBar()
        bar.setValue(bar.maximum() // 2)

    def zoom_in(self) -> None:
        """A step larger."""
        self.zoom_to(self._zoom * STEP)

    def zoom_out(self) -> None:
        """A step smaller."""
        self.zoom_to(self._zoom / STEP)

    def go_to(self, page: int) -> None:
        """Show the top of a page, counted from 1."""
        if self._rects:
            index = max(0, min(page - 1, len(self._rects) - 1))
            self.verticalScrollBar().setValue(round(self._rects[index].top() - GAP / 2))

    # drawing

    def _wanted(self, index: int) -> float:
        """Return pixels a point that a page should be drawn at for this screen."""
        assert self._pages is not None
        width, height = self._pages.sizes[index]
        scale = self._pixels_a_point() * self.devicePixelRatioF()
        return min(scale, math.sqrt(LARGEST / (width * height)))

    def _draw_next(self) -> None:
        """Draw one page that is seen and not drawn yet; what went out of sight is let go."""
        if self._pages is None or self._drawing:
            return
        seen = self._visible()
        near = {i + step for i in seen for step in (-1, 0, 1)}
        self._images = {i: made for i, made in self._images.items() if i in near}
        ahead = [i for i in sorted(near) if i not in seen and 0 <= i < len(self._rects)]
        for index in (*seen, *ahead):
            scale = self._wanted(index)
            if self._images.get(index, (0.0, None))[0] != scale:
                self._draw(self._pages, index, scale)
                return

    def _draw(self, pages: Pages, index: int, scale: float) -> None:
        def draw() -> tuple[QImage, str]:
            return pages.image(index, scale), pages.text(index)

        def show(made: tuple[QImage, str]) -> None:
            self._drawing = False
            if self._pages is not pages or made[0].isNull():
                return
            self._images[index], self._texts[index] = (scale, made[0]), made[1]
            self.viewport().update()
            if index == self._page:
                self._say_page()
            self._draw_next()

        self._drawing = True
        self._tasks.job(self, Job(draw, show))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint paper, and on it what is drawn so far."""
        colours = theme.tokens()
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), QColor(colours.ground))
        offset = (-self.horizontalScrollBar().value(), -self.verticalScrollBar().value())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for index in self._visible():
            rect = self._rects[index].translated(*offset)
            painter.fillRect(rect, Qt.GlobalColor.white)
            if index in self._images:
                painter.drawImage(rect, self._images[index][1])
            painter.setPen(QColor(colours.line))
            painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        painter.end()

    # keys, wheel, size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by keys: a line, a view, the beginning, the end."""
        bar = self.verticalScrollBar()
        moves = {
            Qt.Key.Key_Home: bar.minimum(),
            Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_Space: bar.value() + bar.pageStep() * 9 // 10,
            Qt.Key.Key_PageDown: bar.value() + bar.pageStep() * 9 // 10,
            Qt.Key.Key_PageUp: bar.value() - bar.pageStep() * 9 // 10,
        }
        to = moves.get(Qt.Key(event.key()))
        if to is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        else:
            bar.setValue(to)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self._zoom * STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fit again."""
        self._place()

    def _say_page(self) -> None:
        pages = self._pages
        if pages is None:
            self.setAccessibleName(tr("Preview of the paper"))
            return
        self.setAccessibleName(
            tr("Preview of the paper, page {page} of {pages}", page=self.page, pages=len(pages))
        )
        self.setAccessibleDescription(self._texts.get(self._page, ""))
        self.page_changed.emit(self.page, len(pages))
