"""The anonymous sheet as it will stand, for the eye before it is printed: what was replaced is underlined and bold, what is
doubted has a question mark."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from caseworker_app.domain.anonymous import Found, Piece
from caseworker_app.services.internal_sheets import TEXT_LABELS, SheetView
from ui.words import tr


class SheetText(QFrame):
    """Shows a sheet; made anew when it changes."""

    def __init__(self, shown: SheetView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.words = QLabel(self)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.words.setText(_html(shown))
        self.words.setAccessibleName(tr("The sheet as it will stand"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        title = QLabel(tr("The sheet as it will stand"), self)
        title.setProperty("look", "subheading")
        column.addWidget(title)
        column.addWidget(self.words)


def _html(shown: SheetView) -> str:
    blocks = [
        f"<p style='margin:4px 0'><b>{escape(tr(TEXT_LABELS[name]))}</b><br>{_said(pieces)}</p>"
        for name, pieces in shown.texts
    ]
    rows = "".join(
        f"<tr><td style='padding:1px 16px 1px 0'>{escape(name)}</td><td>{_said(pieces)}</td></tr>"
        for name, pieces in shown.facts
    )
    facts = f"<p style='margin:4px 0'><b>{escape(tr(TEXT_LABELS['facts']))}</b></p><table>{rows}</table>"
    return "".join([*blocks, facts if rows else ""])


def _said(pieces: Iterable[Piece]) -> str:
    made = []
    for piece in pieces:
        words = escape(piece.text).replace("\n", "<br>")
        if piece.found in (Found.REPLACED, Found.MASKED):
            words = f"<b><u>{words}</u></b>"
        if piece.found in (Found.MASKED, Found.DOUBTED):
            words = f"{words}<sup>?</sup>"
        made.append(words)
    return "".join(made)
