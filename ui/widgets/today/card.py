"""A card of I dag: a heading and lines under it, their leads in one column."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.widgets.line_button import LineButton

TIME_WIDTH = 104
"""Least width of the column of times and days, in px."""


class Card(QFrame):
    """All words are translated already; ``empty`` stands where there are no lines.

    ``rest`` makes the lines that are shown when the button ``more`` is pressed.
    """

    def __init__(
        self,
        heading: str,
        lines: Iterable[QWidget],
        empty: str = "",
        *,
        rest: Callable[[], list[QWidget]] | None = None,
        more: str = "",
    ) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(12, 12, 12, 12)
        self._layout.setSpacing(4)
        title = QLabel(heading, self)
        title.setProperty("look", "subheading")
        title.setContentsMargins(12, 0, 0, 4)
        self._layout.addWidget(title)
        self._shown = list(lines)
        self._rest = rest
        for widget in self._shown:
            self._layout.addWidget(widget)
        if not self._shown and empty:
            self._layout.addWidget(muted(empty))
        self.more: QPushButton | None = self._more(more) if rest is not None else None
        self._align(self._shown)

    def _more(self, words: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setProperty("look", "quiet")
        button.clicked.connect(self.unfold)
        self._layout.addWidget(button)
        return button

    def unfold(self) -> None:
        """Show the lines that were folded away, and go on from the first of them."""
        if self.more is None or self._rest is None:
            return
        self._layout.removeWidget(self.more)
        self.more.deleteLater()
        self.more = None
        made = self._rest()
        for widget in made:
            self._layout.addWidget(widget)
        self._align([*self._shown, *made])
        lines = lines_in(made)
        if lines:
            QTimer.singleShot(0, lines[0], lines[0].setFocus)  # it is shown by then

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
