"""The banner under the top bar: what went wrong, what is safe, what to do. It stands until it is closed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from caseworker_app.domain.errors import UserError
from ui import icons, theme
from ui.widgets.announce import announce
from ui.words import bind, bind_call, error_words

Said = tuple[str, tuple[str, ...]]
"""A sentence and the ways out, translated."""


class Banner(QFrame):
    """Shows one thing at a time, in words that follow the language; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "warning")
        self._say: Callable[[], Said] | None = None
        self._mark = QLabel()
        self.message = QLabel()
        self.message.setWordWrap(True)
        self.message.setProperty("look", "subheading")
        self.ways_out = QLabel()
        self.ways_out.setWordWrap(True)
        self.ways_out.setTextFormat(Qt.TextFormat.PlainText)
        self.message.setTextFormat(Qt.TextFormat.PlainText)
        self.close_button = QToolButton()
        self.close_button.setProperty("look", "quiet")
        self.close_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        icons.dress(self.close_button, "close")
        bind(self.close_button.setText, "Close")
        bind(self.close_button.setAccessibleName, "Close this message")
        self.close_button.clicked.connect(self.clear)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.message)
        words.addWidget(self.ways_out)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 8, 8, 8)
        layout.setSpacing(12)
        layout.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        layout.addLayout(words, 1)
        layout.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        bind_call(self, self._again)
        self.hide()

    def warn(self, error: UserError) -> None:
        """Show an expected error."""
        self._show(lambda: error_words(error))

    def warn_words(self, say: Callable[[], Said]) -> None:
        """Show what ``say`` returns, asked again at each change of language."""
        self._show(say)

    def _show(self, say: Callable[[], Said]) -> None:
        self._say = say
        self._paint_mark()
        self._again()
        self.show()
        announce(self, self.words(), at_once=True)

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
        self.message.setText(sentence)
        self.ways_out.setText("\n".join(ways_out))
        self.ways_out.setVisible(bool(ways_out))
        self.setAccessibleName(self.words())

    def words(self) -> str:
        """Return everything the banner says, for a screen reader."""
        return " ".join(part for part in (self.message.text(), self.ways_out.text()) if part)

    def clear(self) -> None:
        """Say nothing more."""
        self._say = None
        self.hide()
