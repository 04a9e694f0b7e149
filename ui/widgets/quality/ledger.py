"""A card of figures: a heading, columns aligned to the right, and the buttons of each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.assessment.sheet import Doing

GAP = 20


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """Cells, translated, and what can be done with the line; ``strong`` is a sum."""

    cells: tuple[str, ...]
    doings: tuple[Doing, ...] = ()
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """One card; ``head`` names the columns, the first holds words. ``words`` are other columns of words. ``empty`` is
    said when there are no rows, ``doings`` stand below, ``note`` under the heading; ``stretch``
    is the column that takes what room there is."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[LedgerRow, ...]
    doings: tuple[Doing, ...] = ()
    empty: str = ""
    note: str = ""
    words: frozenset[int] = frozenset()
    stretch: int = 0


def ledgers(parent: QWidget, cards: Sequence[Ledger]) -> QWidget:
    """Return the cards, one under the other."""
    holder = QWidget(parent)
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for card in cards:
        column.addWidget(_card(holder, card))
    return holder


def _card(parent: QWidget, card: Ledger) -> QFrame:
    frame = QFrame(parent)
    frame.setProperty("look", "card")
    frame.setAccessibleName(card.heading)
    column = QVBoxLayout(frame)
    column.setContentsMargins(12, 8, 12, 10)
    column.setSpacing(6)
    column.addWidget(_label(card.heading, "subheading", frame))
    if card.note:
        note = _label(card.note, "muted", frame)
        note.setWordWrap(True)
        column.addWidget(note)
    if card.rows:
        column.addLayout(_grid(frame, card))
    elif card.empty:
        empty = _label(card.empty, "muted", frame)
        empty.setWordWrap(True)
        column.addWidget(empty)
    if card.doings:
        below = QHBoxLayout()
        below.setSpacing(8)
        for doing in card.doings:
            below.addWidget(_button(frame, doing, ""))
        below.addStretch(1)
        column.addLayout(below)
    return frame


def _grid(frame: QWidget, card: Ledger) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(GAP)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(card.stretch, 1)
    for column, words in enumerate(card.head if any(card.head) else ()):
        grid.addWidget(_label(words, "muted", frame), 0, column, _side(card, column))
    for line, row in enumerate(card.rows, start=1):
        for column, words in enumerate(row.cells):
            cell = _label(words, "strong" if row.strong else "", frame)
            cell.setWordWrap(column == card.stretch)
            if column and words:
                cell.setAccessibleName(f"{row.cells[0]}, {card.head[column]}: {words}")
            grid.addWidget(cell, line, column, _side(card, column))
        for place, doing in enumerate(row.doings):
            grid.addWidget(_button(frame, doing, row.cells[0]), line, len(card.head) + place)
    return grid


def _side(card: Ledger, column: int) -> Qt.AlignmentFlag:
    words = column == 0 or column in card.words
    side = Qt.AlignmentFlag.AlignLeft if words else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter if not words else Qt.AlignmentFlag.AlignVCenter


def _button(parent: QWidget, doing: Doing, about: str) -> QPushButton:
    button = QPushButton(doing.words, parent)
    if doing.primary:
        button.setProperty("look", "primary")
    said = doing.about or about
    button.setAccessibleName(f"{said}: {doing.words}" if said else doing.words)
    button.clicked.connect(lambda _on=False: doing.act())
    return button


def _label(words: str, look: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if look == "strong":
        font = label.font()
        font.setBold(True)
        label.setFont(font)
    elif look:
        label.setProperty("look", look)
    return label
