"""The head of a sheet: what stands over several columns is written once, over all of them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import theme

_BESIDE, _ABOVE, _BELOW = 8, 4, 3


class SheetHead(QHeaderView):
    """Sections as any other; :meth:`group` says what is written over which of them."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._groups: dict[int, tuple[str, int, int]] = {}
        self.setHighlightSections(False)
        wrapped = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
        self.setDefaultAlignment(Qt.AlignmentFlag(int(wrapped)))

    def group(self, over: Sequence[str]) -> None:
        """Take what stands over each section; "" is nothing. The same over sections side by side is written once."""
        self._groups.clear()
        for words, sections in groupby(range(len(over)), key=lambda section: over[section]):
            found = list(sections)
            if words and len(found) > 1:
                self._groups |= dict.fromkeys(found, (words, found[0], found[-1]))
        self.viewport().update()

    def grouped(self, section: int) -> bool:
        """Whether a section shares what stands over it with its neighbour."""
        return section in self._groups

    @property
    def groups(self) -> list[tuple[str, int, int]]:
        """What is written over several sections: the words, the first section and the last."""
        return list(dict.fromkeys(self._groups.values()))

    @property
    def above(self) -> int:
        """The height of the line over the sections, px; 0 when nothing stands there."""
        return self.fontMetrics().height() + _BELOW if self._groups else 0

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        super().paintSection(painter, rect, section)
        found = self._groups.get(section)
        if found is None:
            return
        words, first, last = found
        left = self.sectionViewportPosition(first) + _BESIDE
        right = self.sectionViewportPosition(last) + self.sectionSize(last) - _BESIDE
        line = QRect(left, rect.top() + _ABOVE, right - left, self.fontMetrics().height())
        painter.save()
        painter.setClipRect(rect)
        tokens = theme.tokens()
        painter.setPen(QColor(tokens.muted))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
        painter.setPen(QColor(tokens.line))
        painter.drawLine(left, line.bottom() + 1, right, line.bottom() + 1)
        painter.restore()
