"""What every part of Opsætning is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui.tasks import Touched
from ui.words import bind_call, tr

WIDTH = 880


class Pane(QScrollArea):
    """A sheet that says what it is for (a msgid); ``column`` takes what stands on it."""

    def __init__(self, explanation: str, *, width: int = WIDTH) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card = QFrame()
        card.setProperty("look", "card")
        card.setMaximumWidth(width)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(24, 16, 24, 16)
        self.column.setSpacing(12)
        self._explanation = explanation
        self._explained = label = QLabel()
        label.setWordWrap(True)
        label.setProperty("look", "muted")
        bind_call(label, self._say_what_for)
        self.column.addWidget(label)
        ground = QWidget()
        around = QVBoxLayout(ground)
        around.setContentsMargins(0, 12, 12, 12)
        around.addWidget(card)
        around.addStretch(1)
        self.setWidget(ground)

    def explain(self, explanation: str) -> None:
        """Say something else (a msgid) of what the sheet is for, as things stand."""
        self._explanation = explanation
        self._say_what_for()

    def _say_what_for(self) -> None:
        self._explained.setText(tr(self._explanation))

    def begin(self) -> None:
        """Show how things are; called each time the pane is gone to."""

    def follow(self, touched: Touched) -> None:
        """Ask again for what of it changed."""

    def leave(self) -> bool:
        """Keep what is half-written."""
        return True
