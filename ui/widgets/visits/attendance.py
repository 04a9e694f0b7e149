"""Who came to a course: a family a row, a time a column, the number of parents in each."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from caseworker_app import i18n
from caseworker_app.domain.dates import short_date
from caseworker_app.domain.family_course import FAMILY_STATE_LABELS
from caseworker_app.services.family_courses import ABSENT_HINT, CourseView
from ui.words import bind, tr

ROW = 34
"""Height of a row, px."""


class AttendanceTable(QTableWidget):
    """``counted`` carries (time, family, number of parents or ``None``); ``refused`` what is no number."""

    counted = Signal(object, object, object)
    refused = Signal(str)

    def __init__(self, view: CourseView, today: object, parent: QWidget | None = None) -> None:
        super().__init__(len(view.families) + 1, len(view.sessions) + 1, parent)
        self._view, self._filling = view, True
        bind(self.setAccessibleName, "Number of parents of each family, each time")
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        language = i18n.current().language
        heads = [tr("Family")]
        heads += [
            "?" if one.when is None else short_date(one.when.day, language)[:5] for one in view.sessions
        ]
        self.setHorizontalHeaderLabels(heads)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for row, family in enumerate(view.families):
            away = view.stayed_away(family.id)
            state = tr(FAMILY_STATE_LABELS[family.state])
            words = f"{family.name} · {state}"
            if away >= ABSENT_HINT:
                words = f"{words} · {tr('stayed away {n} times in a row', n=away)}"
            self._put(row, 0, words, editable=False)
            for column, session in enumerate(view.sessions, start=1):
                one = view.came.get((session.id, family.id))
                count = "" if one is None or one.parents is None else str(one.parents)
                self._put(row, column, count, editable=session.when is not None)
        last = len(view.families)
        self._put(last, 0, tr("Parents in all"), editable=False)
        for column, session in enumerate(view.sessions, start=1):
            total = view.parents(session.id)
            self._put(last, column, "" if total is None else str(total), editable=False)
        rows = min(last + 1, 10)
        self.setFixedHeight(ROW * (rows + 1) + 24)
        self._filling = False
        self.itemChanged.connect(self._changed)

    def _put(self, row: int, column: int, words: str, *, editable: bool) -> None:
        item = QTableWidgetItem(words)
        if column:
            item.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
        if not editable:
            item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEditable)
        self.setItem(row, column, item)

    def _changed(self, item: QTableWidgetItem) -> None:
        if self._filling or not item.column() or item.row() >= len(self._view.families):
            return
        typed = item.text().strip()
        session, family = self._view.sessions[item.column() - 1], self._view.families[item.row()]
        if typed and not (typed.isascii() and typed.isdigit()):
            self.refused.emit(typed)
            return
        self.counted.emit(session.id, family.id, int(typed) if typed else None)
