"""The status line in the top bar: what was just done, else where things stand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from caseworker_app import i18n
from ui.widgets.announce import announce
from ui.words import bind_call, tr

SHOWN_MS = 6000
"""How long a sentence stands before the line says again where things stand."""


AGE_MS = 60_000
"""How often what has an age is said anew."""

Stands = Callable[[], tuple[str, ...]]
"""Says where sync stands: the most important first, translated."""


class StatusLine(QLabel):
    """One line, elided when there is no room; the whole of it is in its tooltip and accessible name.

    ``pressed`` comes when it is clicked, to see more of where sync stands; the menu has the same. ``room_asked`` comes
    when the bar should look whether what just happened can be read whole, or has been read.
    """

    pressed = Signal()
    room_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._drafts = 0
        self._sentence = ""
        self._stands: Stands | None = None
        self._calm = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._rest)
        self._aging = QTimer(self)
        self._aging.setInterval(AGE_MS)
        self._aging.timeout.connect(self._say)
        bind_call(self, self._say)

    def say(self, sentence: str) -> None:
        """Show a translated sentence for a while, and have it read aloud where a screen reader runs."""
        self._sentence = sentence
        self._timer.start(SHOWN_MS)
        self._say()
        self.room_asked.emit()
        announce(self, sentence)

    def stand(self, drafts: int) -> None:
        """Note how things stand: how many drafts there are to finish."""
        self._drafts = drafts
        self._say()

    def stand_sync(self, say: Stands | None, calm: bool) -> None:
        """Note where sync stands; ``calm`` when there is nothing to mind, so drafts may stand instead of it."""
        self._stands, self._calm = say, calm
        if say is None:
            self._aging.stop()
        else:
            self._aging.start()
        self.setCursor(Qt.CursorShape.PointingHandCursor if say is not None else Qt.CursorShape.ArrowCursor)
        self._say()
        self.room_asked.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.pressed.emit()

    def _rest(self) -> None:
        self._sentence = ""
        self._say()
        self.room_asked.emit()

    def needed(self) -> int:
        """Return how wide, in px, the line must be: for what just happened, or the first thing there is to mind of
        sync; 0 when there is neither."""
        first = "" if self._calm else self._parts()[0]
        words = self._sentence or first
        return QFontMetrics(self.font()).horizontalAdvance(words) + 2 if words else 0

    def words(self) -> str:
        """Return the whole line, before it is elided."""
        return self._sentence or " · ".join(self._parts())

    def _parts(self) -> list[str]:
        parts = [tr("Saved on this computer")] if self._stands is None else list(self._stands())
        return [*parts, self._drafts_words()] if self._drafts else parts

    def _drafts_words(self) -> str:
        return i18n.ngettext("{n} draft", "{n} drafts", self._drafts)

    def _shortened(self, metrics: QFontMetrics) -> str:
        """Return as much of where things stand as there is room for, the most important first."""
        parts = self._parts()
        if self._drafts and self._calm and metrics.horizontalAdvance(" · ".join(parts)) > self.width():
            parts = parts[-1:]
        while len(parts) > 1 and metrics.horizontalAdvance(" · ".join(parts)) > self.width():
            parts.pop()
        return " · ".join(parts)

    def _say(self) -> None:
        words, metrics = self.words(), QFontMetrics(self.font())
        shown = self._sentence or self._shortened(metrics)
        self.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, self.width()))
        self.setAccessibleName(words)
        self.setToolTip(words if self._sentence else self._told())

    def _told(self) -> str:
        safe = tr("Everything you write is saved, encrypted, on this computer.")
        return safe if self._stands is None else "\n".join((*self._parts(), safe))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()
        if self._sentence or not self._calm:
            self.room_asked.emit()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
