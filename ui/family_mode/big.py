"""What is large in Familievisning: words, buttons, the sheet in the middle."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import icons
from ui.words import bind

TARGET = 52
"""Least height of what is pressed, in px: a child's finger."""
SHEET = 640
_BODY = 11
"""The size of text, in points, that the sizes below are said at."""


def style(points: float) -> str:
    """Return what is larger here than in the work window, whose text is of a size in points (the settings say which)."""
    k = points / _BODY
    return f"""
QLabel {{ font-size: {13 * k:g}pt; }}
QLabel[look="title"] {{ font-size: {24 * k:g}pt; }}
QLabel[look="heading"] {{ font-size: {17 * k:g}pt; }}
QPushButton {{ min-height: {TARGET - 10}px; font-size: {13 * k:g}pt; }}
QLineEdit {{ min-height: {TARGET - 14}px; font-size: {14 * k:g}pt; }}
"""


def big_label(msgid: str, look: str = "heading") -> QLabel:
    """Return words to be read aloud; ``msgid`` may be empty."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("look", look)
    if msgid:
        bind(label.setText, msgid)
    return label


def big_button(msgid: str, press: Callable[[], object], look: str = "", icon: str = "") -> QPushButton:
    """Return a button that is easily hit; its word stands beside its icon."""
    made = QPushButton()
    if look:
        made.setProperty("look", look)
    made.setAutoDefault(False)
    if icon:
        icons.dress(made, icon)
    bind(made.setText, msgid)
    bind(made.setAccessibleName, msgid)
    made.clicked.connect(lambda: press())
    return made


class MiddleSheet(QWidget):
    """A rounded sheet in the middle of the window; ``column`` takes what stands on it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        card = QFrame()
        card.setProperty("look", "card")
        card.setFixedWidth(SHEET)
        self.column = QVBoxLayout(card)
        self.column.setContentsMargins(40, 32, 40, 32)
        self.column.setSpacing(16)
        around = QVBoxLayout(self)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(card)
        across.addStretch(1)
        around.addStretch(1)
        around.addLayout(across)
        around.addStretch(1)
