"""A card of I dag: a heading and lines under it, their leads in one column."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.line_button import LineButton

TIME_WIDTH = 128
"""Least width of the column of times and days, in px."""


class Card(QFrame):
    """All words are translated already. ``look`` is that of the heading; ``empty`` stands where there are no lines.

    Of ``lines`` the first ``shown`` are shown; ``more`` is the button that shows the rest.
    """

    def __init__(
        self,
        heading: str,
        lines: Iterable[QWidget],
        empty: str = "",
        *,
        look: str = "subheading",
        shown: int = 0,
        more: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 12, 12, 12)
        self._layout.setSpacing(4)
        title = QLabel(heading, self)
        title.setProperty("look", look)
        title.setContentsMargins(12, 0, 0, 4)
        self._layout.addWidget(title)
        everything = list(lines)
        self._rest = everything[shown:] if shown and len(everything) > shown else []
        for widget in everything[: len(everything) - len(self._rest)]:
            self._layout.addWidget(widget)
        if not everything and empty:
            self._layout.addWidget(muted(empty))
        self.more: QPushButton | None = self._more(more) if self._rest else None
        self._align(everything)

    def _more(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("look", "quiet")
        button.clicked.connect(self.unfold)
        self._layout.addWidget(button)
        return button

    def unfold(self) -> None:
        """Show the lines that were folded away, and go on from the first of them."""
        if self.more is None:
            return
        self._layout.removeWidget(self.more)
        self.more.deleteLater()
        self.more = None
        for widget in self._rest:
            self._layout.addWidget(widget)
            widget.show()
        lines = lines_in(self._rest)
        if lines:
            lines[0].setFocus()
        self._rest = []

    def _align(self, widgets: Iterable[QWidget]) -> None:
        leading = lines_in(widgets)
        wide = max((line.lead_needs() for line in leading), default=0)
        for line in leading:
            line.set_lead_width(max(wide, TIME_WIDTH))


def lines_in(widgets: Iterable[QWidget]) -> list[LineButton]:
    """Return the lines among some widgets and in them, in their order."""
    return [
        line
        for widget in widgets
        for line in ([widget] if isinstance(widget, LineButton) else widget.findChildren(LineButton))
    ]


def muted(words: str) -> QLabel:
    """Return quiet words under a heading."""
    label = QLabel(words)
    label.setWordWrap(True)
    label.setProperty("look", "muted")
    label.setContentsMargins(12, 0, 12, 4)
    return label
