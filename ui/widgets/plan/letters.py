"""The five letters of a goal: which are answered and which are missing, in words; a press goes to its answer."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from caseworker_app import i18n
from caseworker_app.domain.plan import LETTER_LABELS, Letter
from caseworker_app.services.plan_words import SIGNS, letters_named
from ui import icons, theme
from ui.words import bind_call, tr

FIELDS = {
    Letter.SPECIFIC: "specific",
    Letter.MEASURABLE: "measurable",
    Letter.ATTRACTIVE: "attractive",
    Letter.REALISTIC: "realistic",
    Letter.TIME_BOUND: "time_bound",
}
"""The field that a letter is answered in."""


class LetterStrip(QWidget):
    """``pressed`` carries the letter whose answer is wanted."""

    pressed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._missing: frozenset[Letter] = frozenset()
        self.said = QLabel(self)
        self.buttons: dict[Letter, QPushButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        for letter in Letter:
            button = QPushButton(self)
            button.setProperty("look", "quiet")
            button.setAutoDefault(False)
            button.clicked.connect(lambda _on=False, letter=letter: self.pressed.emit(letter))
            self.buttons[letter] = button
            layout.addWidget(button)
        layout.addSpacing(8)
        layout.addWidget(self.said, 1)
        bind_call(self, self._say)

    def show_missing(self, missing: Collection[Letter]) -> None:
        """Show which letters are missing."""
        if frozenset(missing) != self._missing or not self.said.text():
            self._missing = frozenset(missing)
            self._say()

    def _say(self) -> None:
        tokens = theme.tokens()
        for letter, button in self.buttons.items():
            missing = letter in self._missing
            button.setText(SIGNS[letter])
            state = tr("missing") if missing else tr("answered")
            button.setAccessibleName(f"{tr(LETTER_LABELS[letter])}: {state}")
            button.setToolTip(button.accessibleName())
            colour = tokens.soon if missing else tokens.done
            name = "warning" if missing else "done"
            button.setIcon(icons.pixmap(name, colour, ratio=self.devicePixelRatioF()))
        letters = letters_named((one for one in Letter if one in self._missing), i18n.current().language)
        words = tr("Lacks {letters}", letters=letters) if letters else tr("All five letters are answered")
        self.said.setText(words)
        look = "soon" if letters else "muted"
        if self.said.property("look") != look:
            self.said.setProperty("look", look)
            self.said.style().polish(self.said)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.buttons:
            self._say()
