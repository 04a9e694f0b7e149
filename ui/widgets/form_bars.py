"""The bars of a form: above it what must be known, below it what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ui.words import bind, bind_call


class NoticeBar(QFrame):
    """A sentence over a form with one button; hidden while there is nothing to say.

    The words come from functions, so that they are said again when the language changes.
    """

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "banner")
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.button = QPushButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(12, 4, 4, 4)
        layout.addWidget(self.words, 1)
        layout.addWidget(self.button)
        self._say: Callable[[], tuple[str, str]] | None = None
        self._act: Callable[[], None] | None = None
        self.button.clicked.connect(self._pressed)
        self.hide()
        bind_call(self, self.say_again)

    def tell(
        self, say: Callable[[], tuple[str, str]], act: Callable[[], None] | None = None, look: str = "banner"
    ) -> None:
        """Show (sentence, words of the button); ``look`` is "banner" or "warning"."""
        self._say, self._act = say, act
        if self.property("look") != look:
            self.setProperty("look", look)
            self.style().polish(self)
        self.say_again()
        self.show()

    def clear(self) -> None:
        """Have nothing to say."""
        self._say = self._act = None
        self.hide()

    def say_again(self) -> None:
        """Say it in the language of the moment."""
        if self._say is not None:
            words, button = self._say()
            self.words.setText(words)
            self.button.setText(button)
            self.button.setVisible(bool(button))

    def _pressed(self) -> None:
        act = self._act
        self.clear()
        if act is not None:
            act()


class Footer(QWidget):
    """Save and cancel, and beside them whether anything is unsaved."""

    save_pressed = Signal()
    cancel_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.status = QLabel()
        self.status.setProperty("look", "muted")
        self.cancel, self.save = QPushButton(), QPushButton()
        self.save.setProperty("look", "primary")
        bind(self.cancel.setText, "Cancel")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.save)
        layout.addWidget(self.cancel)
        layout.addWidget(self.status, 1)
        self.save.setAutoDefault(False)
        self.cancel.setAutoDefault(False)
        self.save.clicked.connect(self.save_pressed)
        self.cancel.clicked.connect(self.cancel_pressed)

    def name_save(self, msgid: str) -> None:
        """Say what stands on the button that saves."""
        bind(self.save.setText, msgid)
