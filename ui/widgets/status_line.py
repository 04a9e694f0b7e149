"""The status line in the top bar: what was just done, else where things stand."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from caseworker_app import i18n
from ui.widgets.announce import announce
from ui.words import bind_call, tr

SHOWN_MS = 6000
"""How long a sentence stands before the line says again where things stand."""


class StatusLine(QLabel):
    """One line, elided when there is no room; the whole of it is in its tooltip and accessible name."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._drafts = 0
        self._sentence = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._rest)
        bind_call(self, self._say)

    def say(self, sentence: str) -> None:
        """Show a translated sentence for a while, and have it read aloud where a screen reader runs."""
        self._sentence = sentence
        self._timer.start(SHOWN_MS)
        self._say()
        announce(self, sentence)

    def stand(self, drafts: int) -> None:
        """Note how things stand: how many drafts there are to finish."""
        self._drafts = drafts
        self._say()

    def _rest(self) -> None:
        self._sentence = ""
        self._say()

    def words(self) -> str:
        """Return the whole line, before it is elided."""
        if self._sentence:
            return self._sentence
        words = tr("Only on this computer")
        if self._drafts:
            words += " · " + self._drafts_words()
        return words

    def _drafts_words(self) -> str:
        return i18n.ngettext("{n} draft", "{n} drafts", self._drafts)

    def _say(self) -> None:
        words, metrics = self.words(), QFontMetrics(self.font())
        shown = words
        if not self._sentence and self._drafts and metrics.horizontalAdvance(words) > self.width():
            shown = self._drafts_words()
        self.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideRight, self.width()))
        self.setAccessibleName(words)
        self.setToolTip(
            words if self._sentence else tr("Everything you write is saved, encrypted, on this computer.")
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._say()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
