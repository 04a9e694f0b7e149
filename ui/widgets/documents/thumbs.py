"""Small pictures of photographs and of the first page of a PDF: made when they come into sight, kept in memory alone.

One is made at a time, off the window's thread: the bytes are read and decoded in memory, never by way of a file. That a
document was shown so is noted in the access log, once for each time it is made.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QImageReader, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QPushButton, QWidget

from caseworker_app.domain.document import FileKind
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.services import documents
from caseworker_app.services.documents import Listed
from ui import theme
from ui.house import House
from ui.printing import Pages
from ui.tasks import Job, Op

SIDE = 48
"""Longest side in px."""
TALL = SIDE + 14
"""How tall the buttons of a strip with small pictures are, in px, from the first: nothing moves when one arrives."""
_AIR = 8
MOST = 48
"""So many are kept; the one that was longest out of use goes first."""
SMALL = frozenset({FileKind.PICTURE, FileKind.PDF})
"""The kinds that have one."""


class Thumbnails(QObject):
    """``made`` carries a document's id when its small picture is there."""

    made = Signal(object)

    def __init__(self, house: House, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._house = house
        self._kept: OrderedDict[Id, QPixmap] = OrderedDict()
        self._waiting: OrderedDict[Id, tuple[FileKind, float]] = OrderedDict()
        self._under_way: Id | None = None

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def idle(self) -> bool:
        """Whether none is being made."""
        return self._under_way is None and not self._waiting

    def of(self, document: Id) -> QPixmap | None:
        """Return a document's small picture when it is there; a null one when it has none."""
        found = self._kept.get(document)
        if found is not None:
            self._kept.move_to_end(document)
        return found

    def want(self, one: Listed, ratio: float = 1.0) -> None:
        """Have one made, unless it is there or under way. ``ratio`` is the screen's pixels to one of ours."""
        if one.kind in SMALL and one.id not in self._kept and one.id != self._under_way:
            self._waiting[one.id] = (one.kind, ratio)
            self._next()

    def forget(self) -> None:
        """Let what waits go: it is not in sight any more."""
        self._waiting.clear()

    def _next(self) -> None:
        if self._under_way is not None or not self._waiting or self._house.tasks.store is None:
            return
        document, (kind, ratio) = self._waiting.popitem(last=False)
        self._under_way = document
        op = Op(
            lambda w: documents.glimpse(w, document),
            done=lambda data: self._decode(document, kind, data, ratio),
            failed=lambda _error: self._keep(document, QImage(), ratio),
        )
        self._house.tasks.op(self, op)

    def _decode(self, document: Id, kind: FileKind, data: bytes, ratio: float) -> None:
        make: Callable[[bytes, int], QImage] = _of_pdf if kind is FileKind.PDF else _of_picture
        side = round(SIDE * ratio)
        job = Job(
            lambda: make(data, side),
            lambda image: self._keep(document, image, ratio),
            lambda _error: self._keep(document, QImage(), ratio),
        )
        self._house.tasks.job(self, job)

    def _keep(self, document: Id, image: QImage, ratio: float) -> None:
        small = QPixmap.fromImage(image)
        small.setDevicePixelRatio(ratio)
        self._kept[document] = small
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        self._under_way = None
        self.made.emit(document)
        self._next()


def _of_picture(data: bytes, side: int) -> QImage:
    """Return a picture made small, a null one for what is none; a JPEG is decoded small at once."""
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    whole = reader.size()
    if whole.isValid():
        reader.setScaledSize(whole.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return _within(reader.read(), side)


def _of_pdf(data: bytes, side: int) -> QImage:
    """Return the first page made small, a null picture for what is no PDF."""
    try:
        pages = Pages(data)
    except UserError:
        return QImage()
    try:
        if not len(pages) or min(pages.sizes[0]) <= 0:
            return QImage()
        return _within(pages.image(0, 2 * side / max(pages.sizes[0])), side)
    finally:
        pages.close()


def _within(image: QImage, side: int) -> QImage:
    if image.isNull() or max(image.width(), image.height()) <= side:
        return image
    room = QSize(side, side)
    return image.scaled(room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _framed(small: QPixmap) -> QPixmap:
    """Return a small picture with a thin frame, which a white page needs, and air between it and the words."""
    ratio = small.devicePixelRatio()
    width, height = small.width() / ratio, small.height() / ratio
    made = QPixmap(QSize(round((SIDE + _AIR) * ratio), round(SIDE * ratio)))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    at = QRectF((SIDE - width) / 2, (SIDE - height) / 2, width, height)
    painter.drawPixmap(at, small, QRectF(small.rect()))
    painter.setPen(QColor(theme.tokens().line))
    painter.drawRect(at.adjusted(0.5, 0.5, -0.5, -0.5))
    painter.end()
    return made


class ThumbButton(QPushButton):
    """A document's button. ``seen`` comes when it is painted: then its small picture is worth making."""

    seen = Signal()

    def __init__(self, document: Listed, parent: QWidget) -> None:
        super().__init__(parent)
        self.document = document
        self.setAutoDefault(False)

    def show_small(self, small: QPixmap) -> None:
        """Show the small picture beside the title."""
        if not small.isNull():
            self.setIcon(_framed(small))
            self.setIconSize(QSize(SIDE + _AIR, SIDE))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.seen.emit()
