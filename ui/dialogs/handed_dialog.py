"""Udleveret: which papers and documents of a case were handed to whom, printed or as a file."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from caseworker_app.domain.ids import Id
from caseworker_app.domain.papers import PAPER_LABELS
from caseworker_app.i18n import N_
from caseworker_app.services import handed_out
from caseworker_app.services.handed_out import Handed, How
from ui.house import House
from ui.tasks import Query
from ui.value_words import moment
from ui.words import bind, bind_call, tr

_HOW = {How.PRINTED: N_("Printed"), How.SAVED: N_("Saved as a file"), How.OTHER: N_("Copied out")}
_HEADS = (N_("When"), N_("What"), N_("To whom"), N_("How"), N_("By whom"))
_WIDTHS = (190, 280, 220, 120)
_ROW = 28


class HandedDialog(QDialog):
    """Opened with ``open()``; gone when closed."""

    def __init__(self, house: House, case: Id, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        bind(self.setWindowTitle, "Handed out")
        self._rows: tuple[Handed, ...] | None = None
        self.list, self.empty = QTreeWidget(self), QLabel(self)
        self._lay_out()
        bind_call(self, self._say)
        self.resize(1000, 520)
        house.tasks.query(self, Query(lambda reader: handed_out.of_case(reader, case), self._show))

    def _lay_out(self) -> None:
        heading, about, close = QLabel(), QLabel(), QPushButton()
        heading.setProperty("look", "heading")
        bind(heading.setText, "Handed out of this case")
        about.setProperty("look", "muted")
        about.setWordWrap(True)
        bind(
            about.setText,
            "Every copy that was printed or saved as a file stands here, and cannot be taken away. What was copied out "
            "on another computer stands there.",
        )
        bind(self.empty.setText, "Nothing has been printed or saved as a copy yet.")
        self.empty.hide()
        view = self.list
        view.setColumnCount(len(_HEADS))
        view.setRootIsDecorated(False)
        view.setUniformRowHeights(True)
        view.setAllColumnsShowFocus(True)
        bind(view.setAccessibleName, "Handed out")
        header = view.header()
        header.setSectionsMovable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        for column, width in enumerate(_WIDTHS):
            header.resizeSection(column, width)
        bind(close.setText, "Close")
        close.setDefault(True)
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(12)
        for widget in (heading, about, self.empty):
            layout.addWidget(widget)
        layout.addWidget(view, 1)
        layout.addLayout(foot)

    def _show(self, rows: tuple[Handed, ...]) -> None:
        self._rows = rows
        self._say()
        self.list.setFocus()

    def _say(self) -> None:
        self.list.setHeaderLabels([tr(head) for head in _HEADS])
        if self._rows is None:
            return
        self.list.clear()
        for row in self._rows:
            item = QTreeWidgetItem([moment(row.at), what(row), row.recipient, tr(_HOW[row.how]), row.by])
            item.setSizeHint(0, QSize(0, _ROW))
            for column in range(len(_HEADS)):
                item.setToolTip(column, item.text(column))
            self.list.addTopLevelItem(item)
        self.empty.setVisible(not self._rows)
        self.list.setVisible(bool(self._rows))
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)


def what(row: Handed) -> str:
    """Return what was handed out, in words."""
    word = tr(PAPER_LABELS[row.paper]) if row.paper in PAPER_LABELS else tr("Something of the case")
    return f"{word}: {row.title}" if row.title else word
