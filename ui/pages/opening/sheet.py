"""The sheet of paper in the middle of the window that every page of the way in is written on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ui.words import bind

WIDTH = 640


class Sheet(QScrollArea):
    """A card in the middle; ``column`` takes what stands on it, ``foot`` the buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.card = QFrame()
        self.card.setProperty("look", "card")
        self.card.setFixedWidth(WIDTH)
        self.column = QVBoxLayout()
        self.column.setSpacing(12)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        inside = QVBoxLayout(self.card)
        inside.setContentsMargins(32, 24, 32, 24)
        inside.setSpacing(24)
        inside.addLayout(self.column)
        inside.addLayout(self.foot)
        ground = QWidget()
        around = QVBoxLayout(ground)
        around.setContentsMargins(24, 24, 24, 24)
        around.addStretch(2)
        around.addWidget(self.card, 0, Qt.AlignmentFlag.AlignHCenter)
        around.addStretch(3)
        self.setWidget(ground)


def title(words: str) -> QLabel:
    """Return the heading of a sheet; ``words`` is a msgid."""
    return _label(words, "title")


def subheading(words: str) -> QLabel:
    """Return a smaller heading."""
    return _label(words, "subheading")


def text(words: str, look: str = "") -> QLabel:
    """Return a paragraph."""
    return _label(words, look)


def _label(words: str, look: str) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if look:
        label.setProperty("look", look)
    if words:
        bind(label.setText, words)
    return label


def labelled(label: str, control: QWidget) -> QVBoxLayout:
    """Return a control under its label (a msgid), joined for screen readers."""
    words = QLabel()
    bind(words.setText, label)
    words.setBuddy(control.focusProxy() or control)
    target = control.focusProxy() or control
    if isinstance(target, QWidget):
        bind(target.setAccessibleName, label)
    layout = QVBoxLayout()
    layout.setSpacing(4)
    layout.addWidget(words)
    layout.addWidget(control)
    return layout


def button(words: str, press: Callable[[], object], look: str = "") -> QPushButton:
    """Return a button; ``words`` is a msgid."""
    made = QPushButton()
    if look:
        made.setProperty("look", look)
    bind(made.setText, words)
    bind(made.setAccessibleName, words)
    made.clicked.connect(lambda: press())
    return made
