"""The find field of the top bar, with what it found below it while the typing goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from caseworker_app.i18n import N_
from ui import icons, theme
from ui.hits import Hit
from ui.widgets.announce import announce
from ui.words import bind, bind_call, tr

if TYPE_CHECKING:
    from ui.widgets.find_popup import FindPopup

_WHAT = (N_("Find a child, a person, a command"), N_("Find a child, a command"), N_("Find"))
"""What can be found, in more words and in fewer."""
_BESIDE = 28
"""What is not for words, beside the mark: margins and edge in px."""
MOST = 12
"""Most hits shown at once."""

Source = Callable[[str], Sequence[Hit]]
Last = Callable[[str], Hit]


class FindField(QLineEdit):
    """Type to find; arrows choose among what was found, Return goes there, Escape leaves.

    ``wanted`` comes when the field gets the focus: whoever feeds it can look again.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._source: Source | None = None
        self._last: Last | None = None
        self._rows: list[Hit | None] = []
        self._hits: Sequence[Hit] = ()
        self._list: FindPopup | None = None
        self.setTextMargins(icons.SIZE + 4, 0, 0, 0)
        self.setMaximumWidth(420)
        bind_call(self, self._say_what)
        bind(self.setAccessibleName, "Find")
        self.textEdited.connect(self.look)

    def _say_what(self) -> None:
        """Say what can be found, in the most words there is room for; the whole of it is in the tooltip."""
        said = [f"{tr(msgid)} (Ctrl+K)" for msgid in _WHAT]
        metrics, room = QFontMetrics(self.font()), self.width() - icons.SIZE - _BESIDE
        self.setPlaceholderText(
            next((one for one in said if metrics.horizontalAdvance(one) <= room), said[-1])
        )
        self.setToolTip(said[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say_what()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        mark = icons.pixmap("find", theme.tokens().muted, ratio=self.devicePixelRatioF())
        painter.drawPixmap(10, (self.height() - icons.SIZE) // 2, mark)
        painter.end()

    def feed(self, source: Source, last: Last | None = None) -> None:
        """Say where hits come from, and what stands below them for whatever is typed."""
        self._source, self._last = source, last

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.wanted.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self._list is None or not self._list.underMouse():
            self._close()

    @property
    def hits(self) -> Sequence[Hit]:
        """What is shown now."""
        return self._hits if self._list is not None and self._list.isVisible() else ()

    def look(self) -> None:
        """Show what fits the text."""
        text = self.text().strip()
        if not text or self._source is None:
            self._close()
            return
        self._hits = tuple(self._source(text))[:MOST]
        last = None if self._last is None else self._last(text)
        self._rows = [*(self._hits or (None,)), *([] if last is None else [last])]
        self._popup().show_hits(self._hits, last)
        announce(self, self._hits[0].line if self._hits else tr("Nothing found. Try part of a name."))

    def _popup(self) -> FindPopup:
        if self._list is None:
            from ui.widgets.find_popup import FindPopup

            self._list = FindPopup(self, self._choose)
        return self._list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down | Qt.Key.Key_Up if self._open:
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._list is not None and self._open:
                self._choose(self._list.currentRow())
            case Qt.Key.Key_Escape:
                self.leave()
            case _:
                super().keyPressEvent(event)

    @property
    def _open(self) -> bool:
        return self._list is not None and self._list.isVisible() and any(self._rows)

    def _step(self, step: int) -> None:
        if self._list is None:
            return
        row = (self._list.currentRow() + step) % len(self._rows)
        while (hit := self._rows[row]) is None:
            row = (row + step) % len(self._rows)
        self._list.setCurrentRow(row)
        announce(self, hit.line)

    def _choose(self, row: int) -> None:
        hit = self._rows[row] if 0 <= row < len(self._rows) else None
        if hit is not None:
            self.leave()
            hit.choose()

    def leave(self) -> None:
        """Empty the field and give the focus on."""
        self.clear()
        self._close()
        self.clearFocus()

    def _close(self) -> None:
        if self._list is not None:
            self._list.hide()
            self._list.clear()
        self._hits, self._rows = (), []
