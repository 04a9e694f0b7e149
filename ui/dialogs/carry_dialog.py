"""What was said and agreed for several siblings is written in each child's own meeting: one chooses which lines."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseworker_app import i18n
from caseworker_app.domain.errors import UserError
from caseworker_app.domain.ids import Id
from caseworker_app.domain.meeting import Column
from caseworker_app.domain.phrases import N_
from caseworker_app.services import meetings_together
from caseworker_app.services.meetings import MeetingView
from ui.house import House
from ui.tasks import Op
from ui.widgets.check import Check
from ui.widgets.complaint import Complaint
from ui.widgets.tall_rows import TallRows
from ui.words import bind, bind_call, tr

_LINE = Qt.ItemDataRole.UserRole


class CarryDialog(QDialog):
    """The lines of one meeting, none of them chosen: what is one child's alone stays in that child's file."""

    def __init__(self, house: House, view: MeetingView, siblings: list[str], parent: QWidget) -> None:
        """``siblings`` are the names of those whose meeting it is as well."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._house, self._meeting, self._siblings = house, view.meeting.id, siblings
        self.list, self.professionals, self.complaint = QListWidget(), Check(), Complaint()
        self.write, self.cancel = QPushButton(), QPushButton()
        self.list.setItemDelegate(TallRows(self.list))
        for line, words in _lines(view):
            item = QListWidgetItem(words, self.list)
            item.setData(_LINE, line)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        if self.list.count():
            self.list.setCurrentRow(0)
        self._lay_out()
        self.list.itemChanged.connect(self._say_button)
        self.professionals.toggled.connect(self._say_button)
        self.write.clicked.connect(self._write)
        self.cancel.clicked.connect(self.close)
        self._say_button()

    def _lay_out(self) -> None:
        bind(self.setWindowTitle, "Write what is common")
        heading, about = QLabel(), QLabel()
        heading.setProperty("look", "heading")
        bind(heading.setText, "Write what is common")
        about.setWordWrap(True)
        bind_call(about, lambda: about.setText(self._about()))
        bind(self.list.setAccessibleName, "Lines and agreements of this meeting")
        bind(self.professionals.setText, "Invite the professionals there too")
        self.write.setProperty("look", "primary")
        bind(self.write.setText, "Write it there too")
        bind(self.cancel.setText, "Cancel")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 16, 24, 16)
        layout.setSpacing(8)
        for widget in (heading, about, self.list, self.professionals, self.complaint):
            layout.addWidget(widget)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self.cancel)
        across.addWidget(self.write)
        layout.addLayout(across)
        self.resize(640, 480)

    def _about(self) -> str:
        return tr(
            "Tick what is about {names} too. The rest stays in this child's case alone.",
            names=i18n.current().list(self._siblings),
        )

    def chosen(self) -> tuple[Id, ...]:
        """Return the lines that are ticked."""
        items = [self.list.item(row) for row in range(self.list.count())]
        return tuple(item.data(_LINE) for item in items if item.checkState() == Qt.CheckState.Checked)

    def _say_button(self) -> None:
        self.write.setEnabled(bool(self.chosen()) or self.professionals.isChecked())

    def _write(self) -> None:
        lines, also = self.chosen(), self.professionals.isChecked()
        run = partial(meetings_together.share, meeting=self._meeting, lines=lines, professionals=also)
        self._house.tasks.op(
            self, Op(run, self._done, N_("Written in the siblings' meetings"), self._refused)
        )

    def _done(self, _made: int) -> None:
        self.close()

    def _refused(self, error: UserError) -> None:
        self.complaint.show_error(error)


def _lines(view: MeetingView) -> list[tuple[Id, str]]:
    """Return every line of the columns but the child's own, and every agreement, in the order they stand."""
    points = [
        (point.id, point.text)
        for column in Column
        if column is not Column.CHILD
        for point in view.points[column]
    ]
    agreed = [
        (one.id, " · ".join(filter(None, (tr("Agreed: {what}", what=one.what), one.who))))
        for one in view.agreements
    ]
    return [*points, *agreed]
