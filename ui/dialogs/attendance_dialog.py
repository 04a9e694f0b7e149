"""Who came to a session of a group: a box a child."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from caseworker_app.domain.group_course import GroupSession
from caseworker_app.domain.ids import Id
from caseworker_app.i18n import N_
from caseworker_app.services import group_courses
from caseworker_app.services.group_views import GroupView
from ui.house import House
from ui.tasks import Op
from ui.widgets.assessment.notification_page import day_words
from ui.widgets.check import Check
from ui.widgets.complaint import Complaint
from ui.words import bind, bind_call, tr


class AttendanceDialog(QDialog):
    """Opened with ``open()``. ``boxes`` are by child; everybody is ticked in a session nobody has written of yet."""

    def __init__(self, house: House, one: GroupView, session: GroupSession, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        bind(self.setWindowTitle, "Who came to a group")
        self.setMinimumWidth(440)
        self._house, self._session = house, session
        self.boxes: dict[Id, Check] = {}
        self.complaint = Complaint(self)
        self.heading = QLabel(self)
        self.heading.setProperty("look", "heading")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.complaint)
        if not one.inside:
            nobody = QLabel(self)
            bind(nobody.setText, "Nobody is in the group yet.")
            column.addWidget(nobody)
        for view in one.inside:
            box = Check(view.member.name.replace("&", "&&"), self)
            there = one.came.get((session.id, view.member.id))
            box.setChecked(True if there is None else there.came)
            self.boxes[view.member.id] = box
            column.addWidget(box)
        self.save, self.cancel = QPushButton(self), QPushButton(self)
        self.save.setProperty("look", "primary")
        bind(self.save.setText, "Save (Ctrl+S)")
        bind(self.cancel.setText, "Cancel")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.save)
        buttons.addWidget(self.cancel)
        buttons.addStretch(1)
        column.addSpacing(8)
        column.addLayout(buttons)
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.close)
        QShortcut(QKeySequence("Ctrl+S"), self, self._save)
        bind_call(self, self._say)

    def _say(self) -> None:
        when = self._session.when
        day = "" if when is None else day_words(when.day)
        self.heading.setText(tr("Session {n}, {day}: who came?", n=self._session.number, day=day))

    def _save(self) -> None:
        came, session = {member: box.isChecked() for member, box in self.boxes.items()}, self._session.id

        def written(_none: None) -> None:
            self.close()

        act = Op(
            lambda w: group_courses.attend(w, session, came), written, said=N_("It is written who came."),
            failed=self.complaint.show_error,
        )  # fmt: skip
        self._house.tasks.op(self, act)
