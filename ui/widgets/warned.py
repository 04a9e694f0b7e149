"""What a banner and a complaint beside a field share: a sentence of what is wrong, the ways out, a mark beside colour."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from ui import icons, theme
from ui.widgets.announce import announce
from ui.words import bind_call, error_words

Said = tuple[str, tuple[str, ...]]
"""A sentence and the ways out, translated."""


class Warned(QFrame):
    """Hidden until something is wrong; says one thing at a time, in words that follow the language."""

    def __init__(self, look: str, parent: QWidget | None = None) -> None:
        """``look`` is that of the sentence."""
        super().__init__(parent)
        self._say: Callable[[], Said] | None = None
        self._mark = QLabel()
        self.sentence, self.ways_out = QLabel(), QLabel()
        self.sentence.setProperty("look", look)
        for label in (self.sentence, self.ways_out):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.sentence)
        words.addWidget(self.ways_out)
        self.across = QHBoxLayout(self)
        self.across.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        self.across.addLayout(words, 1)
        bind_call(self, self._again)
        self.hide()

    def warn(self, error: UserError) -> None:
        """Say an expected error."""
        self.show_words(lambda: error_words(error))

    def show_words(self, say: Callable[[], Said]) -> None:
        """Say what ``say`` returns, asked again at each change of language."""
        self._say = say
        self._paint_mark()
        self._again()
        self.show()
        announce(self, self.words(), at_once=True)

    def words(self) -> str:
        """Return everything it says, for a screen reader."""
        return " ".join(part for part in (self.sentence.text(), self.ways_out.text()) if part)

    def clear(self) -> None:
        """Say nothing more."""
        self._say = None
        self.hide()

    def _paint_mark(self) -> None:
        colour = theme.tokens().overdue
        self._mark.setPixmap(icons.pixmap("warning", colour, ratio=self.devicePixelRatioF()))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._paint_mark()

    def _again(self) -> None:
        if self._say is None:
            return
        sentence, ways_out = self._say()
        self.sentence.setText(sentence)
        self.ways_out.setText("\n".join(ways_out))
        self.ways_out.setVisible(bool(ways_out))
        self.setAccessibleName(self.words())
