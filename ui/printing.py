"""Paper in memory: pages of a PDF as images for the screen and for the printer. Nothing of it is written to disk.

pdfium draws; it is not made for several threads at once, so one lock holds it. Everything here may run off the GUI
thread and takes tens of milliseconds a page: run it as a job.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QIODevice, QRectF, QSaveFile, QSizeF
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter

from caseworker_app.domain.errors import UserError

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS_PER_INCH = 72
PRINT_DPI = 600
"""Pages are drawn for the printer at its own resolution, but no finer than this: it cannot be seen."""
STRIP_PIXELS = 4_000_000
"""A page goes to the printer in strips of about this many pixels: 16 MB each instead of 140 for the page."""

_pdfium = threading.Lock()


class Pages:
    """The pages of one PDF. ``sizes`` are (width, height) in points. Raises :class:`UserError` for what is no PDF."""

    def __init__(self, data: bytes) -> None:
        from pypdfium2 import PdfDocument, PdfiumError

        with _pdfium:
            try:
                self._document: Any = PdfDocument(data)
                self._document.init_forms()  # what is typed in a file's own fields is drawn with the page
            except PdfiumError:
                raise UserError(
                    "The paper cannot be shown: it is not a whole PDF.", "Close it and make it again."
                ) from None
            self.sizes: tuple[tuple[float, float], ...] = tuple(
                self._document.get_page_size(index) for index in range(len(self._document))
            )
        self.data = data

    def __len__(self) -> int:
        return len(self.sizes)

    def image(self, index: int, scale: float) -> QImage:
        """Return a page at ``scale`` pixels a point; a null image once closed."""
        return next(self._strips(index, scale, 1 << 62), QImage())

    def strips(self, index: int, scale: float) -> Iterator[QImage]:
        """Yield a page from top to bottom in strips of the full width, drawn for print."""
        width = self.sizes[index][0] * scale
        return self._strips(index, scale, max(64, int(STRIP_PIXELS / width)), optimize_mode="print")

    def _strips(self, index: int, scale: float, rows: int, **options: Any) -> Iterator[QImage]:
        _width, height = self.sizes[index]
        total = math.ceil(height * scale)
        for top in range(0, total, rows):
            below = total - min(total, top + rows)
            # pdfium rounds what is cut off up to whole pixels: half a pixel less gives exactly this many
            crop = (0, max(0, below - 0.5) / scale, 0, max(0, top - 0.5) / scale)
            with _pdfium:
                if self._document is None:
                    return
                page = self._document[index]
                bitmap = page.render(scale=scale, crop=crop, prefer_bgrx=True, **options)
                made = QImage(
                    bytes(bitmap.buffer),
                    bitmap.width,
                    bitmap.height,
                    bitmap.stride,
                    QImage.Format.Format_RGB32,
                ).copy()
                bitmap.close()
                page.close()
            yield made

    def text(self, index: int) -> str:
        """Return the words of a page, for who hears the screen."""
        with _pdfium:
            if self._document is None:
                return ""
            page = self._document[index]
            words = page.get_textpage()
            found = str(words.get_text_range())
            words.close()
            page.close()
        return found.replace("\r\n", "\n")

    def close(self) -> None:
        """Let the PDF go."""
        with _pdfium:
            if self._document is not None:
                self._document.close()
                self._document = None


def has_printer() -> bool:
    """Return whether this computer knows a printer."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def no_printer() -> UserError:
    """Return the sentence for a computer without a printer."""
    return UserError(
        "There is no printer on this computer.",
        "Add one in the computer's own settings and try again.",
        "Or save a copy and print it where there is a printer.",
    )


def new_printer(pages: Pages, job_name: str) -> QPrinter:
    """Return a printer set for the pages' paper. ``job_name`` is seen in the queue by others: no name, no number."""
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(job_name)
    printer.setFullPage(True)
    width, height = pages.sizes[0]
    paper = QSizeF(min(width, height), max(width, height))
    printer.setPageSize(QPageSize(paper, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    printer.setPageOrientation(_orientation(width, height))
    return printer


def _orientation(width: float, height: float) -> QPageLayout.Orientation:
    return QPageLayout.Orientation.Landscape if width > height else QPageLayout.Orientation.Portrait


def _refused() -> UserError:
    return UserError(
        "The printer did not take the paper.",
        "See whether it is on and has paper, and print again.",
        "Nothing was noted as printed.",
    )


def print_pages(printer: QPrinter, pages: Pages) -> None:
    """Draw the chosen pages on the printer. Raises :class:`UserError` when it does not take them."""
    from PySide6.QtPrintSupport import QPrinter

    first = max(1, printer.fromPage()) - 1
    last = min(len(pages), printer.toPage() or len(pages))
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    order = [index for _copy in range(copies) for index in range(first, last)]
    if not order:
        raise UserError("The paper has no such pages.", "Choose all pages, or others.")
    printer.setPageOrientation(_orientation(*pages.sizes[order[0]]))
    painter = QPainter()
    if not painter.begin(printer):
        raise _refused()
    try:
        for place, index in enumerate(order):
            if place:
                printer.setPageOrientation(_orientation(*pages.sizes[index]))
                if not printer.newPage():
                    raise _refused()
            _draw_page(painter, printer, pages, index)
    finally:
        painter.end()
    if printer.printerState() is QPrinter.PrinterState.Error:
        raise _refused()


def _draw_page(painter: QPainter, printer: QPrinter, pages: Pages, index: int) -> None:
    """Draw one page as large as the paper, in the middle where the shapes differ."""
    width, height = pages.sizes[index]
    paper = printer.pageLayout().fullRectPixels(printer.resolution())
    per_point = min(paper.width() / width, paper.height() / height)
    drawn_at = min(per_point, PRINT_DPI / POINTS_PER_INCH)
    left = (paper.width() - width * per_point) / 2
    top = (paper.height() - height * per_point) / 2
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, drawn_at < per_point)
    for strip in pages.strips(index, drawn_at):
        tall = strip.height() * per_point / drawn_at
        painter.drawImage(QRectF(left, top, width * per_point, tall), strip)
        top += tall


def save_copy(path: str, data: bytes) -> None:
    """Write a copy whole or not at all. Raises :class:`UserError` when the place cannot be written."""
    file = QSaveFile(path)
    if not (file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(data) == len(data) and file.commit()):
        raise UserError(
            "The copy could not be saved there.", "Choose another folder: this one may be full or locked."
        )
