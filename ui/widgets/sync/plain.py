"""Small things the parts of sync are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QPushButton

from ui.words import bind


def label(look: str = "", msgid: str = "") -> QLabel:
    """Return a label for plain words that wrap; a msgid is bound."""
    made = QLabel()
    if look:
        made.setProperty("look", look)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
    if msgid:
        bind(made.setText, msgid)
    return made


def button(msgid: str, look: str = "") -> QPushButton:
    """Return a button that Enter in a line does not press."""
    made = QPushButton()
    if look:
        made.setProperty("look", look)
    made.setAutoDefault(False)
    bind(made.setText, msgid)
    return made


def empty(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)
