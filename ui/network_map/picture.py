"""A netværkskort as a picture: in a window as large as there is room, and as a PNG file that holds nothing but pixels."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.drawing.display_list import DisplayList
from ui.widgets.display_list_painter import paint

MM_PER_INCH = 25.4


def png(drawing: DisplayList, *, dots: int = 200, ground: str = "#FFFFFF") -> bytes:
    """Return a drawing as PNG with ``dots`` pixels an inch. The file has no words in it but those that are painted."""
    scale = dots / MM_PER_INCH
    size = QSize(round(drawing.width * scale), round(drawing.height * scale))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(QColor(ground))
    image.setDotsPerMeterX(round(dots / 0.0254))
    image.setDotsPerMeterY(round(dots / 0.0254))
    painter = QPainter(image)
    paint(painter, drawing, QPointF(0, 0), scale)
    painter.end()
    for key in image.textKeys():
        image.setText(key, "")
    data, buffer = QByteArray(), QBuffer()
    buffer.setBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload]
        raise RuntimeError("Qt writes PNG")
    return bytes(data.data())


Maker = Callable[[float], DisplayList]
"""Draws for a picture whose people are so many times as large as on paper."""
_READ_PX = 666.0
"""A map of so many px has names of 12 px; a smaller one is drawn with larger people."""
_MOST = 1.4


class PictureView(QWidget):
    """Shows a drawing in its middle, as large as there is room. It is a picture: what it shows is also said in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make: Maker | None = None
        self._drawn: tuple[float, DisplayList] | None = None
        self._cached: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(160, 160)

    def show_made(self, make: Maker | None) -> None:
        """Show what ``make`` draws, ``None`` for nothing. It is asked again when the picture's size calls for it."""
        self._make, self._drawn, self._cached = make, None, None
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, 480)

    def drawing(self) -> DisplayList | None:
        """Return what is shown at the size of now."""
        if self._make is None:
            return None
        boost = round(min(_MOST, max(1.0, _READ_PX / min(self.width(), self.height()))), 1)
        if self._drawn is None or self._drawn[0] != boost:
            self._drawn, self._cached = (boost, self._make(boost)), None
        return self._drawn[1]

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in another dress."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._drawn = self._cached = None

    def paintEvent(self, event: QPaintEvent) -> None:
        drawing = self.drawing()
        if drawing is None:
            return
        scale = min(self.width() / drawing.width, self.height() / drawing.height)
        left, top = (self.width() - drawing.width * scale) / 2, (self.height() - drawing.height * scale) / 2
        ratio = self.devicePixelRatioF()
        size = QSize(round(drawing.width * scale * ratio), round(drawing.height * scale * ratio))
        if self._cached is None or self._cached.size() != size:
            self._cached = QPixmap(size)
            self._cached.setDevicePixelRatio(ratio)
            self._cached.fill(Qt.GlobalColor.transparent)
            within = QPainter(self._cached)
            paint(within, drawing, QPointF(0, 0), scale)
            within.end()
        painter = QPainter(self)
        painter.drawPixmap(QPointF(left, top), self._cached)
        painter.end()
