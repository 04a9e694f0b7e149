"""A document as pages to print: a PDF as it is, a picture on a sheet of its own, plain text set. In memory alone."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)

from caseworker_app.domain.document import FileKind
from caseworker_app.domain.errors import UserError

_DPI = 200
_POINTS = 11.0
_MARGIN_MM = 18.0


def pdf_of(kind: FileKind, data: bytes, text: str) -> bytes:
    """Return a document as a PDF. Raises :class:`UserError` for a picture that cannot be read."""
    if kind is FileKind.PDF:
        return data
    return _of_picture(data) if kind is FileKind.PICTURE else _of_text(text)


def picture(data: bytes) -> QImage:
    """Return a picture. Raises :class:`UserError` when it cannot be read."""
    image = QImage.fromData(data)
    if image.isNull():
        raise UserError(
            "The picture cannot be shown: it is damaged.", "Save a copy, and look at it in another program."
        )
    return image


def _writer(buffer: QBuffer, orientation: QPageLayout.Orientation) -> QPdfWriter:
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(orientation)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    return writer


def _of_picture(data: bytes) -> bytes:
    image, buffer = picture(data), QBuffer()
    wide = image.width() > image.height()
    orientation = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    writer = _writer(buffer, orientation)
    painter = QPainter(writer)
    room = QSizeF(writer.width(), writer.height())
    scale = min(room.width() / image.width(), room.height() / image.height())
    width, height = image.width() * scale, image.height() * scale
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF((room.width() - width) / 2, 0, width, height), image)
    painter.end()
    return bytes(buffer.data().data())


def _of_text(text: str) -> bytes:
    buffer = QBuffer()
    writer = _writer(buffer, QPageLayout.Orientation.Portrait)
    document = QTextDocument()
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setDocumentMargin(0)
    document.setPlainText(text)
    document.print_(writer)
    return bytes(buffer.data().data())
