"""The cases behind a number: what each adds, and why; each can be opened."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.case import Case
from caseworker_app.domain.danish import sort_key
from caseworker_app.domain.ids import Id
from caseworker_app.domain.numbers.figures import Counted, Figure, Unit
from caseworker_app.domain.numbers.words import said
from caseworker_app.services.numbers_words import say
from ui.models.caseload_rows import child_words
from ui.widgets.assessment.line_list import LineList, ListLine
from ui.words import bind, tr

WIDTH = 272
_SAID = frozenset({Unit.YEARS, Unit.KRONER, Unit.PER_CASE})
"""Units in which what one case adds is worth a figure of its own."""


class Behind(QFrame):
    """``opened`` carries the case that is to be opened."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self.setFixedWidth(WIDTH)
        self._cases: list[Id] = []
        self.about, self.value, self.count = QLabel(self), QLabel(self), QLabel(self)
        self.about.setProperty("look", "subheading")
        self.value.setProperty("look", "heading")
        self.count.setProperty("look", "muted")
        for label in (self.about, self.count):
            label.setWordWrap(True)
        self.list = LineList("The cases behind the number", self, wraps=True)
        self.button = QPushButton(self)
        bind(self.button.setText, "Open the case (Enter)")
        self.button.clicked.connect(self._open)
        self.list.entered_line.connect(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(4)
        for widget in (self.about, self.value, self.count):
            column.addWidget(widget)
        column.addSpacing(4)
        column.addWidget(self.list, 1)
        column.addWidget(self.button)

    def show_figure(self, about: str, figure: Figure | None, cases: Mapping[Id, Case]) -> None:
        """Show a number with its cases, by name; ``about`` (translated) says which number it is."""
        self.about.setText(about)
        self.value.setText("" if figure is None else said(figure, i18n.current().language))
        found = [] if figure is None else [one for one in figure.counted if one.case in cases]
        found.sort(key=lambda one: sort_key(child_words(cases[one.case])))
        self._cases = [one.case for one in found]
        lines = [_line(n, one, cases[one.case], figure) for n, one in enumerate(found)]
        self.list.show_lines(lines, None if not lines else lines[0].key)
        self.list.setVisible(bool(lines))
        self.button.setVisible(bool(lines))
        self.count.setText(self._count(figure, len(set(self._cases))))
        layout = self.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(layout.count() - 1, 0 if lines else 1)

    def _count(self, figure: Figure | None, cases: int) -> str:
        if cases:
            return i18n.ngettext("{n} case", "{n} cases", cases)
        if figure is not None and figure.value is None:
            return tr("There is nothing to divide by, or no price.")
        return tr("No case is behind it.")

    def _open(self) -> None:
        key = self.list.key
        if key is not None and self._cases:
            self.opened.emit(self._cases[int.from_bytes(key, "big")])


def _line(number: int, one: Counted, case: Case, figure: Figure | None) -> ListLine:
    words = i18n.current()
    amount = ""
    if figure is not None and figure.unit in _SAID:
        unit = Unit.COUNT if figure.unit is Unit.PER_CASE else figure.unit
        amount = f"  {said(Figure(one.amount, unit), words.language)}"
    return ListLine(number.to_bytes(16, "big"), f"{child_words(case)}{amount}", say(words, one.why))
