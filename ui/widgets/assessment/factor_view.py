"""A factor's course on the screen, and the editors its forms need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from caseworker_app.domain.factors import STRENGTH_WORDS, FactorCourse
from caseworker_app.domain.kinds import Plain
from caseworker_app.domain.phrases import N_
from caseworker_app.drawing.display_list import DisplayList
from caseworker_app.drawing.factor_chart import factor_chart, factor_words
from caseworker_app.drawing.goal_chart import ChartColours
from ui import theme
from ui.widgets.combo import Combo
from ui.widgets.display_list_painter import paint
from ui.widgets.fields.base import FieldEditor
from ui.widgets.fields.choice import ChoiceEditor
from ui.widgets.fields.text import fill
from ui.words import tr

HEIGHT = 176
_POINTS_DRAWN = 8.5


class FactorChart(QWidget):
    """Read aloud it says every mark with its day."""

    def __init__(self, course: FactorCourse, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._course = course
        self._drawing: DisplayList | None = None
        self._drawn_for: tuple[int, int, theme.Tokens] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(HEIGHT)
        self.setAccessibleName(factor_words(course))
        self.setToolTip(factor_words(course))

    def sizeHint(self) -> QSize:
        return QSize(480, HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._drawn_for = None

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.tokens()
        scale = self.logicalDpiY() / 25.4 * max(1.0, (self.font().pointSizeF() - 1) / _POINTS_DRAWN)
        wanted = (self.width(), self.height(), tokens)
        if self._drawing is None or self._drawn_for != wanted:
            colours = ChartColours(tokens.text, tokens.muted, tokens.accent, tokens.surface, tokens.line)
            self._drawing = factor_chart(self._course, self.width() / scale, self.height() / scale, colours)
            self._drawn_for = wanted
        painter = QPainter(self)
        paint(painter, self._drawing, QPointF(0, 0), scale)
        painter.end()


def strength() -> FieldEditor:
    """A strength from 0 to 4, none at first."""
    return ChoiceEditor(STRENGTH_WORDS, N_("Not chosen"))


class NameEditor(FieldEditor):
    """A factor of the list, or one of one's own: chosen or typed in one field."""

    def __init__(self) -> None:
        super().__init__()
        self.combo = Combo()
        self.combo.setEditable(True)
        self.combo.setInsertPolicy(Combo.InsertPolicy.NoInsert)
        line = self.combo.lineEdit()
        assert line is not None, "an editable box has a line"
        self._line = line
        fill(self, self.combo)
        self.parts(self.combo)
        line.textEdited.connect(lambda _text: self.edited.emit())
        self.combo.activated.connect(lambda _row: self.edited.emit())

    def offer(self, names: Sequence[str]) -> None:
        """Offer names; what stands there stays."""
        now = self._line.text()
        self.combo.clear()
        self.combo.addItems(list(names))
        self.combo.setCurrentIndex(-1)
        self._line.setText(now)

    def keeps_focus(self) -> bool:
        """Stay in the field while the list is open."""
        return self.combo.view().isVisible()

    def show_value(self, value: Any) -> None:
        if self._line.text() != value:
            self._line.setText(str(value))

    def value(self) -> str:
        return self._line.text()

    def typed(self) -> Plain:
        return self._line.text()

    def show_typed(self, typed: Plain) -> None:
        self._line.setText(str(typed))

    def name_parts(self, label: str) -> None:
        self.combo.setAccessibleName(label)
        self._line.setAccessibleName(label)


class EvidenceEditor(FieldEditor):
    """What shows it, among what the case holds: links with their words."""

    def __init__(self) -> None:
        super().__init__()
        self._links: list[str] = [""]
        self.combo = Combo()
        self.combo.addItem(tr("Nothing chosen"))
        fill(self, self.combo)
        self.parts(self.combo)
        self.combo.activated.connect(lambda _row: self.edited.emit())

    def offer(self, things: Sequence[tuple[str, str]]) -> None:
        """Offer (link, words); what was chosen stays."""
        now = self.value()
        self._links = ["", *(link for link, _words in things)]
        self.combo.clear()
        self.combo.addItems([tr("Nothing chosen"), *(words for _link, words in things)])
        self.show_value(now)

    def keeps_focus(self) -> bool:
        """Stay in the field while the list is open."""
        return self.combo.view().isVisible()

    def show_value(self, value: Any) -> None:
        if value and value not in self._links:
            self._links.append(str(value))
            self.combo.addItem(tr("Chosen earlier"))
        self.combo.setCurrentIndex(self._links.index(value) if value in self._links else 0)

    def value(self) -> str:
        return self._links[max(0, self.combo.currentIndex())]

    def typed(self) -> Plain:
        return self.value()

    def show_typed(self, typed: Plain) -> None:
        self.show_value(typed)

    def words(self, value: Any) -> str:
        return tr("something in the case") if value else tr("nothing")
