"""Notatpligt above the list: what was held and is not written of; one press begins the entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import day_and_month
from caseworker_app.services.journal_hints import HINT_LABELS, Hint
from ui.widgets.line_button import LineButton
from ui.words import bind, bind_call, tr

SHOWN = 2
"""So many hints stand there; the next comes when one is written of."""


def hint_words(hint: Hint) -> str:
    """Return what is to be written."""
    return tr(HINT_LABELS[hint.source_type], day=day_and_month(hint.held_on, i18n.current().language))


def ago_words(hint: Hint) -> str:
    """Return how long ago it was held."""
    return i18n.ngettext("held {n} day ago", "held {n} days ago", hint.days)


class HintBar(QFrame):
    """``wanted`` carries the hint whose entry is to be begun."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "card")
        self._hints: Sequence[Hint] = ()
        self.lines: list[LineButton] = []
        self.title, self.more = QLabel(self), QLabel(self)
        self.title.setProperty("look", "soon")
        self.title.setContentsMargins(12, 0, 12, 0)
        self.more.setProperty("look", "muted")
        self.more.setContentsMargins(12, 0, 12, 0)
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        bind(self.title.setText, "Not written of yet")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 8)
        self._column.setSpacing(0)
        self._column.addWidget(self.title)
        self._column.addWidget(self.more)
        self.hide()
        bind_call(self, self._say)

    def show_hints(self, hints: Sequence[Hint]) -> None:
        """Show the oldest of them."""
        self._hints = tuple(hints)
        self._say()

    def _say(self) -> None:
        for line in self.lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self.lines = []
        for hint in self._hints[:SHOWN]:
            line = LineButton(hint_words(hint), ago_words(hint), icon="pencil", tone="soon", parent=self)
            line.setToolTip(line.accessibleName())
            line.clicked.connect(lambda _on=False, hint=hint: self.wanted.emit(hint))
            self._column.insertWidget(self._column.count() - 1, line)
            line.show()
            self.lines.append(line)
        rest = len(self._hints) - SHOWN
        self.more.setVisible(rest > 0)
        if rest > 0:
            self.more.setText(i18n.ngettext("and {n} more", "and {n} more", rest))
        self.setVisible(bool(self._hints))
