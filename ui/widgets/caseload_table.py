"""The table of the caseload: 25 rows without scrolling, the whole row is the target."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from caseworker_app.domain.ids import Id
from ui.models.caseload_model import CaseloadModel
from ui.models.caseload_rows import Col
from ui.widgets.case_delegate import CaseDelegate

ROWS = 25
LEAST_ROW, MOST_ROW = 24, 32
"""Heights of a row in px: at least 24 where the whole row is the target, 32 where the screen has room for 25. Larger
text makes rows and head taller than that."""
HEAD = 24
LEAD = 4
"""Px above and below a line of text together."""
MARK = 20
"""Px of a heading's margins and of the arrow that says how the rows are sorted."""
_FIXED = {
    Col.AGE: "termin 30. nov",
    Col.STEP: "mmm 6",
    Col.DEADLINE: "mm 30 dage over",
    Col.MEETING: "21. nov. kl. 10.30",
}
"""Columns as wide as such words."""
_SHARES = {Col.NAME: 36, Col.KINDS: 20, Col.SCHOOL: 22, Col.MARKS: 22}
"""How the other columns share the rest."""
_GOES_FIRST = (Col.SCHOOL, Col.KINDS, Col.MEETING)
"""What is left out, one after another, until a name has room: large text, a narrow window. The case says it all."""
_A_NAME = "Anne Kirstine Holm"


class CaseloadTable(QTableView):
    """Shows a :class:`CaseloadModel`. ``opened`` carries a case, ``typed`` what was typed to find one.

    ``first_rows_painted`` comes once, when rows have been painted for the first time, with how many stand whole.
    """

    opened = Signal(object)
    typed = Signal(str)
    first_rows_painted = Signal(int)

    def __init__(self, model: CaseloadModel) -> None:
        super().__init__()
        self._model = model
        self._painted = False
        self._chosen: Id | None = None
        self._delegate = CaseDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        self._heads()
        self.clicked.connect(self._open)
        self.activated.connect(self._open)

    def _heads(self) -> None:
        rows, head = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(LEAST_ROW)
        rows.setDefaultSectionSize(LEAST_ROW)
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setSectionsClickable(True)
        head.setSortIndicator(Col.NAME, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)

    def rows_shown(self) -> int:
        """Return how many rows stand whole in the view."""
        height = self.verticalHeader().defaultSectionSize()
        return min(self._model.rowCount(), self.viewport().height() // height)

    def choose(self, case: Id | None) -> None:
        """Put the cursor on a case, on the first row when it is not shown."""
        if self._model.rowCount():
            self.setCurrentIndex(self._model.index(max(0, self._model.row_of(case)), 0))

    def chosen(self) -> Id | None:
        """Return the case the cursor was last put on."""
        return self._chosen

    def currentChanged(
        self, current: QModelIndex | QPersistentModelIndex, previous: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Remember the case: the model is made anew when it is sorted, filtered, or changed in the store."""
        super().currentChanged(current, previous)
        if current.isValid():
            self._chosen = self._model.case_at(current)

    def _open(self, index: QModelIndex) -> None:
        case = self._model.case_at(index)
        if case is not None:
            self.opened.emit(case)

    # what the view does by itself

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def changeEvent(self, event: QEvent) -> None:
        """Larger text, another language or another dress: share the room anew."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._share()

    def _share(self) -> None:
        """Share the room: rows as tall as 25 of them may be, columns by their shares, no heading cut."""
        metrics = self.fontMetrics()
        line = metrics.height() + LEAD
        self.horizontalHeader().setFixedHeight(max(HEAD, line))
        room = self.viewport().height() // ROWS
        self.verticalHeader().setDefaultSectionSize(max(LEAST_ROW, line, min(MOST_ROW, room)))
        for column in _GOES_FIRST:
            self.setColumnHidden(column, False)
        widths = self._widths()
        for column in _GOES_FIRST:
            if widths[Col.NAME] >= metrics.horizontalAdvance(_A_NAME):
                break
            self.setColumnHidden(column, True)
            widths = self._widths()
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _widths(self) -> dict[Col, int]:
        """Return how wide each column that is shown is to be."""
        metrics = self.fontMetrics()
        shown = [column for column in Col if not self.isColumnHidden(column)]
        heads = {column: metrics.horizontalAdvance(self._heading(column)) + MARK for column in shown}
        widths = {
            column: max(metrics.horizontalAdvance(_FIXED[column]) + 16, heads[column])
            for column in shown
            if column in _FIXED
        }
        rest = self.viewport().width() - sum(widths.values())
        shares = {column: _SHARES[column] for column in shown if column in _SHARES}
        for column, share in reversed(shares.items()):  # the name takes what the others leave
            widths[column] = max(rest * share // sum(shares.values()), heads[column])
        widths[Col.NAME] += self.viewport().width() - sum(widths.values())
        return widths

    def _heading(self, column: Col) -> str:
        return str(self._model.headerData(column, Qt.Orientation.Horizontal) or "")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted and self._model.rowCount():
            self._painted = True
            self.first_rows_painted.emit(self.rows_shown())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters find; the arrows are the view's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.text().isprintable() and event.text().strip() and not held:
            self.typed.emit(event.text())
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered:
            self._delegate.hovered = row
            self.viewport().update()
