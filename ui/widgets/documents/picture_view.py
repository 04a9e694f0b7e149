"""A picture in the window: fitted to the room there is, zoomed, scrolled by keys and wheel."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui import theme

LEAST, MOST = 0.05, 8.0
STEP = 1.25
_AIR = 8


class PictureView(QAbstractScrollArea):
    """Shows one picture. ``zoomed`` carries the zoom, 1.0 being a pixel of it for one of the screen."""

    zoomed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._zoom, self._fitted = 1.0, True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(QSize(160, 120))
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setSingleStep(48)
            bar.valueChanged.connect(self.viewport().update)

    @property
    def image(self) -> QImage:
        """The picture; a null one when there is none."""
        return self._image

    @property
    def zoom(self) -> float:
        """How large it is shown."""
        return self._zoom

    def show_image(self, image: QImage) -> None:
        """Show another picture, whole."""
        self._image, self._fitted = image, True
        self._place()

    def clear(self) -> None:
        """Show nothing more."""
        self.show_image(QImage())

    def fit(self) -> None:
        """Show the whole picture, never larger than it is."""
        self._fitted = True
        self._place()

    def zoom_to(self, zoom: float) -> None:
        """Show it at a zoom, keeping what is in the middle."""
        before, middle = self._zoom, self._middle()
        self._fitted, self._zoom = False, max(LEAST, min(zoom, MOST))
        self._place()
        grown = self._zoom / before
        view = self.viewport()
        self.horizontalScrollBar().setValue(round(middle.x() * grown - view.width() / 2))
        self.verticalScrollBar().setValue(round(middle.y() * grown - view.height() / 2))

    def zoom_in(self) -> None:
        """A step larger."""
        self.zoom_to(self._zoom * STEP)

    def zoom_out(self) -> None:
        """A step smaller."""
        self.zoom_to(self._zoom / STEP)

    def _middle(self) -> QPointF:
        view = self.viewport()
        return QPointF(
            self.horizontalScrollBar().value() + view.width() / 2,
            self.verticalScrollBar().value() + view.height() / 2,
        )

    def _place(self) -> None:
        view = self.viewport()
        if self._image.isNull():
            view.update()
            return
        if self._fitted:
            across = (view.width() - 2 * _AIR) / self._image.width()
            down = (view.height() - 2 * _AIR) / self._image.height()
            self._zoom = max(LEAST, min(across, down, 1.0))
        for bar, whole, seen in (
            (self.horizontalScrollBar(), self._image.width(), view.width()),
            (self.verticalScrollBar(), self._image.height(), view.height()),
        ):
            bar.setPageStep(seen)
            bar.setRange(0, max(0, round(whole * self._zoom) + 2 * _AIR - seen))
        view.update()
        self.zoomed.emit(self._zoom)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the part of the picture that is seen."""
        view, painter = self.viewport(), QPainter(self.viewport())
        painter.fillRect(view.rect(), QColor(theme.tokens().ground))
        if not self._image.isNull():
            width, height = self._image.width() * self._zoom, self._image.height() * self._zoom
            left = max(_AIR, (view.width() - width) / 2) - self.horizontalScrollBar().value()
            top = max(_AIR, (view.height() - height) / 2) - self.verticalScrollBar().value()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(QRectF(left, top, width, height), self._image)
        painter.end()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Fit again."""
        self._place()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_to(self._zoom * STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom by plus and minus, whole by 0, scroll by the arrows."""
        acts = {"+": self.zoom_in, "-": self.zoom_out, "0": self.fit}
        act = acts.get(event.text())
        if act is None:
            super().keyPressEvent(event)
        else:
            act()
