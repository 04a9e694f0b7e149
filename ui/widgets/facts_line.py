"""Short facts side by side with a dot between them; where they take several lines, none ends or begins with the dot."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

DOT = " · "


def lines_of(facts: Iterable[str], metrics: QFontMetrics, width: int) -> list[str]:
    """Return the lines facts take in a width in px; a fact is never broken."""
    lines: list[str] = []
    for fact in filter(None, facts):
        longer = f"{lines[-1]}{DOT}{fact}" if lines else fact
        if lines and metrics.horizontalAdvance(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(fact)
    return lines


class FactsLine(QLabel):
    """Broken into lines by its own width; as tall as they are."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: tuple[str, ...] = ()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_facts(self, facts: Sequence[str]) -> None:
        """Show other facts; empty ones are left out."""
        self._facts = tuple(fact.strip() for fact in facts if fact.strip())
        self._break()

    def _break(self) -> None:
        text = "\n".join(lines_of(self._facts, self.fontMetrics(), max(self.width(), 1)))
        if text != self.text():
            self.setText(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break anew."""
        super().resizeEvent(event)
        self._break()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
