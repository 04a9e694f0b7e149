"""A sentence beside what it is about: what is wrong and what to do. An icon and words, not colour alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from ui import icons, theme
from ui.widgets.announce import announce
from ui.words import bind_call, error_words, tr

Words = Callable[[], tuple[str, tuple[str, ...]]]


class Complaint(QWidget):
    """Hidden until something is wrong; its words follow the language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._say: Words | None = None
        self._mark = QLabel()
        self.sentence = QLabel()
        self.sentence.setProperty("look", "overdue")
        self.ways_out = QLabel()
        for label in (self.sentence, self.ways_out):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.sentence)
        words.addWidget(self.ways_out)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        bind_call(self, self._again)
        self.hide()

    def show_error(self, error: UserError) -> None:
        """Say an expected error."""
        self.show_words(lambda: error_words(error))

    def show_message(self, msgid: str, **values: object) -> None:
        """Say a sentence of the page's own."""
        self.show_words(lambda: (tr(msgid, **values), ()))

    def show_words(self, say: Words) -> None:
        """Say what ``say`` returns, asked again at each change of language."""
        self._say = say
        self._paint_mark()
        self._again()
        self.show()
        announce(self, self.accessibleName(), at_once=True)

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
        self.setAccessibleName(" ".join((sentence, *ways_out)))

    def clear(self) -> None:
        """Take the sentence away."""
        self._say = None
        self.hide()
